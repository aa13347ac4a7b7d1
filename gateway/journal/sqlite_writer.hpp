#pragma once

#include "journal/record.hpp"
#include "journal/sqlite.hpp"

#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace shep::journal::sqlite {

/// The one connection that writes. Not for several threads at once. After any failure of the disk it accepts nothing until it has
/// opened the file anew and found there what it acknowledged last (catalogue, fact 7); each call tries that first.
class writer {
 public:
  writer(std::string path, bool durable, int log_pages) : path_(std::move(path)), durable_(durable), checkpoint_pages_(log_pages) {}
  writer(const writer&) = delete;
  writer& operator=(const writer&) = delete;

  result<void> open();
  result<void> append(std::span<const record>);
  result<void> remove_all();

 private:
  /// Where the next arrival goes, and the bounds of received_at in the span it belongs to, so far.
  struct position {
    std::int64_t next = 1;
    std::int64_t entries = 0, earliest = 0, latest = 0;
  };
  using fresh_arrivals = std::unordered_map<std::string_view, std::int64_t>;

  result<void> ready();
  result<void> reopen();
  result<void> verify_acknowledged();
  result<void> load_position();
  result<void> insert(std::span<const record>);
  result<std::int64_t> insert_arrival(const arrival&);
  result<void> insert_completion(const completion&, const fresh_arrivals&);
  result<void> close_span();
  result<void> undo(problem, const position& before);

  const std::string path_;
  const bool durable_;
  const int checkpoint_pages_;
  bool failed_ = false;
  int log_pages_ = 0;  ///< in the log after the latest commit
  connection connection_;
  statement insert_arrival_, insert_completion_, insert_span_, find_;
  position position_;
  std::vector<std::pair<std::string, bool>> acknowledged_;  ///< the latest group: id, and whether it is the completion
};

}  // namespace shep::journal::sqlite
