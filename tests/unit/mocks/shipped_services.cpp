#include "shipped_services.hpp"

#include "core/embedded.hpp"
#include "xml/text.hpp"
#include "xml/xpath.hpp"

#include <array>
#include <cstdio>
#include <sstream>

namespace shep::mocks::testing {
namespace {

constexpr std::string_view services = "mocks/services/";

/// "mocks/services/gbdfl/__files/person.xml" of folder "/__files/" → "gbdfl/person.xml".
std::optional<std::string> name_in(std::string_view path, std::string_view folder) {
  if (!path.starts_with(services)) return std::nullopt;
  path.remove_prefix(services.size());
  const auto at = path.find(folder);
  if (at == std::string_view::npos) return std::nullopt;
  return std::string(path.substr(0, at)) + "/" + std::string(path.substr(at + folder.size()));
}

std::string file_text(const std::string& name) {
  std::ifstream file(std::string(SHEPSIM_SOURCE_DIR) + "/" + name, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string first_text(const xml::document& document, const std::string& path) {
  return std::string(xml::trimmed(xml::xpath::compile(path).value().string(document.root())));
}

/// A row of mocks/services/contracts.tsv.
struct contract {
  std::string schema;
  std::string root;  ///< the element that a typed body's fields are put under to be checked; empty for other carriers
  bool signed_inside = true;
};

/// "{http://namespace}Name" → the start tag's inside, the namespace bound to m.
std::string bound(const std::string& expanded_name) {
  if (expanded_name == "-") return "";
  const auto end = expanded_name.find('}');
  return "m:" + expanded_name.substr(end + 1) + " xmlns:m=\"" + expanded_name.substr(1, end - 1) + "\"";
}

std::map<std::string, contract> contracts() {
  std::map<std::string, contract> rows;
  std::istringstream lines(file_text("mocks/services/contracts.tsv"));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream fields(line);
    std::string service, schema, type, place;
    for (std::string* field : {&service, &schema, &type, &place}) {
      if (!std::getline(fields, *field, '\t') || field->empty()) throw std::runtime_error("contracts.tsv: a column is missing: " + line);
    }
    rows.emplace(service, contract{schema, bound(type), place == "inner"});
  }
  return rows;
}

const contract& contract_of(const std::string& service_id) {
  static const auto all = contracts();
  const auto found = all.find(service_id);
  if (found == all.end()) throw std::runtime_error("contracts.tsv has no schema for " + service_id);
  return found->second;
}

constexpr std::string_view signature =
    "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:SignedInfo>"
    "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"/><ds:SignatureMethod Algorithm=\"urn:test\"/>"
    "<ds:Reference URI=\"\"><ds:DigestMethod "
    "Algorithm=\"urn:test\"/><ds:DigestValue>dGVzdA==</ds:DigestValue></ds:Reference></ds:SignedInfo>"
    "<ds:SignatureValue>dGVzdA==</ds:SignatureValue></ds:Signature>";

}  // namespace

std::string person_request(const std::string& fields) {
  return "<m:Request xmlns:m='http://message.persistence.interactive.nat'><messageId>r-1</messageId><senderCode>PEP</senderCode>" + fields +
         "</m:Request>";
}

std::string company_request(const std::string& bin, const std::string& requestor) {
  return "<u:Request xmlns:u='http://gbdulinfobybin_v2.egp.gbdul.tamur.kz'><RequestorBIN>" + requestor + "</RequestorBIN><BIN>" + bin +
         "</BIN></u:Request>";
}

std::string consent_request(const std::string& uin, const std::string& rest) {
  return "<k:getUserDataRequest xmlns:k='http://service.2fa-chain.kz/ns/kdp'><uin>" + uin +
         "</uin><company>c</company><company_bin>250190900013</company_bin><company_responsible>r</company_responsible><employee_name>e</"
         "employee_name>"
         "<access_name>GBDFLUniversal_token</access_name><personal_data_name>p</personal_data_name>" +
         rest + "</k:getUserDataRequest>";
}

std::string tokens(const std::string& token) { return "<kdpToken>" + token + "</kdpToken><publicKey>k</publicKey>"; }

std::unique_ptr<service_request> request_from(std::string text) {
  auto made = std::make_unique<service_request>();
  made->envelope = xml::admit(share(std::move(text))).value();
  const xml::element root = made->envelope.root();
  const auto data = xml::xpath::compile("//requestData/data").value().elements(root);
  request_view& view = made->view;
  view.channel = "sync";
  view.signature_indication = "TOTAL_PASSED";
  view.envelope = root;
  view.raw_body = *made->envelope.source();
  if (data.empty()) return made;
  const std::string content(xml::trimmed(xml::text_of(data.front())));
  if (content.starts_with('<')) {
    made->inner = xml::admit(share(content)).value();
    view.business_data = made->inner.root();
  } else if (data.front().attribute_value({"http://www.w3.org/2001/XMLSchema-instance", "type"})) {
    view.business_data = data.front();
  } else {
    view.business_data = data.front().first_child();
  }
  return made;
}

std::unique_ptr<service_request> request_for(std::string_view service_id, const std::string& business_document) {
  auto made = request_from(
      "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><t:SendMessage "
      "xmlns:t='http://bip.bee.kz/SyncChannel/v10/Types'>"
      "<request><requestInfo><messageId>m-1</messageId></requestInfo><requestData><data>" +
      business_document + "</data></requestData></request></t:SendMessage></e:Body></e:Envelope>");
  made->view.service_id = service_id;
  return made;
}

std::string service_answer::at(const std::string& path) const { return first_text(document, path); }

std::vector<std::string> service_answer::all(const std::string& path) const {
  return xml::xpath::compile(path).value().strings(document.root());
}

std::vector<mapping_text> shipped_services::mapping_files() {
  std::vector<mapping_text> files;
  for (const auto& file : embedded::files()) {
    if (const auto name = name_in(file.path, "/mappings/")) files.push_back({"mappings/" + *name, std::string(file.content)});
  }
  return files;
}

std::map<std::string, std::string, std::less<>> shipped_services::body_files() {
  std::map<std::string, std::string, std::less<>> bodies;
  for (const auto& file : embedded::files()) {
    if (const auto name = name_in(file.path, "/__files/")) bodies.emplace(*name, file.content);
  }
  return bodies;
}

const shipped_services& shipped() {
  static const shipped_services plain;
  return plain;
}

shipped_services::shipped_services(population::generation g) : people_(population::country::shipped(g)) {
  memory_bodies bodies(body_files());
  const auto files = mapping_files();
  loaded_ = load_mappings(files, bodies);
  for (const auto& p : loaded_.problems) ADD_FAILURE() << describe(p);
  engine_ = std::make_unique<engine>(stub_store::create(loaded_.mappings).value(),
                                     surroundings{&people_, &identifiers_, &authority_, std::chrono::minutes(300)});
}

service_answer shipped_services::answer(const service_request& request) const {
  request_view view = request.view;
  view.now = now;
  const std::string service_id =
      view.service_id.empty() ? first_text(request.envelope, "//requestInfo/serviceId") : std::string(view.service_id);
  view.service_id = service_id;
  auto decided = engine_->decide(view);
  if (!decided) throw std::runtime_error(describe(decided.error()));
  service_answer given;
  if (auto* definition = std::get_if<response_definition>(&*decided)) {
    given.definition = std::move(*definition);
    given.mapping = given.definition.mapping_name;
    given.document = xml::admit(share(given.definition.body)).value();
  } else {
    given.mapping = "nothing";
    given.document = xml::admit(share("<nothing/>")).value();
  }
  return given;
}

std::string shipped_services::token(std::string_view iin, std::string_view access_name, std::string_view expires_in) const {
  const auto given = answer(
      "KDP_SERVICE", "<k:getUserDataRequest xmlns:k='http://service.2fa-chain.kz/ns/kdp'><uin>" + std::string(iin) +
                         "</uin><company>c</company><company_bin>250190900013</company_bin><company_responsible>r</company_responsible>"
                         "<employee_name>e</employee_name><access_name>" +
                         std::string(access_name) + "</access_name><personal_data_name>p</personal_data_name><expiresIn>" +
                         std::string(expires_in) + "</expiresIn></k:getUserDataRequest>");
  EXPECT_EQ(given.at("//status"), "VALID") << iin;
  return given.at("//code");
}

std::vector<demo_row> demo_rows() {
  std::istringstream lines(file_text("mocks/services/demo.tsv"));
  std::vector<demo_row> rows;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream fields(line);
    demo_row row;
    std::string token;
    for (std::string* field :
         {&row.system, &row.name, &row.service_id, &row.persona, &row.file, &row.status, &row.result_at, &row.result, &token}) {
      if (!std::getline(fields, *field, '\t') || field->empty()) throw std::runtime_error("demo.tsv: a column is missing: " + line);
    }
    row.uses_token = token == "previous";
    rows.push_back(std::move(row));
  }
  return rows;
}

bool signed_inside(const std::string& service_id) { return contract_of(service_id).signed_inside; }

std::string demo_file(const std::string& name) { return file_text(std::string(services) + name); }

bool schema_check::available() { return std::system("command -v xmllint >/dev/null 2>&1") == 0; }

void schema_check::add(const std::string& service_id, const std::string& what, const std::string& body) {
  const contract& c = contract_of(service_id);
  std::string text(xml::trimmed(body));
  const auto end = text.rfind("</");
  if (end == std::string::npos) throw std::runtime_error(what + ": no end tag");
  if (c.signed_inside) text.insert(end, signature);
  if (!c.root.empty()) {
    // The fields of a typed body stand under an element whose name only the schema's start element is bound to.
    if (!text.starts_with("<data>") || !text.ends_with("</data>")) throw std::runtime_error(what + ": the root is not data");
    text = "<" + c.root + ">" + text.substr(6, text.size() - 13) + "</" + c.root.substr(0, c.root.find(' ')) + ">";
  }
  std::string name = std::to_string(++count_) + "-" + what + ".xml";
  for (char& each : name) {
    if (each == '/' || each == ' ') each = '_';
  }
  folder_.write(name, text);
  files_[c.schema].push_back((folder_.path() / name).string());
}

std::string schema_check::complaints() const {
  std::string said;
  for (const auto& [schema, files] : files_) {
    std::string command = "xmllint --nonet --noout --schema '" + std::string(SHEPSIM_SOURCE_DIR) + "/schemas/" + schema + "'";
    for (const auto& file : files) command += " '" + file + "'";
    command += " 2>&1";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    if (!pipe) throw std::runtime_error("xmllint cannot be started");
    std::string output;
    std::array<char, 4096> part;
    while (const auto read = std::fread(part.data(), 1, part.size(), pipe)) output.append(part.data(), read);
    if (::pclose(pipe) != 0) said += output;
  }
  return said;
}

}  // namespace shep::mocks::testing
