#include "crypto/addresses.hpp"
#include "crypto/certificate_fields.hpp"

#include <algorithm>
#include <array>

/// RFC 5280 section 4.2.
namespace shep::crypto {
namespace {

using namespace asn1;

void read_key_usage(reader& r, certificate::fields& f) {
  const std::uint32_t bits = r.named_bits("keyUsage");
  f.has_key_usage = true;
  f.digital_signature = (bits & 1U << 0) != 0;
  f.non_repudiation = (bits & 1U << 1) != 0;
  f.key_encipherment = (bits & 1U << 2) != 0;
  f.key_agreement = (bits & 1U << 4) != 0;
  f.cert_sign = (bits & 1U << 5) != 0;
  f.crl_sign = (bits & 1U << 6) != 0;
}

void read_basic_constraints(reader& r, certificate::fields& f) {
  reader body = r.enter(tags::sequence, "basicConstraints");
  if (body.next_is(tags::boolean)) f.is_ca = body.boolean("basicConstraints.cA");
  if (body.next_is(tags::integer)) f.path_length = static_cast<int>(body.small_integer("basicConstraints.pathLenConstraint", 1U << 16));
  body.end("basicConstraints");
}

void read_extended_key_usage(reader& r, certificate::fields& f) {
  reader body = r.enter(tags::sequence, "extendedKeyUsage");
  while (body.more()) f.extended_key_usage.push_back(body.oid("a purpose of extendedKeyUsage"));
}

void read_policies(reader& r, certificate::fields& f) {
  reader body = r.enter(tags::sequence, "certificatePolicies");
  while (body.more()) f.policies.push_back(body.enter(tags::sequence, "a policy").oid("a policy identifier"));
}

void read_subject_key_id(reader& r, certificate::fields& f) { f.subject_key_id = r.octet_string("subjectKeyIdentifier"); }

void read_authority_key_id(reader& r, certificate::fields& f) {
  reader body = r.enter(tags::sequence, "authorityKeyIdentifier");
  if (const auto key = body.read_if(tags::context(0, false), "authorityKeyIdentifier.keyIdentifier")) f.authority_key_id = key->content;
  while (body.more()) body.any("authorityKeyIdentifier");
}

void read_test_marker(reader& r, certificate::fields& f) {
  r.any("the test marker");
  f.marked_as_test = true;
}

// Names other than the subject are not used here, so a critical list of them asks for nothing.
void read_subject_alternative_name(reader& r, certificate::fields&) { r.read(tags::sequence, "subjectAltName"); }

void read_name_constraints(reader& r, certificate::fields& f) {
  r.read(tags::sequence, "nameConstraints");
  f.unknown_critical_extension = true;
}

void read_access(reader& r, certificate::fields& f) {
  reader list = r.enter(tags::sequence, "authorityInfoAccess");
  while (list.more()) {
    reader description = list.enter(tags::sequence, "an access description");
    const std::string method = description.oid("an access method");
    const element place = description.any("an access location");
    description.end("an access description");
    if (place.tag != tags::context(6, false)) continue;
    if (method == "1.3.6.1.5.5.7.48.1") add_address(place.content, f.ocsp_urls);
    if (method == "1.3.6.1.5.5.7.48.2") add_address(place.content, f.ca_issuers_urls);
  }
}

void read_crl_points(reader& r, certificate::fields& f) { read_points(r, f.crl_urls, "cRLDistributionPoints"); }

void read_freshest_crl(reader& r, certificate::fields& f) { read_points(r, f.delta_crl_urls, "freshestCRL"); }

void read_ocsp_no_check(reader& r, certificate::fields& f) {
  r.any("id-pkix-ocsp-nocheck");
  f.ocsp_no_check = true;
}

struct extension_row {
  std::string_view oid;
  void (*read)(reader&, certificate::fields&);
};

constexpr std::array known{
    extension_row{"2.5.29.14", read_subject_key_id},
    extension_row{"2.5.29.15", read_key_usage},
    extension_row{"2.5.29.17", read_subject_alternative_name},
    extension_row{"2.5.29.19", read_basic_constraints},
    extension_row{"2.5.29.30", read_name_constraints},
    extension_row{"2.5.29.32", read_policies},
    extension_row{"2.5.29.35", read_authority_key_id},
    extension_row{"2.5.29.37", read_extended_key_usage},
    extension_row{"2.5.29.31", read_crl_points},
    extension_row{"2.5.29.46", read_freshest_crl},
    extension_row{"1.3.6.1.5.5.7.1.1", read_access},
    extension_row{"1.3.6.1.5.5.7.48.1.5", read_ocsp_no_check},
    extension_row{test_marker_oid, read_test_marker},
};

}  // namespace

void read_extensions(reader& r, certificate::fields& fields) {
  reader list = r.enter(tags::sequence, "the extensions");
  std::vector<std::string> seen;
  while (list.more()) {
    reader extension = list.enter(tags::sequence, "an extension");
    const std::string oid = extension.oid("an extension's identifier");
    // DER forbids writing the default FALSE; issuers do, and nothing hangs on it.
    const bool critical = extension.next_is(tags::boolean) && extension.boolean("an extension's critical flag");
    const element value = extension.read(tags::octet_string, "the value of extension " + oid);
    extension.end("extension " + oid);
    seen.push_back(oid);

    const auto row = std::find_if(known.begin(), known.end(), [&](const extension_row& k) { return k.oid == oid; });
    if (row == known.end()) {
      fields.unknown_critical_extension |= critical;
      continue;
    }
    if (critical && row->read == read_extended_key_usage) fields.critical_extended_key_usage = true;
    reader content = extension.inside(value, "extension " + oid);
    row->read(content, fields);
    content.end("extension " + oid);
  }
  std::sort(seen.begin(), seen.end());
  if (const auto twice = std::adjacent_find(seen.begin(), seen.end()); twice != seen.end())
    list.fail("extension " + *twice + " occurs twice");
}

}  // namespace shep::crypto
