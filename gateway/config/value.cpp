#include "config/value.hpp"

#include "config/nearest.hpp"
#include "config/units.hpp"
#include "core/date_time.hpp"

#include <algorithm>
#include <limits>

namespace shep::config {
namespace {

std::vector<std::string> split(std::string_view text, char divider) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(divider);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
    if (text.empty()) parts.emplace_back();
  }
  return parts;
}

/// RFC 3629 without C0 controls and DEL: text that may stand in messages, paths and logs.
bool is_clean(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x20 || lead == 0x7f) return false;
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length == 0 || i + length > text.size()) return false;
    unsigned point = length == 1 ? lead : lead & (0xffu >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xc0) != 0x80) return false;
      point = point << 6 | (next & 0x3f);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    if (overlong || (point >= 0xd800 && point < 0xe000) || point > 0x10ffff) return false;
    i += length;
  }
  return true;
}

bool is_clean(const raw_value& raw) {
  if (const auto* s = std::get_if<std::string>(&raw)) return is_clean(std::string_view(*s));
  if (const auto* w = std::get_if<words>(&raw)) return is_clean(std::string_view(w->text));
  if (const auto* list = std::get_if<std::vector<std::string>>(&raw))
    return std::all_of(list->begin(), list->end(), [](const std::string& s) { return is_clean(std::string_view(s)); });
  return true;
}

std::string describe_found(const raw_value& raw, const rule& obeys) {
  if (obeys.secret) return "found something else";
  struct teller {
    std::string operator()(bool b) const { return b ? "found true" : "found false"; }
    std::string operator()(std::int64_t n) const { return "found " + std::to_string(n); }
    std::string operator()(const std::string& s) const { return "found " + in_quotes(s.substr(0, 80)); }
    std::string operator()(const std::vector<std::string>&) const { return "found an array"; }
    std::string operator()(const foreign& f) const { return "found " + f.what; }
    std::string operator()(const words& w) const { return "found " + in_quotes(w.text.substr(0, 80)); }
  };
  return std::visit(teller{}, raw);
}

/// Decodes into one type; `false` means "not such a value".
struct decoding {
  const raw_value& raw;
  const rule& obeys;

  /// Text, from TOML or from words.
  const std::string* text() const {
    if (const auto* s = std::get_if<std::string>(&raw)) return s;
    if (const auto* w = std::get_if<words>(&raw)) return &w->text;
    return nullptr;
  }
  const std::string* only_words() const {
    const auto* w = std::get_if<words>(&raw);
    return w ? &w->text : nullptr;
  }

  bool integer(std::optional<std::int64_t> (*with_unit)(std::string_view), std::int64_t type_most, std::int64_t& out) const {
    std::optional<std::int64_t> number;
    if (const auto* n = std::get_if<std::int64_t>(&raw)) number = *n;
    else if (with_unit && text()) number = with_unit(*text());
    else if (only_words()) number = parse_integer(*only_words());
    if (!number || *number < obeys.least || *number > (obeys.most ? obeys.most : type_most)) return false;
    out = *number;
    return true;
  }

  bool acceptable(const std::string& value) const {
    if (obeys.filled && value.empty()) return false;
    if (obeys.one_of.empty()) return true;
    const auto allowed = split(obeys.one_of, '|');
    return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
  }

  bool operator()(std::string* member) const {
    if (!text() || !acceptable(*text())) return false;
    *member = *text();
    return true;
  }
  bool operator()(bool* member) const {
    if (const auto* b = std::get_if<bool>(&raw)) return *member = *b, true;
    if (only_words() && (*only_words() == "true" || *only_words() == "false")) return *member = *only_words() == "true", true;
    return false;
  }
  template <class T>
  bool number(T* member) const {
    constexpr auto most =
        static_cast<std::int64_t>(std::min<std::uint64_t>(std::numeric_limits<T>::max(), std::numeric_limits<std::int64_t>::max()));
    std::int64_t n = 0;
    if (!integer(obeys.octets ? parse_size : nullptr, most, n)) return false;
    *member = static_cast<T>(n);
    return true;
  }
  bool operator()(std::uint16_t* member) const { return number(member); }
  bool operator()(unsigned* member) const { return number(member); }
  bool operator()(std::uint64_t* member) const { return number(member); }
  bool operator()(std::chrono::milliseconds* member) const {
    std::int64_t n = 0;
    if (!integer(parse_milliseconds, std::numeric_limits<std::int64_t>::max(), n)) return false;
    *member = std::chrono::milliseconds(n);
    return true;
  }
  bool operator()(std::chrono::minutes* member) const {
    if (!text()) return false;
    const auto zone = parse_zone(*text());
    if (!zone) return false;
    *member = *zone;
    return true;
  }
  bool operator()(std::vector<std::string>* member) const {
    std::vector<std::string> items;
    if (const auto* list = std::get_if<std::vector<std::string>>(&raw)) items = *list;
    else if (only_words()) items = split(*only_words(), ',');
    else return false;
    if (std::any_of(items.begin(), items.end(), [](const std::string& s) { return s.empty(); })) return false;
    *member = std::move(items);
    return true;
  }
};

