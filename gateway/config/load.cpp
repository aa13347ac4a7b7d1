#include "config/load.hpp"

#include "config/decoder.hpp"

#include <algorithm>
#include <cstdio>
#include <tuple>

namespace shep::config {
namespace {

/// File problems in the order of the file, whatever order the decoder met them in; those of flags and the environment behind.
void sort_by_place(std::vector<problem>& problems) {
  const auto rank = [](const problem& p) {
    unsigned line = 0, column = 0;
    const bool in_file = std::sscanf(p.where.c_str(), "shepsim.toml:%u:%u", &line, &column) == 2;
    return std::tuple(!in_file, line, column);
  };
  std::stable_sort(problems.begin(), problems.end(), [&](const problem& a, const problem& b) { return rank(a) < rank(b); });
}

/// A file that cannot be read is one problem; flags and the environment are judged all the same.
load_outcome decode_all(result<file_content> file, const std::string& root, const overrides& given) {
  load_outcome outcome;
  outcome.value.settings.root = root;
  decoding_run run{outcome.value.settings, outcome.value.origins, outcome.problems};
  if (!file) {
    outcome.problems.push_back(file.error());
    file = file_content();
  }
  decode_settings(*file, given, run);
  decode_sections(*file, run);
  sort_by_place(outcome.problems);
  return outcome;
}

}  // namespace

load_outcome load(const std::string& root, const overrides& given) { return decode_all(read_toml_file(root), root, given); }

load_outcome load_toml(std::string_view text, const std::string& root, const overrides& given) {
  return decode_all(read_toml(text), root, given);
}

}  // namespace shep::config
