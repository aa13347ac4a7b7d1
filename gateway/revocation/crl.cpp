#include "revocation/crl.hpp"

#include "crypto/asn1.hpp"
#include "crypto/asn1_write.hpp"
#include "crypto/name.hpp"
#include "revocation/crl_extensions.hpp"
#include "revocation/problems.hpp"
#include "revocation/signing.hpp"

#include <algorithm>

namespace shep::revocation {
namespace {

using namespace crypto::asn1;

constexpr std::size_t largest_entry = 0xFFFF;  // so that the header of an entry is at most four octets, and `serial_at` stays simple
constexpr std::size_t longest_serial = 64;     // of one octet of length

struct listed_entry {
  crl::entry what;
  std::string_view serial;  ///< the content of its INTEGER
  std::string_view whole;
};

/// One element of revokedCertificates (RFC 5280 section 5.1.2.6).
listed_entry read_entry(reader& list, std::string& unsupported) {
  listed_entry out;
  const element whole = list.read(tags::sequence, "an entry");
  out.whole = whole.whole;
  reader body = list.inside(whole, "an entry");
  out.serial = body.integer("a serial number");
  out.what.revoked_at = body.time("a date");
  if (body.more()) read_entry_extensions(body, out.what, unsupported);
  body.end("an entry");
  if (out.whole.size() > largest_entry || out.serial.size() > longest_serial) list.fail("an entry or its serial number is too long");
  return out;
}

/// The serial number of the entry that begins there, of octets that `read_entry` accepted.
std::string_view serial_at(std::string_view der, std::uint32_t offset) {
  const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(der[offset + i]); };
  const std::size_t header = octet(1) < 0x80 ? 2 : 2U + (octet(1) & 0x7FU);
  return der.substr(offset + header + 2, octet(header + 1));
}

/// Any total order will do: this one is compared by the first eight octets nearly always.
std::uint64_t first_octets(std::string_view serial) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value = value << 8 | (i < serial.size() ? static_cast<unsigned char>(serial[i]) : 0U);
  return value;
}

struct row {
  std::uint64_t first;
  std::uint32_t offset;
};

std::vector<row> read_entries(reader& tbs, std::string_view der, std::size_t most, std::string& unsupported) {
  constexpr std::size_t shortest_entry = 20;
  const element entries = tbs.read(tags::sequence, "the entries");
  reader list = tbs.inside(entries, "the entries");
  std::vector<row> rows;
  rows.reserve(std::min(entries.content.size() / shortest_entry, most));
  while (list.more()) {
    const listed_entry e = read_entry(list, unsupported);
    if (rows.size() == most) list.fail("the list has more than " + std::to_string(most) + " entries");
    if (list.failed()) break;
    rows.push_back({first_octets(e.serial), static_cast<std::uint32_t>(e.whole.data() - der.data())});
  }
  return rows;
}

std::vector<std::uint32_t> sorted_index(std::string_view der, std::vector<row> rows) {
  std::sort(rows.begin(), rows.end(), [&](const row& a, const row& b) {
    if (a.first != b.first) return a.first < b.first;
    const int order = serial_at(der, a.offset).compare(serial_at(der, b.offset));
    return order != 0 ? order < 0 : a.offset < b.offset;
  });
  std::vector<std::uint32_t> index;
  index.reserve(rows.size());
  for (const row& r : rows) index.push_back(r.offset);
  return index;
}

}  // namespace

struct crl::data {
  shared_bytes der;
  std::string_view tbs;        // into der
  std::string_view signature;  // into der
  fields info;
  std::vector<std::uint32_t> index;  // offsets of entries in der, in the order of their serial numbers
};

crl::crl(std::shared_ptr<const data> d) : data_(std::move(d)) {}

