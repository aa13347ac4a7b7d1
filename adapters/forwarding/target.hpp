#pragma once

#include "core/result.hpp"
#include "http/client.hpp"
#include "http/message.hpp"

#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Which addresses requests may be forwarded to (security catalogue A07). Targets come from the configuration only.
namespace shep::forwarding {

/// A target as configured. http or https; a name, a dotted IPv4 address or a bracketed IPv6 address in their usual spelling; no user
/// information; not one of `own` listeners (those on port 0 are not known yet), no link-local, unspecified or multicast address.
/// Error: problems::usage with `setting` as place.
result<http::url> check_target(std::string_view text, std::span<const http::endpoint> own, const std::string& setting);

/// Would a connection to this address reach one of the listeners? A wildcard listener is reached by every address of this machine.
bool reaches(std::string_view address, std::uint16_t port, std::span<const http::endpoint> listeners);

/// An address that no recipient has: unspecified, link-local and others where clouds keep their metadata, multicast, broadcast, or not an
/// address; IPv6 forms that carry such an IPv4 address too.
bool is_no_recipient(std::string_view address);

/// The program's own listeners, known once they listen. Set by one thread, read by any.
class own_listeners {
 public:
  void set(std::vector<http::endpoint> all) { all_ = std::make_shared<const std::vector<http::endpoint>>(std::move(all)); }

  /// Asked about each address that a target's name turned out to stand for, before it is connected to.
  bool may_be_asked(std::string_view address, std::uint16_t port) const;

 private:
  std::atomic<std::shared_ptr<const std::vector<http::endpoint>>> all_;
};

}  // namespace shep::forwarding
