#pragma once

#include "adapters/forwarding/fixture_files.hpp"
#include "protocol/request.hpp"
#include "xml/limits.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include <boost/asio/awaitable.hpp>

namespace shep::forwarding {

/// How much is kept.
struct fixture_limits {
  std::size_t fixtures = 10'000;        ///< in memory and in the folder: no more are recorded
  std::uint64_t octets = 256ULL << 20;  ///< of answers in memory
};

/// Recorded exchanges in memory, by serviceId and business data (normal_form), and the folder they are written to. Any thread.
class fixture_library {
 public:
  explicit fixture_library(std::string folder, xml::limits reading = {}, fixture_limits most = {});
  ~fixture_library();  ///< after what is being written is written
  fixture_library(const fixture_library&) = delete;
  fixture_library& operator=(const fixture_library&) = delete;

  /// What the folder holds, names in order, the later of two equal ones counting. A folder that is not there is empty. What cannot be read
  /// is left out and told. Blocks: starting and reloading only.
  std::vector<problem> load();

  /// Writes one exchange on a thread of its own and makes it known to `find`. Errors: environment, and usage when a limit is reached.
  boost::asio::awaitable<result<void>> record(recorded_exchange, const protocol::business_data& asked);

  /// The answer recorded for a request that says the same; null: there is none.
  struct answer {
    std::string name;  ///< of the fixture's folder
    shared_bytes message;
  };
  std::shared_ptr<const answer> find(std::string_view service_id, const protocol::business_data& asked) const;
  std::size_t size() const;
  const std::string& folder() const { return folder_; }

 private:
  struct worker;
  bool add(std::string key, answer);

  std::string folder_;
  xml::limits reading_;
  fixture_limits most_;
  mutable std::mutex guard_;
  std::unordered_map<std::string, std::shared_ptr<const answer>> by_question_;
  std::uint64_t octets_ = 0;
  std::size_t in_folder_ = 0;
  std::unique_ptr<worker> worker_;
};

}  // namespace shep::forwarding