// RFC 5280 section 5.1.
result<crl> crl::from_der(shared_bytes der, const crl_limits& limits) {
  if (!der || der->size() > std::min<std::size_t>(limits.octets, 0xFFFFFFFF))
    return problem(problems::crl_format,
                   "the list has " + std::to_string(der ? der->size() : 0) + " octets, allowed are " + std::to_string(limits.octets), {},
                   "raise the limit when the authority is known to have so long a list");
  auto d = std::make_shared<data>();
  d->der = std::move(der);
  const std::string_view octets = *d->der;
  fields& info = d->info;
  std::string unsupported;
  failure failure;
  reader outer(octets, failure);
  reader whole = outer.enter(tags::sequence, "the revocation list");
  outer.end("the revocation list");

  const element tbs_element = whole.read(tags::sequence, "tbsCertList");
  reader tbs = whole.inside(tbs_element, "tbsCertList");
  if (tbs.next_is(tags::integer)) {
    if (tbs.small_integer("the version", 1) != 1) tbs.fail("the version is written as 1, which is told by leaving it out");
    info.version = 2;
  }
  const element inner_algorithm = tbs.read(tags::sequence, "the signature algorithm inside");
  const element issuer = tbs.read(tags::sequence, "the issuer");
  info.issuer_der = issuer.whole;
  info.this_update = tbs.time("thisUpdate");
  if (tbs.next_is(tags::utc_time) || tbs.next_is(tags::generalized_time)) info.next_update = tbs.time("nextUpdate");
  if (info.next_update && *info.next_update < info.this_update) tbs.fail("nextUpdate is before thisUpdate");

  std::vector<row> rows;
  if (tbs.next_is(tags::sequence)) rows = read_entries(tbs, octets, limits.entries, unsupported);
  if (tbs.next_is(tags::context(0, true))) {
    if (info.version != 2) tbs.fail("extensions stand in a list that is not of version 2");
    reader extensions = tbs.enter(tags::context(0, true), "the extensions");
    read_crl_extensions(extensions, info, unsupported);
    extensions.end("the extensions");
  }
  tbs.end("tbsCertList");

  const element outer_algorithm = whole.read(tags::sequence, "the signature algorithm");
  info.signature_algorithm_oid = whole.inside(outer_algorithm, "the signature algorithm").oid("the signature algorithm");
  if (outer_algorithm.whole != inner_algorithm.whole) whole.fail("the signature algorithms inside and outside tbsCertList differ");
  d->signature = whole.bit_string("the signature value");
  whole.end("the revocation list");
  reader name = whole.inside({tags::sequence, issuer.whole, issuer.whole}, "the issuer");
  info.issuer = crypto::name_text(crypto::read_name(name, "the issuer"));
  if (info.is_delta && info.number.empty()) whole.fail("a delta list has no number");
  if (failure.happened) return failure.as(problems::crl_format);
  if (!unsupported.empty()) return problem(problems::crl_unsupported, unsupported, info.issuer);

  d->tbs = tbs_element.whole;
  info.entries = rows.size();
  d->index = sorted_index(octets, std::move(rows));
  return crl(std::move(d));
}

const crl::fields& crl::info() const { return data_->info; }
const shared_bytes& crl::der() const { return data_->der; }
std::size_t crl::index_octets() const { return data_->index.capacity() * sizeof(std::uint32_t) + sizeof(data); }

std::optional<crl::entry> crl::find(std::string_view serial) const {
  const std::string_view der = *data_->der;
  const std::string integer = write_unsigned(serial);  // tag, one octet of length, content
  if (integer.size() > 2 + longest_serial) return std::nullopt;
  const std::string_view wanted = std::string_view(integer).substr(2);
  // The order of `sorted_index` is that of the octets: a serial shorter than eight of them comes where zeros behind it would put it.
  const auto before = [&](std::uint32_t offset, std::string_view s) {
    const std::string_view other = serial_at(der, offset);
    const std::uint64_t a = first_octets(other), b = first_octets(s);
    return a != b ? a < b : other < s;
  };
  std::optional<entry> found;
  for (auto at = std::lower_bound(data_->index.begin(), data_->index.end(), wanted, before);
       at != data_->index.end() && serial_at(der, *at) == wanted; ++at) {
    failure f;
    reader list(der.substr(*at), f);
    std::string unsupported;
    const entry e = read_entry(list, unsupported).what;
    const bool lifts = e.why == reason::remove_from_crl;
    const bool found_lifts = found && found->why == reason::remove_from_crl;
    if (!found || (found_lifts && !lifts) || (found_lifts == lifts && e.revoked_at < found->revoked_at)) found = e;
  }
  return found;
}

// RFC 5280 section 6.3.3 (f), (g).
result<void> crl::signed_by(const crypto::certificate& issuer, bool allow_sha1) const {
  const auto& authority = issuer.info();
  if (!same_name(info().issuer_der, authority.subject_der))
    return problem(problems::crl_issuer, "the list is issued by \"" + info().issuer + "\", not by \"" + authority.subject + "\"");
  if (!info().authority_key_id.empty() && !authority.subject_key_id.empty() && info().authority_key_id != authority.subject_key_id)
    return problem(problems::crl_issuer,
                   "the list names the key " + to_hex(info().authority_key_id) + " of its authority, the certificate has " +
                       to_hex(authority.subject_key_id),
                   authority.subject);
  if (authority.has_key_usage && !authority.crl_sign)
    return problem(problems::crl_signature, "the key of the authority may not sign revocation lists (keyUsage without cRLSign)",
                   authority.subject);
  if (result<void> good =
          check_signature(issuer.key(), info().signature_algorithm_oid, data_->tbs, data_->signature, allow_sha1, problems::crl_signature);
      !good)
    return problem(problems::crl_signature, good.error().detail, authority.subject);
  return {};
}

std::string serial_of(const crypto::certificate& cert) {
  const std::string& hex = cert.info().serial_hex;
  return from_hex(hex.size() % 2 == 0 ? hex : "0" + hex).value();
}

}  // namespace shep::revocation
