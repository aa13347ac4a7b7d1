#include "support.hpp"

#include <boost/json/parse.hpp>

namespace shep::mocks::testing {
namespace {

namespace json = boost::json;

constexpr std::string_view driver = "850315090015";
constexpr std::string_view pharmacy = "250290900027";

/// One person with a licence and two duties, one company with a licence.
class registered_country final : public data_source {
 public:
  std::optional<json::object> person(std::string_view iin) const override {
    if (iin != driver) return std::nullopt;
    return json::parse(R"({"iin": "850315090015", "registers": {
      "driverLicence": {"number": "TS-1", "categories": ["B", "C"]},
      "duties": [{"number": "D-1", "state": {"code": "1"}}, {"number": "D-2", "state": {"code": "2"}}],
      "dispensary": [], "civil": {"marriages": [{"act": "A-1"}], "divorces": []}}})")
        .as_object();
  }
  std::optional<json::object> organization(std::string_view bin) const override {
    if (bin != pharmacy) return std::nullopt;
    return json::parse(R"({"bin": "250290900027", "registers": {"licences": [{"number": "L-1"}]}})").as_object();
  }
  std::vector<std::string> find_persons(std::string_view, std::string_view, std::string_view, std::string_view) const override {
    return {};
  }
  std::optional<std::string> person_by_document(std::string_view number) const override {
    if (number == "TS-1" || number == "D-1" || number == "D-2") return std::string(driver);
    if (number == "L-1") return std::string(pharmacy);
    return std::nullopt;
  }
};

struct registered_world : world {
  registered_country registers;
  registered_world() { around.population = &registers; }
};

std::string shown_for(const std::string& source, const std::string& key = std::string(driver)) {
  const registered_world w;
  const request r("<r:q xmlns:r='urn:q'><key>" + key + "</key></r:q>");
  return rendered(source, r, w);
}

/// Name of the mapping that answers for `key`: "held" when the criterion holds.
std::string answered(const std::string& record, const std::string& key) {
  const registered_world w;
  const auto store = store_of(mapping_json("held", R"("serviceId": "S", "record": )" + record));
  request r("<r:q xmlns:r='urn:q'><key>" + key + "</key></r:q>");
  r.view.service_id = "S";
  return chosen(*store, r, w);
}

TEST(RegistryHelper, GivesWhatARegisterHoldsByIinBinOrDocument) {
  EXPECT_EQ(shown_for("{{#with (registry 'driverLicence' (xPath '//key'))}}{{number}}{{/with}}"), "TS-1");
  EXPECT_EQ(shown_for("{{#with (registry 'driverLicence' 'TS-1')}}{{number}}{{/with}}"), "TS-1");
  EXPECT_EQ(shown_for("{{#each (registry 'licences' '250290900027')}}{{number}}{{/each}}"), "L-1");
  EXPECT_EQ(shown_for("{{#each (registry 'licences' 'L-1')}}{{number}}{{/each}}"), "L-1");
  EXPECT_EQ(shown_for("{{#with (registry 'organization' 'L-1')}}{{bin}}{{/with}}{{#with (registry 'person' 'L-1')}}{{iin}}{{/with}}"),
            pharmacy);
  EXPECT_EQ(shown_for("{{#each (registry 'civil.marriages' (xPath '//key'))}}{{act}}{{/each}}"), "A-1");
}

TEST(RegistryHelper, GivesOfAListOnlyTheDocumentAskedFor) {
  EXPECT_EQ(shown_for("{{#each (registry 'duties' '850315090015')}}{{number}} {{/each}}"), "D-1 D-2 ");
  EXPECT_EQ(shown_for("{{#each (registry 'duties' 'D-2')}}{{number}} {{/each}}"), "D-2 ");
  EXPECT_EQ(shown_for("{{#with (registry 'driverLicence' 'D-2')}}{{number}}{{else}}none{{/with}}"), "none")
      << "another document of the holder";
}

TEST(RegistryHelper, GivesNullForWhatIsNotThere) {
  for (const char* what :
       {"registry 'driverLicence' '870821090027'", "registry 'dispensary' '850315090015'", "registry 'nothing' '850315090015'",
        "registry 'driverLicence' ''", "registry '' '850315090015'", "registry 'driverLicence.number.x' '850315090015'",
        "registry 'duties.' '850315090015'", "registry 'civil..marriages' '850315090015'"})
    EXPECT_EQ(shown_for(std::string("{{#with (") + what + ")}}something{{else}}none{{/with}}"), "none") << what;
}

