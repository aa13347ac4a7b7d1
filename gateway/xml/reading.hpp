#pragma once

#include "xml/encoding.hpp"
#include "xml/expat_parser.hpp"
#include "xml/limits.hpp"
#include "xml/tree_writer.hpp"

#include <optional>
#include <string>
#include <vector>

/// Private to module xml.
namespace shep::xml {

/// One pass of expat over a whole document: every event is held against the limits, then written for the tree.
/// The first refusal stops the parser; nothing is opened, fetched or expanded on the way.
class reading {
 public:
  reading(const expat_parser& parser, const limits& allowed, encoding_form form, std::string& out);

  /// To be called once.
  result<void> read(std::string_view bytes);

  const usage& used() const { return used_; }

 private:
  void listen();
  void declaration(const char* version, const char* encoding);
  void doctype();
  void start_namespace(const char* prefix, const char* uri);
  void start_element(const char* name, const char** attributes);
  void end_element(const char* name);
  void characters(std::string_view piece);
  void aside(std::string_view words, std::string_view target);  ///< comment (no target) or instruction
  void within(std::size_t value, std::size_t most, std::string_view what);
  void refuse(const problem_code& code, std::string detail, std::string hint);
  problem failure(std::string_view bytes) const;

  const expat_parser& parser_;
  const limits& allowed_;
  encoding_form form_;
  tree_writer writer_;
  usage used_;
  std::string declarations_text_;  ///< namespace declarations come before their element
  std::size_t declarations_ = 0;
  std::size_t declarations_in_scope_ = 0;
  std::vector<std::size_t> open_elements_;  ///< attributes of each
  std::size_t open_attributes_ = 0;
  bool in_cdata_ = false;
  std::optional<problem> refusal_;
};

}  // namespace shep::xml
