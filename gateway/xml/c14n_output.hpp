#pragma once

#include "xml/c14n.hpp"
#include "xml/escape_runs.hpp"

#include <array>
#include <cstring>

/// Private to module xml.
namespace shep::xml {

/// Gathers the many small pieces of a canonical form, so that a digest sees few large ones. `flush` before the end.
class c14n_output {
 public:
  explicit c14n_output(octet_sink& sink) : sink_(sink) {}

  void put(char octet) {
    if (used_ == buffer_.size()) flush();
    buffer_[used_++] = octet;
    any_ = true;
  }

  void put(std::string_view octets) {
    if (octets.empty()) return;
    any_ = true;
    if (octets.size() > buffer_.size() - used_) {
      flush();
      if (octets.size() >= buffer_.size()) {
        flushed_ += octets.size();
        sink_.write(octets);
        return;
      }
    }
    std::memcpy(buffer_.data() + used_, octets.data(), octets.size());
    used_ += octets.size();
  }

  void text(std::string_view text) {
    escape_runs(text, in_text, [this](std::string_view piece) { put(piece); });
  }

  void attribute(std::string_view name, std::string_view value) {
    put(' ');
    put(name);
    put("=\"");
    escape_runs(value, in_attribute, [this](std::string_view piece) { put(piece); });
    put('"');
  }

  void declaration(std::string_view prefix, std::string_view uri) {
    put(prefix.empty() ? std::string_view(" xmlns") : std::string_view(" xmlns:"));
    put(prefix);
    put("=\"");
    escape_runs(uri, in_attribute, [this](std::string_view piece) { put(piece); });
    put('"');
  }

  void flush() {
    if (used_ != 0) sink_.write({buffer_.data(), used_});
    flushed_ += used_;
    used_ = 0;
  }

  bool wrote_anything() const { return any_; }
  std::size_t written() const { return flushed_ + used_; }

 private:
  octet_sink& sink_;
  std::array<char, 4096> buffer_;
  std::size_t used_ = 0;
  std::size_t flushed_ = 0;
  bool any_ = false;
};

}  // namespace shep::xml
