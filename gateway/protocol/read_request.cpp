#include "protocol/read_request.hpp"

#include "core/bytes.hpp"
#include "protocol/field_reader.hpp"
#include "protocol/names.hpp"
#include "protocol/problems.hpp"
#include "protocol/read_data.hpp"
#include "xml/text.hpp"

#include <algorithm>

namespace shep::protocol {
namespace {

using xml::element;

// shep-protocol.md section 1.3: the sequences of the request schema.
constexpr field_rule wrapper_rules[] = {{"request", true}};
constexpr field_rule request_rules[] = {{"requestInfo", true}, {"requestData", true}};
constexpr field_rule info_rules[] = {{"messageId", true}, {"correlationId"}, {"serviceId", true},         {"messageDate", true},
                                     {"routeId"},         {"sender", true},  {"properties", false, true}, {"sessionId"}};
constexpr field_rule sender_rules[] = {{"senderId", true}, {"password"}};
constexpr field_rule property_rules[] = {{"key", true}, {"value", true}};
constexpr field_rule data_rules[] = {{"data"}};

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// The wrapper, by its real name or one of the variants of section 1.6.
result<element> find_wrapper(element body, field_reader& fields) {
  const element wrapper = body.first_child();
  if (!wrapper) return format_problem(body, "soap:Body is empty; {" + std::string(ns::sync_types) + "}SendMessage is expected");
  if (const element second = wrapper.next_sibling()) return format_problem(second, "a second element inside soap:Body");
  if (wrapper.is({ns::sync_types, "SendMessage"})) return wrapper;
  const std::string found = "{" + std::string(wrapper.namespace_uri()) + "}" + std::string(wrapper.local_name());
  const bool variant = wrapper.is({ns::sync_types_old_sdk, "SendMessage"}) || wrapper.is({ns::sync_types, "SendMessageRequest"}) ||
                       wrapper.is({ns::smart_bridge, "sendMessageRequest"});
  if (!variant)
    return format_problem(wrapper, "soap:Body holds " + found + "; {" + std::string(ns::sync_types) + "}SendMessage is expected",
                          "only the wrapper itself is in a namespace");
  if (const auto ok = fields.depart(deviations::wrapper_name, wrapper, "the wrapper is " + found); !ok) return ok.error();
  return wrapper;
}

result<void> read_session_id(element e, field_reader& fields, sync_request& out) {
  auto text = fields.identifier(e);
  if (!text) return text.error();
  out.session_id = std::move(*text);
  const std::string_view id = out.session_id;
  const bool braced = id.size() == 38 && id.front() == '{' && id.back() == '}';
  if (braced && is_guid(id.substr(1, 36))) return {};
  if (id.empty()) return fields.depart(deviations::empty_session_id, e, "sessionId is empty");
  if (is_guid(id)) return fields.depart(deviations::unbraced_session_id, e, "sessionId '" + out.session_id + "' has no curly braces");
  return fields.depart(deviations::malformed_session_id, e, "sessionId '" + clipped(out.session_id) + "' is not a GUID in curly braces");
}

result<void> read_date(element e, field_reader& fields, sync_request& out) {
  auto text = fields.collapsed(e);
  if (!text) return text.error();
  out.message_date = std::move(*text);
  const auto instant = parse_date_time(out.message_date);
  if (!instant) return fields.depart(deviations::date_format, e, "messageDate: " + instant.error().detail);
  out.message_instant = *instant;
  return {};
}

result<void> read_property(element e, field_reader& fields, sync_request& out) {
  if (!e.first_child()) return fields.depart(deviations::empty_properties, e, "properties has no key and value");
  const auto found = fields.read(e, property_rules);
  if (!found) return found.error();
  property p{xml::text_of(found->at("key").front()), xml::text_of(found->at("value").front())};
  if (characters(p.key) > 30 || characters(p.value) > 500)
    if (const auto ok = fields.depart(deviations::property_length, e, "a property's key has at most 30, its value at most 500 characters");
        !ok)
      return ok;
  out.properties.push_back(std::move(p));
  return {};
}

result<void> read_sender(element e, field_reader& fields, sync_request& out) {
  const auto found = fields.read(e, sender_rules);
  if (!found) return found.error();
  auto id = fields.identifier(found->at("senderId").front());
  if (!id) return id.error();
  out.sender_id = std::move(*id);
  if (found->contains("password")) out.password = xml::text_of(found->at("password").front());
  return {};
}

result<void> read_info(element e, field_reader& fields, sync_request& out) {
  const auto found = fields.read(e, info_rules);
  if (!found) return found.error();
  const std::pair<std::string_view, std::string sync_request::*> identifiers[] = {{"messageId", &sync_request::message_id},
                                                                                  {"correlationId", &sync_request::correlation_id},
                                                                                  {"serviceId", &sync_request::service_id},
                                                                                  {"routeId", &sync_request::route_id}};
  for (const auto& [local, member] : identifiers) {
    if (!found->contains(local)) continue;
    auto value = fields.identifier(found->at(local).front());
    if (!value) return value.error();
    out.*member = std::move(*value);
  }
  if (const auto ok = read_date(found->at("messageDate").front(), fields, out); !ok) return ok;
  if (const auto ok = read_sender(found->at("sender").front(), fields, out); !ok) return ok;
  if (found->contains("properties"))
    for (const element& p : found->at("properties"))
      if (const auto ok = read_property(p, fields, out); !ok) return ok;
  if (found->contains("sessionId")) return read_session_id(found->at("sessionId").front(), fields, out);
  return {};
}

}  // namespace

bool is_guid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (dash ? c != '-' : !hex) return false;
  }
  return true;
}

result<sync_request> read_request(const eds::verified& message, reading_mode mode, const xml::limits& limits) {
  sync_request out;
  field_reader fields(mode, out.deviations);
  const auto wrapper = find_wrapper(message.body(), fields);
  if (!wrapper) return wrapper.error();
  const auto in_wrapper = fields.read(*wrapper, wrapper_rules);
  if (!in_wrapper) return in_wrapper.error();
  const auto in_request = fields.read(in_wrapper->at("request").front(), request_rules);
  if (!in_request) return in_request.error();
  if (const auto ok = read_info(in_request->at("requestInfo").front(), fields, out); !ok) return ok.error();
  const auto in_data = fields.read(in_request->at("requestData").front(), data_rules);
  if (!in_data) return in_data.error();
  if (!in_data->contains("data")) return out;
  auto data = read_data(in_data->at("data").front(), fields, mode, limits);
  if (!data) return data.error();
  out.data = std::move(*data);
  return out;
}

}  // namespace shep::protocol
