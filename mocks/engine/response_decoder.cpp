#include "core/bytes.hpp"
#include "mocks/engine/fault_names.hpp"
#include "mocks/engine/mapping_decoder.hpp"
#include "mocks/engine/mapping_keys.hpp"
#include "mocks/engine/near_text.hpp"
#include "mocks/engine/problems.hpp"

#include <algorithm>
#include <array>

#include <boost/json/serialize.hpp>

namespace shep::mocks {
namespace {

/// "ServiceType" or "ns3:ServiceType", letters outside of ASCII taken on trust: it becomes the value of xsi:type.
bool is_type_name(std::string_view text) {
  const auto letter = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || static_cast<signed char>(c) < 0;
  };
  const auto within = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; };
  const auto name = [&](std::string_view part) {
    return !part.empty() && letter(part.front()) && std::all_of(part.begin(), part.end(), within);
  };
  const std::size_t colon = text.find(':');
  return colon == std::string_view::npos ? name(text) : name(text.substr(0, colon)) && name(text.substr(colon + 1));
}

constexpr std::array<std::string_view, 5> carriers = {"escaped_text", "cdata", "child_element", "typed_element", "fields"};
constexpr std::array carrier_values = {protocol::carrier::escaped_text, protocol::carrier::cdata, protocol::carrier::child_element,
                                       protocol::carrier::typed_element, protocol::carrier::fields};
constexpr std::array<std::string_view, 4> signatures = {"none", "inner", "transport", "inner+transport"};
constexpr std::array<std::string_view, 3> distributions = {"fixed", "uniform", "lognormal"};
constexpr std::array<std::string_view, 1> transformers = {"response-template"};

text_part no_text() {
  static const auto empty = std::make_shared<const std::string>();
  return empty;
}

struct response_decoder {
  decode_context& context;
  response_plan& plan;
  bool verbatim = false;
  bool templated = false;

  text_part text(const json_node& parent, std::string_view key) {
    const auto node = parent.member(key);
    if (!node) return no_text();
    return decode_text(*node, templated, context).value_or(no_text());
  }

  void transformers_of(const json_node& node) {
    const auto names = node.member("transformers");
    if (!names) return;
    for (const auto& name : names->items())
      if (name.choice(transformers)) templated = true;
  }

  void body(const json_node& node) {
    std::string_view first;
    for (const auto key : {"body", "jsonBody", "bodyFileName"}) {
      const auto given = node.member(key);
      if (!given) continue;
      if (!first.empty())
        given->fail(problems::mapping_value, "'" + std::string(key) + "' stands beside '" + std::string(first) + "'", "keep one of them",
                    pointed::key);
      else first = key;
    }
    if (first == "jsonBody") {
      if (!verbatim)
        node.fail(problems::mapping_value, "'jsonBody' is the body of an HTTP answer", "a business document is XML: write 'body'");
      plan.body = std::make_shared<const std::string>(boost::json::serialize(node.member(first)->value()));
    } else if (first == "body") {
      plan.body = text(node, "body");
      const auto* literal = std::get_if<std::shared_ptr<const std::string>>(&plan.body);
      if (!literal || verbatim) return;
      if (auto fine = check_markup(**literal, "the body"); !fine) node.member(first)->fail(fine.error());
    } else if (!first.empty()) {
      const auto file = node.member(first);
      const auto name = file->text();
      if (!name) return;
      auto part = context.body_file(*name, templated, verbatim);
      if (part) plan.body = *part;
      else file->fail(part.error());
    }
  }

  void http(const json_node& node) {
    http_answer answer;
    const auto status = node.member("status");
    const auto reason = node.member("statusMessage");
    const auto headers = node.member("headers");
    answer.verbatim = verbatim;
    if (status)
      if (const auto number = status->whole(200, 599)) answer.status = static_cast<int>(*number);
    if (reason) answer.reason = field_text(*reason).value_or("");
    if (headers) headers_of(*headers, answer);
    if (verbatim || status || reason || headers) plan.http = std::move(answer);
    if (const auto fault = node.member("fault"); fault && !fault->value().is_null())
      if (const auto chosen = fault->choice(wiremock_faults())) plan.injected = of_the_catalogue(*chosen);
  }

