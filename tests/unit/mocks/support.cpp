#include "support.hpp"

#include <cstdlib>

namespace shep::mocks::testing {

namespace json = boost::json;

std::optional<json::object> small_country::person(std::string_view iin) const {
  ++asked;
  if (iin != adult) return std::nullopt;
  return json::object{{"iin", adult},
                      {"surname", "ҮЛГІБАЕВ"},
                      {"birthDate", "1990-01-01"},
                      {"gender", {{"code", "1"}, {"nameRu", "мужской"}}},
                      {"documents", json::array{{{"number", "600000001"}}, {{"number", "600000002"}}}},
                      {"odd name", "x"},
                      {"children", json::array{}}};
}

std::optional<json::object> small_country::organization(std::string_view bin) const {
  ++asked;
  if (bin != company) return std::nullopt;
  return json::object{{"bin", company}, {"fullNameRu", "ТОО «Үлгі & Co»"}};
}

std::vector<std::string> small_country::find_persons(std::string_view surname, std::string_view, std::string_view, std::string_view) const {
  if (surname == "ҮЛГІБАЕВ") return {std::string(adult), "900101000025"};
  return {};
}

std::optional<std::string> small_country::person_by_document(std::string_view number) const {
  if (number == "600000001") return std::string(adult);
  return std::nullopt;
}

result<std::string> toy_authority::sign(std::string_view octets) const {
  std::uint64_t hash = 1469598103934665603ULL;
  for (const auto part : {std::string_view(key_), octets})
    for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  std::string signature;
  for (int i = 0; i < 8; ++i) signature += static_cast<char>(hash >> (8 * i) & 0xFF);
  return signature;
}

bool toy_authority::verify(std::string_view octets, std::string_view signature) const { return sign(octets).value() == signature; }

request::request(std::string business_data) {
  envelope_text_ =
      "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><t:SendMessage "
      "xmlns:t='http://bip.bee.kz/SyncChannel/v10/Types'><request><requestInfo><messageId>m-1</messageId></requestInfo>"
      "<requestData><data>" +
      business_data + "</data></requestData></request></t:SendMessage></s:Body></s:Envelope>";
  envelope_ = xml::admit(share(envelope_text_)).value();
  view.channel = "sync";
  view.service_id = "S";
  view.sender_id = "PORTAL_1";
  view.route_id = "R1";
  view.message_id = "m-1";
  view.correlation_id = "c-1";
  view.session_id = "{00000000-0000-4000-8000-000000000001}";
  view.signature_indication = "TOTAL_PASSED";
  view.envelope = envelope_.root().child({xml::ns::soap11, "Body"});
  view.raw_body = envelope_text_;
  view.now = noon;
  if (business_data.empty()) return;
  inner_ = xml::admit(share(std::move(business_data))).value();
  view.business_data = inner_.root();
}

load_outcome load(std::string text, std::map<std::string, std::string, std::less<>> bodies) {
  return load_all({{"mappings/test.json", std::move(text)}}, std::move(bodies));
}

load_outcome load_all(const std::vector<mapping_text>& texts, std::map<std::string, std::string, std::less<>> bodies) {
  memory_bodies source(std::move(bodies));
  return load_mappings(texts, source);
}

std::shared_ptr<const stub_store> store_of(std::string text, std::map<std::string, std::string, std::less<>> bodies) {
  auto loaded = load(std::move(text), std::move(bodies));
  for (const auto& p : loaded.problems) ADD_FAILURE() << describe(p);
  return stub_store::create(std::move(loaded.mappings)).value();
}

std::string chosen(const stub_store& store, const request& r, const world& w) {
  evaluation context(r.view, w.around);
  const auto outcome = store.match(context);
  return outcome.found ? outcome.found->name : "nothing";
}

result<std::string> render_template(const std::string& source, const request& r, const world& w, escaping how, template_limits limits) {
  query_pool queries;
  const auto parsed = template_text::parse(source, "t", queries);
  if (!parsed) return parsed.error();
  evaluation context(r.view, w.around);
  return (*parsed)->render(context, how, limits);
}

std::string rendered(const std::string& source, const request& r, const world& w, escaping how, template_limits limits) {
  const auto text = render_template(source, r, w, how, limits);
  return text ? *text : describe(text.error());
}

std::string mapping_json(std::string_view name, std::string_view shep, std::string_view rest_of_request, std::string_view rest) {
  std::string text = "{\"name\": \"" + std::string(name) + "\", \"request\": {\"shep\": {" + std::string(shep) + "}";
  text += std::string(rest_of_request) + "}, \"response\": {\"shep\": {\"statusCode\": \"SCSS001\"}}" + std::string(rest) + "}";
  return text;
}

temporary_folder::temporary_folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "mocks-XXXXXX").string();
  if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
  path_ = pattern;
}

temporary_folder::~temporary_folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void temporary_folder::write(const std::string& name, const std::string& text) const {
  std::filesystem::create_directories((path_ / name).parent_path());
  std::ofstream(path_ / name, std::ios::binary) << text;
}

}  // namespace shep::mocks::testing
