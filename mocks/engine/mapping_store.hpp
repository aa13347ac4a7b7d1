#pragma once

#include "core/ids.hpp"
#include "mocks/engine/body_source.hpp"
#include "mocks/engine/stub_store.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace shep::mocks {

/// What a change of the mappings did: the mapping now in force, or everything that is wrong with the text (nothing changed then).
struct mapping_change {
  std::shared_ptr<const mapping> made;
  std::vector<problem> problems;  ///< mocks.*; mapping_unknown when there is no mapping of that id
};

/// The mappings in force, changed while requests are answered: readers take a snapshot and keep it, a writer builds the next one and
/// swaps it in. Safe from any thread; writers wait for one another, readers for nobody. A change costs what the whole index costs.
class mapping_store {
 public:
  /// Where bodyFileName of added mappings is looked up, anew for each change: files may have come since.
  using body_opener = std::function<std::unique_ptr<body_source>()>;

  /// `loaded` is what `reset` goes back to. Without `bodies` there are no files.
  /// Error: problems::mapping_duplicate.
  static result<std::shared_ptr<mapping_store>> create(std::vector<std::shared_ptr<const mapping>> loaded, body_opener bodies = {});

  /// What the outside demands of a mapping beside its format; a problem refuses it.
  using mapping_check = std::function<result<void>(const mapping&)>;

  std::shared_ptr<const stub_store> snapshot() const { return current_.load(); }

  /// One mapping as JSON. Its id is the text's own or a new one; an id that is taken is a problem (mapping_duplicate). Wins over the
  /// older ones of its priority.
  mapping_change add(std::string_view json, ids&, const mapping_check& = {});
  /// Replaces the mapping of that id and keeps its place; an id in the text must be the same.
  mapping_change update(std::string_view id, std::string_view json, const mapping_check& = {});
  bool remove(std::string_view id);                                                                   ///< false when there is none
  std::vector<std::shared_ptr<const mapping>> remove_if(const std::function<bool(const mapping&)>&);  ///< those that are gone

  /// Many at once, or nothing: `{"mappings": […]}`. One whose id is in force already replaces it, or with `keep_known` is left out; with
  /// `only_these` all others go.
  struct import_order {
    bool keep_known = false, only_these = false;
  };
  struct import_change {
    std::size_t added = 0, replaced = 0, ignored = 0, removed = 0;
    std::vector<problem> problems{};
  };
  import_change import(std::string_view json, const import_order&, ids&, const mapping_check& = {});

  /// Those in force that were not loaded: added, or in the place of a loaded one. And those that were.
  std::vector<std::shared_ptr<const mapping>> added() const;
  std::vector<std::shared_ptr<const mapping>> loaded() const;

  /// The loaded ones, and what another store has added, read anew: in the place of one with the same id, else after all others. Problems
  /// change nothing.
  std::vector<problem> take_over(const std::vector<std::shared_ptr<const mapping>>& added_elsewhere);

  /// An added one is a file of that name now, and counts as loaded.
  mapping_change saved_as(const mapping&, const std::string& file);
  void clear();  ///< none at all
  void reset();  ///< those that were loaded

  /// In the order of loading; the same list as snapshot()->mappings().
  std::vector<std::shared_ptr<const mapping>> list() const;

 private:
  explicit mapping_store(body_opener bodies) : bodies_(std::move(bodies)) {}
  using changed = std::vector<std::shared_ptr<const mapping>>;
  mapping_change decoded(std::string_view json, std::string id, const mapping_check&);
  std::vector<problem> put(changed);
  std::unique_ptr<body_source> bodies() const;

  mutable std::mutex writing_;
  body_opener bodies_;
  changed loaded_;
  std::atomic<std::shared_ptr<const stub_store>> current_;
};

}  // namespace shep::mocks
