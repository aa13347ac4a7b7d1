#pragma once

#include "pki_client/address_book.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>

#include <boost/asio/thread_pool.hpp>

namespace shep::pki {

/// What one download of a list is known by: its address and the authority that has to have signed it.
struct list_key {
  std::string url;
  std::string issuer;  ///< SHA-256 of the issuer's certificate
  friend auto operator<=>(const list_key&, const list_key&) = default;
};

/// Revocation lists at hand. Readers take the current snapshot and never wait; a list is downloaded once however many ask for it, parsed
/// and verified on a thread of its own, and swapped in.
class list_store : public std::enable_shared_from_this<list_store> {
 public:
  explicit list_store(const settings& s) : settings_(s), now_(std::make_shared<const snapshot>()) {}

  struct snapshot {
    revocation::crl_set set;
    struct taken {
      std::chrono::steady_clock::time_point when;
      std::optional<time_point> next_update;
    };
    std::map<list_key, taken> lists;
  };
  std::shared_ptr<const snapshot> now() const { return now_.load(); }

  /// What a list needs, going by the snapshot.
  enum class need { nothing, refresh, download };
  need look(const snapshot&, const list_key&, time_point at) const;

  /// Downloads the list, or joins the download under way; success when it was taken in. The outcome of the last attempt stands for
  /// `settings::crl_retry`. To be awaited on a strand.
  boost::asio::awaitable<result<void>> bring(target, crypto::certificate issuer);

  /// The same without waiting for it.
  void bring_in_background(const boost::asio::any_io_executor&, target, crypto::certificate issuer);

  /// Ends the parsing thread; what is asked for afterwards never comes. For the owner, before the io threads go.
  void close() { parsing_.join(); }

 private:
  class flight;
  static boost::asio::awaitable<void> download(std::shared_ptr<list_store>, std::shared_ptr<flight>, target, crypto::certificate issuer);
  result<void> take_in(shared_bytes octets, const target&, const crypto::certificate& issuer);

  /// The download under way or one that is over and still stands; a new one is started on the executor.
  std::shared_ptr<flight> board(const boost::asio::any_io_executor&, const target&, const crypto::certificate& issuer);

  const settings settings_;
  std::atomic<std::shared_ptr<const snapshot>> now_;  // written by the parsing thread only
  std::mutex mutex_;
  std::map<list_key, std::shared_ptr<flight>> flights_;
  boost::asio::thread_pool parsing_{1};
};

list_key key_of(const target&, const crypto::certificate& issuer);

}  // namespace shep::pki
