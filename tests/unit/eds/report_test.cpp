#include "support/json_schema.hpp"
#include "unit/eds/checked.hpp"

#include <cstdlib>
#include <filesystem>
#include <random>
#include <set>

namespace shep::eds {
namespace {

using namespace test;
namespace json = boost::json;

const json_schema& schema() {
  static const json_schema read(file_text(SHEPSIM_SOURCE_DIR "/schemas/shepsim/verification-report.schema.json"));
  return read;
}

/// Reports of every kind that verification ends with.
std::vector<std::pair<std::string, report>> reports_of_every_kind() {
  std::vector<std::pair<std::string, report>> out;
  const auto add = [&](const std::string& name, checked c, bool located = true) {
    if (located) locate(c.v.report, *c.document);
    out.emplace_back(name, c.v.report);
  };
  const std::string good = message_a().text();
  add("passed", check(good));
  add("passed, not located", check(good), false);
  add("by issuer and serial", check(signed_message(unsigned_message(), transport_profile::issuer_serial)));
  add("changed", check(replaced(good, "DEMO_SERVICE", "EVIL_SERVICE")));
  add("not signed", check(unsigned_message()));
  add("no envelope", check("<a/>"));
  add("bent", check(replaced(good, "</ds:SignedInfo>", "</ds:SignedInfo><ds:SignedInfo/>")));
  message_a lost;
  lost.signature.references[0].uri = "#nobody";
  add("names nothing", check(lost.text({.who = nullptr, .find = [](xml::element root, const std::string&) { return root; }})));
  message_a weak;
  weak.signature.signature_method = method("SignatureMethod", "http://www.w3.org/2000/09/xmldsig#rsa-sha1");
  add("weak", check(weak.text(), trust(), {.compat = true}));
  message_a unknown;
  unknown.signature.key_info = issuer_serial(make_identity({.key = key_name::other}).certificate);
  add("unknown certificate", check(unknown.text()));
  const auto expired = make_identity({.not_before = test_now - 48h, .not_after = test_now - 24h});
  message_a old;
  old.signature.key_info = key_identifier(expired.certificate);
  add("expired", check(old.text()));
  report full = check(good).v.report;
  signature_report& first = full.signatures.at(0);
  first.revocation = {{"CN=TEST", "ocsp", true, test_now, "keyCompromise", test_now, test_now + 24h, "http://ocsp.test/", ""},
                      {"CN=TEST", "", std::nullopt, std::nullopt, "", std::nullopt, std::nullopt, "", "nobody answered"}};
  first.time_stamp = time_stamp_report{test_now, "0a", "1.2.398", "CN=TSA", "sha256", "00ff", indication::total_passed, ""};
  first.signing_time = test_now;
  full.parts = {{"/a[1]", "Body", {1, 2, 1}, 9, true, "/a[1]/b[1]"}, {"/a[1]", "Header block", {}, 0, false, ""}};
  full.causes = {{"raw_octets", "what happened", "what to do", "Reference #id-1", "/a[1]", true},
                 {"lost_letters", "seen", "", "", "", false}};
  out.emplace_back("with revocation, time stamp, parts and causes", full);
  first.time_stamp = time_stamp_report{};
  out.emplace_back("with an empty time stamp", full);
  out.emplace_back("business", check_business(sign_business(share("<a/>"), signer()).value()).v.report);
  out.emplace_back("business, none", check_business("<a/>").v.report);
  return out;
}

TEST(Report, JsonFollowsItsSchema) {
  for (const auto& [name, r] : reports_of_every_kind()) {
    SCOPED_TRACE(name);
    const auto complaints = schema().complaints(json::parse(to_json(r)));
    for (const std::string& c : complaints) ADD_FAILURE() << c;
  }
}

TEST(Report, SchemaRefusesWhatIsNoReport) {
  EXPECT_FALSE(schema().complaints(json::parse("{}")).empty());
  auto r = json::parse(to_json(check(message_a().text()).v.report)).as_object();
  EXPECT_TRUE(schema().complaints(r).empty());
  auto unknown_word = r;
  unknown_word["indication"] = "FINE";
  EXPECT_FALSE(schema().complaints(unknown_word).empty());
  auto more = r;
  more["more"] = 1;
  EXPECT_FALSE(schema().complaints(more).empty());
  r["signatures"].as_array()[0].as_object().erase("certificate");
  EXPECT_FALSE(schema().complaints(r).empty());
}

/// The same by the reference implementation in Python, where it is installed.
TEST(Report, JsonFollowsItsSchemaInAnotherOpinion) {
  if (std::system("/usr/bin/python3 -c 'import jsonschema' 2>/dev/null") != 0) GTEST_SKIP() << "python3 has no module jsonschema here";
  std::random_device random;
  const auto file = std::filesystem::temp_directory_path() / ("shepsim-report-" + std::to_string(random()) + ".json");
  json::array all;
  for (const auto& [name, r] : reports_of_every_kind()) all.push_back(json::parse(to_json(r)));
  std::ofstream(file) << json::serialize(all);
  const std::string script =
      "import json,sys,jsonschema; s=json.load(open(sys.argv[1])); [jsonschema.validate(r,s) for r in json.load(open(sys.argv[2]))]";
  EXPECT_EQ(std::system(("/usr/bin/python3 -c '" + script + "' " SHEPSIM_SOURCE_DIR "/schemas/shepsim/verification-report.schema.json " +
                         file.string())
                            .c_str()),
            0);
  std::filesystem::remove(file);
}

TEST(Report, EveryWordIsInTheSchema) {
  const auto read = json::parse(file_text(SHEPSIM_SOURCE_DIR "/schemas/shepsim/verification-report.schema.json"));
  std::set<std::string> words, known;
  for (const auto& w : read.at("$defs").at("subIndication").at("enum").as_array())
    if (w.is_string()) words.insert(std::string(w.as_string()));
  for (int i = 1; i <= static_cast<int>(last_sub_indication); ++i) known.insert(std::string(name_of(static_cast<sub_indication>(i))));
  EXPECT_EQ(words, known);
}

TEST(Report, PassedMessageTellsItsSignerAndWhatIsSigned) {
  auto c = check(message_a().text());
  locate(c.v.report, *c.document);
  const auto r = json::parse(to_json(c.v.report));
  EXPECT_EQ(r.at("indication"), "TOTAL_PASSED");
  EXPECT_TRUE(r.at("subIndication").is_null());
  EXPECT_EQ(r.at("evaluatedAt"), "2030-01-02T03:04:05.000Z");
  const auto& s = r.at("signatures").at(0);
  EXPECT_EQ(s.at("layer"), "transport");
  EXPECT_EQ(s.at("certificate").at("iin"), "000000000000");
  EXPECT_EQ(s.at("certificate").at("bin"), "000000000000");
  EXPECT_EQ(s.at("certificate").at("keyUsage"), "SIGN");
  EXPECT_EQ(s.at("certificate").at("notAfter"), "2030-01-03T03:04:05.000Z");
  const auto& reference = s.at("references").at(0);
  EXPECT_EQ(reference.at("uri"), "#id-1");
  EXPECT_EQ(reference.at("transforms").at(0), std::string(uri::exc_c14n).c_str());
  EXPECT_TRUE(reference.at("matches").as_bool());
  EXPECT_EQ(r.at("coverage").at("signed").at(0), "/soap:Envelope[1]/soap:Body[1]");
}

TEST(Report, PlacesAreLineAndColumnOfTheReceivedText) {
  message_a m;
  m.message.before = "<?xml version=\"1.0\"?>\n";
  auto c = check(m.text());
  const auto before = json::parse(to_json(c.v.report)).at("signatures").at(0).at("location");
  EXPECT_TRUE(before.at("line").is_null()) << "not yet looked up";
  locate(c.v.report, *c.document);
  const auto s = json::parse(to_json(c.v.report)).at("signatures").at(0);
  const std::string second_line = m.text().substr(22);
  EXPECT_EQ(s.at("location").at("line"), 2);
  EXPECT_EQ(s.at("location").at("column").to_number<std::size_t>(), second_line.find("<ds:Signature ") + 1);
  EXPECT_EQ(s.at("references").at(0).at("target").at("line"), 2);
}

TEST(Report, ReferenceThatNamesNothingIsListedWithoutATarget) {
  message_a m;
  m.signature.references[0].uri = "#nobody";
  const auto c = check(m.text({.who = nullptr, .find = [](xml::element root, const std::string&) { return root; }}));
  expect_refused(c, sub_indication::signed_data_not_found, problems::signed_data_not_found);
  const auto r = json::parse(to_json(c.v.report));
  ASSERT_EQ(r.at("signatures").at(0).at("references").as_array().size(), 1u);
  const auto& reference = r.at("signatures").at(0).at("references").at(0);
  EXPECT_EQ(reference.at("uri"), "#nobody");
  EXPECT_TRUE(reference.at("target").is_null());
  EXPECT_TRUE(reference.at("computed").is_null());
  EXPECT_FALSE(reference.at("matches").as_bool());
}

TEST(Report, NothingFailedIsListedAsSigned) {
  for (const std::string& text : {replaced(message_a().text(), "DEMO_SERVICE", "EVIL_SERVICE"), unsigned_message()}) {
    const auto c = check(text);
    EXPECT_TRUE(c.v.report.covered.empty()) << c.told();
  }
  const auto changed = check(replaced(message_a().text(), "DEMO_SERVICE", "EVIL_SERVICE"));
  EXPECT_EQ(changed.v.report.uncovered, std::vector<std::string>{"/soap:Envelope[1]/soap:Body[1]"});
}

TEST(Report, CanonicalOctetsAreKeptWhenAskedFor) {
  const auto kept = check(message_a().text(), trust(), {.compat = false, .keep_canonical = true});
  const reference_report& r = kept.v.report.signatures.at(0).references.at(0);
  EXPECT_EQ(r.canonical.size(), r.canonical_length);
  EXPECT_TRUE(r.canonical.starts_with("<soap:Body "));
  EXPECT_EQ(to_base64(crypto::digest(crypto::digest_algorithm::sha256, r.canonical)), r.declared);
  EXPECT_TRUE(check(message_a().text()).v.report.signatures.at(0).references.at(0).canonical.empty());
}

TEST(Report, TextTellsVerdictSignerAndFindings) {
  auto c = check(replaced(message_a().text(), "DEMO_SERVICE", "EVIL_SERVICE"));
  locate(c.v.report, *c.document);
  const std::string text = to_text(c.v.report);
  for (const std::string part : {"TOTAL_FAILED / HASH_FAILURE", "CN=TEST SIGNER", "digest differs", "line 1, column", "eds.hash_failure"})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

}  // namespace
}  // namespace shep::eds
