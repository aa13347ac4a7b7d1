#include "xml/namespace_scope.hpp"

#include <random>

namespace shep::xml {
namespace {

std::uint64_t process_salt() {
  static const std::uint64_t value = (std::uint64_t{std::random_device{}()} << 32) | std::random_device{}();
  return value;
}

std::uint64_t hash(std::string_view prefix, std::uint64_t h) {
  for (const char c : prefix) h = (h ^ static_cast<unsigned char>(c)) * 0x9fb21c651e98df25U, h ^= h >> 29;
  return h;
}

}  // namespace

namespace_scope::namespace_scope() : salt_(process_salt()), slots_(32, 0) {
  bindings_.reserve(16);
  changes_.reserve(32);
  find_or_add("");
}

std::size_t namespace_scope::slot_of(std::string_view prefix) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash(prefix, salt_) & mask;
  while (slots_[at] != 0 && bindings_[slots_[at] - 1].prefix != prefix) at = (at + 1) & mask;
  return at;
}

namespace_scope::id namespace_scope::find_or_add(std::string_view prefix) {
  std::size_t at = slot_of(prefix);
  if (slots_[at] != 0) return slots_[at] - 1;
  if (bindings_.size() * 2 >= slots_.size()) {
    grow();
    at = slot_of(prefix);
  }
  bindings_.push_back({prefix, {}, {}, false});
  slots_[at] = size();
  return size() - 1;
}

void namespace_scope::grow() {
  slots_.assign(slots_.size() * 2, 0);
  for (id i = 0; i < size(); ++i) slots_[slot_of(bindings_[i].prefix)] = i + 1;
}

void namespace_scope::bind(id i, std::string_view uri) {
  changes_.push_back({i, true, bindings_[i].bound});
  bindings_[i].bound = uri;
}

void namespace_scope::render(id i, std::string_view uri) {
  changes_.push_back({i, false, bindings_[i].rendered});
  bindings_[i].rendered = uri;
}

void namespace_scope::undo(std::size_t mark) {
  for (; changes_.size() > mark; changes_.pop_back()) {
    const change& last = changes_.back();
    (last.was_bound ? bindings_[last.which].bound : bindings_[last.which].rendered) = last.before;
  }
}

}  // namespace shep::xml
