#include "core/bytes.hpp"
#include "core/date_time.hpp"
#include "test_pki/problems.hpp"
#include "test_pki/status_file.hpp"

#include <algorithm>
#include <charconv>

namespace shep::test_pki {
namespace {

constexpr std::string_view first_line = "shepsim-pki-status 1";
constexpr std::string_view last_line = "end";

std::string_view take_word(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  const std::string_view word = rest.substr(0, rest.find(' '));
  rest.remove_prefix(word.size());
  return word;
}

bool is_serial(std::string_view s) {
  return !s.empty() && s.size() <= 40 && s.find_first_not_of("0123456789abcdef") == std::string_view::npos &&
         (s[0] != '0' || s.size() == 1);
}

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string quoted(std::string_view text) { return "'" + as_utf8(clipped(text, 60)) + "'"; }

class reader {
 public:
  explicit reader(const std::string& name) : name_(name) {}

  result<statuses> read(std::string_view text) {
    bool begun = false;
    bool ended = false;
    for (line_ = 1; !text.empty(); ++line_) {
      const std::size_t stop = text.find('\n');
      if (stop == std::string_view::npos) return refuse("the line is cut off", "the last line is 'end', with a line feed");
      const std::string_view line = text.substr(0, stop);
      text.remove_prefix(stop + 1);
      if (begun && (line.empty() || line.starts_with('#'))) continue;
      if (ended) return refuse("found " + quoted(line) + " after 'end'", "remove it");
      if (!begun) {
        if (line != first_line) return refuse("found " + quoted(line), "this version reads '" + std::string(first_line) + "'");
        begun = true;
      } else if (line == last_line) {
        ended = true;
      } else if (const auto good = read_line(line); !good) {
        return good.error();
      }
    }
    if (!ended) return refuse("the file is cut off", "the last line is 'end'");
    return std::move(out_);
  }

 private:
  result<void> read_line(std::string_view rest) {
    const std::string_view kind = take_word(rest);
    if (kind == "number") return read_number(rest);
    const std::string_view whose = take_word(rest);
    const std::string_view word = take_word(rest);
    if (kind != "certificate" && kind != "responder") return refuse("found " + quoted(kind), "certificate, responder or number");
    const auto what = behaviour_by_name(word);
    if (!what)
      return refuse("there is no state " + quoted(word),
                    "good, revoked, on_hold, unknown, try_later, slow, malformed, wrong_signer, stale");
    told entry;
    entry.what = *what;
    if (const auto good = read_parts(rest, entry); !good) return good;
    return kind == "certificate" ? keep_certificate(whose, entry) : keep_responder(whose, entry);
  }

  result<void> read_number(std::string_view rest) {
    const auto value = number_of<std::uint64_t>(take_word(rest));
    if (!value || !rest.empty()) return refuse("'number' is followed by one decimal number", "number 1");
    if (numbered_) return refuse("a second 'number'", "keep the larger one");
    numbered_ = true;
    out_.number = *value;
    return {};
  }

  result<void> read_parts(std::string_view rest, told& into) {
    bool changed = false;
    while (!rest.empty()) {
      const std::string_view part = take_word(rest);
      const std::string_view key = part.substr(0, part.find('='));
      if (key.size() == part.size()) return refuse("found " + quoted(part), "name=value");
      const std::string_view value = part.substr(key.size() + 1);
      if (key == "changed" && !changed) {
        const auto t = parse_date_time(value);
        if (!t) return refuse("changed=" + quoted(value) + " is not a time", "2026-10-01T10:00:00Z");
        into.changed = t->utc;
        changed = true;
      } else if (key == "at" && !into.since) {
        const auto t = parse_date_time(value);
        if (!t) return refuse("at=" + quoted(value) + " is not a time", "2026-10-01T10:00:00Z");
        into.since = t->utc;
      } else if (key == "reason" && !into.why) {
        into.why = reason_by_name(value);
        if (!into.why) return refuse("there is no reason " + quoted(value), "keyCompromise, cessationOfOperation, …");
      } else if (key == "delay" && !into.delay) {
        const auto ms = number_of<std::int64_t>(value);
        if (!ms) return refuse("delay=" + quoted(value) + " is not a number", "milliseconds");
        into.delay = std::chrono::milliseconds(*ms);
      } else {
        return refuse("unknown or repeated part " + quoted(key), "changed, at, reason or delay, each once");
      }
    }
    if (!changed) return refuse("'changed=' is missing", "changed=2026-10-01T10:00:00Z");
    return {};
  }

  result<void> keep_certificate(std::string_view serial, const told& entry) {
    if (!is_serial(serial)) return refuse("found the serial number " + quoted(serial), "lower-case hexadecimal without leading zeros");
    const auto whole = complete(entry, entry.changed);
    if (!whole) return refuse(whole.error().detail, whole.error().hint);
    if (auto missing = all_said(entry, *whole); !missing) return missing;
    if (!out_.certificates.emplace(std::string(serial), *whole).second) return refuse("a second line for this certificate", "keep one");
    return {};
  }

  result<void> keep_responder(std::string_view name, const told& entry) {
    const auto which = responder_by_name(name);
    if (!which) return refuse("there is no responder " + quoted(name), "ocsp, crl or tsp");
    const auto whole = complete_for_responder(entry, entry.changed);
    if (!whole) return refuse(whole.error().detail, whole.error().hint);
    if (auto missing = all_said(entry, *whole); !missing) return missing;
    if (seen_.at(static_cast<std::size_t>(*which))) return refuse("a second line for this responder", "keep one");
    seen_.at(static_cast<std::size_t>(*which)) = true;
    out_.of(*which) = *whole;
    return {};
  }

  /// A file says everything; only commands leave parts to their defaults.
  result<void> all_said(const told& entry, const told& whole) const {
    if (whole.since && !entry.since) return refuse("'at=' is missing", "at=2026-10-01T10:00:00Z");
    if (whole.delay && !entry.delay) return refuse("'delay=' is missing", "delay=5000");
    return {};
  }

  problem refuse(std::string detail, std::string hint) const {
    return {problems::pki_status_file, std::move(detail), name_ + ":" + std::to_string(line_), std::move(hint)};
  }

  const std::string& name_;
  unsigned line_ = 1;
  bool numbered_ = false;
  std::array<bool, 3> seen_{};
  statuses out_;
};

void put(std::string& out, const told& t) {
  out.append(" ").append(name_of(t.what)).append(" changed=").append(format_utc(t.changed));
  if (t.since) out.append(" at=").append(format_utc(*t.since));
  if (t.why) out.append(" reason=").append(revocation::name_of(*t.why));
  if (t.delay) out.append(" delay=").append(std::to_string(t.delay->count()));
  out += '\n';
}

}  // namespace

result<statuses> parse_statuses(std::string_view text, const std::string& name) { return reader(name).read(text); }

std::string to_text(const statuses& s) {
  std::string out(first_line);
  out.append("\n# Page: STATUS.md of gateway/test_pki. Changed by 'shepsim pki', the admin API, or an editor.\n");
  out.append("number ").append(std::to_string(s.number)).append("\n");
  for (const responder r : {responder::ocsp, responder::crl, responder::tsp}) {
    if (s.of(r).what == behaviour::good) continue;
    out.append("responder ").append(name_of(r));
    put(out, s.of(r));
  }
  for (const auto& [serial, entry] : s.certificates) {
    out.append("certificate ").append(serial);
    put(out, entry);
  }
  return out.append(last_line).append("\n");
}

}  // namespace shep::test_pki
