#include "forensics/html.hpp"

#include "forensics/html_style.hpp"
#include "unit/forensics/planted.hpp"

#include <regex>

namespace shep::forensics {
namespace {

using namespace test;

const std::vector<std::string>& payloads() {
  static const std::vector<std::string> all = {"<script>alert(1)</script>",
                                               "\"><img src=x onerror=alert(1)>",
                                               "'><svg/onload=alert(1)>",
                                               "]]><script>alert(1)</script>",
                                               "</style><script>alert(1)</script>",
                                               "</title><script>alert(1)</script>",
                                               "javascript:alert(1)",
                                               "\" style=\"background:url(http://evil.test)\" x=\"",
                                               "<!-- --><iframe src=http://evil.test></iframe>",
                                               "&lt;script&gt;",
                                               std::string("\xE2\x80\xAEtxet\xE2\x80\xAC", 10),
                                               std::string("nul\0octet", 9),
                                               "\x1B[31mred",
                                               "\xFF\xFE broken",
                                               "\xC2\x9B"
                                               "31m"};
  return all;
}

/// A report with the payload in every field that holds text.
eds::report hostile(const std::string& p) {
  eds::report r;
  r.findings = {{eds::finding::severity::error, p, p, p, p}, {eds::finding::severity::warning, p, p, p, p}};
  r.causes = {{p, p, p, p, p, true}, {p, p, p, p, p, false}};
  r.covered = r.uncovered = {p};
  r.parts = {{p, p, {1, 1, 0}, 5, true, p}};
  eds::signature_report s;
  s.layer = s.profile = s.algorithm = s.location.xpath = p;
  eds::reference_report line;
  line.uri = line.target.xpath = line.digest_algorithm = line.declared = line.computed = line.canonical = p;
  line.transforms = {p, p};
  s.references = {line};
  eds::certificate_report c;
  c.subject = c.issuer = c.serial_number = c.iin = c.bin = c.common_name = c.key_usage = p;
  c.key_user = {p};
  s.certificate = c;
  s.chain = {c};
  s.revocation = {{p, p, true, test_now, p, test_now, test_now, p, p}};
  s.time_stamp = eds::time_stamp_report{test_now, p, p, p, p, p, eds::indication::indeterminate, p};
  r.signatures = {s};
  return r;
}

/// Every tag of a page, without what is inside of text.
std::vector<std::string> tags_of(const std::string& page) {
  std::vector<std::string> out;
  for (std::size_t at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1))
    out.push_back(page.substr(at, page.find('>', at) - at + 1));
  return out;
}

bool is_ours(const std::string& tag) {
  static const std::regex known(
      "<!DOCTYPE html>|<html lang=\"en\">|<meta charset=\"utf-8\">|<meta name=\"viewport\" content=\"width=device-width\">|"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]+'\">|"
      "</?(head|title|style|body|h1|h2|h3|p|dl|dt|dd|table|tr|th|td|pre|div|span|html)>|"
      "<(p|div|span|td) class=\"(verdict (passed|failed|undecided)|cause|hint|name|n|c|s|u)\">");
  return std::regex_match(tag, known);
}

TEST(Html, A03NothingFromAMessageBecomesMarkup) {
  for (const std::string& p : payloads()) {
    SCOPED_TRACE(p);
    const auto c = compare_canonical(p, "<a>");
    const std::string page = to_html(hostile(p), {.title = p, .document = nullptr, .their_canonical = &c, .most_shown = 1000});
    for (const std::string& tag : tags_of(page)) EXPECT_TRUE(is_ours(tag)) << tag;
    for (const char octet : page) EXPECT_TRUE(octet == '\n' || static_cast<unsigned char>(octet) >= 0x20) << "a control character";
    EXPECT_TRUE(is_utf8(page));
    for (const std::string mark : {"\xE2\x80\xAE", "\xC2\x9B", "\x7F"}) EXPECT_EQ(page.find(mark), std::string::npos);
  }
}

