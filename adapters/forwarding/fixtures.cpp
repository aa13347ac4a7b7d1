#include "adapters/forwarding/fixtures.hpp"

#include "adapters/forwarding/normal_form.hpp"
#include "protocol/read_message.hpp"

#include <atomic>
#include <functional>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace shep::forwarding {
namespace {

namespace asio = boost::asio;

constexpr std::size_t most_being_written = 256;

std::string question(std::string_view service_id, const protocol::business_data& asked) {
  return std::string(service_id) + '\n' + normal_form(asked);
}

}  // namespace

/// The thread on which files are written.
struct fixture_library::worker {
  asio::thread_pool pool{1};
  std::atomic<std::size_t> given{0};

  asio::awaitable<result<void>> run(std::function<result<void>()> work) {
    return asio::async_initiate<const asio::use_awaitable_t<>, void(result<void>)>(
        [this](auto handler, std::function<result<void>()> piece) {
          auto shared = std::make_shared<decltype(handler)>(std::move(handler));
          asio::post(pool, [this, shared, piece = std::move(piece)] {
            result<void> done = problem(problems::internal, "the fixture was not written");
            try {
              done = piece();
            } catch (const std::exception& e) {
              done = problem(problems::internal, e.what());
            }
            --given;
            asio::post(asio::get_associated_executor(*shared), [shared, done]() mutable { std::move (*shared)(std::move(done)); });
          });
        },
        asio::use_awaitable, std::move(work));
  }
};

fixture_library::fixture_library(std::string folder, xml::limits reading, fixture_limits most)
    : folder_(std::move(folder)), reading_(reading), most_(most), worker_(std::make_unique<worker>()) {}

fixture_library::~fixture_library() { worker_->pool.join(); }

bool fixture_library::add(std::string key, answer a) {
  const std::lock_guard lock(guard_);
  const auto known = by_question_.find(key);
  const bool replaces = known != by_question_.end();
  const std::uint64_t without = octets_ - (replaces ? key.size() + known->second->message->size() : 0);
  const std::uint64_t size = key.size() + a.message->size();
  if ((!replaces && by_question_.size() >= most_.fixtures) || without + size > most_.octets) return false;
  octets_ = without + size;
  by_question_[std::move(key)] = std::make_shared<const answer>(std::move(a));
  return true;
}

std::vector<problem> fixture_library::load() {
  std::vector<problem> told;
  const auto names = fixture_names(folder_);
  in_folder_ = names.size();
  for (const std::string& name : names) {
    auto read = read_fixture(folder_, name);
    if (!read) {
      told.push_back(read.error());
      continue;
    }
    const auto request = xml::admit(read->request, reading_);
    if (!request) {
      told.emplace_back(request.error().code, request.error().detail, folder_ + "/" + name + "/request.xml", request.error().where);
      continue;
    }
    const auto data = protocol::find_business_data(*request, reading_);
    if (!add(data ? question(read->service_id, *data) : question(read->service_id, {}), {name, read->response})) {
      told.emplace_back(problems::usage, "there are more fixtures than are kept in memory", folder_ + "/" + name, "remove some");
      break;
    }
  }
  return told;
}

asio::awaitable<result<void>> fixture_library::record(recorded_exchange r, const protocol::business_data& asked) {
  {
    const std::lock_guard lock(guard_);
    if (in_folder_ >= most_.fixtures)
      co_return problem(problems::usage, "the folder holds as many fixtures as are kept", folder_,
                        "remove some, or record to another folder");
    ++in_folder_;
  }
  if (worker_->given.fetch_add(1) >= most_being_written) {
    --worker_->given;
    const std::lock_guard lock(guard_);
    --in_folder_;
    co_return problem(problems::environment, "fixtures come faster than they can be written", folder_);
  }
  std::string key = question(r.service_id, asked);
  answer a{r.name, r.response};
  auto shared = std::make_shared<const recorded_exchange>(std::move(r));
  std::function<result<void>()> work = [this, shared] { return write_fixture(folder_, *shared); };
  auto written = co_await worker_->run(std::move(work));
  if (!written) {
    const std::lock_guard lock(guard_);
    --in_folder_;
    co_return written;
  }
  if (!add(std::move(key), std::move(a)))
    co_return problem(problems::usage, "the fixture is written, but there are more than are kept in memory: replay does not know it",
                      folder_, "remove some and reload");
  co_return result<void>();
}

std::shared_ptr<const fixture_library::answer> fixture_library::find(std::string_view service_id,
                                                                     const protocol::business_data& asked) const {
  const std::string key = question(service_id, asked);
  const std::lock_guard lock(guard_);
  const auto found = by_question_.find(key);
  return found == by_question_.end() ? nullptr : found->second;
}

std::size_t fixture_library::size() const {
  const std::lock_guard lock(guard_);
  return by_question_.size();
}

}  // namespace shep::forwarding
