#pragma once

#include "xml/names.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pugi {
struct xml_node_struct;
}

namespace shep::xml {

/// One attribute that is not a namespace declaration. Views into the document.
struct attribute {
  std::string_view space;
  std::string_view prefix;
  std::string_view local;
  std::string_view value;
};

/// A light handle on one element of a document; valid while the document lives. Null when false; a null element answers every
/// question with nothing. Copying is free; reading from several threads is safe. Elements only: text is read by xml/text.hpp.
class element {
 public:
  element() = default;
  explicit element(pugi::xml_node_struct* handle) : handle_(handle) {}  ///< for module xml only

  explicit operator bool() const { return handle_ != nullptr; }
  friend bool operator==(element a, element b) { return a.handle_ == b.handle_; }

  std::string_view local_name() const;
  std::string_view prefix() const;
  std::string_view namespace_uri() const;  ///< walks the ancestors' declarations: O(depth)
  bool is(const name& n) const;            ///< same namespace and local name

  element parent() const;
  element first_child() const;
  element next_sibling() const;
  bool followed_by_text() const;                 ///< other text than white space stands between this element and the end of its parent
  element next_in_document(element apex) const;  ///< next in document order below `apex`; null at its end
  element child(const name& n) const;            ///< first child of that name
  std::vector<element> children() const;
  std::vector<element> children(const name& n) const;

  /// Value of the attribute (namespace, local); attributes without prefix have no namespace.
  std::optional<std::string_view> attribute_value(const name& n) const;
  std::vector<attribute> attributes() const;

  /// Does an attribute of one of these local names, in any namespace, have this value? Without looking namespaces up.
  bool has_attribute(std::span<const std::string_view> local_names, std::string_view value) const;

  /// Namespace URI bound to `prefix` here ("" asks for the default namespace); empty when unbound.
  std::string_view resolve_prefix(std::string_view prefix) const;

  std::string xpath() const;  ///< "/soap:Envelope[1]/soap:Body[1]", the document's own prefixes

  pugi::xml_node_struct* handle() const { return handle_; }  ///< for module xml only

 private:
  pugi::xml_node_struct* handle_ = nullptr;
};

}  // namespace shep::xml
