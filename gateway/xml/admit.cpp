#include "xml/document.hpp"
#include "xml/encoding.hpp"
#include "xml/problems.hpp"
#include "xml/reading.hpp"
#include "xml/tree.hpp"

#include <stdexcept>

namespace shep::xml {
namespace {

// The text of a reading lies here first, then in a block of its exact size; one block for each thread serves small documents.
constexpr std::size_t largest_scratch = 256 << 10;

std::string& scratch() {
  thread_local std::string text;
  return text;
}

std::string take_scratch() {
  std::string& text = scratch();
  if (text.capacity() > largest_scratch) return std::exchange(text, std::string());
  return std::string(text);
}

}  // namespace

void build_in_place(pugi::xml_document& nodes, std::string& text) {
  constexpr unsigned flags = pugi::parse_pi | pugi::parse_comments | pugi::parse_cdata | pugi::parse_escapes | pugi::parse_ws_pcdata;
  const pugi::xml_parse_result built = nodes.load_buffer_inplace(text.data(), text.size(), flags, pugi::encoding_utf8);
  if (!built) throw std::logic_error(std::string("pugixml does not read what the tree writer wrote: ") + built.description());
}

result<document> admit(shared_bytes bytes, const limits& allowed, std::string_view transport_charset) {
  if (!bytes) bytes = share({});
  const auto form = form_of_octets(*bytes);
  if (!form) return form.error();
  if (const auto whole = check_units(*bytes, *form); !whole) return whole.error();
  if (!transport_charset.empty() && !agrees(transport_charset, *form)) {
    return encoding_refused(transport_charset, *form, "the transport (charset of Content-Type)", "line 1, column 1, byte 0");
  }

  std::string& text = scratch();
  text.clear();
  const expat_parser parser(bytes->size());
  reading pass(parser, allowed, *form, text);
  if (const auto read = pass.read(*bytes); !read) return read.error();

  document d;
  d.tree_ = std::make_unique<document::tree>();
  d.tree_->source = std::move(bytes);
  d.tree_->text = take_scratch();
  d.tree_->used = pass.used();
  build_in_place(d.tree_->nodes, d.tree_->text);
  return d;
}

limits remaining(limits whole, const usage& spent) {
  whole.elements -= std::min(whole.elements, spent.elements);
  whole.attributes -= std::min(whole.attributes, spent.attributes);
  whole.comments_and_instructions -= std::min(whole.comments_and_instructions, spent.comments_and_instructions);
  return whole;
}

}  // namespace shep::xml
