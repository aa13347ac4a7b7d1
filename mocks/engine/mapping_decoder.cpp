#include "mocks/engine/mapping_decoder.hpp"

#include "mocks/engine/mapping_keys.hpp"
#include "mocks/engine/near_text.hpp"
#include "mocks/engine/problems.hpp"
#include "mocks/engine/request_decoder.hpp"
#include "mocks/engine/template_text.hpp"
#include "xml/document.hpp"
#include "xml/text.hpp"

#include <algorithm>

#include <boost/json/serialize.hpp>

namespace shep::mocks {
namespace {

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = text[i];
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (dash ? c != '-' : !hex) return false;
  }
  return true;
}

std::string lower_hex(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::uint64_t fnv1a(std::string_view text, std::uint64_t hash) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

/// A UUID of version 8 (RFC 9562 section 5.8) that stays the same as long as the mapping keeps its place.
std::string derived_id(std::string_view file, std::size_t index) {
  const std::string place = std::string(file) + "#" + std::to_string(index);
  const std::uint64_t high = (fnv1a(place, 0xcbf29ce484222325) & ~0xF000ULL) | 0x8000ULL;
  const std::uint64_t low = (fnv1a(place, 0x6c62272e07bb0142) & ~(3ULL << 62)) | 2ULL << 62;
  char text[37];
  std::snprintf(text, sizeof text, "%08x-%04x-%04x-%04x-%012llx", static_cast<unsigned>(high >> 32),
                static_cast<unsigned>(high >> 16 & 0xFFFF), static_cast<unsigned>(high & 0xFFFF), static_cast<unsigned>(low >> 48),
                static_cast<unsigned long long>(low & 0xFFFF'FFFF'FFFF));
  return text;
}

std::string decode_id(const json_node& node, std::string_view file, std::size_t index) {
  std::string chosen;
  for (const auto key : {"id", "uuid"}) {
    const auto member = node.member(key);
    if (!member) continue;
    const auto text = member->text();
    if (!text) continue;
    if (!is_uuid(*text))
      member->fail(problems::mapping_value, "'" + shortened(*text) + "' is not a UUID", "leave the id out to have one made");
    else if (!chosen.empty() && lower_hex(*text) != chosen) member->fail(problems::mapping_value, "id and uuid differ", "keep one of them");
    else chosen = lower_hex(*text);
  }
  return chosen.empty() ? derived_id(file, index) : chosen;
}

}  // namespace

std::optional<mapping> decode_mapping(const json_node& node, std::string_view file, std::size_t index, decode_context& context) {
  mapping made;
  made.file = file;
  if (!node.is_object(keys::mapping)) return std::nullopt;
  made.id = decode_id(node, file, index);
  made.name = index == 0 ? std::string(file) : std::string(file) + "#" + std::to_string(index);
  if (const auto name = node.member("name")) made.name = name->text().value_or("");
  if (const auto priority = node.member("priority"))
    made.priority = static_cast<int>(priority->whole(1, 1'000'000'000).value_or(made.priority));
  if (const auto metadata = node.member("metadata"); metadata && !metadata->value().is_object())
    metadata->fail(problems::mapping_value, "metadata is an object");
  if (const auto schema = node.member("$schema")) schema->text();
  if (const auto persistent = node.member("persistent")) persistent->truth();

  if (const auto request = node.member("request")) decode_request(*request, context, made);
  else node.fail(problems::mapping_value, "the mapping has no 'request'", "add one; {} matches everything");
  decode_scenario(node, context, made);
  if (const auto response = node.member("response")) decode_response(*response, made.for_wiremock, context, made.response);
  else node.fail(problems::mapping_value, "the mapping has no 'response'");
  made.source = boost::json::serialize(node.value());
  return made;
}

result<text_part> decode_context::body_file(const std::string& name, bool templated, bool verbatim) {
  const auto key = std::make_tuple(name, templated, verbatim);
  if (const auto known = files_.find(key); known != files_.end()) return known->second;
  auto text = bodies_.read(name);
  if (!text) return text.error();
  const std::string shown = "__files/" + name;
  text_part part;
  if (templated) {
    auto parsed = template_text::parse(std::move(*text), shown, queries_);
    if (!parsed) return parsed.error();
    part = *parsed;
  } else {
    if (auto fine = check_markup(*text, shown); !verbatim && !fine) return fine.error();
    part = std::make_shared<const std::string>(std::move(*text));
  }
  files_.emplace(key, part);
  return part;
}

std::optional<text_part> decode_text(const json_node& node, bool templated, decode_context& context) {
  auto text = node.text();
  if (!text) return std::nullopt;
  if (!templated) return text_part(std::make_shared<const std::string>(std::move(*text)));
  auto parsed = template_text::parse(std::move(*text), "template", context.queries());
  if (parsed) return text_part(*parsed);
  node.fail(parsed.error());
  return std::nullopt;
}

result<void> check_markup(const std::string& text, const std::string& name) {
  if (xml::trimmed(text).empty()) return {};
  const auto document = xml::admit(share(text));
  if (document) return {};
  return problem(problems::mapping_value, "the body is not an XML document: " + document.error().detail,
                 name + " " + document.error().where, "one root element; for the carriers typed_element and fields it stands for 'data'");
}

}  // namespace shep::mocks
