#include "protocol/request.hpp"

namespace shep::protocol {

std::string_view name_of(carrier c) {
  switch (c) {
    case carrier::none: return "none";
    case carrier::escaped_text: return "escaped_text";
    case carrier::cdata: return "cdata";
    case carrier::child_element: return "child_element";
    case carrier::typed_element: return "typed_element";
    case carrier::fields: return "fields";
    case carrier::plain_text: break;
  }
  return "plain_text";
}

xml::element business_data::payload() const {
  switch (form) {
    case carrier::escaped_text:
    case carrier::cdata: return inner ? inner->root() : xml::element();
    case carrier::child_element: return data.first_child();
    case carrier::typed_element:
    case carrier::fields: return data;
    default: return {};
  }
}

}  // namespace shep::protocol
