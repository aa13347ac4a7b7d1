#include "unit/eds/checked.hpp"

/// Security catalogue section 3.1, "Generator": every relocation of the signed element × order × id strategy × namespace strategy × base
/// message. The oracle: the sentinel of the evil copy is never reachable from what was believed.
namespace shep::eds {
namespace {

using namespace test;

constexpr std::string_view evil_sentinel = "EVIL_SERVICE";

/// A genuinely signed message, taken apart.
struct base {
  std::string name;
  std::string beside;  ///< in Security, before the Signature
  std::string signature;
  std::string original;  ///< the signed Body
  bool legacy = false;   ///< Signature directly in the header
};

base taken_apart(const std::string& name, const std::string& text, const std::string& beside = "", bool legacy = false) {
  return {name, beside, cut_out(text, "<ds:Signature ", "</ds:Signature>"), cut_out(text, "<soap:Body", "</soap:Body>"), legacy};
}

std::vector<base> bases() {
  std::vector<base> out;
  message_a a;
  out.push_back(taken_apart("profile A", a.text()));
  message_a b;
  b.signature.key_info = issuer_serial(signer().certificate);
  out.push_back(taken_apart("profile B", b.text()));
  message_a token;
  token.beside = binary_token(signer().certificate);
  token.signature.key_info = token_uri();
  out.push_back(taken_apart("token", token.text(), token.beside));
  message_a cdata;
  request_parts parts;
  parts.data = "<data><![CDATA[<r xmlns=\"urn:demo\"/>]]></data>";
  cdata.message.body = parts.wrapper();
  out.push_back(taken_apart("CDATA", cdata.text()));
  message_a inner;
  parts.data =
      "<data>" +
      signed_by_hand("<r:request xmlns:r=\"urn:demo\"><uin>1</uin>" + business_signature(signer().certificate).text() + "</r:request>") +
      "</data>";
  inner.message.body = parts.wrapper();
  base with_inner = taken_apart("business signature inside", inner.text());
  out.push_back(with_inner);
  message_a prefixes;
  prefixes.signature.c14n = method("CanonicalizationMethod", uri::exc_c14n, inclusive_namespaces("soap"));
  prefixes.signature.references[0].transforms = method("Transform", uri::exc_c14n, inclusive_namespaces("soap"));
  out.push_back(taken_apart("PrefixList", prefixes.text()));
  message_parts legacy;
  legacy.body_attributes = " Id=\"id-1\"";
  signature_parts s;
  s.references[0].transforms = method("Transform", uri::enveloped_signature) + method("Transform", uri::exc_c14n);
  s.key_info = key_info(x509_certificate(signer().certificate));
  legacy.header = s.text();
  out.push_back(taken_apart("legacy header", signed_by_hand(legacy.text()), "", true));
  return out;
}

/// Where the original goes; `{o}` stands for it in one of the places of the frame.
struct place {
  const char* name;
  const char* slot;
  const char* around_before;
  const char* around_after;
};

// Slots of the frame below, in document order.
constexpr place places[] = {
    {"envelope_first", "{envelope-first}", "", ""},
    {"envelope_first_wrapped", "{envelope-first}", "<h:x>", "</h:x>"},
    {"header_first", "{header-first}", "", ""},
    {"header_first_block", "{header-first}", "<h:x>", "</h:x>"},
    {"header_block_not_understood", "{header-first}", "<h:x soap:mustUnderstand=\"0\">", "</h:x>"},
    {"header_block_foreign_actor", "{header-first}", "<h:x soap:actor=\"urn:somebody\">", "</h:x>"},
    {"header_nested_envelope", "{header-first}", "<soap:Envelope>", "</soap:Envelope>"},
    {"security_first", "{security-first}", "", ""},
    {"security_first_wrapped", "{security-first}", "<h:x>", "</h:x>"},
    {"token_beside", "{security-first}", "<wsse:BinarySecurityToken>", "</wsse:BinarySecurityToken>"},
    {"signature_end", "{signature-end}", "", ""},
    {"signature_object", "{signature-end}", "<ds:Object>", "</ds:Object>"},
    {"signature_object_manifest", "{signature-end}", "<ds:Object><ds:Manifest>", "</ds:Manifest></ds:Object>"},
    {"signature_nested_envelope", "{signature-end}", "<soap:Envelope>", "</soap:Envelope>"},
    {"key_info_end", "{key-info-end}", "", ""},
    {"key_info_name", "{key-info-end}", "<ds:KeyName>", "</ds:KeyName>"},
    {"security_last", "{security-last}", "", ""},
    {"security_timestamp", "{security-last}", "<wsu:Timestamp>", "</wsu:Timestamp>"},
    {"header_last", "{header-last}", "", ""},
    {"header_last_block", "{header-last}", "<h:Extensions>", "</h:Extensions>"},
    {"before_body", "{before-body}", "", ""},
    {"body_child", "{in-body}", "", ""},
    {"body_grandchild", "{in-body}", "<h:x>", "</h:x>"},
    {"body_second_envelope", "{in-body}", "<soap:Envelope>", "</soap:Envelope>"},
    {"after_body", "{after-body}", "", ""},
    {"after_body_wrapped", "{after-body}", "<h:x>", "</h:x>"},
};
static_assert(std::size(places) >= 20);

enum class id_strategy { none, same, other, same_plain, same_xml, same_lower };
constexpr id_strategy id_strategies[] = {id_strategy::none,       id_strategy::same,     id_strategy::other,
                                         id_strategy::same_plain, id_strategy::same_xml, id_strategy::same_lower};

enum class ns_strategy { as_is, redeclared, shadowed };
constexpr ns_strategy ns_strategies[] = {ns_strategy::as_is, ns_strategy::redeclared, ns_strategy::shadowed};

/// The copy that shall be read, with the id the strategy gives it.
std::string evil_copy(const base& b, id_strategy how) {
  std::string evil = b.original;
  std::size_t open = evil.find('>');
  std::string tag = evil.substr(0, open);
  for (const char* attribute : {" wsu:Id=\"id-1\"", " Id=\"id-1\""})
    if (const std::size_t at = tag.find(attribute); at != std::string::npos) tag.erase(at, std::string(attribute).size());
  switch (how) {
    case id_strategy::none: break;
    case id_strategy::same: tag += b.legacy ? " Id=\"id-1\"" : " wsu:Id=\"id-1\""; break;
    case id_strategy::other: tag += " wsu:Id=\"id-2\""; break;
    case id_strategy::same_plain: tag += b.legacy ? " wsu:Id=\"id-1\"" : " Id=\"id-1\""; break;
    case id_strategy::same_xml: tag += " xml:id=\"id-1\""; break;
    case id_strategy::same_lower: tag += " id=\"id-1\""; break;
  }
  evil = tag + evil.substr(open);
  return replaced(evil, "DEMO_SERVICE", evil_sentinel);
}

std::string frame(const base& b, ns_strategy how) {
  std::string attributes =
      xmlns("soap", ns::soap11) + xmlns("wsse", ns::wsse) + xmlns("wsu", ns::wsu) + xmlns("ds", ns::ds) + xmlns("h", "urn:h");
  if (how == ns_strategy::shadowed) attributes += xmlns("t", "urn:shadow") + xmlns("xsi", "urn:shadow") + xmlns("q", ns::soap11);
  const std::string signature =
      replaced(replaced(b.signature, "</ds:KeyInfo>", "{key-info-end}</ds:KeyInfo>"), "</ds:Signature>", "{signature-end}</ds:Signature>");
  const std::string inside = "{security-first}" + b.beside + signature + "{security-last}";
  const std::string header = b.legacy ? inside : security(inside);
  return "<soap:Envelope" + attributes + ">{envelope-first}<soap:Header>{header-first}" + header +
         "{header-last}</soap:Header>{before-body}{evil}" + "{after-body}</soap:Envelope>";
}

/// The original as it stands, or carrying its own copies of the declarations it inherits: exclusive canonicalization gives the same octets.
std::string placed_original(const base& b, ns_strategy how) {
  if (how != ns_strategy::redeclared) return b.original;
  return replaced(b.original, "<soap:Body", "<soap:Body" + xmlns("soap", ns::soap11) + xmlns("h", "urn:other"));
}

/// Which of the two stands as Body; the other one goes to the place.
enum class moved_copy { original, evil };

std::string mutant(const base& b, const place& where, moved_copy which, bool moved_first, id_strategy id, ns_strategy spaces) {
  std::string text = frame(b, spaces);
  std::string body = evil_copy(b, id), other = placed_original(b, spaces);
  if (which == moved_copy::evil) std::swap(body, other);
  const std::string moved = where.around_before + other + where.around_after;
  // "Order": in front of what else stands at the place, or behind it.
  const std::string filler = "<h:filler/>";
  const std::string placed = moved_first ? moved + filler : filler + moved;
  if (std::string_view(where.slot) == "{in-body}") body.insert(body.rfind("</soap:Body>"), placed);
  else replace_first(text, where.slot, placed);
  replace_first(text, "{evil}", body);
  for (std::size_t at; (at = text.find('{')) != std::string::npos;) text.erase(at, text.find('}', at) - at + 1);
  return text;
}

/// Would a reader be taken in who takes the first element with the id and compares digests? Then the mutant is a real attack.
bool fools_a_naive_reader(const xml::document& d) {
  for (xml::element e = d.root(); e; e = e.next_in_document(d.root())) {
    if (!e.is({ns::soap11, "Body"})) continue;
    xml::element signature;
    for (xml::element s = d.root(); s && !signature; s = s.next_in_document(d.root()))
      if (s.is({ns::ds, "Signature"})) signature = s;
    const xml::element reference = signature.child({ns::ds, "SignedInfo"}).child({ns::ds, "Reference"});
    std::vector<std::string> prefixes;
    for (const xml::element& t : reference.child({ns::ds, "Transforms"}).children())
      for (const std::string& p : prefix_list(t)) prefixes.push_back(p);
    const std::string octets = canonical_octets(d, e, std::string(uri::exc_c14n), false, prefixes, signature);
    if (to_base64(crypto::digest(crypto::digest_algorithm::sha256, octets)) == xml::text_of(reference.child({ns::ds, "DigestValue"})))
      return true;
  }
  return false;
}

bool holds_evil(xml::element believed) {
  xml::string_sink sink;
  if (!xml::canonicalize(believed, xml::c14n_options{}, sink)) return true;
  return sink.text.find(evil_sentinel) != std::string::npos;
}

class WrappingGenerator : public testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(Places, WrappingGenerator, testing::Range<std::size_t>(0, std::size(places)),
                         [](const auto& row) { return std::string(places[row.param].name); });

TEST_P(WrappingGenerator, EvilCopyIsNeverBelieved) {
  const place& where = places[GetParam()];
  std::size_t made = 0, real = 0, believed = 0;
  for (const base& b : bases()) {
    for (const bool first : {true, false})
      for (const id_strategy id : id_strategies)
        for (const ns_strategy spaces : ns_strategies) {
          const std::string text = mutant(b, where, moved_copy::original, first, id, spaces);
          ++made;
          const auto d = admitted(text);
          if (fools_a_naive_reader(d)) ++real;
          const auto v = verify_message(d, trust(), {}, test_now);
          if (!v.message) {
            EXPECT_NE(v.report.verdict, indication::total_passed);
            continue;
          }
          ++believed;
          EXPECT_FALSE(holds_evil(v.message->body())) << b.name << "\n" << text;
        }
  }
  EXPECT_EQ(made, bases().size() * 2 * std::size(id_strategies) * std::size(ns_strategies));
  // Most mutants are real attacks; a relocation below a declaration that changes the octets is not, and needs no defence.
  EXPECT_GT(real, made / 2) << "of " << made;
  EXPECT_EQ(believed, 0u) << "of " << made;
  RecordProperty("mutants", static_cast<int>(made));
  RecordProperty("attacks", static_cast<int>(real));
}

TEST_P(WrappingGenerator, EvilCopyBesideTheOriginalIsNeverReached) {
  const place& where = places[GetParam()];
  for (const base& b : bases())
    for (const bool first : {true, false})
      for (const id_strategy id : id_strategies)
        for (const ns_strategy spaces : ns_strategies) {
          const std::string text = mutant(b, where, moved_copy::evil, first, id, spaces);
          const auto d = admitted(text);
          const auto v = verify_message(d, trust(), {}, test_now);
          EXPECT_FALSE(v.message && holds_evil(v.message->body())) << b.name << "\n" << text;
        }
}

/// The oracle works: where an unsigned header may stand, the message is believed, and the original is what is read.
TEST(WrappingGeneratorBases, EvilCopyInAForeignHeaderLeavesTheOriginalToBeRead) {
  const auto all = bases();
  const auto d = admitted(mutant(all[0], places[3], moved_copy::evil, true, id_strategy::other, ns_strategy::as_is));
  const auto v = verify_message(d, trust(), {}, test_now);
  ASSERT_TRUE(v.message) << to_text(v.report);
  EXPECT_FALSE(holds_evil(v.message->body()));
  EXPECT_TRUE(holds_evil(d.root()));
}

TEST(WrappingGeneratorBases, AreAllGenuine) {
  const auto all = bases();
  EXPECT_GE(all.size(), 6u);
  EXPECT_GE(all.size() * std::size(places) * 2 * std::size(id_strategies) * std::size(ns_strategies), 4000u);
  for (const base& b : all)
    for (const ns_strategy spaces : ns_strategies) {
      std::string text = replaced(frame(b, spaces), "{evil}", placed_original(b, spaces));
      for (std::size_t at; (at = text.find('{')) != std::string::npos;) text.erase(at, text.find('}', at) - at + 1);
      SCOPED_TRACE(b.name);
      expect_passed(check(text));
    }
}

}  // namespace
}  // namespace shep::eds
