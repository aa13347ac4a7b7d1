#include "protocol/read_data.hpp"

#include "protocol/problems.hpp"
#include "xml/problems.hpp"
#include "xml/text.hpp"

namespace shep::protocol {
namespace {

namespace xns = xml::ns;

/// xsi:type that names a service's own type; xs:string and xs:anyType say nothing about the business document. Judged by the local name
/// alone: the binding of a prefix inside a value is not covered by an exclusive signature.
bool is_service_type(std::string_view type) {
  const std::string_view local = type.substr(type.find(':') + 1);
  return !local.empty() && local != "string" && local != "anyType";
}

std::string without_declaration(const std::string& text) {
  const std::size_t end = text.find("?>");
  return end == std::string::npos ? text : text.substr(end + 2);
}

problem inner_problem(const problem& why, xml::element data) {
  return {problems::business_data_format, "the text inside data is not a document: " + why.detail, data.xpath() + ", inside: " + why.where,
          why.hint};
}

/// A text that begins like XML is the business document; its own encoding declaration has no force inside a message.
result<void> read_text(business_data& out, carrier form, field_reader& fields, reading_mode mode, const xml::limits& limits) {
  std::string text = xml::text_of(out.data);
  const std::string_view trimmed = xml::trimmed(text);
  const std::string_view start = trimmed.starts_with("\xEF\xBB\xBF") ? trimmed.substr(3) : trimmed;
  if (!start.starts_with('<')) {
    out.form = carrier::plain_text;
    out.text = std::move(text);
    return {};
  }
  out.form = form;
  std::string document(start);
  auto inner = xml::admit(share(document), limits);
  if (!inner && inner.error().code == problems::xml_encoding && mode == reading_mode::lenient) {
    if (const auto ok = fields.depart(deviations::inner_declaration, out.data, inner.error().detail); !ok) return ok;
    inner = xml::admit(share(without_declaration(document)), limits);
  }
  if (!inner) return inner_problem(inner.error(), out.data);
  out.inner = std::move(*inner);
  return {};
}

}  // namespace

result<business_data> read_data(xml::element data, field_reader& fields, reading_mode mode, const xml::limits& limits) {
  business_data out;
  out.data = data;
  if (const auto type = data.attribute_value({xns::xsi, "type"})) out.type = *type;
  else if (const auto plain = data.attribute_value({"", "type"})) out.type = *plain;

  switch (xml::form_of(data)) {
    case xml::content_form::empty: break;
    case xml::content_form::text:
      if (const auto ok = read_text(out, carrier::escaped_text, fields, mode, limits); !ok) return ok.error();
      break;
    case xml::content_form::cdata:
      if (const auto ok = read_text(out, carrier::cdata, fields, mode, limits); !ok) return ok.error();
      break;
    case xml::content_form::mixed:
      if (const auto ok = fields.depart(deviations::mixed_data, data, "data holds text beside elements"); !ok) return ok.error();
      [[fallthrough]];
    case xml::content_form::elements:
      if (is_service_type(out.type)) out.form = carrier::typed_element;
      else out.form = data.first_child().next_sibling() ? carrier::fields : carrier::child_element;
      break;
  }
  return out;
}

}  // namespace shep::protocol
