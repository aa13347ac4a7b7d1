#include "xml/c14n.hpp"

#include "xml/c14n_walk.hpp"
#include "xml/tree.hpp"

namespace shep::xml {

result<void> canonicalize(element apex, const c14n_options& options, octet_sink& sink) {
  const whole_subtree nodes{pugi::xml_node(options.omit.handle())};
  canonical_walk walk(options, nodes, sink);
  return walk.subtree(pugi::xml_node(apex.handle()));
}

result<void> canonicalize(const document& d, const c14n_options& options, octet_sink& sink) {
  if (!d.root()) return problem(problems::xml_canonicalization, "there is no document to canonicalize");
  const whole_subtree nodes{pugi::xml_node(options.omit.handle())};
  canonical_walk walk(options, nodes, sink);
  return walk.document(document_access::top(d));
}

}  // namespace shep::xml
