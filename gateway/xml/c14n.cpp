#include "xml/c14n.hpp"

#include "xml/c14n_walk.hpp"
#include "xml/tree.hpp"

namespace shep::xml {

namespace {

/// Runs `walk` over the node set that the options name.
template <class Walk>
result<void> over(const c14n_options& options, octet_sink& sink, const Walk& walk) {
  if (options.also_omit.empty()) {
    const whole_subtree nodes{pugi::xml_node(options.omit.handle())};
    canonical_walk walker(options, nodes, sink);
    return walk(walker);
  }
  std::vector<element> all = options.also_omit;
  if (options.omit) all.push_back(options.omit);
  const subtree_without_several nodes{all};
  canonical_walk walker(options, nodes, sink);
  return walk(walker);
}

}  // namespace

result<void> canonicalize(element apex, const c14n_options& options, octet_sink& sink) {
  return over(options, sink, [&](auto& walker) { return walker.subtree(pugi::xml_node(apex.handle())); });
}

result<void> canonicalize(const document& d, const c14n_options& options, octet_sink& sink) {
  if (!d.root()) return problem(problems::xml_canonicalization, "there is no document to canonicalize");
  return over(options, sink, [&](auto& walker) { return walker.document(document_access::top(d)); });
}

}  // namespace shep::xml