TEST(RegistryHelper, FindsNothingUnderAKeyOfAnySize) {
  EXPECT_EQ(shown_for("{{#with (registry 'driverLicence' (xPath '//key'))}}something{{else}}none{{/with}}", std::string(1 << 20, '8')),
            "none");
}

TEST(RegistryHelper, KnowsNumbersByTheirCheckDigit) {
  EXPECT_EQ(shown_for("{{registry 'iin' '850315090015'}}{{registry 'bin' '250290900027'}}"), "truetrue");
  EXPECT_EQ(shown_for("{{registry 'iin' '850315090016'}}{{registry 'bin' '250290900028'}}{{registry 'iin' 'abc'}}"), "");
}

TEST(RecordCriterion, HoldsWhenARegisterHasSomething) {
  const std::string licence = R"({"registry": "driverLicence", "key": "//key"})";
  EXPECT_EQ(answered(licence, std::string(driver)), "held");
  EXPECT_EQ(answered(licence, "870821090027"), "nothing");
  EXPECT_EQ(answered(R"({"registry": "driverLicence", "key": "//key", "known": false})", "870821090027"), "held");
  EXPECT_EQ(answered(R"({"registry": "dispensary", "key": "//key"})", std::string(driver)), "nothing") << "an empty list is nothing";
  EXPECT_EQ(answered(R"({"registry": "civil.marriages", "key": "//key"})", std::string(driver)), "held");
  EXPECT_EQ(answered(licence, ""), "nothing");
}

TEST(RecordCriterion, MayBeAListThatAllMustHold) {
  const std::string neither =
      R"([{"registry": "iin", "key": "//key", "known": false}, {"registry": "bin", "key": "//key", "known": false}])";
  EXPECT_EQ(answered(neither, "850315090016"), "held");
  EXPECT_EQ(answered(neither, "850315090015"), "nothing");
  EXPECT_EQ(answered(neither, "250290900027"), "nothing");
}

TEST(RecordCriterion, IsRefusedWhenIncomplete) {
  const auto problems_of = [](const std::string& record) {
    return load(mapping_json("one", R"("serviceId": "S", "record": )" + record)).problems.size();
  };
  EXPECT_EQ(problems_of(R"({"registry": "driverLicence", "key": "//key"})"), 0U);
  EXPECT_EQ(problems_of(R"({"registry": "driverLicence"})"), 1U);
  EXPECT_EQ(problems_of(R"({"key": "//key"})"), 1U);
  EXPECT_EQ(problems_of(R"({"registry": "", "key": "//key"})"), 1U);
  EXPECT_EQ(problems_of(R"({"registry": "driverLicence", "key": "//key["})"), 1U);
  EXPECT_EQ(problems_of(R"({"registry": "driverLicence", "key": "//key", "knwon": true})"), 1U);
}

TEST(ListHelpers, FindAndIncludeByWhatIsPrinted) {
  const std::string duties = "{{#with (registry 'duties' '850315090015') as |all|}}";
  EXPECT_EQ(shown_for(duties + "{{#with (entry all 'state.code' '2')}}{{number}}{{/with}}{{/with}}"), "D-2");
  EXPECT_EQ(shown_for(duties + "{{#with (entry all 'state.code' '3')}}{{number}}{{else}}none{{/with}}{{/with}}"), "none");
  EXPECT_EQ(shown_for("{{#with (registry 'driverLicence' 'TS-1')}}{{includes categories 'C'}} {{includes categories 'D'}}{{/with}}"),
            "true false");
  EXPECT_EQ(shown_for("{{includes (registry 'nothing' 'x') 'C'}}"), "false");
}

TEST(DateHelpers, CompareByTheDay) {
  EXPECT_EQ(
      shown_for("{{before '2025-12-31' '2026-01-01'}} {{before '2026-01-01' '2026-01-01T10:00:00'}} {{before '2026-01-02' '2026-01-01'}}"),
      "true false false");
  EXPECT_EQ(shown_for("{{before '' '2026-01-01'}} {{before '2026-01-01' ''}}"), "false false") << "what is empty is before nothing";
}

}  // namespace
}  // namespace shep::mocks::testing
