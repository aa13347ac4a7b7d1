#include "pipeline/fault_on_wire.hpp"

#include "pipeline/text_faults.hpp"

namespace shep::pipeline {
namespace {

using faults::kind;

constexpr std::uint64_t never_sent = 64;

void page(http::response& r, unsigned status, bool retry_after) {
  const std::string title = std::to_string(status) + " " + std::string(http::reason_phrase(status));
  r = http::response();
  r.status = status;
  r.content_type = "text/html; charset=utf-8";
  if (retry_after) r.headers.push_back({"Retry-After", "5"});
  r.body = share("<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title +
                 "</h1></center>\r\n</body>\r\n</html>\r\n");
}

/// Nothing of the answer leaves.
void lose(http::response& r, http::delivery how) {
  r.how = how;
  r.status = how == http::delivery::malformed_chunk ? 200 : 0;
  r.body = share("");
}

void halve(http::response& r, http::delivery how) {
  r.how = how;
  r.announced = r.body->size();
  r.body = share(r.body->substr(0, r.body->size() / 2));
}

void do_to(http::response& r, const faults::injection& what) {
  r.time = what.time;
  switch (what.what) {
    case kind::connection_reset: return lose(r, http::delivery::reset);
    case kind::empty_response: return lose(r, http::delivery::empty);
    case kind::malformed_response_chunk: return lose(r, http::delivery::malformed_chunk);
    case kind::random_data_then_close: return lose(r, http::delivery::random_data);
    case kind::slow_drip: r.how = http::delivery::drip; return;
    case kind::half_close: return halve(r, http::delivery::cut_short);
    case kind::stall: return halve(r, http::delivery::stall);
    case kind::http_500: return page(r, 500, false);
    case kind::http_503: return page(r, 503, true);
    case kind::http_404: return page(r, 404, false);
    case kind::http_429: return page(r, 429, true);
    case kind::wrong_content_type: r.content_type = "text/html; charset=utf-8"; return;
    case kind::gzip_lie: r.headers.push_back({"Content-Encoding", "gzip"}); return;
    case kind::wrong_content_length:
      r.how = http::delivery::cut_short;
      r.announced = r.body->size() + never_sent;
      return;
    case kind::not_xml:
      r.status = 200;
      r.body = share("this is not XML, although the content type says so\n");
      return;
    default: break;
  }
  std::string text(*r.body);
  break_encoding(text);
  r.body = share(std::move(text));
}

}  // namespace

void spoil_delivery(exchange& x, http::response& r) {
  if (!x.injected) return;
  const faults::row& row = faults::row_of(x.injected->what.what);
  const bool here = row.where == faults::layer::transport || row.where == faults::layer::http || row.what == kind::not_xml;
  if (!here) {
    if (!x.injected->applied && x.injected->why_not.empty()) x.injected->why_not = "there was a fault instead of an answer";
    return;
  }
  do_to(r, x.injected->what);
  x.injected->applied = true;
  x.answer = r.body;
  x.http_status = r.status;
}

}  // namespace shep::pipeline
