#pragma once

#include "http/io_threads.hpp"
#include "http/server.hpp"
#include "pki_client/client.hpp"
#include "unit/revocation/support.hpp"

#include <functional>
#include <map>
#include <mutex>
#include <thread>

/// Servers that answer as a test tells them to, on free ports of 127.0.0.1.
namespace shep::pki::test {

using namespace shep::revocation::test;
using revocation::finding;
using revocation::mode;
using revocation::state;

/// Speaks HTTP well. Each path has its own way to answer; a path without one is 404.
class upstream {
 public:
  using way = std::function<http::response(const http::request&)>;
  upstream();

  void answer(const std::string& path, way);
  void answer(const std::string& path, std::string octets);  ///< 200 with these
  std::string url(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(port_) + path; }
  std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
  std::uint16_t port() const { return port_; }
  int asked(const std::string& path);  ///< so many requests came
  int asked();                         ///< for all paths
  http::request last();

 private:
  std::mutex mutex_;
  std::map<std::string, way> ways_;
  std::map<std::string, int> asked_;
  http::request last_;
  http::io_threads threads_{2};
  http::server server_{threads_};
  std::uint16_t port_ = 0;
};

/// Accepts connections one after the other, reads what comes first, sends fixed octets in pieces of a size, then closes or keeps silent.
class rough_upstream {
 public:
  enum class then { close, silence };
  rough_upstream(std::string octets, then, std::size_t piece = 1 << 20);
  ~rough_upstream();
  rough_upstream(const rough_upstream&) = delete;
  rough_upstream& operator=(const rough_upstream&) = delete;
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }

 private:
  void run(const std::string& octets, then, std::size_t piece);
  std::uint16_t port_ = 0;
  int listening_;
  std::thread thread_;
};

/// An address where nobody listens.
std::string closed_url();

http::response answer_of(std::string octets, unsigned status = 200);

/// What a responder of ours answers to the request, after `bend` changed it.
std::string ocsp_answer(const http::request&, const std::function<void(revocation::ocsp::response_content&)>& bend = {},
                        const crypto::identity& by = responder());

/// Runs coroutines on threads of its own and waits for them.
class runner {
 public:
  result<finding> ask(const client&, const question&);
  revocation::chain_status gather(const client&, std::vector<crypto::certificate> path, mode, time_point at = test_now);
  result<std::string> time_stamp(const client&, std::string request);
  std::vector<result<finding>> ask_together(const client&, const question&, std::size_t times);

 private:
  http::io_threads threads_{2};
};

inline question about(const crypto::certificate& c, mode how, bool chained = false) {
  return {c, authority().certificate, how, test_now, chained};
}

inline client made(settings s) { return client::create(std::move(s)).value(); }

}  // namespace shep::pki::test
