#include "crypto/pkcs12_container.hpp"

#include "core/bytes.hpp"
#include "crypto/key.hpp"
#include "crypto/openssl.hpp"
#include "crypto/pkcs12_stacks.hpp"
#include "crypto/problems.hpp"

#include <memory>
#include <optional>

#include <openssl/err.h>
#include <openssl/provider.h>
#include <openssl/x509.h>

namespace shep::crypto {
namespace {

constexpr std::size_t largest_container = 1024 * 1024;
constexpr int most_parts = 16;
constexpr std::size_t most_certificates = 32;
constexpr std::size_t longest_password = 1024;

problem bad_format(std::string detail, std::string hint = {}) { return {problems::pkcs12_format, std::move(detail), "", std::move(hint)}; }

/// A library context of our own with the legacy algorithms, so that 40-bit RC2 (which the NCA's containers use for certificates) becomes
/// available here and nowhere else in the process. Made at the first container, kept to the end.
struct legacy_library {
  OSSL_LIB_CTX* context = OSSL_LIB_CTX_new();
  bool legacy_available = false;

  legacy_library() {
    OSSL_PROVIDER_load(context, "default");
    legacy_available = OSSL_PROVIDER_load(context, "legacy") != nullptr;
    ERR_clear_error();
  }

  static const legacy_library& instance() {
    static const legacy_library library;
    return library;
  }
};

/// OpenSSL's PKCS#12 functions take their algorithms from the thread's default context; this changes it for one scope.
class use_legacy_library {
 public:
  use_legacy_library() : before_(OSSL_LIB_CTX_set0_default(legacy_library::instance().context)) {}
  use_legacy_library(const use_legacy_library&) = delete;
  use_legacy_library& operator=(const use_legacy_library&) = delete;
  ~use_legacy_library() { OSSL_LIB_CTX_set0_default(before_); }

 private:
  OSSL_LIB_CTX* before_;
};

/// Takes the rounds of one key derivation from what is left; false when they are none or too many.
bool pay(const ASN1_INTEGER* iterations, std::int64_t& left) {
  std::int64_t n = 1;
  if (iterations != nullptr && ASN1_INTEGER_get_int64(&n, iterations) != 1) return false;
  if (n < 1 || n > left) return false;
  left -= n;
  return true;
}

problem too_many_iterations() {
  return bad_format("the container asks for more than 2^20 iterations in all its parts together, or for none",
                    "several containers of one request share the 2^20");
}

/// PBMAC1 (RFC 9579) has an iteration count of its own, which newer libraries would follow.
bool plain_digest(const X509_ALGOR* algorithm) {
  const ASN1_OBJECT* oid = nullptr;
  X509_ALGOR_get0(&oid, nullptr, nullptr, algorithm);
  const int nid = OBJ_obj2nid(oid);
  return nid == NID_sha1 || nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512;
}

bool is_pkcs12_pbe(int nid) {
  return nid == NID_pbe_WithSHA1And3_Key_TripleDES_CBC || nid == NID_pbe_WithSHA1And2_Key_TripleDES_CBC ||
         nid == NID_pbe_WithSHA1And40BitRC2_CBC || nid == NID_pbe_WithSHA1And128BitRC2_CBC || nid == NID_pbe_WithSHA1And40BitRC4 ||
         nid == NID_pbe_WithSHA1And128BitRC4;
}

/// Refuses an encryption whose key derivation is not known or would take too long, before a single round is run (C12).
std::optional<problem> check_encryption(const X509_ALGOR* algorithm, std::int64_t& left) {
  const ASN1_OBJECT* oid = nullptr;
  int type = V_ASN1_UNDEF;
  const void* parameter = nullptr;
  X509_ALGOR_get0(&oid, &type, &parameter, algorithm);
  const int nid = OBJ_obj2nid(oid);
  const problem unknown = bad_format("the container is encrypted in a way that is not supported (" + std::string(OBJ_nid2sn(nid)) + ")");
  if (type != V_ASN1_SEQUENCE) return unknown;
  const auto* sequence = static_cast<const ASN1_STRING*>(parameter);
  if (is_pkcs12_pbe(nid)) {
    const openssl::owned<PBEPARAM, PBEPARAM_free> pbe(static_cast<PBEPARAM*>(ASN1_item_unpack(sequence, ASN1_ITEM_rptr(PBEPARAM))));
    if (!pbe) return unknown;
    if (!pay(pbe->iter, left)) return too_many_iterations();
    return std::nullopt;
  }
  if (nid != NID_pbes2) return unknown;
  const openssl::owned<PBE2PARAM, PBE2PARAM_free> pbes2(static_cast<PBE2PARAM*>(ASN1_item_unpack(sequence, ASN1_ITEM_rptr(PBE2PARAM))));
  if (!pbes2) return unknown;
  X509_ALGOR_get0(&oid, &type, &parameter, pbes2->keyfunc);
  if (OBJ_obj2nid(oid) != NID_id_pbkdf2 || type != V_ASN1_SEQUENCE) return unknown;
  const openssl::owned<PBKDF2PARAM, PBKDF2PARAM_free> pbkdf2(
      static_cast<PBKDF2PARAM*>(ASN1_item_unpack(static_cast<const ASN1_STRING*>(parameter), ASN1_ITEM_rptr(PBKDF2PARAM))));
  if (!pbkdf2) return unknown;
  if (!pay(pbkdf2->iter, left)) return too_many_iterations();
  return std::nullopt;
}

/// Decryption failed although the MAC was right: an algorithm is missing here, or the container is broken inside.
problem cannot_decrypt() {
  const std::string reason = openssl::newest_error();
  if (legacy_library::instance().legacy_available) return bad_format("a part of the container cannot be decrypted: " + reason);
  return bad_format(
      "a part of the container cannot be decrypted: " + reason,
      "this container may use old algorithms (RC2-40): install OpenSSL's legacy provider (legacy.so of the package libssl3), or write the "
      "container anew with openssl pkcs12 -legacy on another machine");
}

class opening {
 public:
  opening(PKCS12* container, std::string_view password, std::int64_t& iterations_left)
      : container_(container), password_(password), left_(iterations_left) {}
  opening(const opening&) = delete;
  opening& operator=(const opening&) = delete;
  ~opening() {
    cleanse(password_);
    cleanse(content_.key);
  }

