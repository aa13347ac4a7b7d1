#include "crypto/asn1.hpp"

#include <chrono>

namespace shep::crypto::asn1 {
namespace {

constexpr unsigned deepest_nesting = 16;

std::string tag_text(std::uint8_t tag) {
  constexpr std::string_view digits = "0123456789abcdef";
  return {'0', 'x', digits[tag >> 4], digits[tag & 15]};
}

}  // namespace

void reader::fail(std::string what) const {
  if (failure_->happened) return;
  failure_->happened = true;
  failure_->what = std::move(what);
  failure_->where = "byte " + std::to_string(rest_.data() == nullptr ? 0 : rest_.data() - begin_) + " of the structure";
}

element reader::any(std::string_view what) {
  if (failure_->happened) return {};
  const std::string name(what);
  if (rest_.size() < 2) {
    fail(rest_.empty() ? name + " is missing" : name + " is cut off");
    return {};
  }
  const std::uint8_t tag = octet_at(rest_, 0);
  if ((tag & 0x1F) == 0x1F) {
    fail(name + " has a tag number above 30");
    return {};
  }
  std::size_t header = 2;
  std::size_t length = octet_at(rest_, 1);
  if (length == 0x80) {
    fail(name + " has an indefinite length, which is BER; DER was expected");
    return {};
  }
  if (length > 0x80) {
    const std::size_t count = length & 0x7F;
    if (count > 4 || rest_.size() < 2 + count) {
      fail(name + " has a length that does not fit the octets at hand");
      return {};
    }
    length = 0;
    for (std::size_t i = 0; i < count; ++i) length = length << 8 | octet_at(rest_, 2 + i);
    header += count;
    if (length < 0x80 || octet_at(rest_, 2) == 0) {
      fail(name + " has a length written longer than needed; DER was expected");
      return {};
    }
  }
  if (length > rest_.size() - header) {
    fail(name + " is cut off: " + std::to_string(length) + " octets announced, " + std::to_string(rest_.size() - header) + " at hand");
    return {};
  }
  const element e{tag, rest_.substr(header, length), rest_.substr(0, header + length)};
  rest_.remove_prefix(header + length);
  return e;
}

element reader::read(std::uint8_t tag, std::string_view what) {
  if (more() && octet_at(rest_, 0) != tag)
    fail(std::string(what) + " has tag " + tag_text(octet_at(rest_, 0)) + ", expected " + tag_text(tag));
  return any(what);
}

std::optional<element> reader::read_if(std::uint8_t tag, std::string_view what) {
  if (!next_is(tag)) return std::nullopt;
  return any(what);
}

reader reader::enter(std::uint8_t tag, std::string_view what) { return inside(read(tag, what), what); }

reader reader::inside(const element& e, std::string_view what) const {
  reader inner(e.content, *failure_);
  inner.begin_ = begin_;
  inner.depth_ = depth_ + 1;
  if (inner.depth_ > deepest_nesting)
    inner.fail(std::string(what) + " is nested deeper than " + std::to_string(deepest_nesting) + " levels");
  return inner;
}

void reader::end(std::string_view what) {
  if (more()) fail(std::to_string(rest_.size()) + " unexpected octets at the end of " + std::string(what));
}

std::string_view reader::integer(std::string_view what) {
  const std::string_view content = read(tags::integer, what).content;
  if (failed()) return {};
  if (content.empty()) {
    fail(std::string(what) + " is an INTEGER without octets");
    return {};
  }
  if (content.size() > 1) {
    const bool zeros = octet_at(content, 0) == 0 && octet_at(content, 1) < 0x80;
    const bool ones = octet_at(content, 0) == 0xFF && octet_at(content, 1) >= 0x80;
    if (zeros || ones) fail(std::string(what) + " is an INTEGER written longer than needed");
  }
  return failed() ? std::string_view() : content;
}

std::uint64_t reader::small_integer(std::string_view what, std::uint64_t most) {
  std::string_view content = integer(what);
  if (failed()) return 0;
  if (octet_at(content, 0) >= 0x80 || content.size() > 9) {
    fail(std::string(what) + " is out of range");
    return 0;
  }
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < content.size(); ++i) {
    if (value > most >> 8) {
      fail(std::string(what) + " is larger than " + std::to_string(most));
      return 0;
    }
    value = value << 8 | octet_at(content, i);
  }
  if (value > most) fail(std::string(what) + " is larger than " + std::to_string(most));
  return failed() ? 0 : value;
}

