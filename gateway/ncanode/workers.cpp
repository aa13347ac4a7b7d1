#include "ncanode/workers.hpp"

#include <exception>
#include <thread>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace shep::ncanode {
namespace asio = boost::asio;

struct workers::state {
  explicit state(std::size_t count) : pool(count) {}
  asio::thread_pool pool;
};

workers::workers(std::size_t count)
    : state_(std::make_unique<state>(count > 0 ? count : std::max<std::size_t>(1, std::thread::hardware_concurrency()))) {}

workers::~workers() { state_->pool.join(); }

asio::awaitable<void> workers::run(std::function<void()> work) {
  return asio::async_initiate<const asio::use_awaitable_t<>, void(std::exception_ptr)>(
      [this](auto handler, std::function<void()> piece) {
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        asio::post(state_->pool, [shared, piece = std::move(piece)] {
          std::exception_ptr bug;
          try {
            piece();
          } catch (...) {
            bug = std::current_exception();
          }
          asio::post(asio::get_associated_executor(*shared), [shared, bug] { std::move (*shared)(bug); });
        });
      },
      asio::use_awaitable, std::move(work));
}

}  // namespace shep::ncanode
