#include "core/json_scanner.hpp"

#include <algorithm>

#include <boost/json/parse.hpp>

namespace shep {
namespace {

struct level {
  bool object = false;
  bool expects_key = false;
  std::size_t index = 0;
  std::string key;  // decoded, of the member being read
  std::size_t key_offset = 0;
  std::vector<std::pair<std::string, std::size_t>> keys;  // with their offsets
};

/// Walks the tokens of well-formed JSON with comments. Calls `on_value` before each value and `on_close` before the end of each object or
/// array; either ends the walk with true.
class walker {
 public:
  explicit walker(std::string_view text) : text_(text) {}

  template <class OnValue, class OnClose>
  void walk(OnValue on_value, OnClose on_close) {
    while (skip_blanks(), at_ < text_.size()) {
      const char c = text_[at_];
      if (c == ',') {
        ++at_;
        if (levels.empty()) return;
        levels.back().expects_key = levels.back().object;
        if (!levels.back().object) ++levels.back().index;
      } else if (c == ':') {
        ++at_;
      } else if (c == '}' || c == ']') {
        ++at_;
        if (levels.empty() || on_close()) return;
        levels.pop_back();
      } else if (c == '"' && !levels.empty() && levels.back().expects_key) {
        level& here = levels.back();
        here.key_offset = at_;
        here.key = decoded(raw_string());
        here.keys.emplace_back(here.key, here.key_offset);
        here.expects_key = false;
      } else {
        if (on_value(at_)) return;
        enter_value();
      }
    }
  }

  std::vector<level> levels;

 private:
  void enter_value() {
    const char c = text_[at_];
    if (c == '{' || c == '[') {
      level inner;
      inner.object = inner.expects_key = c == '{';
      levels.push_back(std::move(inner));
      ++at_;
    } else if (c == '"') {
      raw_string();
    } else {
      while (at_ < text_.size() && std::string_view(",]} \t\r\n/").find(text_[at_]) == std::string_view::npos) ++at_;
    }
  }

  std::string_view raw_string() {
    const std::size_t start = at_++;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    at_ = std::min(at_ + 1, text_.size());
    return text_.substr(start, at_ - start);
  }

  void skip_blanks() {
    while (at_ < text_.size()) {
      const auto rest = text_.substr(at_);
      if (std::string_view(" \t\r\n").find(rest.front()) != std::string_view::npos) {
        ++at_;
      } else if (rest.starts_with("//")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (rest.starts_with("/*")) {
        const auto end = text_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + 2;
      } else {
        return;
      }
    }
  }

  static std::string decoded(std::string_view quoted) {
    if (quoted.find('\\') == std::string_view::npos) return std::string(quoted.substr(1, quoted.size() - 2));
    boost::json::error_code error;
    const auto value = boost::json::parse(quoted, error);
    return error || !value.is_string() ? std::string(quoted) : std::string(value.get_string());
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string token_of(const level& l) { return l.object ? pointer_token(l.key) : std::to_string(l.index); }

std::string pointer_of(const std::vector<level>& levels) {
  std::string pointer;
  for (const auto& l : levels) pointer += "/" + token_of(l);
  return pointer;
}

}  // namespace

text_place place_in(std::string_view text, std::size_t offset) {
  text_place place;
  for (const char c : text.substr(0, offset)) {
    if (c == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      ++place.column;
    }
  }
  return place;
}

std::string pointer_token(std::string_view key) {
  std::string token;
  for (const char c : key) {
    if (c == '~') token += "~0";
    else if (c == '/') token += "~1";
    else token += c;
  }
  return token;
}

std::optional<duplicate_key> find_duplicate_key(std::string_view json) {
  std::optional<duplicate_key> found;
  walker w(json);
  const auto on_close = [&] {
    auto& keys = w.levels.back().keys;
    std::sort(keys.begin(), keys.end());
    const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
    const auto twice = std::adjacent_find(keys.begin(), keys.end(), same);
    if (twice == keys.end()) return false;
    w.levels.back().key = twice->first;
    found = duplicate_key{pointer_of(w.levels), twice->first, std::next(twice)->second};
    return true;
  };
  w.walk([](std::size_t) { return false; }, on_close);
  return found;
}

std::size_t offset_of(std::string_view json, std::string_view pointer, pointed what) {
  std::size_t best = 0;
  walker w(json);
  const auto on_value = [&](std::size_t offset) {
    const std::string here = pointer_of(w.levels);
    if (!pointer.starts_with(here)) return false;
    const bool exact = pointer.size() == here.size();
    if (!exact && pointer[here.size()] != '/') return false;
    best = exact && what == pointed::key && !w.levels.empty() && w.levels.back().object ? w.levels.back().key_offset : offset;
    return exact;
  };
  w.walk(on_value, [] { return false; });
  return best;
}

}  // namespace shep