bool reader::boolean(std::string_view what) {
  const std::string_view content = read(tags::boolean, what).content;
  if (failed()) return false;
  if (content.size() != 1 || (octet_at(content, 0) != 0 && octet_at(content, 0) != 0xFF)) {
    fail(std::string(what) + " is a BOOLEAN that is neither 00 nor FF");
    return false;
  }
  return octet_at(content, 0) == 0xFF;
}

std::string reader::oid(std::string_view what) {
  const std::string_view content = read(tags::oid, what).content;
  if (failed()) return {};
  std::string dotted = dotted_oid(content);
  if (dotted.empty()) fail(std::string(what) + " is not a valid object identifier");
  return dotted;
}

std::string_view reader::bit_string(std::string_view what) {
  const std::string_view content = read(tags::bit_string, what).content;
  if (failed()) return {};
  if (content.empty() || octet_at(content, 0) != 0) {
    fail(std::string(what) + " is a BIT STRING that does not hold whole octets");
    return {};
  }
  return content.substr(1);
}

std::uint32_t reader::named_bits(std::string_view what) {
  const std::string_view content = read(tags::bit_string, what).content;
  if (failed()) return 0;
  const unsigned unused = content.empty() ? 8 : octet_at(content, 0);
  if (unused > 7 || content.size() > 5 || (content.size() == 1 && unused != 0)) {
    fail(std::string(what) + " is not a valid BIT STRING of named bits");
    return 0;
  }
  std::uint32_t bits = 0;
  for (std::size_t i = 1; i < content.size(); ++i) {
    for (unsigned b = 0; b < 8; ++b) {
      if ((octet_at(content, i) & (0x80U >> b)) != 0) bits |= 1U << ((i - 1) * 8 + b);
    }
  }
  if (content.size() > 1 && (octet_at(content, content.size() - 1) & ((1U << unused) - 1)) != 0) {
    fail(std::string(what) + " has unused bits that are not zero");
    return 0;
  }
  return bits;
}

std::string_view reader::octet_string(std::string_view what) { return read(tags::octet_string, what).content; }

time_point reader::time(std::string_view what) {
  const element e = any(what);
  if (failed()) return {};
  const bool utc = e.tag == tags::utc_time;
  const std::string_view digits = e.content;
  const std::size_t year_digits = utc ? 2 : 4;
  bool good = (utc || e.tag == tags::generalized_time) && digits.size() == year_digits + 11 && digits.back() == 'Z';
  for (std::size_t i = 0; good && i + 1 < digits.size(); ++i) good = digits[i] >= '0' && digits[i] <= '9';
  if (!good) {
    fail(std::string(what) + " is not a UTCTime or GeneralizedTime with seconds and Z");
    return {};
  }
  const auto number = [&](std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) value = value * 10 + (digits[i] - '0');
    return value;
  };
  int year = number(0, year_digits);
  if (utc) year += year < 50 ? 2000 : 1900;  // RFC 5280 section 4.1.2.5.1
  const std::size_t at = year_digits;
  namespace ch = std::chrono;
  const ch::year_month_day date(ch::year(year), ch::month(static_cast<unsigned>(number(at, 2))),
                                ch::day(static_cast<unsigned>(number(at + 2, 2))));
  const int hour = number(at + 4, 2);
  const int minute = number(at + 6, 2);
  const int second = number(at + 8, 2);
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) {
    fail(std::string(what) + " is not a time that exists");
    return {};
  }
  return time_point(ch::sys_days(date)) + ch::hours(hour) + ch::minutes(minute) + ch::seconds(second);
}

}  // namespace shep::crypto::asn1
