#include "forensics/mistakes.hpp"
#include "support/json_schema.hpp"
#include "unit/forensics/planted.hpp"

#include <set>

namespace shep::forensics {
namespace {

using namespace test;

std::string map_of(const eds::report& r) {
  std::string out;
  for (const eds::covered_part& p : r.parts) out += (p.is_signed ? "+" : "-") + p.kind + "\n";
  return out;
}

TEST(Coverage, MessageIsMappedPartByPart) {
  draft d{family::rsa, layout::token};
  std::string text = d.text();
  replace_first(text, "</soap:Header>", "<h:x xmlns:h=\"urn:h\"/></soap:Header>");
  const explained e = explain_text(signed_with(text, hand_of(family::rsa), {}), layout::token);
  EXPECT_EQ(map_of(e.report), "-Envelope\n-Security header\n-Certificate token\n-Signature\n-Header block\n+Body\n+business payload\n")
      << e.told();
  const eds::covered_part& body = e.report.parts[5];
  EXPECT_EQ(body.xpath, "/soap:Envelope[1]/soap:Body[1]");
  const std::string& source = *e.document->source();
  EXPECT_EQ(source.substr(body.position.offset, 10), "<soap:Body");
  EXPECT_EQ(source.substr(body.end - 12, 12), "</soap:Body>");
  EXPECT_EQ(body.position.column, body.position.offset + 1) << "one line of ASCII before it";
  EXPECT_EQ(body.by, e.report.signatures[0].location.xpath);
}

TEST(Coverage, EnvelopedSignatureCoversAllButItself) {
  const explained e =
      explain_text(signed_with(draft{family::rsa, layout::enveloped, "<a/><b/>"}.text(), hand_of(family::rsa), {}), layout::enveloped);
  EXPECT_EQ(map_of(e.report), "+Document\n+Element\n+Element\n-Signature\n");
  EXPECT_EQ(e.document->source()->substr(e.report.parts[1].position.offset, e.report.parts[1].end - e.report.parts[1].position.offset),
            "<a/>");
}

TEST(Coverage, NothingIsSignedByASignatureThatFailed) {
  std::string text = signed_with(draft{}.text(), hand_of(family::rsa), {});
  replace_first(text, "DEMO", "EVIL");
  const explained e = explain_text(text, layout::wsse_a);
  for (const eds::covered_part& p : e.report.parts) EXPECT_FALSE(p.is_signed) << p.kind;
}

TEST(Coverage, ReportWithCausesAndPartsFollowsTheSchema) {
  const json_schema schema(file_text(SHEPSIM_SOURCE_DIR "/schemas/shepsim/verification-report.schema.json"));
  habits wrong;
  wrong.octets = [](const auto&, auto, auto, std::string right) { return right + "\n"; };
  const explained e = explain_text(signed_with(draft{}.text(), hand_of(family::rsa), wrong), layout::wsse_a);
  const auto json = boost::json::parse(eds::to_json(e.report));
  for (const std::string& c : schema.complaints(json)) ADD_FAILURE() << c;
  EXPECT_EQ(json.at("causes").at(0).at("cause"), "trailing_newline");
  EXPECT_EQ(json.at("causes").at(0).at("reproducesDeclaredDigest"), true);
  EXPECT_EQ(json.at("causes").at(0).at("part"), "Reference #id-1");
  EXPECT_EQ(json.at("coverage").at("parts").at(0).at("kind"), "Envelope");
}

TEST(Readme, ListsEveryCauseOnce) {
  const std::string readme = file_text(SHEPSIM_SOURCE_DIR "/gateway/forensics/README.md");
  std::set<std::string> listed, known;
  for (std::size_t at = readme.find("\n| `"); at != std::string::npos; at = readme.find("\n| `", at + 1)) {
    const std::size_t end = readme.find('`', at + 4);
    EXPECT_TRUE(listed.insert(readme.substr(at + 4, end - at - 4)).second) << readme.substr(at, 60);
  }
  for (const mistake* m : all_mistakes()) {
    EXPECT_TRUE(known.insert(std::string(m->name)).second) << m->name;
    EXPECT_FALSE(m->explanation.empty() || m->advice.empty()) << m->name;
  }
  EXPECT_EQ(listed, known);
}

}  // namespace
}  // namespace shep::forensics
