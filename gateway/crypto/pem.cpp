#include "core/bytes.hpp"
#include "crypto/certificate.hpp"
#include "crypto/problems.hpp"

/// RFC 7468 section 5. Text around the blocks, and blocks of other kinds, are passed over.
namespace shep::crypto {
namespace {

constexpr std::string_view begin_line = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view end_line = "-----END CERTIFICATE-----";

/// A certificate in DER begins with a SEQUENCE whose length has the long form (X.690 section 8.1.3.5), and no text begins so. Asked first,
/// since a name inside DER may hold the lines of a PEM block.
bool is_der(std::string_view octets) { return octets.size() > 1 && octets[0] == '\x30' && (octets[1] & 0x80) != 0; }

result<certificate> decode_block(std::string_view base64, std::size_t number) {
  const std::string place = "certificate " + std::to_string(number) + " of the PEM text";
  const result<std::string> der = from_base64(base64);
  if (!der) return problem(problems::certificate_format, der.error().detail, place + ", " + der.error().where);
  result<certificate> decoded = certificate::from_der(*der);
  if (decoded) return decoded;
  const problem p = decoded.error();
  return problem(p.code, p.detail, place + (p.where.empty() ? "" : ", " + p.where), p.hint);
}

}  // namespace

result<std::vector<certificate>> read_certificates(std::string_view text) {
  constexpr std::size_t most = 1000;
  std::vector<certificate> found;
  std::size_t at = is_der(text) ? std::string_view::npos : text.find(begin_line);
  if (at == std::string_view::npos) {
    result<certificate> one = certificate::from_der(text);
    if (!one) return one.error();
    found.push_back(std::move(*one));
    return found;
  }
  while (at != std::string_view::npos) {
    at += begin_line.size();
    const std::size_t end = text.find(end_line, at);
    if (end == std::string_view::npos) return problem(problems::certificate_format, "a PEM block has no END CERTIFICATE line");
    if (found.size() == most) return problem(problems::certificate_format, "the PEM text holds more than 1000 certificates");
    result<certificate> one = decode_block(text.substr(at, end - at), found.size() + 1);
    if (!one) return one.error();
    found.push_back(std::move(*one));
    at = text.find(begin_line, end);
  }
  return found;
}

result<certificate> certificate::from_pem_or_der(std::string_view text) {
  const std::size_t begin = is_der(text) ? std::string_view::npos : text.find(begin_line);
  if (begin == std::string_view::npos) return from_der(text);
  const std::size_t end = text.find(end_line, begin);
  if (end == std::string_view::npos) return problem(problems::certificate_format, "a PEM block has no END CERTIFICATE line");
  return decode_block(text.substr(begin + begin_line.size(), end - begin - begin_line.size()), 1);
}

std::string certificate::pem() const {
  constexpr std::size_t line_length = 64;
  const std::string base64 = to_base64(der());
  std::string text(begin_line);
  text += '\n';
  for (std::size_t i = 0; i < base64.size(); i += line_length) text.append(base64, i, line_length).append("\n");
  text += end_line;
  text += '\n';
  return text;
}

}  // namespace shep::crypto
