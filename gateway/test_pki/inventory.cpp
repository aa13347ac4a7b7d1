#include "test_pki/inventory.hpp"

#include "test_pki/families.hpp"
#include "test_pki/pki_folder.hpp"
#include "test_pki/problems.hpp"

#include <algorithm>
#include <filesystem>

namespace shep::test_pki {
namespace {

namespace fs = std::filesystem;

/// Names of the .pem files of a folder, in order; none when there is no such folder.
std::vector<std::string> pem_names(const std::string& folder) {
  constexpr std::size_t most = 10'000;
  std::vector<std::string> names;
  std::error_code failed;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end && names.size() < most; at.increment(failed)) {
    if (at->path().extension() == ".pem") names.push_back(at->path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

result<crypto::certificate> read_certificate(const pki_folder& files, const std::string& name, const std::string& shown) {
  const auto text = files.read(name);
  if (!text) return text.error();
  auto certificate = crypto::certificate::from_pem_or_der(*text);
  if (certificate) return certificate;
  problem why = certificate.error();
  why.where = shown;
  return why;
}

std::string plain_hex(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ':') out += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  const std::size_t first = out.find_first_not_of('0');
  return first == std::string::npos ? out : out.substr(first);
}

}  // namespace

std::vector<std::string> family_prefixes(const std::string& folder) {
  std::vector<std::string> found;
  for (const std::string& prefix : {std::string(), std::string(name_of(family::rsa)) + "/", std::string(name_of(family::gost2015)) + "/",
                                    std::string(name_of(family::gost2004)) + "/"})
    if (pki_folder(folder, prefix).has("trusted/issuing.pem")) found.push_back(prefix);
  return found;
}

result<inventory> inventory::load(const std::string& folder) {
  inventory out;
  for (const std::string& prefix : family_prefixes(folder)) {
    const pki_folder files(folder, prefix);
    const std::string issuing_name = prefix + "issuing";
    for (const char* name : {"root", "issuing"}) {
      const std::string file = std::string("trusted/") + name + ".pem";
      auto certificate = read_certificate(files, file, folder + "/" + prefix + file);
      if (!certificate) return certificate.error();
      const bool is_root = std::string_view(name) == "root";
      out.all_.push_back({prefix + name, std::move(*certificate), is_root ? std::string() : prefix + "root", true});
    }
    const crypto::certificate issuing = out.all_.back().certificate;
    for (const std::string& name : pem_names(folder + "/" + prefix + "known")) {
      const std::string file = "known/" + name + ".pem";
      auto certificate = read_certificate(files, file, folder + "/" + prefix + file);
      if (!certificate) return certificate.error();
      const bool ours = certificate->info().issuer_der == issuing.info().subject_der;
      out.all_.push_back({prefix + name, std::move(*certificate), ours ? issuing_name : std::string()});
    }
  }
  if (out.all_.empty())
    return problem(problems::pki_folder, "there is no trusted/issuing.pem", folder, "make a test PKI: shepsim pki new " + folder);
  return out;
}

const issued* inventory::find(std::string_view wanted) const {
  const std::string hex = plain_hex(wanted);
  for (const issued& one : all_) {
    const auto& info = one.certificate.info();
    if (one.name == wanted || info.serial_decimal == wanted || info.serial_hex == hex) return &one;
  }
  return nullptr;
}

const issued* inventory::by_serial(std::string_view serial_hex) const {
  const auto found = std::find_if(all_.begin(), all_.end(), [&](const issued& i) { return i.certificate.info().serial_hex == serial_hex; });
  return found == all_.end() ? nullptr : &*found;
}

std::vector<std::string> inventory::names() const {
  std::vector<std::string> out;
  for (const issued& one : all_) out.push_back(one.name);
  return out;
}

}  // namespace shep::test_pki
