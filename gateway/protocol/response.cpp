#include "protocol/response.hpp"

#include "core/date_time.hpp"
#include "protocol/names.hpp"
#include "protocol/problems.hpp"
#include "protocol/safe_text.hpp"
#include "xml/c14n.hpp"
#include "xml/escape.hpp"

namespace shep::protocol {
namespace {

namespace xns = xml::ns;

constexpr std::size_t longest_status_message = 250;

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

/// What stands in the place of `data`, in the message and in its canonical form. The prefix of xs:string is used by a value only, so
/// exclusive canonicalization leaves its declaration out.
void append_data(std::string& out, std::string& canonical, const response_data& data, const style& s) {
  if (data.form == carrier::none) return;
  if (data.form == carrier::typed_element || data.form == carrier::fields) {
    out += data.document;
    canonical += data.canonical;
    return;
  }
  if (data.form == carrier::child_element) {
    out.append("<data>").append(data.document).append("</data>");
    canonical.append("<data>").append(data.canonical).append("</data>");
    return;
  }
  const std::string type = declaration(s.xsi_prefix, xns::xsi) + " " + s.xsi_prefix + ":type=\"" + s.xs_prefix + ":string\">";
  out += "<data" + declaration(s.xs_prefix, xns::xs) + type;
  if (data.form == carrier::cdata) append_cdata(out, data.document);
  else xml::append_text(out, data.document);
  out += "</data>";
  canonical += "<data" + type;
  xml::append_text(canonical, data.document);
  canonical += "</data>";
}

/// What canonical text between the Body and the business document has declared already.
std::vector<xml::declaration> declared_around(const style& s) {
  return {{s.soap_prefix, xns::soap11}, {"wsu", xns::wsu}, {s.types_prefix, ns::sync_types}};
}

/// The Body's start tag in canonical form: declarations in the order of their prefixes.
std::string canonical_body_tag(const style& s, std::string_view id_attribute) {
  const std::string soap = declaration(s.soap_prefix, xns::soap11);
  const std::string wsu = declaration("wsu", xns::wsu);
  return "<" + s.soap_prefix + ":Body" + (s.soap_prefix < "wsu" ? soap + wsu : wsu + soap) + std::string(id_attribute) + ">";
}

}  // namespace

eds::rendered_message render_response(const sync_response& r, const style& s, std::string body_id) {
  std::string info =
      "<" + s.types_prefix + ":SendMessageResponse" + declaration(s.types_prefix, ns::sync_types) + "><response><responseInfo>";
  append_element(info, "messageId", r.message_id);
  append_unless_empty(info, "correlationId", r.correlation_id);
  append_element(info, "responseDate", format_date_time(r.response_date, s.zone));
  info += "<status>";
  append_element(info, "code", r.status_code);
  append_element(info, "message", cut_at_characters(r.status_message, longest_status_message));
  info += "</status>";
  append_unless_empty(info, "sessionId", r.session_id);
  info += "</responseInfo><responseData>";
  const std::string end = "</responseData></response></" + s.types_prefix + ":SendMessageResponse></" + s.soap_prefix + ":Body>";
  std::string id_attribute = " wsu:Id=\"";
  xml::append_attribute_value(id_attribute, body_id);
  id_attribute += "\"";

  eds::rendered_message m{{}, 0, s.soap_prefix, std::move(body_id), {}};
  m.text.reserve(1024 + info.size() + r.data.document.size() + r.data.document.size() / 4);
  m.text += "<" + s.soap_prefix + ":Envelope" + declaration(s.soap_prefix, xns::soap11) + "><" + s.soap_prefix + ":Header>";
  m.header_content = m.text.size();
  m.text += "</" + s.soap_prefix + ":Header><" + s.soap_prefix + ":Body" + declaration("wsu", xns::wsu) + id_attribute + ">" + info;
  m.canonical_body.reserve(512 + info.size() + r.data.canonical.size() + r.data.document.size());
  m.canonical_body += canonical_body_tag(s, id_attribute) + info;
  append_data(m.text, m.canonical_body, r.data, s);
  m.text += end + "</" + s.soap_prefix + ":Envelope>";
  m.canonical_body += end;
  return m;
}

namespace {

/// A prefix that this element binds to the namespace, or may bind to it: the wanted one, or the wanted one with a number.
std::string free_prefix(xml::element root, const std::string& wanted, std::string_view space) {
  std::string prefix = wanted;
  for (int n = 1;; ++n) {
    const std::string_view bound = root.resolve_prefix(prefix);
    if (bound.empty() || bound == space) return prefix;
    prefix = wanted + std::to_string(n);
  }
}

/// xsi:type with every prefix it needs: those the root binds already are used, the others declared. Error: the root needs the prefix that
/// the mapping insists on for another namespace.
result<std::string> type_attribute(xml::element root, const data_type& type, const style& s) {
  const std::string xsi = free_prefix(root, s.xsi_prefix, xns::xsi);
  std::string out = root.resolve_prefix(xsi) == xns::xsi ? "" : declaration(xsi, xns::xsi);
  if (type.space.empty()) return out + " " + xsi + ":type=\"" + xml::escaped(type.name) + "\"";

  const std::size_t colon = type.name.find(':');
  const std::string local = colon == std::string::npos ? type.name : type.name.substr(colon + 1);
  const std::string wanted = colon != std::string::npos ? type.name.substr(0, colon) : xsi.starts_with("t") ? "of" : "t";
  const std::string prefix = free_prefix(root, wanted, type.space);
  if (prefix == xsi || (colon != std::string::npos && prefix != wanted))
    return problem(problems::answer_document, "the type asks for the prefix '" + wanted + "', which stands for another namespace here",
                   root.xpath(), "choose another prefix for one of the two");
  if (root.resolve_prefix(prefix) != type.space) out += declaration(prefix, xml::escaped(type.space));
  return out + " " + xsi + ":type=\"" + prefix + ":" + xml::escaped(local) + "\"";
}

/// The canonical text of an element under the name `data`: its own attributes and namespace declarations, then the type.
result<std::string> as_data_element(const std::string& canonical, xml::element root, const data_type& type, const style& s) {
  const std::size_t name_length = root.prefix().empty() ? root.local_name().size() : root.prefix().size() + 1 + root.local_name().size();
  // The end of the start tag: canonical attribute values may hold '>', and quotes only as their delimiters.
  std::size_t at = 1 + name_length;
  for (bool quoted = false; at < canonical.size() && (quoted || canonical[at] != '>'); ++at)
    if (canonical[at] == '"') quoted = !quoted;
  std::string out = "<data" + canonical.substr(1 + name_length, at - 1 - name_length);
  if (!type.name.empty() && !root.attribute_value({xns::xsi, "type"})) {
    const auto attribute = type_attribute(root, type, s);
    if (!attribute) return attribute;
    out += *attribute;
  }
  const std::size_t closing = canonical.size() - (3 + name_length);
  return out + canonical.substr(at, closing - at) + "</data>";
}

problem unusable(const problem& why) {
  return {problems::answer_document, "the answer's business document: " + why.detail, why.where, "correct the mapping's body"};
}

bool is_element_form(carrier form) { return form == carrier::child_element || form == carrier::typed_element || form == carrier::fields; }

result<std::string> canonical_in_place(xml::element root, const style& s) {
  xml::c14n_options exclusive;
  exclusive.rendered = declared_around(s);
  xml::string_sink canonical;
  if (const auto ok = xml::canonicalize(root, exclusive, canonical); !ok) return unusable(ok.error());
  return std::move(canonical.text);
}

}  // namespace

result<response_data> shape_document(std::string text, carrier form, const data_type& type, const style& s) {
  const auto document = xml::admit(share(std::move(text)));
  if (!document) return unusable(document.error());
  // Canonical text has one known form, so that the root can be renamed in it; every namespace declaration of the author stays.
  xml::c14n_options inclusive;
  inclusive.exclusive = false;
  inclusive.with_comments = true;
  xml::string_sink canonical;
  if (const auto ok = xml::canonicalize(document->root(), inclusive, canonical); !ok) return unusable(ok.error());
  response_data out{form, {}, {}};
  if (form == carrier::typed_element || form == carrier::fields) {
    auto data = as_data_element(canonical.text, document->root(), type, s);
    if (!data) return data.error();
    out.document = std::move(*data);
    return out;
  }
  out.document = std::move(canonical.text);
  if (form != carrier::child_element) return out;
  auto in_place = canonical_in_place(document->root(), s);
  if (!in_place) return in_place.error();
  out.canonical = std::move(*in_place);
  return out;
}

result<void> canonicalize(response_data& data, const style& s) {
  if (!is_element_form(data.form) || !data.canonical.empty()) return {};
  const auto document = xml::admit(share(data.document));
  if (!document) return unusable(document.error());
  auto in_place = canonical_in_place(document->root(), s);
  if (!in_place) return in_place.error();
  data.canonical = std::move(*in_place);
  return {};
}

}  // namespace shep::protocol
