#include "contract/service_contracts.hpp"

#include "core/embedded.hpp"
#include "xml/text.hpp"

#include <vector>

namespace shep::contract {
namespace {

constexpr std::string_view table = "mocks/services/contracts.tsv";

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> out;
  for (;;) {
    const std::size_t tab = line.find('\t');
    out.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return out;
    line.remove_prefix(tab + 1);
  }
}

/// "{http://namespace}Name"; "-" is none.
std::optional<root_name> expanded(std::string_view name) {
  const std::size_t end = name.find('}');
  if (!name.starts_with('{') || end == std::string_view::npos) return std::nullopt;
  return root_name{std::string(name.substr(1, end - 1)), std::string(name.substr(end + 1))};
}

/// The element that a typed `data` is called after: its xsi:type, the prefix resolved where it stands.
std::optional<root_name> called_after_type(xml::element data) {
  const auto type = data.attribute_value({xml::ns::xsi, "type"});
  if (!type) return std::nullopt;
  const std::string_view name = xml::trimmed(*type);
  const std::size_t colon = name.find(':');
  const std::string_view prefix = colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
  return root_name{std::string(data.resolve_prefix(prefix)), std::string(name.substr(colon == std::string_view::npos ? 0 : colon + 1))};
}

findings nothing_checked(const schema& s, std::string why) {
  findings out;
  out.schema = s.name();
  out.unchecked = std::move(why);
  return out;
}

}  // namespace

std::string_view name_of(direction d) { return d == direction::request ? "request" : "answer"; }

result<std::map<std::string, contract_row, std::less<>>> read_contract_rows(std::string_view tsv) {
  std::map<std::string, contract_row, std::less<>> rows;
  for (std::size_t line = 1; !tsv.empty(); ++line) {
    const std::string_view text = tsv.substr(0, tsv.find('\n'));
    tsv.remove_prefix(std::min(text.size() + 1, tsv.size()));
    if (text.empty() || text.starts_with('#')) continue;
    const auto fields = fields_of(text);
    if (fields.size() < 4)
      return problem(problems::usage, "expected at least 4 columns, found " + std::to_string(fields.size()),
                     "contracts.tsv:" + std::to_string(line), "divide columns by tabs");
    contract_row row;
    row.answer_schema = fields[1];
    row.request_schema = fields.size() > 4 ? fields[4] : fields[1];
    row.answer_fields = expanded(fields[2]);
    rows.emplace(std::string(fields[0]), std::move(row));
  }
  return rows;
}

const std::map<std::string, contract_row, std::less<>>& shipped_contract_rows() {
  static const auto rows = [] {
    std::map<std::string, contract_row, std::less<>> found;
    for (const embedded::file& f : embedded::files())
      if (f.path == table) found = read_contract_rows(f.content).value();
    return found;
  }();
  return rows;
}

findings service_contract::check_element(direction d, xml::element root, const xml::document& document, bool fields) const {
  const schema& s = d == direction::request ? *request_ : *answer_;
  subject what{root, &document};
  if (!root) return nothing_checked(s, "there is no XML");
  if (fields) {
    auto called = called_after_type(root);
    if (!called || !s.declares(*called)) called = d == direction::answer ? answer_fields_ : std::nullopt;
    if (!called) return nothing_checked(s, "the fields stand directly below data, and nothing says which element they belong to");
    what.as = std::move(called);
  }
  return s.check(what);
}

findings service_contract::check(direction d, const protocol::business_data& data, const xml::document& envelope) const {
  const bool fields = data.form == protocol::carrier::typed_element || data.form == protocol::carrier::fields;
  findings out = check_element(d, data.payload(), data.inner ? *data.inner : envelope, fields);
  if (data.inner)
    for (violation& v : out.violations) v.where = data.data.xpath() + ", inside: " + v.where;
  return out;
}

findings service_contract::check(direction d, const xml::document& document, protocol::carrier form) const {
  const bool fields = form == protocol::carrier::typed_element || form == protocol::carrier::fields;
  return check_element(d, document.root(), document, fields);
}

}  // namespace shep::contract
