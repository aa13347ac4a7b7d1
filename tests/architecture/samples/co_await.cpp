// Read by clang-query only, never compiled: each line marked "found" must be found, every other line must not.
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

namespace asio = boost::asio;

struct part {
  std::string text;
};
struct pair {
  part first, second;
};

asio::awaitable<void> take(pair);
asio::awaitable<void> take_text(std::string);
asio::awaitable<void> take_list(std::vector<std::string>);
asio::awaitable<void> take_default(int, pair = {part{"a"}, part{"b"}});
template <class F>
asio::awaitable<void> call(F f) {
  f();
  co_return;
}

asio::awaitable<void> wrong(std::string s) {
  co_await take(pair{part{"a"}, part{"b"}});  // found
  co_await take({.first = {"a"}});            // found
  co_await take_list({"a", "b"});             // found
  co_await take_default(1);                   // found
  co_await call([s] { return s.size(); });    // found
}

asio::awaitable<void> right(std::string s) {
  pair named{part{"a"}, part{"b"}};
  co_await take(std::move(named));
  co_await take_text("text" + s);
  auto size = [s] { return s.size(); };
  co_await call(std::move(size));
  auto nested = [](std::string text) -> asio::awaitable<void> { co_await take_text(std::move(text)); };
  if (s.empty()) {
    co_await nested(s);
  }
}
