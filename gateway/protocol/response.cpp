#include "protocol/response.hpp"

#include "core/date_time.hpp"
#include "protocol/names.hpp"
#include "protocol/problems.hpp"
#include "xml/escape.hpp"
#include "xml/extent.hpp"
#include "xml/text.hpp"

namespace shep::protocol {
namespace {

namespace xns = xml::ns;

constexpr std::size_t longest_status_message = 250;

void append_element(std::string& out, std::string_view name, std::string_view text) {
  out.append("<").append(name).append(">");
  xml::append_text(out, text);
  out.append("</").append(name).append(">");
}

std::string declaration(std::string_view prefix, std::string_view space) {
  return " xmlns:" + std::string(prefix) + "=\"" + std::string(space) + "\"";
}

std::string_view cut_at_characters(std::string_view utf8, std::size_t most) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < utf8.size(); ++i)
    if ((static_cast<unsigned char>(utf8[i]) & 0xC0) != 0x80 && count++ == most) return utf8.substr(0, i);
  return utf8;
}

/// A CDATA section cannot hold "]]>": it is split there.
void append_cdata(std::string& out, std::string_view text) {
  out += "<![CDATA[";
  for (std::size_t end; (end = text.find("]]>")) != std::string_view::npos; text.remove_prefix(end + 2))
    out.append(text.substr(0, end + 2)).append("]]><![CDATA[");
  out.append(text).append("]]>");
}

void append_data(std::string& out, const response_data& data, const style& s) {
  if (data.form == carrier::none) return;
  if (data.form == carrier::typed_element || data.form == carrier::fields) {
    out += data.document;
    return;
  }
  if (data.form == carrier::child_element) {
    out.append("<data>").append(data.document).append("</data>");
    return;
  }
  out += "<data" + declaration(s.xs_prefix, xns::xs) + declaration(s.xsi_prefix, xns::xsi) + " " + s.xsi_prefix + ":type=\"" + s.xs_prefix + ":string\">";
  if (data.form == carrier::cdata) append_cdata(out, data.document);
  else xml::append_text(out, data.document);
  out += "</data>";
}

}  // namespace

std::string render_response(const sync_response& r, const style& s, std::string_view body_id) {
  std::string out;
  out.reserve(1024 + r.data.document.size() + r.data.document.size() / 4);
  out += "<" + s.soap_prefix + ":Envelope" + declaration(s.soap_prefix, xns::soap11) + "><" + s.soap_prefix + ":Header></" + s.soap_prefix +
         ":Header><" + s.soap_prefix + ":Body" + declaration("wsu", xns::wsu) + " wsu:Id=\"";
  xml::append_attribute_value(out, body_id);
  out += "\"><" + s.types_prefix + ":SendMessageResponse" + declaration(s.types_prefix, ns::sync_types) + "><response><responseInfo>";
  append_element(out, "messageId", r.message_id);
  append_element(out, "correlationId", r.correlation_id);
  append_element(out, "responseDate", format_date_time(r.response_date, s.zone));
  out += "<status>";
  append_element(out, "code", r.status_code);
  append_element(out, "message", cut_at_characters(r.status_message, longest_status_message));
  out += "</status>";
  append_element(out, "sessionId", r.session_id);
  out += "</responseInfo><responseData>";
  append_data(out, r.data, s);
  out += "</responseData></response></" + s.types_prefix + ":SendMessageResponse></" + s.soap_prefix + ":Body></" + s.soap_prefix + ":Envelope>";
  return out;
}

namespace {

std::string qualified_name(xml::element e) {
  return e.prefix().empty() ? std::string(e.local_name()) : std::string(e.prefix()) + ":" + std::string(e.local_name());
}

/// xsi:type with every prefix it needs: those the root binds already are used, the others declared.
std::string type_attribute(xml::element root, const data_type& type, const style& s) {
  const std::size_t colon = type.name.find(':');
  const std::string prefix = colon == std::string::npos ? "t" : type.name.substr(0, colon);
  const std::string local = colon == std::string::npos ? type.name : type.name.substr(colon + 1);
  std::string out;
  if (!type.space.empty() && root.resolve_prefix(prefix) != type.space) out += declaration(prefix, xml::escaped(type.space));
  if (root.resolve_prefix(s.xsi_prefix) != xns::xsi) out += declaration(s.xsi_prefix, xns::xsi);
  return out + " " + s.xsi_prefix + ":type=\"" + prefix + ":" + xml::escaped(local) + "\"";
}

/// The root's own start tag, attributes and namespace declarations included, under the name `data` in no namespace.
result<std::string> as_data_element(const xml::document& document, const data_type& type, const style& s) {
  const xml::element root = document.root();
  const auto at = xml::extent_of(document, root);
  if (!at) return at.error();
  const std::string& text = *document.source();
  const std::size_t name_end = at->begin + 1 + qualified_name(root).size();
  const std::size_t tag_end = at->inner_begin - (at->empty_tag ? 2 : 1);
  std::string out = "<data";
  out.append(text, name_end, tag_end - name_end);
  if (!type.name.empty() && !root.attribute_value({xns::xsi, "type"})) out += type_attribute(root, type, s);
  out += ">";
  if (!at->empty_tag) out.append(text, at->inner_begin, at->inner_end - at->inner_begin);
  return out + "</data>";
}

}  // namespace

result<std::string> shape_document(std::string text, carrier form, const data_type& type, const style& s) {
  const auto document = xml::admit(share(std::move(text)));
  if (!document)
    return problem(problems::business_data_format, "the answer's business document: " + document.error().detail, document.error().where,
                   "correct the mapping's body");
  if (form == carrier::typed_element || form == carrier::fields) return as_data_element(*document, type, s);
  const auto at = xml::extent_of(*document, document->root());
  if (!at) return at.error();
  return document->source()->substr(at->begin, at->end - at->begin);
}

}  // namespace shep::protocol
