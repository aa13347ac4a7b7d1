#pragma once

#include "protocol/response.hpp"
#include "support/pki.hpp"

namespace shep::protocol::test {

inline sync_response answer(response_data data = {}) {
  sync_response r;
  r.message_id = "00000000-0000-4000-8000-000000000002";
  r.correlation_id = "00000000-0000-4000-8000-000000000001";
  r.response_date = shep::test::test_now + std::chrono::milliseconds(678);
  r.status_code = "SCSS001";
  r.status_message = "Сообщение успешно обработано";
  r.session_id = "{00000000-0000-4000-8000-00000000000a}";
  r.data = std::move(data);
  return r;
}

inline std::string rendered(const sync_response& r, const style& s = {}) { return render_response(r, s, "id-1").text; }

inline style other_style() {
  style s;
  s.soap_prefix = "z";
  s.types_prefix = "b";
  s.xsi_prefix = "t";
  s.xs_prefix = "x";
  return s;
}

}  // namespace shep::protocol::test