  /// A value, or a list of them, for each name.
  static void headers_of(const json_node& node, http_answer& answer) {
    if (!node.value().is_object()) {
      node.fail(problems::mapping_value, "headers is an object of names and texts");
      return;
    }
    for (const auto& entry : node.value().get_object()) {
      const std::string name(entry.key());
      const auto value = *node.member(name);
      if (!is_token(name))
        value.fail(problems::mapping_value, "'" + shortened(name) + "' is not a name of a header field", "", pointed::key);
      for (const auto& one : value.value().is_array() ? value.items() : std::vector<json_node>{value})
        if (auto text = field_text(one)) answer.headers.emplace_back(name, std::move(*text));
    }
  }

  /// RFC 9110 section 5.6.2.
  static bool is_token(std::string_view name) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || marks.find(c) != std::string_view::npos;
    });
  }

  /// A text that cannot end its header field and begin another one.
  static std::optional<std::string> field_text(const json_node& node) {
    auto text = node.text();
    if (text && std::any_of(text->begin(), text->end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) {
      node.fail(problems::mapping_value, "a header field has no control characters");
      return std::nullopt;
    }
    return text;
  }

  void delay(const json_node& node) {
    const auto fixed = node.member("fixedDelayMilliseconds");
    const auto spread = node.member("delayDistribution");
    if (fixed && spread)
      spread->fail(problems::mapping_value, "'delayDistribution' stands beside 'fixedDelayMilliseconds'", "keep one of them", pointed::key);
    if (fixed)
      if (const auto time = milliseconds(*fixed)) plan.delay = fixed_delay{*time};
    if (spread && spread->is_object(keys::delay_distribution)) distribution(*spread);
  }

  static std::optional<std::chrono::milliseconds> milliseconds(const json_node& node) {
    const auto number = node.whole(0, longest_delay.count());
    if (!number) return std::nullopt;
    return std::chrono::milliseconds(*number);
  }

  static std::optional<json_node> needed(const json_node& parent, std::string_view key) {
    auto node = parent.member(key);
    if (!node) parent.fail(problems::mapping_value, "'" + std::string(key) + "' is missing");
    return node;
  }

  static void only(const json_node& node, std::string_view type, std::initializer_list<std::string_view> allowed) {
    for (const auto& entry : node.value().get_object()) {
      const std::string_view key = entry.key();
      if (key == "type" || std::find(allowed.begin(), allowed.end(), key) != allowed.end()) continue;
      if (const auto child = node.member(key))
        child->fail(problems::mapping_value, "'" + shortened(key) + "' does not go with the " + std::string(type) + " distribution", "",
                    pointed::key);
    }
  }

  void distribution(const json_node& node) {
    const auto type = needed(node, "type");
    const auto chosen = type ? type->choice(distributions) : std::nullopt;
    if (chosen == 0) {
      only(node, "fixed", {"milliseconds"});
      const auto time = needed(node, "milliseconds");
      if (const auto value = time ? milliseconds(*time) : std::nullopt) plan.delay = fixed_delay{*value};
    } else if (chosen == 1) {
      only(node, "uniform", {"lower", "upper"});
      const auto lower = needed(node, "lower");
      const auto upper = needed(node, "upper");
      const auto least = lower ? milliseconds(*lower) : std::nullopt;
      const auto most = upper ? milliseconds(*upper) : std::nullopt;
      if (!least || !most) return;
      if (*least > *most) upper->fail(problems::mapping_value, "'upper' is less than 'lower'");
      else plan.delay = uniform_delay{*least, *most};
    } else if (chosen == 2) {
      only(node, "lognormal", {"median", "sigma"});
      const auto median = needed(node, "median");
      const auto sigma = needed(node, "sigma");
      const auto middle = median ? median->number(0, static_cast<double>(longest_delay.count())) : std::nullopt;
      const auto spread = sigma ? sigma->number(0, 10) : std::nullopt;
      if (middle && spread) plan.delay = lognormal_delay{*middle, *spread};
    }
  }

  void shep(const json_node& node) {
    if (!node.is_object(keys::response_shep)) return;
    plan.status_code = text(node, "statusCode");
    plan.status_message = text(node, "statusMessage");
    if (const auto sign = node.member("sign"))
      if (const auto chosen = sign->choice(signatures)) plan.sign = signing{(*chosen & 1) != 0, (*chosen & 2) != 0};
    if (const auto carrier = node.member("carrier"))
      if (const auto chosen = carrier->choice(carriers)) plan.carrier = carrier_values[*chosen];
    if (const auto type = node.member("dataType"); type && type->is_object(keys::data_type)) data_type_of(*type);
    if (const auto fault = node.member("fault"); fault && !fault->value().is_null()) fault_of(*fault);
  }

  void data_type_of(const json_node& node) {
    const auto name = needed(node, "name");
    const auto space = node.member("namespace");
    data_type type;
    if (name) type.name = name->text().value_or("");
    if (name && !is_type_name(type.name))
      name->fail(problems::mapping_value, "'" + clipped(type.name) + "' is no name of a type",
                 "write it as in an instance: ServiceType, or ns3:ServiceType");
    if (space) type.space = space->text().value_or("");
    if (plan.carrier && *plan.carrier != protocol::carrier::typed_element)
      node.fail(problems::mapping_value, "'dataType' goes with the carrier typed_element only");
    plan.type = std::move(type);
  }

  static injection_plan of_the_catalogue(std::size_t place) {
    return {static_cast<faults::kind>(place), {no_text(), no_text(), no_text()}, faults::usual_time};
  }

  /// A name, a name with parameters, or without a name the SOAP fault itself.
  void fault_of(const json_node& node) {
    if (node.value().is_string()) {
      if (const auto chosen = node.choice(all_faults())) plan.injected = of_the_catalogue(*chosen);
      return;
    }
    if (node.value().is_object() && node.member("name")) return named_fault(node);
    if (!node.is_object(keys::fault)) return;
    if (!needed(node, "code")) return;
    if (const auto code = node.member("code"); code->value().is_string() && code->value().get_string().empty())
      code->fail(problems::mapping_value, "a SOAP fault has a code", "\"SCE015\", or a code of your own");
    plan.fault = fault_plan{text(node, "code"), text(node, "message"), text(node, "data")};
  }

  void named_fault(const json_node& node) {
    if (!node.is_object(keys::named_fault)) return;
    const auto chosen = node.member("name")->choice(all_faults());
    const auto time = node.member("milliseconds");
    const auto wanted = time ? time->whole(0, faults::longest_time.count()) : std::nullopt;
    if (!chosen) return;
    auto made = of_the_catalogue(*chosen);
    made.texts = {text(node, "code"), text(node, "message"), text(node, "data")};
    if (wanted) made.time = std::chrono::milliseconds(*wanted);
    const bool has_texts = node.member("code") || node.member("message") || node.member("data");
    if (auto fits = faults::check({made.what, {}, {}, {}, made.time}, has_texts, time.has_value(), {}); !fits) node.fail(fits.error());
    plan.injected = std::move(made);
  }

  void agree(const json_node& node) {
    if (!plan.fault) return;
    const auto shep = node.member("shep");
    if (shep->member("statusCode") || shep->member("statusMessage") || node.member("body") || node.member("bodyFileName"))
      node.fail(problems::mapping_value, "a fault has neither status nor body", "keep the fault or the rest");
  }
};

}  // namespace

void decode_response(const json_node& node, bool for_wiremock, decode_context& context, response_plan& plan) {
  plan.status_code = plan.status_message = plan.body = no_text();
  if (!node.is_object(keys::response)) return;
  const auto shep = node.member("shep");
  response_decoder decoder{context, plan, for_wiremock && !shep};
  decoder.transformers_of(node);
  decoder.body(node);
  decoder.http(node);
  decoder.delay(node);
  if (shep) decoder.shep(*shep);
  decoder.agree(node);
}

}  // namespace shep::mocks
