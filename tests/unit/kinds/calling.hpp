#pragma once

#include "adapters/kinds/kind.hpp"
#include "xml/document.hpp"

#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <string>

/// How the tests of this folder ask an adapter: without gateway, sockets and files.
namespace shep::adapters::testing {

inline constexpr time_point test_now = time_point(std::chrono::seconds(1'893'553'445));

/// Longer than any test lasts: whoever waits for it hangs.
inline constexpr std::chrono::minutes never{10};

/// An engine over one mapping file, and a recipient on this machine that answers the services ECHO, SLOW and BRIEF as the usual mappings
/// do; fails the test when the file has problems.
parts parts_with(std::string mappings_json);

/// `{"mappings": […]}` of the mappings that most tests use: "echo" answers service ECHO with the message id in its document, "slow" and
/// "brief" answer SLOW and BRIEF, one after `never` and one after a millisecond.
std::string usual_mappings();

/// A request with all that a call refers to.
class question {
 public:
  explicit question(std::string service_id,
                    std::string business_data = "<r:request xmlns:r='urn:demo'><iin>900101000017</iin></r:request>");
  question(const question&) = delete;

  call until(std::chrono::steady_clock::time_point deadline) const;
  call within(std::chrono::milliseconds time) const { return until(std::chrono::steady_clock::now() + time); }

  protocol::sync_request request;
  routing::route route;

 private:
  xml::document envelope_;
};

/// How one call ended: an answer, or what was thrown; neither when it has not ended.
struct ending {
  std::optional<result<reply>> answer;
  std::exception_ptr thrown;
};

/// Waits for the end of one call, on this thread.
ending ask(const adapter&, const call&);

/// "reply: <status code>", the name of the problem's code, "threw" or "unfinished".
std::string told(const ending&);

}  // namespace shep::adapters::testing
