#include "mocks/engine/chance.hpp"
#include "mocks/engine/letter_case.hpp"
#include "mocks/engine/near_text.hpp"
#include "mocks/engine/template_helpers.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace shep::mocks {
namespace {

namespace json = boost::json;

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_character));
}

/// Octet where the character of that number begins; the end when there are fewer.
std::size_t offset_of_character(std::string_view text, std::uint64_t number) {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (starts_character(text[i]) && number-- == 0) return i;
  return text.size();
}

result<std::uint64_t> whole_number(const json::value& value, std::string_view what, std::uint64_t largest) {
  const auto text = printed(value);
  std::uint64_t number = 0;
  if (text) {
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error == std::errc() && end == text->data() + text->size() && number <= largest) return number;
  }
  return unusable(std::string(what) + " must be a whole number from 0 to " + std::to_string(largest));
}

result<json::value> size_of(const helper_call& c) {
  const auto& value = *c.positional[0];
  if (const auto* list = value.if_array()) return json::value(list->size());
  if (const auto* object = value.if_object()) return json::value(object->size());
  const auto text = printed(value);
  if (!text) return text.error();
  return json::value(characters(*text));
}

result<json::value> substring(const helper_call& c) {
  const auto text = printed(*c.positional[0]);
  if (!text) return text.error();
  constexpr std::uint64_t longest = 1 << 30;
  const auto from = whole_number(*c.positional[1], "the start of a substring", longest);
  if (!from) return from.error();
  const auto start = offset_of_character(*text, *from);
  if (c.positional.size() == 2) return json::value(text->substr(start));
  const auto to = whole_number(*c.positional[2], "the end of a substring", longest);
  if (!to) return to.error();
  const auto end = offset_of_character(*text, *to);
  return json::value(text->substr(start, end > start ? end - start : 0));
}

template <std::string (*mapped)(std::string_view)>
result<json::value> in_case(const helper_call& c) {
  const auto text = printed(*c.positional[0]);
  if (!text) return text.error();
  return json::value(mapped(*text));
}

constexpr std::string_view random_arguments[] = {"type", "length", "uppercase"};
constexpr std::string_view random_types[] = {"UUID", "ALPHANUMERIC", "ALPHABETIC", "NUMERIC", "HEXADECIMAL"};

std::string check_random(std::string_view name, std::string_view text) {
  if (name != "type" || std::find(std::begin(random_types), std::end(random_types), text) != std::end(random_types)) return {};
  return "'" + std::string(text) + "' is not a type of random value; " + known_words_hint(text, random_types);
}

result<json::value> random_value(const helper_call& c) {
  if (!c.context.around.identifiers) return unusable("there is no source of random values here");
  ids& source = *c.context.around.identifiers;
  const std::string type = c.text(0);
  if (const auto wrong = check_random("type", type); !wrong.empty()) return unusable(wrong);
  std::string text;
  if (type == "UUID") {
    text = source.uuid();
  } else {
    std::uint64_t length = 36;
    if (c.named[1]) {
      const auto given = whole_number(*c.named[1], "the length of a random value", 1024);
      if (!given) return given.error();
      length = *given;
    }
    text = type == "NUMERIC"       ? random_text(source, "0123456789", length)
           : type == "HEXADECIMAL" ? random_text(source, "0123456789abcdef", length)
           : type == "ALPHABETIC"  ? random_text(source, "abcdefghijklmnopqrstuvwxyz", length)
                                   : random_text(source, "abcdefghijklmnopqrstuvwxyz0123456789", length);
  }
  if (c.named[2] && is_true(*c.named[2])) text = upper_case(text);
  return json::value(text);
}

constexpr helper random_helper() {
  helper h = plain_helper("randomValue", 0, 0, random_value);
  h.named = random_arguments;
  h.required = 1;
  h.check = check_random;
  return h;
}

constexpr helper text_table[] = {
    plain_helper("size", 1, 1, size_of),
    plain_helper("substring", 2, 3, substring),
    plain_helper("upper", 1, 1, in_case<upper_case>),
    plain_helper("lower", 1, 1, in_case<lower_case>),
    random_helper(),
};

}  // namespace

std::span<const helper> text_helpers() { return text_table; }

}  // namespace shep::mocks
