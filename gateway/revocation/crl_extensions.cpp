#include "revocation/crl_extensions.hpp"

#include "crypto/addresses.hpp"

#include <algorithm>
#include <array>

namespace shep::revocation {
namespace {

using namespace crypto::asn1;

// A serial number of a list: RFC 5280 section 5.2.3 allows 20 octets.
std::string list_number(reader& r, std::string_view what) {
  std::string_view content = r.integer(what);
  if (r.failed()) return {};
  if (static_cast<unsigned char>(content[0]) >= 0x80 || content.size() > 21) {
    r.fail(std::string(what) + " is negative or longer than 20 octets");
    return {};
  }
  if (content.size() > 1 && content[0] == '\0') content.remove_prefix(1);
  return std::string(content);
}

void read_number(reader& r, crl::fields& f, std::string&) { f.number = list_number(r, "cRLNumber"); }

void read_delta_indicator(reader& r, crl::fields& f, std::string&) {
  f.is_delta = true;
  f.base_number = list_number(r, "deltaCRLIndicator");
}

void read_authority_key_id(reader& r, crl::fields& f, std::string&) {
  reader body = r.enter(tags::sequence, "authorityKeyIdentifier");
  if (const auto key = body.read_if(tags::context(0, false), "the key identifier")) f.authority_key_id = key->content;
  while (body.more()) body.any("authorityKeyIdentifier");
}

void read_freshest(reader& r, crl::fields& f, std::string&) { crypto::read_points(r, f.freshest_urls, "freshestCRL"); }

void read_expired_since(reader& r, crl::fields& f, std::string&) { f.keeps_expired_since = r.time("expiredCertsOnCRL"); }

// DER leaves the default FALSE out; some issuers write it, and nothing hangs on it.
bool flag(reader& r, unsigned number) {
  const auto e = r.read_if(tags::context(number, false), "a flag");
  if (e && (e->content.size() != 1 || (e->content[0] != '\0' && e->content[0] != '\xFF')))
    r.fail("a flag of issuingDistributionPoint is not a BOOLEAN");
  return e && e->content == "\xFF";
}

// RFC 5280 section 5.2.5.
void read_distribution_point(reader& r, crl::fields& f, std::string& unsupported) {
  const element whole = r.read(tags::sequence, "issuingDistributionPoint");
  f.distribution_point_der = whole.whole;
  reader body = r.inside(whole, "issuingDistributionPoint");
  if (body.next_is(tags::context(0, true))) {
    reader name = body.enter(tags::context(0, true), "distributionPoint");
    f.has_distribution_point = true;
    crypto::read_point_name(name, f.distribution_points);
    name.end("distributionPoint");
  }
  const bool users = flag(body, 1);
  const bool authorities = flag(body, 2);
  const bool some_reasons = body.read_if(tags::context(3, false), "onlySomeReasons").has_value();
  const bool indirect = flag(body, 4);
  const bool attributes = flag(body, 5);
  body.end("issuingDistributionPoint");
  if (users + authorities + attributes > 1) body.fail("issuingDistributionPoint names several kinds of certificate as the only one");
  if (users) f.covers = crl::scope::users;
  if (authorities) f.covers = crl::scope::authorities;
  if (attributes) f.covers = crl::scope::attributes;
  if (!unsupported.empty()) return;
  if (indirect) unsupported = "it is an indirect list (it may speak about certificates of other issuers)";
  if (some_reasons) unsupported = "it lists revocations for some reasons only, so absence from it proves nothing";
}

void ignore(reader& r, crl::fields&, std::string&) { r.any("an extension's value"); }

struct crl_row {
  std::string_view oid;
  void (*read)(reader&, crl::fields&, std::string&);
};

constexpr std::array known{
    crl_row{"2.5.29.18", ignore},  // issuerAltName
    crl_row{"2.5.29.20", read_number},
    crl_row{"2.5.29.27", read_delta_indicator},
    crl_row{"2.5.29.28", read_distribution_point},
    crl_row{"2.5.29.35", read_authority_key_id},
    crl_row{"2.5.29.46", read_freshest},
    crl_row{"2.5.29.60", read_expired_since},
};

}  // namespace

void read_crl_extensions(reader& r, crl::fields& fields, std::string& unsupported) {
  constexpr std::size_t most = 64;
  reader list = r.enter(tags::sequence, "the extensions");
  std::vector<std::string> seen;
  while (list.more()) {
    reader extension = list.enter(tags::sequence, "an extension");
    const std::string oid = extension.oid("an extension's identifier");
    const bool critical = extension.next_is(tags::boolean) && extension.boolean("an extension's critical flag");
    const element value = extension.read(tags::octet_string, "the value of an extension");
    extension.end("an extension");
    seen.push_back(oid);
    if (seen.size() > most) list.fail("the list has more than " + std::to_string(most) + " extensions");

    const auto row = std::find_if(known.begin(), known.end(), [&](const crl_row& k) { return k.oid == oid; });
    if (row == known.end()) {
      if (critical && unsupported.empty()) unsupported = "its critical extension " + oid + " is not known here";
      continue;
    }
    reader content = extension.inside(value, "an extension");
    row->read(content, fields, unsupported);
    content.end("extension " + oid);
  }
  std::sort(seen.begin(), seen.end());
  if (const auto twice = std::adjacent_find(seen.begin(), seen.end()); twice != seen.end())
    list.fail("extension " + *twice + " occurs twice");
}

// Called for every entry of a list of half a million: identifiers are compared as octets, and names of things stay short enough not to be
// allocated.
void read_entry_extensions(reader& r, crl::entry& entry, std::string& unsupported) {
  constexpr std::string_view reason_code = "\x55\x1d\x15", invalidity_date = "\x55\x1d\x18", certificate_issuer = "\x55\x1d\x1d";
  constexpr std::size_t most = 16;
  reader list = r.enter(tags::sequence, "entry's tail");
  std::size_t count = 0;
  while (list.more()) {
    if (++count > most) list.fail("an entry has more than " + std::to_string(most) + " extensions");
    reader extension = list.enter(tags::sequence, "an extension");
    const std::string_view oid = extension.read(tags::oid, "an identifier").content;
    const bool critical = extension.next_is(tags::boolean) && extension.boolean("critical");
    const element value = extension.read(tags::octet_string, "a value");
    extension.end("an extension");
    reader content = extension.inside(value, "an extension");
    if (oid == reason_code) {
      const std::string_view code = content.read(tags::enumerated, "reasonCode").content;
      content.end("reasonCode");
      const auto why = code.size() == 1 ? reason_of(static_cast<unsigned char>(code[0])) : std::nullopt;
      if (!why || entry.why) content.fail("the reason of an entry is not one of RFC 5280, or is given twice");
      entry.why = why;
    } else if (oid == invalidity_date) {
      entry.invalid_since = content.time("invalidityDate");
      content.end("invalidityDate");
    } else if (critical && unsupported.empty() && !list.failed()) {
      unsupported = oid == certificate_issuer
                        ? "an entry belongs to another issuer (certificateIssuer)"
                        : "the critical extension " + crypto::asn1::dotted_oid(oid) + " of an entry is not known here";
    }
  }
}

}  // namespace shep::revocation
