#include "protocol/response.hpp"

#include "core/date_time.hpp"
#include "protocol/names.hpp"
#include "protocol/problems.hpp"
#include "xml/c14n.hpp"
#include "xml/escape.hpp"

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

rendered_response render_response(const sync_response& r, const style& s, std::string_view body_id) {
  std::string out;
  out.reserve(1024 + r.data.document.size() + r.data.document.size() / 4);
  out += "<" + s.soap_prefix + ":Envelope" + declaration(s.soap_prefix, xns::soap11) + "><" + s.soap_prefix + ":Header>";
  const std::size_t header_content = out.size();
  out += "</" + s.soap_prefix + ":Header><" + s.soap_prefix + ":Body" + declaration("wsu", xns::wsu) + " wsu:Id=\"";
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
  return {std::move(out), header_content};
}

namespace {

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

/// The canonical text of an element under the name `data`: its own attributes and namespace declarations, then the type.
std::string as_data_element(const std::string& canonical, xml::element root, const data_type& type, const style& s) {
  const std::size_t name_length = root.prefix().empty() ? root.local_name().size() : root.prefix().size() + 1 + root.local_name().size();
  // The end of the start tag: canonical attribute values may hold '>', and quotes only as their delimiters.
  std::size_t at = 1 + name_length;
  for (bool quoted = false; at < canonical.size() && (quoted || canonical[at] != '>'); ++at)
    if (canonical[at] == '"') quoted = !quoted;
  std::string out = "<data" + canonical.substr(1 + name_length, at - 1 - name_length);
  if (!type.name.empty() && !root.attribute_value({xns::xsi, "type"})) out += type_attribute(root, type, s);
  const std::size_t closing = canonical.size() - (3 + name_length);
  return out + canonical.substr(at, closing - at) + "</data>";
}

}  // namespace

result<std::string> shape_document(std::string text, carrier form, const data_type& type, const style& s) {
  const auto document = xml::admit(share(std::move(text)));
  if (!document)
    return problem(problems::answer_document, "the answer's business document: " + document.error().detail, document.error().where,
                   "correct the mapping's body");
  // Canonical text has one known form, so that the root can be renamed in it; every namespace declaration of the author stays.
  xml::c14n_options inclusive;
  inclusive.exclusive = false;
  inclusive.with_comments = true;
  xml::string_sink canonical;
  if (const auto ok = xml::canonicalize(document->root(), inclusive, canonical); !ok)
    return problem(problems::answer_document, "the answer's business document: " + ok.error().detail, ok.error().where);
  if (form == carrier::typed_element || form == carrier::fields) return as_data_element(canonical.text, document->root(), type, s);
  return std::move(canonical.text);
}

}  // namespace shep::protocol
