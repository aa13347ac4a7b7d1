#include "mocks/engine/template_helpers.hpp"

namespace shep::mocks {
namespace {

namespace json = boost::json;

result<json::value> first_text(const helper_call& c) { return json::value(c.context.first(*c.asked)); }

result<json::value> all_texts(const helper_call& c) {
  json::array texts;
  for (const auto& text : c.context.texts(*c.asked)) texts.emplace_back(text);
  return json::value(std::move(texts));
}

constexpr helper xpath_helper(std::string_view name, scope looks_at, std::size_t cost, result<json::value> (*run)(const helper_call&)) {
  helper h;
  h.name = name;
  h.least = h.most = 1;
  h.takes_xpath = true;
  h.looks_at = looks_at;
  h.cost = cost;
  h.run = run;
  return h;
}

// A list may be as long as the message allows, so copying it costs more.
constexpr helper request_table[] = {
    xpath_helper("xPath", scope::business_data, 1, first_text),
    xpath_helper("soapXPath", scope::envelope, 1, first_text),
    xpath_helper("xPathList", scope::business_data, 500, all_texts),
    xpath_helper("soapXPathList", scope::envelope, 500, all_texts),
};

}  // namespace

std::span<const helper> request_helpers() { return request_table; }

}  // namespace shep::mocks
