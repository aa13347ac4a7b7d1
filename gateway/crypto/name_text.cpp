#include "core/bytes.hpp"
#include "crypto/certificate.hpp"
#include "crypto/name.hpp"

#include <algorithm>

/// Reading of distinguished names from text: RFC 4514 section 3 and what RFC 2253 section 4 asks to accept as well
/// (semicolons, quoted values, "OID." prefixes, spaces around separators).
namespace shep::crypto {
namespace {

constexpr std::size_t longest_text = 8 * 1024;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class name_reader {
 public:
  explicit name_reader(std::string_view text) : text_(text) {}

  distinguished_name read() {
    distinguished_name name;
    skip_spaces();
    while (good_ && at_ < text_.size()) {
      std::vector<name_part> rdn;
      do {
        rdn.push_back(part());
      } while (good_ && take('+'));
      name.push_back(std::move(rdn));
      if (at_ == text_.size()) break;
      if (!take(',') && !take(';')) good_ = false;
      if (good_ && at_ == text_.size()) good_ = false;  // a separator at the end
    }
    return good_ ? std::move(name) : distinguished_name();
  }

 private:
  void skip_spaces() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    skip_spaces();
    return true;
  }

  name_part part() {
    name_part p;
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != '=' && !is_space(text_[at_]) && at_ - begin < 80) ++at_;
    p.type = attribute_type(text_.substr(begin, at_ - begin));
    skip_spaces();
    if (p.type.empty() || !take('=')) {
      good_ = false;
      return p;
    }
    p.readable = true;
    if (at_ < text_.size() && text_[at_] == '#') {
      hexadecimal(p);
    } else if (at_ < text_.size() && text_[at_] == '"') {
      quoted(p);
    } else {
      plain(p);
    }
    if (p.readable && !asn1::valid_utf8(p.text)) good_ = false;
    skip_spaces();
    return p;
  }

  void hexadecimal(name_part& p) {
    const std::size_t begin = ++at_;
    while (at_ < text_.size() && std::isxdigit(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    const result<std::string> der = from_hex(text_.substr(begin, at_ - begin));
    if (!der) {
      good_ = false;
      return;
    }
    asn1::failure failure;
    asn1::reader r(*der, failure);
    const asn1::element value = r.any("value");
    r.end("value");
    std::optional<std::string> decoded = failure.happened ? std::nullopt : asn1::text(value);
    p.der = *der;
    p.readable = decoded.has_value();
    if (decoded) p.text = std::move(*decoded);
  }

  /// After a backslash: two hexadecimal digits, or the character itself.
  char escaped() {
    if (at_ >= text_.size()) {
      good_ = false;
      return '\0';
    }
    if (at_ + 1 < text_.size()) {
      if (const result<std::string> octet = from_hex(text_.substr(at_, 2))) {
        at_ += 2;
        return (*octet)[0];
      }
    }
    return text_[at_++];
  }

  void quoted(name_part& p) {
    ++at_;
    while (at_ < text_.size() && text_[at_] != '"') {
      const char c = text_[at_++];
      p.text += c == '\\' ? escaped() : c;
    }
    if (at_ >= text_.size()) {
      good_ = false;
    } else {
      ++at_;
    }
  }

  void plain(name_part& p) {
    std::size_t kept = 0;  // trailing spaces belong to the separator unless they were escaped
    while (good_ && at_ < text_.size() && text_[at_] != ',' && text_[at_] != ';' && text_[at_] != '+') {
      const char c = text_[at_++];
      p.text += c == '\\' ? escaped() : c;
      if (c == '\\' || !is_space(c)) kept = p.text.size();
    }
    p.text.resize(kept);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool good_ = true;
};

}  // namespace

distinguished_name parse_name_text(std::string_view text) {
  if (text.size() > longest_text) return {};
  return name_reader(text).read();
}

bool same_issuer_name(std::string_view text, const certificate& cert) {
  distinguished_name wanted = parse_name_text(text);
  if (wanted.empty()) return false;
  const std::string issuer = name_key(parse_name(cert.info().issuer_der));
  if (name_key(wanted) == issuer) return true;
  std::reverse(wanted.begin(), wanted.end());
  return name_key(wanted) == issuer;
}

bool same_name(std::string_view name_der, std::string_view other_der) {
  if (name_der == other_der) return !name_der.empty();
  asn1::failure f;
  const auto key_of = [&](std::string_view der) {
    asn1::reader r(der, f);
    const distinguished_name name = read_name(r, "a name");
    r.end("a name");
    return name_key(name);
  };
  const std::string key = key_of(name_der);
  return key == key_of(other_der) && !f.happened;
}

}  // namespace shep::crypto