std::string bounds(const rule& obeys, std::string (*shown)(std::int64_t)) {
  if (obeys.most) return " from " + shown(obeys.least) + " to " + shown(obeys.most);
  return obeys.least ? " of at least " + shown(obeys.least) : std::string();
}
std::string plain(std::int64_t n) { return std::to_string(n); }
std::string as_size(std::int64_t n) { return format_size(static_cast<std::uint64_t>(n)); }
std::string as_time(std::int64_t n) { return format_milliseconds(std::chrono::milliseconds(n)); }

struct type_teller {
  const rule& obeys;
  std::string operator()(std::string*) const {
    if (obeys.one_of.empty()) return obeys.filled ? "text that is not empty" : "text";
    std::string list;
    for (const std::string& word : split(obeys.one_of, '|')) list += (list.empty() ? "" : " or ") + in_quotes(word);
    return list;
  }
  std::string operator()(bool*) const { return "true or false"; }
  std::string operator()(std::uint16_t*) const {
    return "integer from " + plain(obeys.least) + " to " + plain(obeys.most ? obeys.most : 65535);
  }
  std::string operator()(unsigned*) const { return "integer" + bounds(obeys, plain); }
  std::string operator()(std::uint64_t*) const {
    return obeys.octets ? "size (octets, or with KiB, MiB, GiB)" + bounds(obeys, as_size)
                        : "integer" + (obeys.most || obeys.least ? bounds(obeys, plain) : " of at least 0");
  }
  std::string operator()(std::chrono::milliseconds*) const {
    return "duration (milliseconds, or with ms, s, m, h)" + bounds(obeys, as_time);
  }
  std::string operator()(std::chrono::minutes*) const { return "time zone like \"+05:00\""; }
  std::string operator()(std::vector<std::string>*) const { return "array of texts that are not empty"; }
};

struct literal_writer {
  const rule& obeys;
  std::string operator()(const std::string* s) const { return in_quotes(*s); }
  std::string operator()(const bool* b) const { return *b ? "true" : "false"; }
  std::string operator()(const std::uint16_t* n) const { return std::to_string(*n); }
  std::string operator()(const unsigned* n) const { return std::to_string(*n); }
  std::string operator()(const std::uint64_t* n) const { return obeys.octets ? in_quotes(format_size(*n)) : std::to_string(*n); }
  std::string operator()(const std::chrono::milliseconds* t) const { return in_quotes(format_milliseconds(*t)); }
  std::string operator()(const std::chrono::minutes* z) const { return in_quotes(format_zone(*z)); }
  std::string operator()(const std::vector<std::string>* list) const {
    std::string out = "[";
    for (const std::string& item : *list) out += (out.size() > 1 ? ", " : "") + in_quotes(item);
    return out + "]";
  }
};

std::string hint_for(const raw_value& raw, slot where, const rule& obeys) {
  const auto* s = std::get_if<std::string>(&raw);
  if (std::holds_alternative<std::vector<std::string>*>(where) && s) return "write [" + in_quotes(*s) + "]";
  if (std::holds_alternative<std::string*>(where) && !obeys.one_of.empty()) {
    const auto* w = std::get_if<words>(&raw);
    const auto allowed = split(obeys.one_of, '|');
    if (s || w) return suggestion(s ? *s : w->text, allowed);
  }
  const bool number = !std::holds_alternative<std::string*>(where) && !std::holds_alternative<bool*>(where);
  if (number && !obeys.octets && s && parse_integer(*s)) return "write the number without quotes";
  if (std::holds_alternative<bool*>(where) && s && (*s == "true" || *s == "false")) return "write it without quotes";
  return {};
}

}  // namespace

std::optional<refusal> decode(const raw_value& raw, slot where, const rule& obeys) {
  if (!is_clean(raw)) return refusal{"expected UTF-8 text without control characters", "found other octets", {}};
  if (std::visit(decoding{raw, obeys}, where)) return {};
  return refusal{"expected " + type_name(where, obeys), describe_found(raw, obeys),
                 obeys.secret ? std::string() : hint_for(raw, where, obeys)};
}

std::string type_name(slot where, const rule& obeys) { return std::visit(type_teller{obeys}, where); }

std::string toml_literal(slot where, const rule& obeys) {
  if (!obeys.secret) return std::visit(literal_writer{obeys}, where);
  const auto* text = std::get_if<std::string*>(&where);
  return text && (*text)->empty() ? "\"\"" : "(hidden)";
}

std::string in_quotes(std::string_view text) {
  static constexpr char hex[] = "0123456789ABCDEF";
  std::string out = "\"";
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') out += {'\\', c};
    else if (c == '\n') out += "\\n";
    else if (c == '\t') out += "\\t";
    else if (octet < 0x20 || octet == 0x7f) out += {'\\', 'u', '0', '0', hex[octet >> 4], hex[octet & 15]};
    else out += c;
  }
  return out + "\"";
}

}  // namespace shep::config
