#pragma once

#include "adapters/kinds/mock_view.hpp"
#include "admin/routes.hpp"
#include "journal/record.hpp"
#include "pipeline/exchange.hpp"

#include <optional>

namespace shep::admin {

/// A request that is over, or that somebody only describes, looked at as the adapter of kind mock would look at it. Keeps all that the view
/// points at.
class past_request {
 public:
  /// An entry of the journal, with its body. Credentials in its head are blank.
  past_request(const parts&, journal::entry);
  /// A message, and what HTTP said around it: `head` is "Name: value\r\n" lines.
  past_request(const parts&, shared_bytes message, std::string method, std::string target, std::string head);
  past_request(const past_request&) = delete;
  past_request& operator=(const past_request&) = delete;

  /// Reads the message by the doors of an exchange. Until then, and when it is refused, the view says only what HTTP said and what the
  /// journal holds. Errors: those of the stages; admin_not_found when there is no body.
  result<void> understand();

  const mocks::request_view& view() const { return message_ ? **message_ : bare_; }
  const journal::entry& entry() const { return entry_; }

 private:
  void read_head(std::string_view lines);

  journal::entry entry_;
  std::string method_, head_;
  http::fields headers_;
  std::vector<mocks::header_view> header_views_;
  mocks::request_view bare_;
  pipeline::exchange exchange_;
  std::optional<adapters::call> call_;
  std::optional<adapters::mock_view> message_;
};

}  // namespace shep::admin
