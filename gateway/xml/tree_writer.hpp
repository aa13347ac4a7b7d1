#pragma once

#include "xml/escape.hpp"

#include <string>
#include <string_view>

/// Private to module xml.
namespace shep::xml {

/// Writes reading events as text of one fixed form that pugixml reads back without any decision of its own: no declaration,
/// double quotes, every special character escaped. The caller gives well-formed events, and an element's namespace declarations
/// before its other attributes.
class tree_writer {
 public:
  explicit tree_writer(std::string& out) : out_(out) {}

  /// `declarations`: attributes written beforehand by another writer.
  void start(std::string_view prefix, std::string_view local, std::string_view declarations = {}) {
    content();
    out_ += '<';
    name(prefix, local);
    out_ += declarations;
    tag_open_ = true;
  }

  void attribute(std::string_view prefix, std::string_view local, std::string_view value) {
    out_ += ' ';
    name(prefix, local);
    out_ += "=\"";
    append_attribute_value(out_, value);
    out_ += '"';
  }

  void end(std::string_view prefix, std::string_view local) {
    if (tag_open_) {
      tag_open_ = false;
      out_ += "/>";
      return;
    }
    out_ += "</";
    name(prefix, local);
    out_ += '>';
  }

  void text(std::string_view piece) {
    content();
    append_text(out_, piece);
  }

  void start_cdata() {
    content();
    out_ += "<![CDATA[";
  }
  void cdata(std::string_view piece) { out_ += piece; }
  void end_cdata() { out_ += "]]>"; }

  void comment(std::string_view words) {
    content();
    out_ += "<!--";
    out_ += words;
    out_ += "-->";
  }

  void instruction(std::string_view target, std::string_view data) {
    content();
    out_ += "<?";
    out_ += target;
    if (!data.empty()) {
      out_ += ' ';
      out_ += data;
    }
    out_ += "?>";
  }

 private:
  void content() {
    if (tag_open_) out_ += '>';
    tag_open_ = false;
  }

  void name(std::string_view prefix, std::string_view local) {
    if (!prefix.empty()) {
      out_ += prefix;
      out_ += ':';
    }
    out_ += local;
  }

  std::string& out_;
  bool tag_open_ = false;
};

}  // namespace shep::xml
