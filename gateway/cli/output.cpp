#include "cli/output.hpp"

#include "app/files.hpp"
#include "crypto/problems.hpp"
#include "test_pki/problems.hpp"

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

namespace shep::cli {
namespace {

int code_for(const problem& p) {
  if (p.code == problems::usage) return usage_error;
  if (p.code == problems::environment || p.code == problems::pkcs12_password || p.code == problems::pkcs12_format) return environment_error;
  if (p.code == problems::pki_folder) return environment_error;
  if (p.code.name.starts_with("pki.")) return usage_error;
  return p.code.name.starts_with("http.") || p.code.name.starts_with("journal.") ? environment_error : failed;
}

}  // namespace

int complain(const problem& p) {
  std::fprintf(stderr, "shepsim: %s\n", describe(p).c_str());
  return code_for(p);
}

int complain(const std::vector<problem>& all) {
  int worst = passed;
  for (const problem& p : all) worst = std::max(worst, complain(p));
  return worst;
}

result<void> emit(std::string_view data, const std::string& file) {
  const bool standard = file.empty() || file == "-";
  std::FILE* out = standard ? stdout : std::fopen(file.c_str(), "wb");
  if (out == nullptr) return problem(problems::environment, "'" + file + "' cannot be written: " + std::strerror(errno));
  const bool written = std::fwrite(data.data(), 1, data.size(), out) == data.size();
  const bool ended = standard ? std::fflush(out) == 0 : std::fclose(out) == 0;
  if (!written || !ended) return problem(problems::environment, "the output could not be written: " + std::string(std::strerror(errno)));
  return {};
}

result<shared_bytes> take_input(const std::string& file) {
  if (file != "-") {
    auto octets = app::read_file(file);
    if (!octets) return octets.error();
    return share(std::move(*octets));
  }
  std::string octets;
  char block[65536];
  for (std::size_t got; (got = std::fread(block, 1, sizeof block, stdin)) > 0;) octets.append(block, got);
  return share(std::move(octets));
}

}  // namespace shep::cli
