#include "adapters/kinds/kind.hpp"

namespace shep::adapters {

extern const kind kind_mock;

namespace {

std::shared_ptr<const adapter> make_state(const parts& p) { return kind_mock.make(p); }

}  // namespace

// Scenarios are a matter of mappings (decision 0009): the word is another name for the same engine.
extern const kind kind_state;
const kind kind_state{"state", "answers from mappings with scenarios: the same engine as mock", make_state};

}  // namespace shep::adapters
