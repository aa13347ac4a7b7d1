#include "crypto/asn1_write.hpp"
#include "unit/forensics/corpus.hpp"
#include "xml/extent.hpp"

namespace shep::forensics::test {
namespace {

habits writing(std::function<std::string(std::string)> f) {
  habits h;
  h.value = std::move(f);
  return h;
}

habits signing(std::function<std::string(const hand&, std::string_view)> f) {
  habits h;
  h.sign = std::move(f);
  return h;
}

habits over_info(std::function<std::string(const xml::document&, xml::element, std::string)> f) {
  habits h;
  h.info = std::move(f);
  return h;
}

std::string half(const std::string& value, int which) { return value.substr(which == 0 ? 0 : value.size() / 2, value.size() / 2); }

}  // namespace

std::vector<planted> signature_mistakes() {
  std::vector<planted> out;
  const auto add = [&](const std::string& name, const std::string& cause, draft d, habits wrong) {
    out.push_back({name, cause, d, std::move(wrong), d, "SignatureValue"});
  };
  add("GOST-512 value in the order of CryptoPro", "signature_value_reversed", {family::gost512, layout::wsse_a},
      writing([](std::string v) { return backwards(v); }));
  add("RSA value little-endian, as CryptoAPI gives it", "signature_value_reversed", {family::rsa, layout::wsse_b},
      writing([](std::string v) { return backwards(v); }));
  add("s before r", "signature_halves_swapped", {family::gost2004, layout::wsse_a},
      writing([](std::string v) { return half(v, 1) + half(v, 0); }));
  add("halves big-endian", "signature_halves_big_endian", {family::gost512, layout::enveloped},
      writing([](std::string v) { return backwards(half(v, 0)) + backwards(half(v, 1)); }));
  add("ASN.1 SEQUENCE of r and s", "signature_value_der", {family::gost2004, layout::token}, writing([](std::string v) {
        return crypto::asn1::write(crypto::asn1::tags::sequence, crypto::asn1::write_unsigned(backwards(half(v, 0))) +
                                                                     crypto::asn1::write_unsigned(backwards(half(v, 1))));
      }));
  add("ASN.1 SEQUENCE of r and s, 512 bits", "signature_value_der", {family::gost512, layout::wsse_b}, writing([](std::string v) {
        return crypto::asn1::write(crypto::asn1::tags::sequence, crypto::asn1::write_unsigned(backwards(half(v, 0))) +
                                                                     crypto::asn1::write_unsigned(backwards(half(v, 1))));
      }));
  add("value in hexadecimal inside of base64", "signature_value_as_text", {family::rsa, layout::wsse_a},
      writing([](std::string v) { return to_hex(v); }));
  add("value in base64 twice", "signature_value_as_text", {family::gost512, layout::wsse_a},
      writing([](std::string v) { return to_base64(v); }));
  add("hash read big-endian", "hash_big_endian", {family::gost512, layout::wsse_a},
      signing([](const hand& h, std::string_view x) { return number_of(h.who)->sign(backwards(crypto::digest(h.digest, x))).value(); }));
  add("CryptoPro S-box over SignedInfo", "wrong_signature_sbox", {family::gost2004, layout::wsse_b},
      signing([](const hand& h, std::string_view x) {
        return number_of(h.who)->sign(crypto::digest(digest_algorithm::gost34311_cryptopro, x)).value();
      }));
  add("SHA-512 over SignedInfo with a GOST key", "wrong_signature_hash", {family::gost512, layout::wsse_a},
      signing(
          [](const hand& h, std::string_view x) { return number_of(h.who)->sign(crypto::digest(digest_algorithm::sha512, x)).value(); }));
  add("RSA with SHA-512, SHA-256 declared", "wrong_signature_hash", {family::rsa, layout::wsse_a},
      signing([](const hand& h, std::string_view x) { return h.who.key.sign(signature_algorithm::rsa_sha512, x).value(); }));
  add("SignedInfo signed as it stands", "raw_octets", {family::rsa, layout::wsse_a},
      over_info([](const xml::document& d, xml::element info, auto) {
        const auto at = xml::extent_of(d, info).value();
        return d.source()->substr(at.begin, at.end - at.begin);
      }));
  const auto formed = [](bool exclusive) {
    return [exclusive](const xml::document&, xml::element info, std::string) {
      xml::c14n_options o;
      o.exclusive = exclusive;
      xml::string_sink sink;
      if (!xml::canonicalize(info, o, sink)) throw std::logic_error("no canonical form");
      return sink.text;
    };
  };
  add("SignedInfo canonicalized inclusively, exclusive declared", "inclusive_instead_of_exclusive", {family::gost2004, layout::wsse_a},
      over_info(formed(false)));
  add("SignedInfo canonicalized exclusively, inclusive declared", "exclusive_instead_of_inclusive", {family::gost512, layout::enveloped},
      over_info(formed(true)));
  habits spaced;
  spaced.after = [](std::string text) {
    const std::size_t begin = text.find("<ds:SignedInfo"), end = text.find("</ds:SignedInfo>");
    std::string info = text.substr(begin, end - begin);
    for (std::size_t at = info.find("><"); at != std::string::npos; at = info.find("><", at + 2)) info.insert(at + 1, "\n");
    return text.substr(0, begin) + info + "\n" + text.substr(end);
  };
  add("SignedInfo pretty-printed on the way", "reindented_after_signing", {family::gost512, layout::wsse_a}, spaced);
  add("SignedInfo signed with a line feed at the end", "trailing_newline", {family::rsa, layout::wsse_a},
      over_info([](const auto&, auto, std::string right) { return right + "\n"; }));
  for (const family f : {family::rsa, family::gost512, family::gost2004})
    add("signed with another key than the certificate's", "certificate_of_another_key", {f, layout::wsse_a},
        signing([f](const hand& h, std::string_view x) { return stranger_of(f).who.key.sign(h.algorithm, x).value(); }));
  add("SignedInfo signed before its digest was filled in", "digest_replaced_after_signing", {family::gost2004, layout::wsse_a},
      over_info([](const auto&, auto, std::string right) {
        const std::size_t begin = right.find("<ds:DigestValue>") + 16;
        return right.replace(begin, right.find("</ds:DigestValue>") - begin, "");
      }));
  add("the digest signed in place of SignedInfo", "data_signed_instead_of_signed_info", {family::rsa, layout::enveloped},
      over_info([](const auto&, xml::element info, auto) {
        return from_base64(xml::text_of(info.child({ns::ds, "Reference"}).child({ns::ds, "DigestValue"}))).value();
      }));
  add("the Body signed in place of SignedInfo", "data_signed_instead_of_signed_info", {family::gost512, layout::wsse_a},
      over_info([](const xml::document& d, auto, auto) {
        return canonical_octets(d, by_id(d.root(), "#id-1"), std::string(eds::uri::exc_c14n), false, {});
      }));
  return out;
}

}  // namespace shep::forensics::test
