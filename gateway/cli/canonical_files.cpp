#include "cli/canonical_files.hpp"

#include "cli/output.hpp"

#include <charconv>
#include <filesystem>

namespace shep::cli {
namespace {

/// Counted from 0; `reference` is not read when SignedInfo is meant.
struct chosen_form {
  std::size_t signature = 0, reference = 0;
  bool signed_info = false;
};

result<void> no_such(const std::string& which) {
  return problem(problems::usage, "there is no canonical form '" + which + "' in this document", "--reference",
                 "S.R for signature and reference counted from 1, or S.info for SignedInfo");
}

std::optional<std::size_t> counted(std::string_view text) {
  std::size_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error != std::errc() || end != text.data() + text.size() || n == 0) return std::nullopt;
  return n - 1;
}

chosen_form first_that_fails(const eds::report& r) {
  for (std::size_t s = 0; s < r.signatures.size(); ++s)
    for (std::size_t i = 0; i < r.signatures[s].references.size(); ++i)
      if (!r.signatures[s].references[i].matches) return {s, i};
  return {};
}

result<chosen_form> choose(const eds::report& r, const std::string& which) {
  if (which.empty()) return first_that_fails(r);
  const std::size_t dot = which.find('.');
  const auto signature = counted(which.substr(0, dot));
  if (dot == std::string::npos || !signature || *signature >= r.signatures.size()) return no_such(which).error();
  const std::string rest = which.substr(dot + 1);
  if (rest == "info") return chosen_form{*signature, 0, true};
  const auto reference = counted(rest);
  if (!reference || *reference >= r.signatures[*signature].references.size()) return no_such(which).error();
  return chosen_form{*signature, *reference};
}

bool stands_in(xml::element root, xml::element at) {
  for (xml::element e = at; e; e = e.parent())
    if (e == root) return true;
  return false;
}

/// The document that a signature of the report stands in: the last signatures are those of documents carried as text.
const xml::document* document_of(const judged& j, std::size_t signature) {
  const xml::element at = j.report.signatures[signature].location.element;
  for (const auto& inner : j.inner)
    if (stands_in(inner->root(), at)) return inner.get();
  return j.document ? &*j.document : nullptr;
}

}  // namespace

result<void> store_references(const eds::report& r, const std::string& folder) {
  std::error_code made;
  std::filesystem::create_directories(folder, made);
  if (made) return problem(problems::environment, "the folder '" + folder + "' cannot be made: " + made.message(), "--store-references");
  int signature = 0;
  for (const eds::signature_report& s : r.signatures) {
    int reference = 0;
    ++signature;
    for (const eds::reference_report& line : s.references) {
      const std::string name = "signature-" + std::to_string(signature) + "-reference-" + std::to_string(++reference) + ".xml";
      if (const auto ok = emit(line.canonical, (std::filesystem::path(folder) / name).string()); !ok) return ok;
    }
  }
  return {};
}

result<forensics::comparison> compare_with(const judged& j, const std::string& their_file, const std::string& which) {
  const auto theirs = take_input(their_file);
  if (!theirs) return theirs.error();
  if (j.report.signatures.empty()) return no_such(which.empty() ? "1.1" : which).error();
  const auto form = choose(j.report, which);
  if (!form) return form.error();
  const xml::document* document = document_of(j, form->signature);
  if (document == nullptr) return no_such(which.empty() ? "1.1" : which).error();
  const forensics::mapped_canonical ours = form->signed_info
                                               ? forensics::canonical_signed_info(*document, j.report, form->signature)
                                               : forensics::canonical_of(*document, j.report, form->signature, form->reference);
  if (ours.octets.empty()) return no_such(which.empty() ? "1.1" : which).error();
  return forensics::compare_canonical(ours, **theirs);
}

}  // namespace shep::cli
