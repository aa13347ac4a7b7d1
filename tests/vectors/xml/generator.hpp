#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

/// Seeded documents that are well-formed by construction and full of what canonicalization must decide: prefixes declared, declared
/// again, redefined and undone, xml:* attributes, CDATA, comments, instructions, references, line ends, characters of every width.
namespace shep::xml {

class document_generator {
 public:
  explicit document_generator(std::uint64_t seed) : random_(seed) {}

  /// UTF-8, or UTF-16 with a byte order mark for about one document in twenty.
  std::string next();

  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }

 private:
  struct binding {
    std::string prefix, uri;
  };

  bool chance(std::size_t one_in) { return below(one_in) == 0; }
  void element(std::string& out, std::vector<binding> scope, int depth);
  void attributes(std::string& out, const std::vector<binding>& scope);
  void content(std::string& out, const std::vector<binding>& scope, int depth);
  void quoted(std::string& out, const std::string& value);
  std::string value();
  std::string characters();
  std::string aside();
  std::string space(bool required);

  std::mt19937_64 random_;
};

}  // namespace shep::xml
