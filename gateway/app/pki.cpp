#include "app/pki.hpp"

#include "app/files.hpp"
#include "test_pki/problems.hpp"

#include <filesystem>

namespace shep::app {

result<std::shared_ptr<test_pki::responders>> open_pki(const config::settings& s, const clock& time) {
  if (!s.pki.enabled) return std::shared_ptr<test_pki::responders>();
  const std::string folder = resolved(s.root, s.pki.folder);
  std::error_code failed;
  if (!std::filesystem::exists(std::filesystem::path(folder) / "authority" / "issuing.p12", failed)) {
    if (s.pki.folder == config::pki_settings().folder) return std::shared_ptr<test_pki::responders>();
    return problem(problems::pki_folder, "there is no authority/issuing.p12 in '" + folder + "'", "pki.folder",
                   "make one with 'shepsim pki new', or write pki.enabled = false");
  }
  auto opened = test_pki::responders::open({folder, s.pki.list_lifetime, s.pki.answer_lifetime}, time);
  if (!opened) return opened.error();
  return std::shared_ptr<test_pki::responders>(std::move(*opened));
}

result<void> check_marked(const crypto::identity& id, const config::settings& s, const std::string& setting) {
  if (s.signing.allow_unmarked || id.certificate.info().marked_as_test) return {};
  return problem(problems::pki_unmarked_key,
                 "the certificate '" + id.certificate.info().subject + "' carries no mark of a test PKI, so this key may be a real one",
                 setting, "use a key made by 'shepsim pki'; if it is meant to sign here, write signing.allow_unmarked = true");
}

}  // namespace shep::app
