#pragma once

#include "core/result.hpp"
#include "http/limits.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace shep::http {

/// Takes the chunked coding off a body as it arrives, in pieces of any size. RFC 9112 section 7.1, strictly: CR LF only, no white space
/// around the size, sizes of 16 hex digits at most, bounded extensions and overhead (H10, H11); trailers are checked and dropped (H13).
/// No I/O; the verdict does not depend on how the octets were cut.
class chunk_decoder {
 public:
  explicit chunk_decoder(const body_limits& l) : limits_(l) {}

  /// Appends the payload in `octets` to `payload` and returns how many octets were used: all of them unless the body ended.
  /// Errors: `bad_chunk`, `chunk_overhead`, `body_too_large`. Not to be called again after an error.
  result<std::size_t> take(std::string_view octets, std::string& payload);

  bool done() const { return state_ == state::done; }

 private:
  enum class state {
    size,
    extension_name,
    extension_value,
    extension_quoted,
    extension_escape,
    extension_end,
    size_end,
    data,
    data_cr,
    data_lf,
    trailer,
    done
  };

  result<void> take_framing(char c);
  result<void> take_size(char c);
  result<void> take_extension(char c);
  result<void> end_size_line();
  result<void> take_trailer(char c);
  result<void> check_trailers() const;

  body_limits limits_;
  state state_ = state::size;
  unsigned digits_ = 0;
  bool token_begun_ = false;   ///< of an extension's name or value
  std::uint64_t left_ = 0;     ///< octets of the current chunk still to come
  std::uint64_t payload_ = 0;  ///< of all chunks announced so far
  std::uint64_t overhead_ = 0;
  std::size_t extensions_ = 0;
  std::size_t trailer_line_ = 0;
  std::string trailers_;
};

}  // namespace shep::http
