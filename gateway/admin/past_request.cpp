#include "admin/past_request.hpp"

#include "admin/problems.hpp"
#include "http/head_lines.hpp"
#include "pipeline/stages.hpp"
#include "pipeline/understand.hpp"

namespace shep::admin {

past_request::past_request(const parts& of, journal::entry e) : entry_(std::move(e)), head_(entry_.arrived.head) {
  exchange_.world = of.gateway.current();
  exchange_.now = entry_.arrived.received_at;
  const std::size_t line = std::min(head_.find("\r\n"), head_.size());
  method_ = head_.substr(0, std::min(head_.find(' '), line));
  read_head(std::string_view(head_).substr(std::min(line + 2, head_.size())));
  if (!entry_.completed) return;
  const journal::completion& c = *entry_.completed;
  bare_.service_id = c.service_id;
  bare_.sender_id = c.sender_id;
  bare_.message_id = c.message_id;
  bare_.correlation_id = c.correlation_id;
  bare_.session_id = c.session_id;
  bare_.signature_indication = c.indication;
}

past_request::past_request(const parts& of, shared_bytes message, std::string method, std::string target, std::string head)
    : method_(std::move(method)), head_(std::move(head)) {
  exchange_.world = of.gateway.current();
  exchange_.now = of.messages.now();
  entry_.arrived.target = std::move(target);
  entry_.arrived.raw = std::move(message);
  read_head(head_);
}

void past_request::read_head(std::string_view lines) {
  // A head that was refused is kept as far as it came.
  if (auto read = http::read_field_lines(lines, http::head_limits().fields)) headers_ = std::move(*read);
  for (const http::field& f : headers_.all()) header_views_.push_back({f.name, f.value});
  if (!method_.empty()) bare_.method = method_;
  bare_.target = entry_.arrived.target;
  bare_.headers = header_views_;
  bare_.channel = "sync";
  bare_.now = exchange_.now;
}

result<void> past_request::understand() {
  pipeline::exchange& x = exchange_;
  x.received = entry_.arrived.raw;
  if (!x.received) return problem(problems::admin_not_found, "the entry has no body", "/id");
  x.method = bare_.method;
  x.target = entry_.arrived.target;
  x.headers = headers_.all();
  if (const auto ok = pipeline::understand(x); !ok) return ok.error();
  call_.emplace(pipeline::call_of(x));
  message_.emplace(*call_);
  return {};
}

}  // namespace shep::admin
