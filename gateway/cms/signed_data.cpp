#include "cms/signed_data.hpp"

#include "cms/ber.hpp"
#include "cms/problems.hpp"
#include "crypto/asn1_write.hpp"

#include <algorithm>

namespace shep::cms {

using namespace crypto::asn1;

struct signed_data::data {
  rewritten source;
  unsigned version = 0;
  std::string content_type;
  std::optional<std::string_view> content;
  std::vector<std::string_view> certificates;
  std::vector<signer_info> signers;
  std::string_view digest_algorithms, encapsulated, certificate_set, revocation_set;
};

namespace {

constexpr std::size_t most_signers = 32, most_certificates = 64, most_attributes = 64, most_values = 16, largest_certificate = 16384;

/// RFC 5652 section 5.3, signedAttrs and unsignedAttrs; `list` stands inside the SET.
std::vector<attribute> read_attributes(reader list, const std::string& what) {
  std::vector<attribute> attributes;
  while (list.more()) {
    if (attributes.size() == most_attributes) {
      list.fail(what + " are more than " + std::to_string(most_attributes));
      break;
    }
    const element whole = list.read(tags::sequence, "an attribute");
    reader one = list.inside(whole, "an attribute");
    attribute a;
    a.whole = whole.whole;
    a.oid = one.oid("an attribute's type");
    reader values = one.enter(tags::set, "the values of attribute " + a.oid);
    one.end("attribute " + a.oid);
    while (values.more()) {
      if (a.values.size() == most_values) values.fail("attribute " + a.oid + " has more than " + std::to_string(most_values) + " values");
      a.values.push_back(values.any("a value of attribute " + a.oid));
    }
    attributes.push_back(std::move(a));
  }
  return attributes;
}

/// AlgorithmIdentifier whose parameters are absent or NULL: nothing that is accepted here has others.
std::string read_algorithm(reader& r, const std::string& what) {
  reader body = r.enter(tags::sequence, what);
  std::string oid = body.oid(what);
  if (const auto null = body.read_if(tags::null, what); null && !null->content.empty()) body.fail(what + " has a NULL with content");
  if (body.more()) body.fail(what + " " + oid + " has parameters; none were expected");
  return oid;
}

void read_signer_id(reader& r, signer_info& s) {
  if (const auto key = r.read_if(tags::context(0, false), "subjectKeyIdentifier")) {
    s.key_id = key->content;
    if (s.key_id.empty()) r.fail("subjectKeyIdentifier is empty");
    return;
  }
  reader id = r.enter(tags::sequence, "issuerAndSerialNumber");
  s.issuer_der = id.read(tags::sequence, "the issuer's name").whole;
  s.serial = id.integer("the certificate's serial number");
  id.end("issuerAndSerialNumber");
}

/// RFC 5652 section 5.3.
signer_info read_signer(reader& list) {
  signer_info s;
  const element whole = list.read(tags::sequence, "a SignerInfo");
  s.whole = whole.whole;
  reader r = list.inside(whole, "a SignerInfo");
  s.version = static_cast<unsigned>(r.small_integer("the SignerInfo's version", 3));
  read_signer_id(r, s);
  if (!r.failed() && s.version != (s.key_id.empty() ? 1U : 3U)) r.fail("the SignerInfo's version does not fit how it names its signer");
  s.digest_oid = read_algorithm(r, "digestAlgorithm");
  if (const auto attributes = r.read_if(tags::context(0, true), "signedAttrs")) {
    s.has_signed_attributes = true;
    s.signed_whole = attributes->whole;
    s.signed_octets = write(tags::set, attributes->content);
    s.signed_attributes = read_attributes(r.inside(*attributes, "signedAttrs"), "signedAttrs");
    if (attributes->content.empty()) r.fail("signedAttrs are empty");
  }
  s.signature_oid = read_algorithm(r, "signatureAlgorithm");
  s.signature = r.octet_string("the signature value");
  if (const auto attributes = r.read_if(tags::context(1, true), "unsignedAttrs")) {
    s.unsigned_whole = attributes->whole;
    s.unsigned_attributes = read_attributes(r.inside(*attributes, "unsignedAttrs"), "unsignedAttrs");
  }
  r.end("the SignerInfo");
  return s;
}

/// RFC 5652 section 10.2.3. Attribute certificates and the like are passed over.
void read_certificates(reader list, std::vector<std::string_view>& certificates) {
  std::size_t count = 0;
  while (list.more()) {
    const element e = list.any("a certificate");
    if (++count > most_certificates) list.fail("more than " + std::to_string(most_certificates) + " certificates");
    if (e.whole.size() > largest_certificate) list.fail("a certificate is larger than " + std::to_string(largest_certificate) + " octets");
    if (e.tag == tags::sequence) certificates.push_back(e.whole);
  }
}

/// Was anything in der[begin, end) written in another way than it came?
bool changed_between(const rewritten& source, const char* begin, const char* end) {
  const auto offset = [&](const char* at) { return static_cast<std::size_t>(at - source.der.data()); };
  const auto first = std::lower_bound(source.changed.begin(), source.changed.end(), offset(begin));
  return first != source.changed.end() && *first < offset(end);
}

/// RFC 5652 section 5.4 hashes the attributes in DER, and certificates are signed in DER: what came otherwise would be judged by octets
/// that nobody sent.
result<void> check_untouched(const rewritten& source, const std::vector<std::string_view>& certificates,
                             const std::vector<signer_info>& signers) {
  if (source.changed.empty()) return {};
  const auto refuse = [](const std::string& what) {
    return problem(problems::cms_format, what + " came in BER; DER was expected", {},
                   "RFC 5652 asks for DER there even where the rest is BER");
  };
  for (const std::string_view c : certificates)
    if (changed_between(source, c.data(), c.data() + c.size())) return refuse("a certificate");
  for (const signer_info& s : signers) {
    // The header of [0] is not hashed: a SET header takes its place.
    if (!s.signed_whole.empty() && changed_between(source, s.signed_whole.data() + 1, s.signed_whole.data() + s.signed_whole.size()))
      return refuse("signedAttrs");
  }
  return {};
}

}  // namespace

std::string signer_info::serial_hex() const {
  const std::string hex = to_hex(serial);
  const std::size_t first = hex.find_first_not_of('0');
  return first == std::string::npos ? "0" : hex.substr(first);
}

signed_data::signed_data(std::shared_ptr<const data> d) : data_(std::move(d)) {}

result<signed_data> signed_data::read(std::string_view input) {
  const result<std::string> octets = unwrap(input);
  if (!octets) return octets.error();
  auto der = rewrite_ber(*octets);
  if (!der) return der.error();
  const auto d = std::make_shared<data>();
  d->source = std::move(*der);

  failure f;
  reader outer(d->source.der, f);
  reader info = outer.enter(tags::sequence, "ContentInfo");
  if (const std::string type = info.oid("the content type"); !info.failed() && type != oid::signed_data)
    info.fail("the content type is " + type + ", not SignedData");
  reader explicit_content = info.enter(tags::context(0, true), "the content of ContentInfo");
  info.end("ContentInfo");
  outer.end("the CMS");
  reader body = explicit_content.enter(tags::sequence, "SignedData");
  explicit_content.end("the content of ContentInfo");

  d->version = static_cast<unsigned>(body.small_integer("the SignedData's version", 5));
  if (!body.failed() && (d->version == 0 || d->version == 2)) body.fail("the SignedData's version is neither 1, 3, 4 nor 5");
  d->digest_algorithms = body.read(tags::set, "digestAlgorithms").whole;
  const element encapsulated = body.read(tags::sequence, "encapContentInfo");
  d->encapsulated = encapsulated.whole;
  reader content = body.inside(encapsulated, "encapContentInfo");
  d->content_type = content.oid("eContentType");
  if (content.more()) {
    reader octet_string = content.enter(tags::context(0, true), "eContent");
    d->content = octet_string.octet_string("eContent");
    octet_string.end("eContent");
  }
  content.end("encapContentInfo");
  if (const auto set = body.read_if(tags::context(0, true), "certificates")) {
    d->certificate_set = set->whole;
    read_certificates(body.inside(*set, "certificates"), d->certificates);
  }
  if (const auto set = body.read_if(tags::context(1, true), "crls")) d->revocation_set = set->whole;
  reader signers = body.enter(tags::set, "signerInfos");
  body.end("SignedData");
  while (signers.more()) {
    if (d->signers.size() == most_signers) signers.fail("more than " + std::to_string(most_signers) + " signers");
    d->signers.push_back(read_signer(signers));
  }
  if (f.happened) return f.as(problems::cms_format);
  if (const auto untouched = check_untouched(d->source, d->certificates, d->signers); !untouched) return untouched.error();
  return signed_data(d);
}

const std::string& signed_data::der() const { return data_->source.der; }
unsigned signed_data::version() const { return data_->version; }
const std::string& signed_data::content_type() const { return data_->content_type; }
std::optional<std::string_view> signed_data::content() const { return data_->content; }
const std::vector<std::string_view>& signed_data::certificates() const { return data_->certificates; }
const std::vector<signer_info>& signed_data::signers() const { return data_->signers; }
std::string_view signed_data::digest_algorithms() const { return data_->digest_algorithms; }
std::string_view signed_data::encapsulated() const { return data_->encapsulated; }
std::string_view signed_data::certificate_set() const { return data_->certificate_set; }
std::string_view signed_data::revocation_set() const { return data_->revocation_set; }

result<std::string> extract(std::string_view input) {
  const auto cms = signed_data::read(input);
  if (!cms) return cms.error();
  if (!cms->content())
    return problem(problems::cms_content, "the CMS is detached: it carries no content", "encapContentInfo",
                   "the content travels beside it");
  return std::string(*cms->content());
}

}  // namespace shep::cms
