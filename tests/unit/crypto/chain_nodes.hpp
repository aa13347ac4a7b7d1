#pragma once

#include "crafted.hpp"
#include "crypto/trust.hpp"

#include <string>
#include <utility>
#include <vector>

/// The three certificates of most chain tests: leaf below middle below root, each easily bent.
namespace shep::crypto::crafted {

/// A certificate named `subject` with key `number`, issued by `issuer` with key `issuer_number`.
struct node {
  std::string subject;
  std::size_t number;
  std::string issuer;
  std::size_t issuer_number;
  bool ca = true;
  std::string extensions = ca ? basic_constraints() + key_usage(may_sign_certificates) : "";
  std::string not_before = asn1::write_time(at(2020));
  std::string not_after = asn1::write_time(at(2040));

  parts as_parts() const {
    parts p;
    p.subject = common_name(subject);
    p.issuer = common_name(issuer);
    p.spki = key(number).public_key().spki();
    p.extensions = extensions;
    p.not_before = not_before;
    p.not_after = not_after;
    p.serial = asn1::write_small(1000 + number);
    return p;
  }
  certificate make() const { return as_parts().decoded(key(issuer_number)).value(); }
};

inline node root() { return {"root", 1, "root", 1}; }
inline node middle() { return {"middle", 2, "root", 1}; }
inline node leaf() { return {"leaf", 3, "middle", 2, false}; }
inline const time_point now = at(2030);

inline trust_store store(std::vector<certificate> anchors, std::vector<certificate> intermediates = {}) {
  trust_store::contents c;
  c.anchors = std::move(anchors);
  c.intermediates = std::move(intermediates);
  return trust_store(std::move(c));
}

}  // namespace shep::crypto::crafted
