#pragma once

#include "adapters/adapter.hpp"
#include "mocks/engine/request_view.hpp"
#include "xml/c14n.hpp"

#include <string>
#include <vector>

namespace shep::adapters {

/// A message as mappings look at it. Keeps what the view needs beside the call; both outlive the view.
class mock_view {
 public:
  explicit mock_view(const call& c) : body_text_(text_of(c.body)) {
    headers_.reserve(c.headers.size());
    for (const http::field& f : c.headers) headers_.push_back({f.name, f.value});
    view_.channel = "sync";
    view_.service_id = c.request.service_id;
    view_.sender_id = c.request.sender_id;
    view_.route_id = c.request.route_id;
    view_.message_id = c.request.message_id;
    view_.correlation_id = c.request.correlation_id;
    view_.session_id = c.request.session_id;
    view_.signature_indication = c.signature_indication;
    view_.inner_signature_indication = c.business_indication;
    view_.envelope = c.body;
    view_.business_data = c.request.data.payload();
    view_.raw_body = body_text_;
    view_.method = c.method;
    view_.target = c.target;
    view_.headers = headers_;
    view_.now = c.now;
  }
  mock_view(const mock_view&) = delete;
  mock_view& operator=(const mock_view&) = delete;

  const mocks::request_view& operator*() const { return view_; }

 private:
  /// What text operators look at: the signed Body, and nothing that stands outside of it.
  static std::string text_of(xml::element body) {
    xml::string_sink text;
    if (!xml::canonicalize(body, xml::c14n_options{}, text)) return {};
    return std::move(text.text);
  }

  std::string body_text_;
  std::vector<mocks::header_view> headers_;
  mocks::request_view view_;
};

}  // namespace shep::adapters