  result<pkcs12_content> run() {
    if (const result<void> mac = check_mac(); !mac) return mac.error();
    const safes_ptr safes(PKCS12_unpack_authsafes(container_));
    if (!safes) return bad_format("the container's content is not a sequence of safes");
    if (sk_PKCS7_num(safes.get()) > most_parts) return bad_format("the container has more than 16 safes");
    for (int i = 0; i < sk_PKCS7_num(safes.get()); ++i) {
      if (const result<void> read = read_safe(sk_PKCS7_value(safes.get(), i)); !read) return read.error();
    }
    if (keys_ == 0) return bad_format("the container holds no private key");
    return std::move(content_);
  }

 private:
  const char* pass() const { return absent_password_ ? nullptr : password_.data(); }
  int pass_length() const { return absent_password_ ? 0 : static_cast<int>(password_.size()); }

  result<void> check_mac() {
    if (PKCS12_mac_present(container_) != 1) {
      return bad_format("the container has no MAC, so that neither the password nor its integrity can be checked");
    }
    const ASN1_INTEGER* iterations = nullptr;
    const X509_ALGOR* algorithm = nullptr;
    PKCS12_get0_mac(nullptr, &algorithm, nullptr, &iterations, container_);
    if (!plain_digest(algorithm)) {
      return bad_format("the container's MAC is made in a way that is not supported", "write the container with a SHA-1 or SHA-2 MAC");
    }
    if (!pay(iterations, left_)) return too_many_iterations();
    if (PKCS12_verify_mac(container_, pass(), pass_length()) == 1) return {};
    // "No password" and "a password of no characters" are two things in PKCS#12, and one to people.
    absent_password_ = password_.empty();
    if (absent_password_ && !pay(iterations, left_)) return too_many_iterations();
    if (absent_password_ && PKCS12_verify_mac(container_, pass(), pass_length()) == 1) return {};
    const unsigned long error = ERR_peek_last_error();
    if (ERR_GET_LIB(error) == ERR_LIB_PKCS12 && ERR_GET_REASON(error) != PKCS12_R_MAC_VERIFY_FAILURE && error != 0) {
      return bad_format("the container's MAC cannot be computed: " + openssl::newest_error());
    }
    return problem(problems::pkcs12_password, "the password does not open the container, or the container was altered", "",
                   "check the password; spaces and the line end of a password file count");
  }

  result<void> read_safe(PKCS7* safe) {
    bags_ptr bags;
    if (PKCS7_type_is_data(safe)) {
      bags.reset(PKCS12_unpack_p7data(safe));
      if (!bags) return bad_format("a safe of the container is malformed");
    } else if (PKCS7_type_is_encrypted(safe)) {
      const PKCS7_ENCRYPT* encrypted = safe->d.encrypted;
      if (encrypted == nullptr || encrypted->enc_data == nullptr) return bad_format("an encrypted safe of the container is empty");
      if (const auto refused = check_encryption(encrypted->enc_data->algorithm, left_)) return *refused;
      bags.reset(PKCS12_unpack_p7encdata(safe, pass(), pass_length()));
      if (!bags) return cannot_decrypt();
    } else {
      return bad_format("a safe of the container is neither plain nor encrypted by password");
    }
    for (int i = 0; i < sk_PKCS12_SAFEBAG_num(bags.get()); ++i) {
      if (const result<void> read = read_bag(sk_PKCS12_SAFEBAG_value(bags.get(), i)); !read) return read.error();
    }
    return {};
  }

