#include "cli/input_kind.hpp"

#include "core/bytes.hpp"
#include "crypto/certificate.hpp"

namespace shep::cli {
namespace {

constexpr std::string_view white_space = " \t\r\n";

std::string_view without_leading_space(std::string_view s) {
  const std::size_t begin = s.find_first_not_of(white_space);
  return begin == std::string_view::npos ? std::string_view() : s.substr(begin);
}

/// Both begin with a SEQUENCE: what does not read as a certificate is left to the reader of CMS, whose complaint is the better one.
input_kind kind_of_der(std::string_view der) { return crypto::certificate::from_der(der) ? input_kind::certificate : input_kind::cms; }

}  // namespace

input_kind kind_of(std::string_view octets) {
  constexpr std::size_t largest_certificate_text = 32 * 1024;
  if (octets.starts_with('\x30')) return kind_of_der(octets);
  const std::string_view text = without_leading_space(octets);
  if (text.starts_with("-----BEGIN ")) return text.starts_with("-----BEGIN CERTIFICATE-----") ? input_kind::certificate : input_kind::cms;
  // "MI" is how base64 begins when it holds a SEQUENCE with a long length.
  if (!text.starts_with("MI")) return input_kind::xml;
  if (text.size() > largest_certificate_text) return input_kind::cms;
  const auto der = from_base64(text);
  return der ? kind_of_der(*der) : input_kind::cms;
}

std::string_view name_of(input_kind k) {
  switch (k) {
    case input_kind::xml: return "xml";
    case input_kind::certificate: return "certificate";
    case input_kind::cms: break;
  }
  return "cms";
}

}  // namespace shep::cli
