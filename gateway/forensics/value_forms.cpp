#include "forensics/value_forms.hpp"

#include "core/bytes.hpp"

#include <optional>

namespace shep::forensics {
namespace {

/// One definite length of at most two octets; empty when there is no such thing.
std::optional<std::string_view> value_of(char tag, std::string_view& der) {
  if (der.size() < 2 || der[0] != tag) return std::nullopt;
  std::size_t length = static_cast<unsigned char>(der[1]), head = 2;
  if (length == 0x81 && der.size() > 2) {
    length = static_cast<unsigned char>(der[2]);
    head = 3;
  }
  if (length >= 0x80 && head == 2) return std::nullopt;
  if (der.size() < head + length) return std::nullopt;
  const std::string_view value = der.substr(head, length);
  der.remove_prefix(head + length);
  return value;
}

/// A big-endian INTEGER as a little-endian half.
std::optional<std::string> half_of(std::string_view integer, std::size_t size) {
  while (integer.size() > size && integer.front() == '\0') integer.remove_prefix(1);
  if (integer.size() > size) return std::nullopt;
  std::string out = reversed(integer);
  out.resize(size, '\0');
  return out;
}

void add_der(std::vector<value_form>& out, std::string_view value, std::size_t half) {
  const auto sequence = value_of('\x30', value);
  if (!sequence) return;
  std::string_view inside = *sequence;
  const auto first = value_of('\x02', inside);
  const auto second = first ? value_of('\x02', inside) : std::nullopt;
  if (!second) return;
  const auto r = half_of(*first, half), s = half_of(*second, half);
  if (!r || !s) return;
  out.push_back({{&mistakes::value_der}, *r + *s});
  out.push_back({{&mistakes::value_der, "And s stands before r."}, *s + *r});
}

/// ASN.1 OCTET STRING around the halves, as some providers write.
void add_octet_string(std::vector<value_form>& out, std::string_view value, std::size_t half) {
  if (const auto inside = value_of('\x04', value); inside && inside->size() == 2 * half)
    out.push_back({{&mistakes::value_der, "It is an OCTET STRING."}, std::string(*inside)});
}

void add_halves(std::vector<value_form>& out, std::string_view value) {
  const std::size_t half = value.size() / 2;
  const std::string_view first = value.substr(0, half), second = value.substr(half);
  out.push_back({{&mistakes::value_reversed, "The order is that of CryptoPro: s and r, big-endian."}, reversed(value)});
  out.push_back({{&mistakes::value_swapped}, std::string(second) + std::string(first)});
  out.push_back({{&mistakes::value_big_endian}, reversed(first) + reversed(second)});
}

}  // namespace

std::vector<value_form> value_forms(crypto::key_kind kind, std::string_view value) {
  std::vector<value_form> out;
  if (kind == crypto::key_kind::rsa) {
    out.push_back({{&mistakes::value_reversed}, reversed(value)});
  } else {
    const std::size_t half = kind == crypto::key_kind::gost2015_512 ? 64 : 32;
    if (value.size() == 2 * half) add_halves(out, value);
    add_der(out, value, half);
    add_octet_string(out, value, half);
  }
  if (const auto hex = from_hex(value)) out.push_back({{&mistakes::value_as_text, "It is hexadecimal."}, *hex});
  if (const auto base64 = from_base64(value)) out.push_back({{&mistakes::value_as_text, "It was encoded in base64 twice."}, *base64});
  return out;
}

}  // namespace shep::forensics
