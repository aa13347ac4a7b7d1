#include "http/registry.hpp"

#include "http/problems.hpp"

namespace shep::http {

std::optional<problem> registry::refuses(const service& s, const std::string& address) const {
  const auto& options = s.options;
  const std::lock_guard lock(mutex_);
  if (!options.reserved_capacity && sharing_ >= shared_capacity_)
    return problem(problems::too_many_connections, "this server has no descriptor left for another connection", {},
                   "close idle connections, or raise the limit of open files");
  const auto found = counts_.find(&s);
  if (found == counts_.end()) return std::nullopt;
  if (found->second.connections >= options.max_connections)
    return problem(problems::too_many_connections,
                   std::to_string(options.max_connections) + " connections are open to this port, which is its limit");
  if (options.connections_per_address == 0) return std::nullopt;
  const auto from = found->second.by_address.find(address);
  if (from != found->second.by_address.end() && from->second >= options.connections_per_address)
    return problem(problems::too_many_connections,
                   std::to_string(options.connections_per_address) + " connections are open from your address, which is its limit", {},
                   "reuse connections, or raise the limit for one address");
  return std::nullopt;
}

registry::place registry::add(std::shared_ptr<session> session, const service& s, std::string address) {
  const std::lock_guard lock(mutex_);
  auto& counted = counts_[&s];
  ++counted.connections;
  if (s.options.connections_per_address > 0) ++counted.by_address[address];
  if (!s.options.reserved_capacity) ++sharing_;
  counters_->connections_open.fetch_add(1, std::memory_order_relaxed);
  counters_->connections_total.fetch_add(1, std::memory_order_relaxed);
  return sessions_.emplace(sessions_.end(), std::move(session), std::move(address));
}

void registry::remove(place where, const service& s) {
  const auto kept_alive = where->first;  // a session must not be destroyed under the lock
  const std::lock_guard lock(mutex_);
  auto& counted = counts_[&s];
  --counted.connections;
  if (const auto from = counted.by_address.find(where->second); from != counted.by_address.end() && --from->second == 0)
    counted.by_address.erase(from);
  if (!s.options.reserved_capacity) --sharing_;
  counters_->connections_open.fetch_sub(1, std::memory_order_relaxed);
  sessions_.erase(where);
  if (sessions_.empty()) changed_.notify_all();
}

void registry::clear() {
  std::list<std::pair<std::shared_ptr<session>, std::string>> gone;
  const std::lock_guard lock(mutex_);
  gone.swap(sessions_);
}

}  // namespace shep::http