TEST(Html, A03HostileSourceStaysTextInTheCoverageView) {
  const std::string text =
      "<a note=\"&lt;script>\">&lt;script&gt;alert(1)&lt;/script&gt;<![CDATA[<script>alert(1)</script>]]>\xE2\x80\xAE</a>";
  const auto d = admitted(text);
  eds::report r;
  r.parts = {{"/a[1]", "Document", {1, 1, 0}, text.size(), false, ""}};
  const std::string page = to_html(r, {.title = "", .document = &d, .their_canonical = nullptr, .most_shown = 100000});
  for (const std::string& tag : tags_of(page)) EXPECT_TRUE(is_ours(tag)) << tag;
  EXPECT_NE(page.find("&lt;![CDATA[&lt;script&gt;"), std::string::npos);
  EXPECT_NE(page.find("<span class=\"c\">U+202E</span>"), std::string::npos);
}

TEST(Html, PageNeedsNothingFromOutsideAndItsPolicyNamesItsStyle) {
  const std::string page = to_html(hostile("x"));
  for (const std::string word : {"src=", "href=", "url(", "@import", "<script", "<link", "<img"})
    EXPECT_EQ(page.find(word), std::string::npos) << word;
  EXPECT_NE(page.find("default-src 'none'; style-src 'sha256-" + to_base64(crypto::digest(digest_algorithm::sha256, page_style)) + "'"),
            std::string::npos);
}

TEST(Html, CauseStandsBeforeEverythingElse) {
  eds::report r = hostile("word");
  r.causes[0].name = "reindented_after_signing";
  const std::string page = to_html(r);
  EXPECT_LT(page.find("reindented_after_signing"), page.find("<h2>Signature"));
  EXPECT_LT(page.find("reindented_after_signing"), page.find("<h2>Findings"));
}

TEST(Html, CanonicalOctetsAreShownWithLineAndColumnAndControlCharactersAsNumbers) {
  eds::report r = hostile("x");
  r.signatures[0].references[0].canonical = "<a>\n\tb\r" + std::string(150, 'c') + "</a>";
  const std::string page = to_html(r);
  EXPECT_NE(page.find("       2:1  </span><span class=\"c\">09</span>b<span class=\"c\">0D</span>c"), std::string::npos);
  EXPECT_NE(page.find("     2:101  </span>c"), std::string::npos) << "long lines are broken, and say where they go on";
}

TEST(Html, SourceIsColouredByTheInnermostPart) {
  const std::string text = signed_with(draft{}.text(), hand_of(family::rsa), {});
  const explained e = explain_text(text, layout::wsse_a);
  const std::string page =
      to_html(e.report, {.title = "m.xml", .document = e.document.get(), .their_canonical = nullptr, .most_shown = 1 << 20});
  EXPECT_NE(page.find("<span class=\"s\">&lt;soap:Body"), std::string::npos);
  EXPECT_NE(page.find("<span class=\"u\">&lt;wsse:Security"), std::string::npos);
  EXPECT_NE(page.find("<td>business payload</td><td class=\"s\">yes</td>"), std::string::npos);
}

TEST(Text, TerminalSeesNoControlCharactersOfAMessage) {
  for (const std::string& p : payloads()) {
    const std::string text = eds::to_text(hostile(p));
    for (const char octet : text) EXPECT_TRUE(octet == '\n' || (static_cast<unsigned char>(octet) >= 0x20 && octet != '\x7F')) << p;
    EXPECT_TRUE(is_utf8(text));
    for (const std::string mark : {"\xE2\x80\xAE", "\xC2\x9B"}) EXPECT_EQ(text.find(mark), std::string::npos);
  }
}

TEST(Text, CauseIsTheFirstThingAfterTheVerdict) {
  const std::string text = signed_with(draft{}.text(), hand_of(family::rsa), [] {
    habits h;
    h.octets = [](const auto&, auto, auto, std::string right) { return right + "\n"; };
    return h;
  }());
  const explained e = explain_text(text, layout::wsse_a);
  const std::string told = e.told();
  EXPECT_TRUE(told.starts_with("TOTAL_FAILED / HASH_FAILURE\n\nCAUSE       trailing_newline (proven")) << told;
  EXPECT_NE(told.find("\n  do        "), std::string::npos) << told;
}

}  // namespace
}  // namespace shep::forensics
