#include "eds/document_signatures.hpp"

#include "eds/problems.hpp"

#include <algorithm>

namespace shep::eds {

result<void> check_last_children(xml::element parent, const std::vector<xml::element>& signatures) {
  if (signatures.size() > most_signatures)
    return problem(problems::signature_constraints, "more than eight signatures in one document", signatures[most_signatures].xpath());
  const auto children = parent.children();
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    const xml::element there = children[children.size() - signatures.size() + i];
    if (there == signatures[i] && !there.followed_by_text()) continue;
    return problem(problems::signature_constraints,
                   "ds:Signature must be the last child of the signed document, behind it stand only later signatures",
                   signatures[i].xpath(), "put nothing behind a signature: add elements before signing");
  }
  return {};
}

std::vector<xml::element> signatures_at_end(xml::element parent) {
  auto children = parent.children();
  std::vector<xml::element> found;
  for (; !children.empty() && children.back().is({xml::ns::ds, "Signature"}) && !children.back().followed_by_text(); children.pop_back())
    found.push_back(children.back());
  return found;
}

document_verification judge_last_first(const std::vector<xml::element>& signatures, const checking& with,
                                       const std::function<judged(xml::element, const std::vector<xml::element>&)>& judge_one) {
  std::vector<judged> all;
  std::vector<xml::element> later;
  for (auto node = signatures.rbegin(); node != signatures.rend(); ++node) {
    all.push_back(judge_one(*node, later));
    later.push_back(*node);
  }
  std::reverse(all.begin(), all.end());
  return put_together(std::move(all), with);
}

}  // namespace shep::eds
