#include "crypto/algorithm.hpp"

#include "crypto/asn1_write.hpp"

#include <array>
#include <stdexcept>

namespace shep::crypto {
namespace {

struct digest_row {
  digest_algorithm digest;
  std::string_view name;
  std::string_view oid;
};

constexpr std::array digests{
    digest_row{digest_algorithm::sha1, "SHA-1", "1.3.14.3.2.26"},
    digest_row{digest_algorithm::sha256, "SHA-256", "2.16.840.1.101.3.4.2.1"},
    digest_row{digest_algorithm::sha384, "SHA-384", "2.16.840.1.101.3.4.2.2"},
    digest_row{digest_algorithm::sha512, "SHA-512", "2.16.840.1.101.3.4.2.3"},
    digest_row{digest_algorithm::gost34311, "GOST 34.311-95", "1.2.398.3.10.1.3.1"},
    digest_row{digest_algorithm::streebog256, "Streebog-256", "1.2.398.3.10.1.3.2"},
    digest_row{digest_algorithm::streebog512, "Streebog-512", "1.2.398.3.10.1.3.3"},
    digest_row{digest_algorithm::gost34311_cryptopro, "GOST 34.311-95 with the CryptoPro S-box", ""},
};

struct signature_row {
  signature_algorithm signature;
  key_kind key;
  digest_algorithm digest;
  bool weak;
  std::string_view name;
  std::string_view oid;
};

constexpr std::array signatures{
    signature_row{signature_algorithm::rsa_sha1, key_kind::rsa, digest_algorithm::sha1, true, "RSA-SHA1", "1.2.840.113549.1.1.5"},
    signature_row{signature_algorithm::rsa_sha256, key_kind::rsa, digest_algorithm::sha256, false, "RSA-SHA256", "1.2.840.113549.1.1.11"},
    signature_row{signature_algorithm::rsa_sha512, key_kind::rsa, digest_algorithm::sha512, false, "RSA-SHA512", "1.2.840.113549.1.1.13"},
    signature_row{signature_algorithm::gost2004, key_kind::gost2004, digest_algorithm::gost34311, true, "GOST 34.310-2004",
                  "1.2.398.3.10.1.1.1.2"},
    signature_row{signature_algorithm::gost2015_256, key_kind::gost2015_256, digest_algorithm::streebog256, false, "GOST 34.10-2015 (256)",
                  "1.2.398.3.10.1.1.2.3.1"},
    signature_row{signature_algorithm::gost2015_512, key_kind::gost2015_512, digest_algorithm::streebog512, false, "GOST 34.10-2015 (512)",
                  "1.2.398.3.10.1.1.2.3.2"},
};

struct key_row {
  key_kind key;
  std::string_view name;
  std::string_view oid;
};

constexpr std::array keys{
    key_row{key_kind::rsa, "RSA", "1.2.840.113549.1.1.1"},
    key_row{key_kind::gost2004, "GOST 34.310-2004", "1.2.398.3.10.1.1.1.1"},
    key_row{key_kind::gost2015_256, "GOST 34.10-2015 (256)", "1.2.398.3.10.1.1.2.1"},
    key_row{key_kind::gost2015_512, "GOST 34.10-2015 (512)", "1.2.398.3.10.1.1.2.2"},
    key_row{key_kind::other, "another kind", ""},
};

template <class Table, class Id>
constexpr bool in_enumerator_order(const Table& table, Id id) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (static_cast<std::size_t>(id(table[i])) != i) return false;
  }
  return true;
}
static_assert(in_enumerator_order(digests, [](const digest_row& r) { return r.digest; }));
static_assert(in_enumerator_order(keys, [](const key_row& r) { return r.key; }));
static_assert(in_enumerator_order(signatures, [](const signature_row& r) { return r.signature; }));

const digest_row& row(digest_algorithm d) { return digests.at(static_cast<std::size_t>(d)); }
const key_row& row(key_kind k) { return keys.at(static_cast<std::size_t>(k)); }
const signature_row& row(signature_algorithm s) { return signatures.at(static_cast<std::size_t>(s)); }

}  // namespace

key_kind key_of(signature_algorithm s) { return row(s).key; }
digest_algorithm digest_of(signature_algorithm s) { return row(s).digest; }
std::string_view name_of(digest_algorithm d) { return row(d).name; }
std::string_view name_of(signature_algorithm s) { return row(s).name; }
std::string_view oid_of(digest_algorithm d) { return row(d).oid; }
std::string_view oid_of(signature_algorithm s) { return row(s).oid; }
bool is_weak(signature_algorithm s) { return row(s).weak; }

std::string_view name_of(key_kind k) { return row(k).name; }
std::string_view key_oid_of(key_kind k) { return row(k).oid; }

key_kind key_by_oid(std::string_view dotted) {
  for (const key_row& r : keys) {
    if (!r.oid.empty() && r.oid == dotted) return r.key;
  }
  return key_kind::other;
}

std::optional<digest_algorithm> digest_by_oid(std::string_view dotted) {
  for (const digest_row& r : digests) {
    if (!r.oid.empty() && r.oid == dotted) return r.digest;
  }
  return std::nullopt;
}

std::optional<signature_algorithm> signature_by_oid(std::string_view dotted) {
  for (const signature_row& r : signatures) {
    if (r.oid == dotted) return r.signature;
  }
  return std::nullopt;
}

std::optional<signature_algorithm> signature_for(std::string_view dotted, key_kind kind) {
  std::optional<signature_algorithm> found = signature_by_oid(dotted);
  if (!found && kind != key_kind::rsa && kind != key_kind::other && key_by_oid(dotted) == kind) found = usual_signature(kind);
  return found && key_of(*found) == kind ? found : std::nullopt;
}

std::optional<signature_algorithm> usual_signature(key_kind kind) {
  switch (kind) {
    case key_kind::rsa: return signature_algorithm::rsa_sha256;
    case key_kind::gost2004: return signature_algorithm::gost2004;
    case key_kind::gost2015_256: return signature_algorithm::gost2015_256;
    case key_kind::gost2015_512: return signature_algorithm::gost2015_512;
    case key_kind::other: break;
  }
  return std::nullopt;
}

namespace {

std::string with_null(std::string_view oid) {
  if (oid.empty()) throw std::logic_error("this algorithm has no object identifier");
  return asn1::write(asn1::tags::sequence, asn1::write_oid(oid) + asn1::write(asn1::tags::null, ""));
}

}  // namespace

std::string algorithm_identifier(digest_algorithm d) { return with_null(oid_of(d)); }
std::string algorithm_identifier(signature_algorithm s) { return with_null(oid_of(s)); }

}  // namespace shep::crypto
