#include "xml/document.hpp"

#include "xml/expat_parser.hpp"
#include "xml/tree.hpp"

namespace shep::xml {

document::document() = default;
document::document(document&&) noexcept = default;
document& document::operator=(document&&) noexcept = default;
document::~document() = default;

element document::root() const { return tree_ ? element(tree_->nodes.document_element().internal_object()) : element(); }

const shared_bytes& document::source() const {
  static const shared_bytes nothing = share({});
  return tree_ ? tree_->source : nothing;
}

const usage& document::used() const {
  static const usage nothing;
  return tree_ ? tree_->used : nothing;
}

namespace {

/// Counts start tags in document order until the wanted one; the tree and the source have the same elements in the same order.
struct position_search {
  const expat_parser& parser;
  std::size_t wanted;
  position found;

  void start() {
    if (wanted-- != 0) return;
    found = parser.here();
    XML_StopParser(parser.get(), XML_FALSE);
  }
};

}  // namespace

position document::position_of(element e) const {
  std::size_t before = 0;
  element at = root();
  for (; at && !(at == e); at = at.next_in_document(root())) ++before;
  if (!at) return {};
  const expat_parser parser(source()->size());
  position_search count{parser, before, {}};
  XML_SetUserData(parser.get(), &count);
  XML_SetStartElementHandler(parser.get(), [](void* user, const char*, const char**) { static_cast<position_search*>(user)->start(); });
  XML_Parse(parser.get(), source()->data(), static_cast<int>(source()->size()), XML_TRUE);
  return count.found;
}

}  // namespace shep::xml
