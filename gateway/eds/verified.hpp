#pragma once

#include "core/result.hpp"
#include "crypto/certificate.hpp"
#include "xml/document.hpp"

#include <optional>
#include <vector>

namespace shep::eds {

/// A message that may be read. It gives access to soap:Body only: the part that the signature covers. There is no other way from a
/// received document to a request, so nothing unsigned can be believed. Views into the document, which must outlive it.
class verified {
 public:
  enum class assurance { signature, accepted_unsigned };

  xml::element body() const { return body_; }
  assurance how() const { return how_; }
  const std::optional<crypto::certificate>& signer() const { return signer_; }  ///< empty when accepted unsigned

 private:
  friend struct verified_maker;  // included by the doors: eds/verify_message.cpp, eds/conclude_revocation.cpp, eds/unsigned.cpp
  verified(xml::element body, assurance how, std::optional<crypto::certificate> signer)
      : body_(body), how_(how), signer_(std::move(signer)) {}
  xml::element body_;
  assurance how_;
  std::optional<crypto::certificate> signer_;
};

/// A message whose signature holds while nobody knows yet whether its certificates were revoked. It shows whom to ask about and nothing of
/// the message; only `conclude_revocation` makes it `verified`.
class awaiting_revocation {
 public:
  const std::vector<crypto::certificate>& chain() const { return chain_; }  ///< leaf first, anchor last

 private:
  friend struct verified_maker;
  awaiting_revocation(verified message, std::vector<crypto::certificate> chain) : message_(std::move(message)), chain_(std::move(chain)) {}
  verified message_;
  std::vector<crypto::certificate> chain_;
};

/// The second door, for services that take unsigned messages: believes a message that carries no signature at all. A message with any
/// ds:Signature in its header is refused here, so that this door cannot be used around a broken signature. The exchange records its use.
result<verified> accept_without_signature(const xml::document&);

}  // namespace shep::eds
