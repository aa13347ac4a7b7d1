#pragma once

#include "core/bytes.hpp"
#include "core/clock.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// One HTTP message as the rest of the program sees it: plain values, no sockets. RFC 9110.
namespace shep::http {

/// One header field. The views point into the `head` of the message they belong to; names keep the sender's letter case.
struct field {
  std::string_view name;
  std::string_view value;  ///< without surrounding white space
};

/// Equal but for ASCII letter case: field names, codings, host names.
bool equal_ignoring_case(std::string_view a, std::string_view b);

/// The header fields in the order of arrival. Names are compared without regard to letter case.
class fields {
 public:
  void add(field f) { all_.push_back(f); }
  void reserve(std::size_t n) { all_.reserve(n); }
  std::span<const field> all() const { return all_; }
  std::size_t count(std::string_view name) const;

  /// The value of the first field of that name.
  std::optional<std::string_view> find(std::string_view name) const;

  /// The same, or an empty view.
  std::string_view value(std::string_view name) const { return find(name).value_or(std::string_view()); }

  /// Is `token` an element of the comma-separated list in the fields of that name (Connection, Accept-Encoding)?
  bool lists(std::string_view name, std::string_view token) const;

 private:
  std::vector<field> all_;
};

/// "text/xml; charset=utf-8" taken apart, in lower case; both empty when absent or malformed. RFC 9110 section 8.3.1.
struct media_type {
  std::string type;
  std::string charset;
};
media_type parse_media_type(std::string_view content_type);

struct endpoint {
  std::string address;  ///< "192.0.2.1", "::1"
  std::uint16_t port = 0;
};

/// A complete request that passed the framing gate. Copying it is cheap: head and body are shared and immutable.
struct request {
  std::string_view method;  ///< "POST"; a view into `head`, as are target, query and the fields
  std::string_view target;  ///< as sent
  std::string path;         ///< percent-decoded exactly once, not normalised: compare it as a whole, never by prefix alone
  std::string_view query;   ///< what follows '?', as sent
  unsigned minor_version = 1;
  fields headers;
  shared_bytes head;  ///< the octets of the head as received, without the empty line at the end
  shared_bytes body;  ///< never null; transfer coding removed, trailers dropped
  endpoint remote;
  endpoint local;
  bool secure = false;                               ///< arrived over TLS
  time_point received;                               ///< machine time when the head was complete
  std::chrono::steady_clock::time_point started_at;  ///< the same moment, for durations and deadlines

  media_type content_type() const { return parse_media_type(headers.value("Content-Type")); }

  /// "name:port" the client used: Host, or the local address for an HTTP/1.0 request without one.
  std::string authority() const;

  /// Percent-decoded value of the first query parameter of that name ("wsdl" in "?wsdl" has the empty value).
  std::optional<std::string> query_parameter(std::string_view name) const;
};

/// Octets to text once: "%41" is "A", '+' stays. Empty result for a broken escape or one that hides NUL.
std::optional<std::string> percent_decoded(std::string_view text);

struct named_value {
  std::string name;
  std::string value;
};

/// A request without a connection, for tests, replay and tools. Adds Host when none is given. Throws std::invalid_argument when the
/// framing gate would refuse it.
request make_request(std::string_view method, std::string_view target, std::span<const named_value> headers, std::string body);
request make_request(std::string_view method, std::string_view target, std::initializer_list<named_value> headers = {},
                     std::string body = {});

/// How the answer leaves. Everything but `complete` is a fault injected on purpose; the connection is gone afterwards.
enum class delivery {
  complete,         ///< head and body
  reset,            ///< RST, nothing sent
  empty,            ///< closed, nothing sent
  malformed_chunk,  ///< a good head that announces chunks, then octets that are not one
  random_data,      ///< octets that are not HTTP
  cut_short,        ///< head and body, then FIN, although `announced` says that more comes
  stall,            ///< the same, but silence for `time` before the FIN
  drip,             ///< the head at once, the body in small pieces spread over `time`
};

class body_source;  // http/handler.hpp

/// An answer. The server adds Date, Content-Length and Connection itself and ignores those three (and Transfer-Encoding) in `headers`.
/// A header whose name or value could split the head is left out and logged (A08).
struct response {
  unsigned status = 200;
  std::string content_type;  ///< no Content-Type field when empty
  std::vector<named_value> headers;
  shared_bytes body;                    ///< null means empty
  std::shared_ptr<body_source> source;  ///< when set, what it yields is sent instead of `body`, as it comes
  bool close = false;
  delivery how = delivery::complete;
  std::uint64_t announced = 0;        ///< Content-Length to write when it is more than there is: cut_short, stall
  std::chrono::milliseconds time{0};  ///< stall, drip
};

response text_response(unsigned status, std::string text);  ///< text/plain; charset=utf-8

/// "Not Found"; "Status" for a number without a name.
std::string_view reason_phrase(unsigned status);

}  // namespace shep::http
