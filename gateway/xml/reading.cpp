#include "xml/reading.hpp"

#include "core/bytes.hpp"
#include "xml/problems.hpp"
#include "xml/raw_scan.hpp"

#include <climits>

namespace shep::xml {
namespace {

constexpr std::string_view smaller = "send a smaller document, or configure a larger limit";
constexpr std::string_view correct = "let the sender write XML with a library instead of joining strings";

reading& self(void* user) { return *static_cast<reading*>(user); }

}  // namespace

reading::reading(const expat_parser& parser, const limits& allowed, encoding_form form, std::string& out)
    : parser_(parser), allowed_(allowed), form_(form), writer_(out) {}

// Callbacks may still arrive after the parser was told to stop (an empty element ends); each asks for a refusal first.
void reading::listen() {
  const XML_Parser p = parser_.get();
  XML_SetUserData(p, this);
  XML_SetXmlDeclHandler(p, [](void* u, const char* version, const char* encoding, int) { self(u).declaration(version, encoding); });
  XML_SetStartDoctypeDeclHandler(p, [](void* u, const char*, const char*, const char*, int) { self(u).doctype(); });
  XML_SetNamespaceDeclHandler(
      p, [](void* u, const char* prefix, const char* uri) { self(u).start_namespace(prefix ? prefix : "", uri ? uri : ""); },
      [](void* u, const char*) { --self(u).declarations_in_scope_; });
  XML_SetElementHandler(
      p, [](void* u, const char* name, const char** attributes) { self(u).start_element(name, attributes); },
      [](void* u, const char* name) { self(u).end_element(name); });
  XML_SetCharacterDataHandler(p, [](void* u, const char* s, int n) { self(u).characters({s, static_cast<std::size_t>(n)}); });
  XML_SetCommentHandler(p, [](void* u, const char* words) { self(u).aside(words, {}); });
  XML_SetProcessingInstructionHandler(p, [](void* u, const char* target, const char* data) { self(u).aside(data, target); });
  XML_SetCdataSectionHandler(
      p,
      [](void* u) {
        self(u).in_cdata_ = true;
        self(u).writer_.start_cdata();
      },
      [](void* u) {
        self(u).in_cdata_ = false;
        self(u).writer_.end_cdata();
      });
}

result<void> reading::read(std::string_view bytes) {
  if (bytes.size() > allowed_.body || bytes.size() > INT_MAX) {
    return problem(
        problems::xml_limit,
        "the document has " + std::to_string(bytes.size()) + " octets, at most " + std::to_string(allowed_.body) + " are allowed",
        "line 1, column 1, byte 0", std::string(smaller));
  }
  const std::size_t widest = allowed_.attributes_per_element + allowed_.declarations_per_element;
  if (const auto at = find_wide_tag(bytes, form_, widest)) {
    return problem(problems::xml_limit,
                   "more than " + std::to_string(widest) + " attributes on one element; at most " +
                       std::to_string(allowed_.attributes_per_element) + " and " + std::to_string(allowed_.declarations_per_element) +
                       " namespace declarations are allowed",
                   to_string(position_at(bytes, form_, *at)), std::string(smaller));
  }
  listen();
  // The whole text at once: a token that arrives in small pieces is read again from its start each time.
  const XML_Status status = XML_Parse(parser_.get(), bytes.data(), static_cast<int>(bytes.size()), XML_TRUE);
  if (refusal_) return *refusal_;
  if (status != XML_STATUS_OK) return failure(bytes);
  return {};
}

void reading::declaration(const char* version, const char* encoding) {
  if (version && std::string_view(version) != "1.0") {
    const std::string shown = std::string(version).substr(0, 16);
    refuse(problems::xml_version, "the document declares XML " + shown + ", XML 1.0 was expected", "declare version=\"1.0\"");
  }
  if (!refusal_ && encoding && !agrees(encoding, form_)) {
    refusal_ = encoding_refused(encoding, form_, "the XML declaration", to_string(parser_.here()));
    XML_StopParser(parser_.get(), XML_FALSE);
  }
}

void reading::doctype() {
  refuse(problems::xml_doctype, "the document has a document type declaration", "remove <!DOCTYPE ...> and every entity it declares");
}

void reading::start_namespace(const char* prefix, const char* uri) {
  // Counted even after a refusal: the end of each declaration is still announced.
  ++declarations_in_scope_;
  if (refusal_) return;
  const std::string_view prefix_view(prefix), uri_view(uri);
  within(++declarations_, allowed_.declarations_per_element, "namespace declarations on one element");
  within(declarations_in_scope_, allowed_.declarations_in_scope, "namespace declarations in scope");
  within(uri_view.size(), allowed_.name, "octets in a namespace name");
  within(prefix_view.size(), allowed_.name, "octets in a namespace prefix");
  if (refusal_) return;
  tree_writer declaration(declarations_text_);
  if (prefix_view.empty()) {
    declaration.attribute({}, "xmlns", uri_view);
  } else {
    declaration.attribute("xmlns", prefix_view, uri_view);
  }
}

void reading::start_element(const char* name, const char** attributes) {
  if (refusal_) return;
  const expanded_name n = split_name(name);
  within(open_elements_.size() + 1, allowed_.depth, "nested elements");
  within(++used_.elements, allowed_.elements, "elements");
  within(n.prefix.size() + n.local.size(), allowed_.name, "octets in an element name");
  const auto count = static_cast<std::size_t>(XML_GetSpecifiedAttributeCount(parser_.get())) / 2;
  within(count, allowed_.attributes_per_element, "attributes on one element");
  within(used_.attributes += count, allowed_.attributes, "attributes");
  within(open_attributes_ += count, allowed_.attributes_on_open_elements, "attributes on an element and those around it");
  open_elements_.push_back(count);
  if (refusal_) return;
  writer_.start(n.prefix, n.local, declarations_text_);
  declarations_text_.clear();
  declarations_ = 0;
  for (const char** a = attributes; *a; a += 2) {
    const expanded_name attribute = split_name(a[0]);
    const std::string_view value(a[1]);
    within(attribute.prefix.size() + attribute.local.size(), allowed_.name, "octets in an attribute name");
    within(value.size(), allowed_.attribute_value, "octets in an attribute value");
    if (refusal_) return;
    writer_.attribute(attribute.prefix, attribute.local, value);
  }
}

void reading::end_element(const char* name) {
  if (refusal_) return;
  open_attributes_ -= open_elements_.back();
  open_elements_.pop_back();
  const expanded_name n = split_name(name);
  writer_.end(n.prefix, n.local);
}

void reading::characters(std::string_view piece) {
  if (refusal_) return;
  if (in_cdata_) {
    writer_.cdata(piece);
  } else {
    writer_.text(piece);
  }
}

void reading::aside(std::string_view words, std::string_view target) {
  if (refusal_) return;
  within(++used_.comments_and_instructions, allowed_.comments_and_instructions, "comments and processing instructions");
  within(target.size(), allowed_.name, "octets in the target of an instruction");
  if (refusal_) return;
  if (target.empty()) {
    writer_.comment(words);
  } else {
    writer_.instruction(target, words);
  }
}

void reading::within(std::size_t value, std::size_t most, std::string_view what) {
  if (value <= most || refusal_) return;
  refuse(problems::xml_limit, std::to_string(value) + " " + std::string(what) + ", at most " + std::to_string(most) + " are allowed",
         std::string(smaller));
}

void reading::refuse(const problem_code& code, std::string detail, std::string hint) {
  refusal_ = problem(code, std::move(detail), to_string(parser_.here()), std::move(hint));
  XML_StopParser(parser_.get(), XML_FALSE);
}

problem reading::failure(std::string_view bytes) const {
  const XML_Error error = XML_GetErrorCode(parser_.get());
  if (error == XML_ERROR_NO_MEMORY) throw std::bad_alloc();
  const position at = parser_.here();
  const std::string where = to_string(at);
  if (error == XML_ERROR_UNKNOWN_ENCODING || error == XML_ERROR_INCORRECT_ENCODING) {
    return problem(problems::xml_encoding, "the declared encoding is not that of the text; UTF-8 was expected", where,
                   "send the document as UTF-8");
  }
  // expat announces a DOCTYPE when it has read most of it; a broken or cut one is still a DOCTYPE.
  if (used_.elements == 0) {
    const auto doctype_at = find_doctype(bytes, form_);
    if (doctype_at && *doctype_at <= at.offset) {
      return problem(problems::xml_doctype, "the document has a document type declaration, and a malformed one", where,
                     "remove <!DOCTYPE ...> and every entity it declares");
    }
  }
  std::string detail = "the text is not well-formed XML: " + std::string(sentence_of(error));
  if (error == XML_ERROR_INVALID_TOKEN && form_ == encoding_form::utf8 && at.offset < bytes.size() && (bytes[at.offset] & 0x80) != 0) {
    detail += " (the octet 0x" + to_hex(bytes.substr(at.offset, 1)) + " begins no UTF-8 character that XML allows in this place)";
  }
  return problem(problems::xml_not_well_formed, std::move(detail), where, std::string(correct));
}

}  // namespace shep::xml
