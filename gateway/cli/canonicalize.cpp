#include "cli/output.hpp"
#include "eds/algorithms.hpp"
#include "eds/id_attributes.hpp"
#include "xml/c14n.hpp"

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

struct canonicalize_options {
  std::string file;
  std::string method = "exclusive";
  std::string id;
  std::vector<std::string> prefixes;
};

/// "exclusive", "inclusive", either with "-with-comments", or the identifier of a canonicalization method.
result<xml::c14n_options> options_for(const canonicalize_options& o) {
  xml::c14n_options out;
  out.inclusive_prefixes = o.prefixes;
  if (const auto method = eds::find_c14n_method(o.method)) {
    out.exclusive = method->exclusive;
    out.with_comments = method->with_comments;
    return out;
  }
  std::string_view word = o.method;
  out.with_comments = word.ends_with("-with-comments");
  if (out.with_comments) word.remove_suffix(std::string_view("-with-comments").size());
  if (word != "exclusive" && word != "inclusive")
    return problem(problems::usage, "'" + o.method + "' is not a canonicalization method", "--method",
                   "exclusive, inclusive, either with -with-comments, or a method's identifier");
  out.exclusive = word == "exclusive";
  return out;
}

int canonicalize(const canonicalize_options& o) {
  const auto bytes = take_input(o.file);
  if (!bytes) return complain(bytes.error());
  const auto options = options_for(o);
  if (!options) return complain(options.error());
  const auto document = xml::admit(*bytes);
  if (!document) return complain(document.error());
  xml::string_sink out;
  result<void> done;
  if (o.id.empty()) {
    done = xml::canonicalize(*document, *options, out);
  } else {
    const auto found = eds::elements_with_id(document->root(), o.id);
    if (found.size() != 1)
      return complain(problem(problems::usage,
                              std::to_string(found.size()) + " elements carry the id '" + o.id + "'; exactly one is expected", "--id"));
    done = xml::canonicalize(found.front(), *options, out);
  }
  if (!done) return complain(done.error());
  const auto written = emit(out.text);
  return written ? passed : complain(written.error());
}

}  // namespace

void add_canonicalize(CLI::App& program, action& chosen) {
  auto options = std::make_shared<canonicalize_options>();
  CLI::App* command = program.add_subcommand("canonicalize", "print the canonical octets of a document or of one element");
  command->add_option("FILE", options->file, "the file, or - for standard input")->required();
  command->add_option("--method", options->method, "exclusive, inclusive, either with -with-comments, or a method's identifier")
      ->capture_default_str();
  command->add_option("--id", options->id, "only the element that carries this id");
  command->add_option("--prefix", options->prefixes, "InclusiveNamespaces prefix (repeatable; #default for the default namespace)");
  command->callback([options, &chosen] { chosen = [options] { return canonicalize(*options); }; });
}

}  // namespace shep::cli
