#pragma once

#include "core/result.hpp"
#include "xml/document.hpp"

#include <string>
#include <vector>

namespace shep::xml {

/// Where canonical octets go: a digest, a string. Called with pieces of any size, in order.
class octet_sink {
 public:
  virtual ~octet_sink() = default;
  virtual void write(std::string_view octets) = 0;
};

class string_sink final : public octet_sink {
 public:
  void write(std::string_view octets) override { text.append(octets); }
  std::string text;
};

/// One namespace declaration: prefix ("" for the default namespace) and name.
struct declaration {
  std::string_view prefix;
  std::string_view space;
};

/// Where in the canonical octets an element begins or has ended.
struct element_mark {
  element where;
  std::size_t offset = 0;
  bool begins = true;
};

struct c14n_options {
  bool exclusive = true;  ///< Exclusive XML Canonicalization 1.0, else Canonical XML 1.0
  bool with_comments = false;
  std::vector<std::string> inclusive_prefixes;  ///< InclusiveNamespaces PrefixList, "#default" for the default namespace; exclusive only
  element omit;                                 ///< enveloped-signature: this element (and nothing else) is left out
  std::vector<element> also_omit;               ///< beside `omit`: signatures that were added after the one being judged; few
  element root;                                 ///< when set: the apex or an ancestor of it that counts as root of a document of its own
  std::vector<element_mark>* marks = nullptr;   ///< when set: gets a mark for both ends of every element written, in order
  std::vector<declaration> rendered;            ///< exclusive only: what the output around the apex has declared already
};

/// Canonical form of the subtree at `apex`, with the context its ancestors give it. Iterative, linear in the size of the subtree
/// and its context. Errors (problems::xml_canonicalization): relative namespace URIs; a prefix bound outside of `root` (a
/// default namespace bound outside does not apply); nothing left to write. After an error what the sink has received means nothing.
result<void> canonicalize(element apex, const c14n_options&, octet_sink&);

/// The same for a whole document, with comments and instructions beside the root.
result<void> canonicalize(const document&, const c14n_options&, octet_sink&);

}  // namespace shep::xml