  result<void> read_bag(const PKCS12_SAFEBAG* bag) {
    switch (PKCS12_SAFEBAG_get_nid(bag)) {
      case NID_keyBag: return keep_key(bag, PKCS12_SAFEBAG_get0_p8inf(bag));
      case NID_pkcs8ShroudedKeyBag: return read_shrouded_key(bag);
      case NID_certBag: return keep_certificate(bag);
      default: return {};  // revocation lists, secrets, nested safes: nothing a signer needs
    }
  }

  result<void> read_shrouded_key(const PKCS12_SAFEBAG* bag) {
    const X509_ALGOR* algorithm = nullptr;
    const ASN1_OCTET_STRING* octets = nullptr;
    const X509_SIG* shrouded = PKCS12_SAFEBAG_get0_pkcs8(bag);
    if (shrouded == nullptr) return bad_format("a key of the container is malformed");
    X509_SIG_get0(shrouded, &algorithm, &octets);
    if (const auto refused = check_encryption(algorithm, left_)) return *refused;
    if (keys_ != 0) return several_keys();
    const key_info_ptr info(PKCS12_decrypt_skey(bag, pass(), pass_length()));
    if (!info) return cannot_decrypt();
    return keep_key(bag, info.get());
  }

  static problem several_keys() {
    return bad_format("the container holds several private keys, and a signer needs one",
                      "export the wanted key into a container of its own");
  }

  result<void> keep_key(const PKCS12_SAFEBAG* bag, const PKCS8_PRIV_KEY_INFO* info) {
    if (++keys_ > 1) return several_keys();
    content_.alias = alias_of(bag);
    unsigned char* der = nullptr;
    const int size = info == nullptr ? -1 : i2d_PKCS8_PRIV_KEY_INFO(info, &der);
    if (size <= 0) return bad_format("the key of the container is malformed");
    content_.key.assign(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_clear_free(der, static_cast<std::size_t>(size));
    return {};
  }

  /// What Java's key stores call the entry: friendlyName, else localKeyID in hex. Unauthenticated by the key, covered by the MAC.
  static std::string alias_of(const PKCS12_SAFEBAG* bag) {
    constexpr std::size_t longest = 255;
    std::string alias;
    const std::unique_ptr<char, void (*)(char*)> name(PKCS12_get_friendlyname(const_cast<PKCS12_SAFEBAG*>(bag)),
                                                      [](char* text) { OPENSSL_free(text); });
    if (name) alias = name.get();
    const ASN1_TYPE* id = PKCS12_SAFEBAG_get0_attr(bag, NID_localKeyID);
    if (alias.empty() && id != nullptr && id->type == V_ASN1_OCTET_STRING)
      alias =
          to_hex({reinterpret_cast<const char*>(id->value.octet_string->data), static_cast<std::size_t>(id->value.octet_string->length)});
    return alias.size() <= longest && is_utf8(alias) ? alias : std::string();
  }

  result<void> keep_certificate(const PKCS12_SAFEBAG* bag) {
    if (PKCS12_SAFEBAG_get_bag_nid(bag) != NID_x509Certificate) return {};
    if (content_.certificates.size() == most_certificates) return bad_format("the container holds more than 32 certificates");
    const openssl::owned<X509, X509_free> cert(PKCS12_SAFEBAG_get1_cert(bag));
    unsigned char* der = nullptr;
    const int size = cert ? i2d_X509(cert.get(), &der) : -1;
    if (size <= 0) return bad_format("a certificate of the container is malformed");
    content_.certificates.emplace_back(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return {};
  }

  PKCS12* container_;
  std::string password_;
  std::int64_t& left_;
  bool absent_password_ = false;
  int keys_ = 0;
  pkcs12_content content_;
};

}  // namespace

result<pkcs12_content> open_pkcs12(std::string_view der, std::string_view password, std::int64_t& iterations_left) {
  if (der.size() > largest_container) return bad_format("the container is larger than 1 MiB");
  if (password.size() > longest_password) return problem(problems::pkcs12_password, "the password is longer than 1024 octets");
  const openssl::error_scope errors;
  const use_legacy_library legacy;
  const unsigned char* at = openssl::octets(der.data());
  const container_ptr container(d2i_PKCS12(nullptr, &at, static_cast<long>(der.size())));
  if (!container)
    return bad_format("this is not a PKCS#12 container: " + openssl::newest_error(), "a container is a .p12 or .pfx file, not PEM text");
  if (at != openssl::octets(der.data()) + der.size()) return bad_format("octets follow after the end of the container");
  return opening(container.get(), password, iterations_left).run();
}

}  // namespace shep::crypto
