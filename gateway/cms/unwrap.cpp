#include "cms/ber.hpp"
#include "cms/problems.hpp"
#include "core/bytes.hpp"

#include <array>

namespace shep::cms {
namespace {

constexpr std::size_t most_text = (std::size_t{64} << 20) / 3 * 4 + (std::size_t{8} << 20);  // with line ends

struct label {
  std::string_view begin, end;
};
constexpr std::array labels{label{"-----BEGIN CMS-----", "-----END CMS-----"}, label{"-----BEGIN PKCS7-----", "-----END PKCS7-----"},
                            label{"-----BEGIN PKCS #7 SIGNED DATA-----", "-----END PKCS #7 SIGNED DATA-----"}};

problem not_cms(std::string what, std::string where = {}) {
  return {problems::cms_format, std::move(what), std::move(where), "a CMS in DER, BER, base64 or PEM was expected"};
}

result<std::string> decode(std::string_view base64) {
  const result<std::string> octets = from_base64(base64);
  if (octets) return octets;
  const problem why = octets.error();
  return not_cms("neither DER nor base64: " + why.detail, why.where);
}

}  // namespace

result<std::string> unwrap(std::string_view input) {
  // A SEQUENCE begins with 30; in base64 that is an "M", and "0" cannot begin a PEM line.
  if (!input.empty() && input.front() == '\x30') return std::string(input);
  if (input.size() > most_text) return not_cms("more than 64 MiB");
  for (const label& l : labels) {
    const std::size_t begin = input.find(l.begin);
    if (begin == std::string_view::npos) continue;
    const std::string_view rest = input.substr(begin + l.begin.size());
    const std::size_t end = rest.find(l.end);
    if (end == std::string_view::npos) return not_cms("the PEM block has no line \"" + std::string(l.end) + "\"");
    if (rest.find("-----BEGIN ", end) != std::string_view::npos) return not_cms("a second PEM block follows");
    return decode(rest.substr(0, end));
  }
  return decode(input);
}

}  // namespace shep::cms
