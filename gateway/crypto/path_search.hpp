#pragma once

#include "crypto/trust.hpp"

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

/// The search behind trust_store::build. Inside module crypto.
namespace shep::crypto {

/// A certificate that may issue others, with what the search asks of it again and again.
struct candidate {
  certificate cert;
  bool anchor;
};

/// Candidates by the key of their subject's name.
using candidate_index = std::unordered_multimap<std::string, candidate>;

struct found_path {
  trust_store::chain chain;
  time_point from{}, to{};  ///< all certificates of the path are valid between these, both included
  bool only = false;        ///< the search ended without another path
};

/// What may stand between certificates beside the usual algorithms.
struct allowances {
  bool weak = false;
  bool gost2015_256 = false;
};

/// The first path that is valid at `at`; if every path fails by its dates alone, the first of those. Error: certificate_no_chain.
result<found_path> search_path(const certificate& leaf, const candidate_index&, const std::unordered_set<std::string>& anchors, allowances,
                               time_point at);

/// certificate_expired or certificate_not_yet_valid for the first certificate of the path that is not valid at `at`; success when all are.
result<void> check_dates(const std::vector<certificate>& path, time_point at);

}  // namespace shep::crypto
