#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

/// Private to module xml.
namespace shep::xml {

/// What canonicalization knows of each prefix: the name it is bound to here, and the name the output has declared for it so far.
/// Changes belong to the innermost open element and are undone when it closes. Every operation is O(1) on average, whatever the
/// number of prefixes; the hash is salted. Views must outlive the scope. The default namespace is the prefix "".
class namespace_scope {
 public:
  using id = std::uint32_t;

  struct binding {
    std::string_view prefix;
    std::string_view bound;     ///< empty: not declared
    std::string_view rendered;  ///< empty: not declared in the output
    bool listed = false;        ///< stands in the InclusiveNamespaces PrefixList
  };

  namespace_scope();

  id find_or_add(std::string_view prefix);
  const binding& operator[](id i) const { return bindings_[i]; }
  id size() const { return static_cast<id>(bindings_.size()); }
  static constexpr id default_namespace = 0;

  void list(id i) { bindings_[i].listed = true; }
  void bind(id i, std::string_view uri);
  void render(id i, std::string_view uri);

  std::size_t mark() const { return changes_.size(); }  ///< at the start of an element
  void undo(std::size_t mark);                          ///< at its end

 private:
  struct change {
    id which;
    bool was_bound;  ///< else it was `rendered`
    std::string_view before;
  };

  void grow();
  std::size_t slot_of(std::string_view prefix) const;

  std::uint64_t salt_;
  std::vector<binding> bindings_;
  std::vector<change> changes_;
  std::vector<id> slots_;  ///< open addressing, a power of two; 0 is free, else id + 1
};

}  // namespace shep::xml
