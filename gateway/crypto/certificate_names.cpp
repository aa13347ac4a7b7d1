#include "crypto/certificate_fields.hpp"
#include "crypto/name.hpp"

namespace shep::crypto {
namespace {

constexpr std::size_t number_length = 12;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// What a subject says about one number, IIN or BIN; stated twice with different digits is a contradiction.
class stated_number {
 public:
  stated_number(std::string_view prefix, std::string& value) : prefix_(prefix), value_(value) {}

  /// `text` begins with the prefix. Returns what is wrong, or nothing.
  std::string take(std::string_view text) {
    const std::string_view digits = text.substr(prefix_.size());
    for (const char c : digits) {
      if (!is_digit(c)) return "the " + std::string(prefix_) + " of the subject holds something that is not a digit";
    }
    if (digits.size() != number_length) {
      return "the " + std::string(prefix_) + " of the subject has " + std::to_string(digits.size()) + " digits, expected 12";
    }
    if (!value_.empty() && value_ != digits) return "the subject states two different " + std::string(prefix_) + "s";
    value_ = digits;
    return {};
  }

 private:
  std::string_view prefix_;
  std::string& value_;
};

/// kz-eds.md section 4: serialNumber "IIN" or "BIN" and 12 digits, organizationalUnit "BIN" and 12 digits. The check digit is not looked
/// at: the authority's own test certificates have wrong ones.
std::string read_numbers(const distinguished_name& subject, certificate::fields& f) {
  stated_number iin("IIN", f.iin);
  stated_number bin("BIN", f.bin);
  bool serial_number_seen = false;
  std::string wrong;
  for (const auto& rdn : subject) {
    for (const name_part& part : rdn) {
      if (!wrong.empty()) return wrong;
      const std::string_view text = part.text;
      if (part.type == attribute::serial_number) {
        if (serial_number_seen) return "the subject has two serialNumber attributes";
        serial_number_seen = true;
        if (!part.readable) return "the serialNumber of the subject is of a string type that cannot be read safely";
        if (text.starts_with("IIN")) wrong = iin.take(text);
        if (text.starts_with("BIN")) wrong = bin.take(text);
      } else if (part.type == attribute::organizational_unit) {
        if (!part.readable && part.der.find("BIN") != std::string::npos)
          return "the BIN of the subject is in a string type that cannot be read safely";
        // A unit may be called "BINGO"; a BIN begins with a digit.
        if (text.starts_with("BIN") && text.size() > 3 && is_digit(text[3])) wrong = bin.take(text);
      }
    }
  }
  return wrong;
}

void keep_first(std::string& field, const name_part& part) {
  if (field.empty() && part.readable) field = part.text;
}

void read_holder(const distinguished_name& subject, certificate::fields& f) {
  for (const auto& rdn : subject) {
    for (const name_part& part : rdn) {
      if (part.type == attribute::common_name) keep_first(f.common_name, part);
      if (part.type == attribute::surname) keep_first(f.surname, part);
      if (part.type == attribute::given_name) keep_first(f.given_name, part);
      if (part.type == attribute::organization) keep_first(f.organization, part);
      if (part.type == attribute::email) keep_first(f.email, part);
      if (part.type == attribute::country) keep_first(f.country, part);
    }
  }
}

}  // namespace

void read_names(std::string_view subject_der, std::string_view issuer_der, certificate::fields& f, asn1::failure& failure) {
  asn1::reader subject_reader(subject_der, failure);
  const distinguished_name subject = read_name(subject_reader, "the subject");
  asn1::reader issuer_reader(issuer_der, failure);
  const distinguished_name issuer = read_name(issuer_reader, "the issuer");
  if (failure.happened) return;
  if (issuer.empty()) issuer_reader.fail("the issuer has no name");
  if (std::string wrong = read_numbers(subject, f); !wrong.empty()) subject_reader.fail(std::move(wrong));
  if (failure.happened) {
    failure.where = "the subject of the certificate";
    return;
  }
  f.subject_der = subject_der;
  f.issuer_der = issuer_der;
  f.subject = name_text(subject);
  f.issuer = name_text(issuer);
  read_holder(subject, f);
}

}  // namespace shep::crypto
