#include "app/shadowed.hpp"

#include "app/mapping_places.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <string_view>
#include <unordered_map>

#include <boost/json.hpp>

namespace shep::app {
namespace {

namespace json = boost::json;

/// The same text for the same value, whatever order its keys were written in. The depth is what the mapping loader admits.
std::string canonical(const json::value& v) {
  if (const auto* object = v.if_object()) {
    std::vector<std::string> members;
    for (const auto& m : *object) members.push_back(json::serialize(json::string(m.key())) + ":" + canonical(m.value()));
    std::sort(members.begin(), members.end());
    std::string out = "{";
    for (const std::string& m : members) out += m + ",";
    return out + "}";
  }
  if (const auto* array = v.if_array()) {
    std::string out = "[";
    for (const json::value& item : *array) out += canonical(item) + ",";
    return out + "]";
  }
  return json::serialize(v);
}

/// One criterion a line; a list is a criterion for each of its items, because all of them must hold.
void add_criteria(const json::object& from, const std::string& path, std::vector<std::string>& out) {
  for (const auto& member : from) {
    const std::string key = path + std::string(member.key());
    if (const auto* list = member.value().if_array()) {
      for (const json::value& item : *list) out.push_back(key + "=" + canonical(item));
    } else if (const auto* inner = member.value().if_object(); inner != nullptr && member.key() == "shep") {
      add_criteria(*inner, key + ".", out);
    } else if (member.value().is_string()) {
      out.push_back(key + "=" + canonical(json::object{{"equalTo", member.value()}}));
    } else {
      out.push_back(key + "=" + canonical(member.value()));
    }
  }
}

struct written {
  const mocks::mapping* mapping;
  std::size_t loaded_as;
  std::vector<std::size_t> criteria;  ///< numbers of texts, sorted
};

/// The same number for the same text.
class text_numbers {
 public:
  std::size_t of(std::string text) { return numbers_.emplace(std::move(text), numbers_.size()).first->second; }

 private:
  std::unordered_map<std::string, std::size_t> numbers_;
};

written read(const mocks::mapping& m, std::size_t loaded_as, text_numbers& numbers) {
  written out{&m, loaded_as, {}};
  boost::system::error_code failed;
  const json::value source = json::parse(m.source, failed);
  const json::object* top = failed ? nullptr : source.if_object();
  if (top == nullptr) return out;
  std::vector<std::string> criteria;
  if (const auto* request = top->if_contains("request"); request != nullptr && request->is_object())
    add_criteria(request->get_object(), {}, criteria);
  // Requests meet a mapping of a scenario in one of its states only.
  for (const char* key : {"scenarioName", "scenarioKey", "requiredScenarioState"})
    if (const auto* value = top->if_contains(key)) criteria.push_back(std::string(key) + "=" + canonical(*value));
  for (std::string& text : criteria) out.criteria.push_back(numbers.of(std::move(text)));
  std::sort(out.criteria.begin(), out.criteria.end());
  return out;
}

/// Mappings that ask for the same.
class alike {
 public:
  void add(const written& one) { members_.push_back(&one); }
  const std::vector<std::size_t>& criteria() const { return members_.front()->criteria; }

  void sort() {
    std::stable_sort(members_.begin(), members_.end(), [](auto a, auto b) { return a->mapping->priority < b->mapping->priority; });
    for (const written* one : members_)
      loaded_first_.push_back(std::min(one->loaded_as, loaded_first_.empty() ? nobody : loaded_first_.back()));
  }

  /// Which of those that are asked before `later` was loaded first.
  std::size_t asked_before(const written& later) const {
    const auto order = [](const written* a, const written* b) {
      return std::pair(a->mapping->priority, a->loaded_as) < std::pair(b->mapping->priority, b->loaded_as);
    };
    const written first_of_priority{later.mapping, 0, {}};
    const auto urgent = std::lower_bound(members_.begin(), members_.end(), &first_of_priority, order) - members_.begin();
    const auto equal = std::upper_bound(members_.begin(), members_.end(), &later, order);
    std::size_t found = urgent > 0 ? loaded_first_[static_cast<std::size_t>(urgent) - 1] : nobody;
    if (equal != members_.end() && (*equal)->mapping->priority == later.mapping->priority) found = std::min(found, (*equal)->loaded_as);
    return found;
  }

  static constexpr std::size_t nobody = std::numeric_limits<std::size_t>::max();

 private:
  std::vector<const written*> members_;    // by priority, then as loaded
  std::vector<std::size_t> loaded_first_;  // the least `loaded_as` up to here
};

/// The mappings of one service, or those of no service alone, found by the criterion that fewest of them have: whatever hides a mapping
/// has all its criteria among those of the hidden one.
class by_criteria {
 public:
  void add(const written& one) { sets_[one.criteria].add(one); }

  void index() {
    std::unordered_map<std::size_t, std::size_t> uses;
    for (const auto& [criteria, set] : sets_)
      for (const std::size_t c : criteria) ++uses[c];
    for (auto& [criteria, set] : sets_) {
      set.sort();
      const auto rarest = std::min_element(criteria.begin(), criteria.end(), [&](auto a, auto b) { return uses[a] < uses[b]; });
      if (rarest != criteria.end()) found_by_[*rarest].push_back(&set);
    }
  }

  std::size_t hides(const written& later, std::size_t& compared) const {
    std::size_t found = alike::nobody;
    const auto everything = sets_.find({});
    if (everything != sets_.end()) found = everything->second.asked_before(later);
    for (std::size_t i = 0; i < later.criteria.size(); ++i) {
      if (i > 0 && later.criteria[i] == later.criteria[i - 1]) continue;
      const auto sets = found_by_.find(later.criteria[i]);
      if (sets == found_by_.end()) continue;
      for (const alike* set : sets->second) {
        ++compared;
        const auto& wanted = set->criteria();
        if (std::includes(later.criteria.begin(), later.criteria.end(), wanted.begin(), wanted.end()))
          found = std::min(found, set->asked_before(later));
      }
    }
    return found;
  }

 private:
  std::map<std::vector<std::size_t>, alike> sets_;
  std::unordered_map<std::size_t, std::vector<const alike*>> found_by_;
};

}  // namespace

shadowed shadowed_mappings(const std::string& root, std::span<const std::shared_ptr<const mocks::mapping>> mappings) {
  text_numbers numbers;
  std::vector<written> all;
  for (const auto& m : mappings) all.push_back(read(*m, all.size(), numbers));
  std::unordered_map<std::string_view, by_criteria> of_service;
  for (const written& one : all) of_service[one.mapping->service_id].add(one);
  for (auto& [service, of] : of_service) of.index();
  shadowed out;
  mapping_places places(root);
  const by_criteria& of_any = of_service[""];
  for (const written& later : all) {
    std::size_t found = of_any.hides(later, out.compared);
    if (!later.mapping->service_id.empty()) found = std::min(found, of_service[later.mapping->service_id].hides(later, out.compared));
    if (found == alike::nobody) continue;
    const mocks::mapping& earlier = *all[found].mapping;
    out.found.push_back({problems::usage,
                         "mapping '" + later.mapping->name + "' can never answer: whatever it matches is answered by '" + earlier.name +
                             "' in " + earlier.file + " before",
                         places.of(*later.mapping), "give it a lower priority number, or one more criterion to the other"});
  }
  return out;
}

}  // namespace shep::app
