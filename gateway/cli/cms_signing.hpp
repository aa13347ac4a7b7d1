#pragma once

#include "core/result.hpp"
#include "crypto/pkcs12.hpp"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace shep::cli {

/// What `sign --profile cms` decides beside the key.
struct cms_signing {
  bool detached = false;
  bool add = false;  ///< the input is a CMS that gets one more signer
  bool pem = false;
  std::string data;  ///< with `add`: file of the detached content
  std::string tsp_url, tsp_policy;
  std::vector<std::string> tsp_trusted;

  void add_to(CLI::App& command);
  /// Something of the above is asked for.
  bool asked() const;

  /// A CMS over `input`, in DER or PEM, with a time stamp when an authority is named; its answer is verified before it is put in, which
  /// needs `tsp_trusted`. Blocks within the deadlines of the asking. Errors: those of cms::sign, usage, time_stamp_*.
  result<std::string> sign(const std::string& input, const crypto::identity&) const;
};

}  // namespace shep::cli
