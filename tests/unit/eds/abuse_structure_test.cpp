#include "unit/eds/abuse.hpp"

namespace shep::eds {
namespace {

using namespace test;

TEST(Abuse, S36_StructureFollowsTheSchema) {
  const std::string good = message_a().text();
  const auto cut = [&](const std::string& from, const std::string& to) {
    const std::size_t begin = good.find(from), end = good.find(to, begin) + to.size();
    return good.substr(begin, end - begin);
  };
  const std::string info = cut("<ds:SignedInfo>", "</ds:SignedInfo>"), value = cut("<ds:SignatureValue>", "</ds:SignatureValue>"),
                    key = cut("<ds:KeyInfo>", "</ds:KeyInfo>"), c14n = cut("<ds:CanonicalizationMethod", "</ds:CanonicalizationMethod>"),
                    algorithm = cut("<ds:SignatureMethod", "</ds:SignatureMethod>"), reference = cut("<ds:Reference", "</ds:Reference>"),
                    digest = cut("<ds:DigestValue>", "</ds:DigestValue>"), digest_method = cut("<ds:DigestMethod", "</ds:DigestMethod>");
  const std::string evil_info = replaced(info, "#id-1", "#id-2");
  const std::pair<std::string, std::string> bent[] = {
      {"two SignedInfo, evil second", replaced(good, info, info + evil_info)},
      {"two SignedInfo, evil first", replaced(good, info, evil_info + info)},
      {"the same SignedInfo twice", replaced(good, info, info + info)},
      {"SignedInfo in no namespace", replaced(replaced(good, "<ds:SignedInfo>", "<SignedInfo>"), "</ds:SignedInfo>", "</SignedInfo>")},
      {"SignedInfo in a foreign namespace",
       replaced(replaced(good, "<ds:SignedInfo>", "<q:SignedInfo xmlns:q=\"urn:q\">"), "</ds:SignedInfo>", "</q:SignedInfo>")},
      {"no SignedInfo", replaced(good, info, "")},
      {"no SignatureValue", replaced(good, value, "")},
      {"two SignatureValue", replaced(good, value, value + value)},
      {"SignatureValue first", replaced(replaced(good, value, ""), info, value + info)},
      {"KeyInfo before SignatureValue", replaced(good, value + key, key + value)},
      {"two KeyInfo", replaced(good, key, key + key)},
      {"a foreign element first", replaced(good, info, "<x/>" + info)},
      {"a foreign element last", replaced(good, key, key + "<x/>")},
      {"a foreign element in SignedInfo", replaced(good, algorithm, algorithm + "<x/>")},
      {"no CanonicalizationMethod", replaced(good, c14n, "")},
      {"no SignatureMethod", replaced(good, algorithm, "")},
      {"two SignatureMethod", replaced(good, algorithm, algorithm + algorithm)},
      {"SignatureMethod first", replaced(good, c14n + algorithm, algorithm + c14n)},
      {"Reference before the methods", replaced(replaced(good, reference, ""), c14n, reference + c14n)},
      {"no DigestMethod", replaced(good, digest_method, "")},
      {"no DigestValue", replaced(good, digest, "")},
      {"two DigestValue", replaced(good, digest, digest + digest)},
      {"DigestValue before DigestMethod", replaced(good, digest_method + digest, digest + digest_method)},
      {"a foreign element in Reference", replaced(good, digest, digest + "<x/>")},
      {"an empty Signature", replaced(replaced(replaced(good, info, ""), value, ""), key, "")},
  };
  for (const auto& [name, text] : bent) {
    SCOPED_TRACE(name);
    expect_refused(check(text), s::format_failure, format);
  }
}

TEST(Abuse, S37_ValuesInterruptedByAnythingAreRefused) {
  const std::string good = message_a().text();
  for (const std::string element : {"ds:DigestValue", "ds:SignatureValue", "wsse:KeyIdentifier"})
    for (const std::string in : {"<!-- c -->", "<![CDATA[AAAA]]>", "<?p i?>", "<x/>", "<x>AAAA</x>"}) {
      SCOPED_TRACE(element + in);
      std::string text = good;
      const std::size_t open = text.find('>', text.find("<" + element)) + 1;
      text.insert(open + 8, in);
      expect_refused(check(text), s::format_failure, format);
      text = good;
      text.insert(text.find("</" + element), in);
      expect_refused(check(text), s::format_failure, format);
    }
}

TEST(Abuse, S37_WhiteSpaceInsideBase64IsAllowed) {
  std::string text = message_a().text();
  for (const std::string element : {"<ds:SignatureValue>", "<wsse:KeyIdentifier"}) {
    const std::size_t open = text.find('>', text.find(element)) + 1;
    text.insert(open + 40, "\r\n\t ").insert(open, " \n");
  }
  text.insert(text.find("</ds:SignatureValue>"), "&#13;\n");
  expect_passed(check(text));
  // Inside SignedInfo the white space is signed as well.
  message_a m;
  m.signature.references[0].digest_value = "<ds:DigestValue>\n{digest}\n</ds:DigestValue>";
  std::string unfinished = m.unfinished();
  replace_first(unfinished, "\n{digest}\n", "{digest}");
  const auto d = admitted(signed_by_hand(unfinished));
  std::string digest;
  for (xml::element e = d.root(); e; e = e.next_in_document(d.root()))
    if (e.local_name() == "DigestValue") digest = xml::text_of(e);
  m.signature.references[0].digest_value =
      "<ds:DigestValue>\r\n " + digest.substr(0, 10) + "&#13;\n" + digest.substr(10) + "\t</ds:DigestValue>";
  expect_passed(check(m.text()));
}

TEST(Abuse, S37_NonCanonicalBase64IsRefused) {
  const std::string good = message_a().text();
  const std::size_t open = good.find("<ds:DigestValue>") + 16;
  const std::string digest = good.substr(open, good.find("</ds:DigestValue>") - open);
  ASSERT_EQ(digest.back(), '=');
  std::string trailing_bits = digest;  // the last letter before "=" carries two bits that must be zero
  trailing_bits[digest.size() - 2] = static_cast<char>(digest[digest.size() - 2] + 1);
  for (const std::string& bent :
       {trailing_bits, digest.substr(0, digest.size() - 1), digest + "=", digest + "A", digest.substr(0, 4) + "*" + digest.substr(5),
        digest.substr(0, 4) + "=" + digest.substr(5), std::string(), std::string("===="), std::string(" \n")}) {
    SCOPED_TRACE(bent);
    message_a m;
    m.signature.references[0].digest_value = "<ds:DigestValue>" + bent + "</ds:DigestValue>";
    EXPECT_FALSE(check(m.text()).passed());
    expect_refused(check(m.text()), s::format_failure, format);
  }
}

TEST(Abuse, S38_DigestValueElsewhereIsNotTaken) {
  const std::string good = message_a().text();
  const std::size_t begin = good.find("<ds:DigestValue>"), end = good.find("</ds:DigestValue>") + 17;
  const std::string digest = good.substr(begin, end - begin);
  // The right digest of a changed Body, offered first in document order, in a header block and in the Body.
  std::string evil = replaced(good, "DEMO_SERVICE", "EVIL_SERVICE");
  const auto computed = check(evil).v.report.signatures[0].references[0].computed;
  const std::string offered = "<h xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:DigestValue>" + computed + "</ds:DigestValue></h>";
  expect_refused(check(replaced(evil, "<soap:Header>", "<soap:Header>" + offered)), s::hash_failure, problems::hash_failure);
  expect_refused(check(replaced(evil, digest, "<x>" + digest + "</x>")), s::format_failure, format);
}

TEST(Abuse, S39_WhatCannotBeCanonicalizedIsAFailure) {
  message_a m;
  m.message.body = "<q:x xmlns:q=\"relative/namespace\"/>";
  message_a empty_digest = m;
  empty_digest.signature.references[0].digest_value =
      "<ds:DigestValue>" + to_base64(crypto::digest(crypto::digest_algorithm::sha256, "")) + "</ds:DigestValue>";
  const auto c = check(signed_by_hand(empty_digest.unfinished()));
  expect_refused(c, s::format_failure, format);
  ASSERT_EQ(c.v.report.signatures.size(), 1u);
  EXPECT_TRUE(c.v.report.signatures[0].references.empty() || !c.v.report.signatures[0].references[0].matches);
}

TEST(Abuse, S39_DigestOfNothingIsNeverRight) {
  message_a m;
  m.signature.references[0].digest_value =
      "<ds:DigestValue>" + to_base64(crypto::digest(crypto::digest_algorithm::sha256, "")) + "</ds:DigestValue>";
  expect_refused(check(m.text()), s::hash_failure, problems::hash_failure);
}

TEST(Abuse, S40_SecondReferenceToTheSameIdIsRefused) {
  message_a m;
  m.signature.references.push_back(m.signature.references[0]);
  expect_refused(check(m.text()), s::sig_constraints_failure, constraints, "a second Reference");
}

/// Sixteen digests over one large Body would be paid for a message that nobody has signed.
TEST(Abuse, S40_SecondReferenceToTheSameElementByAnotherIdIsRefused) {
  message_a m;
  m.message.body_attributes += " Id=\"id-2\"";
  m.signature.references.push_back(m.signature.references[0]);
  m.signature.references[1].uri = "#id-2";
  const auto c = check(m.text());
  expect_refused(c, s::sig_constraints_failure, constraints, "a second Reference");
  EXPECT_EQ(c.v.report.signatures[0].references.size(), 1u) << "digested once";
}

TEST(Abuse, S40_SecondReferenceToTheSameBusinessDocumentIsRefused) {
  signature_parts b = business_signature(signer().certificate);
  b.references.push_back(b.references[0]);
  b.references[1].uri = "#p";
  const auto c = check_business(signed_by_hand("<r Id=\"p\"><x/>" + b.text() + "</r>"));
  expect_refused(c, s::sig_constraints_failure, constraints, "a second Reference");
}

TEST(Abuse, S40_MoreThanSixteenReferencesAreRefused) {
  for (const int count : {17, 31, 1000, 20'000}) {
    message_a m;
    for (int i = 1; i < count; ++i) {
      m.signature.references.push_back(m.signature.references[0]);
      m.signature.references.back().uri = "#r" + std::to_string(i);
      m.signature.references.back().digest_value = "<ds:DigestValue>AAAA</ds:DigestValue>";
    }
    expect_refused(check(replaced(replaced(m.unfinished(), "{value}", "AAAA"), "{digest}", "AAAA")), s::sig_constraints_failure,
                   constraints, "16");
  }
}

TEST(Abuse, S40_ReferenceToTheSignatureItselfIsRefused) {
  for (const std::string target : {"sig", "ki"}) {
    message_a m;
    m.signature.attributes = " Id=\"sig\"";
    m.signature.key_info = replaced(m.signature.key_info, "<ds:KeyInfo>", "<ds:KeyInfo Id=\"ki\">");
    m.signature.references.push_back(m.signature.references[0]);
    m.signature.references[1].uri = "#" + target;
    m.signature.references[1].digest_value = "<ds:DigestValue>AAAA</ds:DigestValue>";
    expect_refused(check(m.text()), s::signed_data_not_found, problems::signed_data_not_found);
  }
}

TEST(Abuse, S40_WrongSignatureValueIsFoundWhateverTheDigestsSay) {
  std::string text = message_a().text();
  const std::size_t at = text.find("<ds:SignatureValue>") + 19;
  text[at] = text[at] == 'A' ? 'B' : 'A';
  expect_refused(check(text), s::sig_crypto_failure, problems::signature_crypto_failure);
}

TEST(Abuse, S40_ChangedSignedInfoFailsTheSignatureValue) {
  message_a m;
  m.signature.references[0].attributes = " Id=\"r-1\"";
  expect_refused(check(replaced(m.text(), "Id=\"r-1\"", "Id=\"r-2\"")), s::sig_crypto_failure, problems::signature_crypto_failure);
}

TEST(Abuse, S41_PrefixListsAreReadToTheLetter) {
  const auto with_list = [](const std::string& list) {
    message_a m;
    m.signature.c14n = method("CanonicalizationMethod", uri::exc_c14n, inclusive_namespaces(list));
    m.signature.references[0].transforms = method("Transform", uri::exc_c14n, inclusive_namespaces(list));
    return m;
  };
  for (const std::string list : {"soap", "#default", "unknown", "soap soap", "", "soap wsu #default t unknown"}) {
    SCOPED_TRACE(list);
    expect_passed(check(with_list(list).text()));
    EXPECT_FALSE(check(replaced(with_list(list).text(), "DEMO_SERVICE", "EVIL_SERVICE")).passed());
  }
}

TEST(Abuse, S41_PrefixListBindsTheNamespacesItNames) {
  message_a m;
  m.message.envelope_attributes = xmlns("q", "urn:one");
  m.signature.references[0].transforms = method("Transform", uri::exc_c14n, inclusive_namespaces("q"));
  const std::string text = m.text();
  expect_passed(check(text));
  expect_refused(check(replaced(text, "urn:one", "urn:two")), s::hash_failure, problems::hash_failure);
}

TEST(Abuse, S41_EndlessPrefixListsAreRefused) {
  std::string list;
  for (int i = 0; i < 10'000; ++i) list += "p" + std::to_string(i) + " ";
  expect_refused(check(with_transforms(method("Transform", uri::exc_c14n, inclusive_namespaces(list))).text()), s::sig_constraints_failure,
                 constraints, "64");
  expect_refused(check(with_transforms(method("Transform", uri::exc_c14n,
                                              "<ec:InclusiveNamespaces xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>"))
                           .text()),
                 s::format_failure, format, "PrefixList");
}

}  // namespace
}  // namespace shep::eds
