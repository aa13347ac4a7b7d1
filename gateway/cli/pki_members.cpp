#include "cli/pki_files.hpp"

#include <array>

namespace shep::cli {
namespace {

// EKU values of the NCA (kz-eds.md section 4).
constexpr const char* individual = "1.2.398.3.3.4.1.1";
constexpr const char* legal_entity = "1.2.398.3.3.4.1.2";
constexpr const char* first_head = "1.2.398.3.3.4.1.2.1";
constexpr const char* information_system = "1.2.398.3.3.4.1.2.6";

pki_member system(std::string name, std::string purpose, std::string common_name, std::string organization, std::string bin) {
  pki_member m;
  m.name = std::move(name);
  m.purpose = std::move(purpose);
  m.common_name = std::move(common_name);
  m.organization = std::move(organization);
  m.bin = std::move(bin);
  m.extended_key_usage = {legal_entity, information_system};
  return m;
}

pki_member person(std::string name, std::string purpose) {
  pki_member m;
  m.name = std::move(name);
  m.purpose = std::move(purpose);
  m.common_name = "ҮЛГІБАЕВ ӘДІЛ";
  m.surname = "ҮЛГІБАЕВ";
  m.given_name = "СЫНАҚҰЛЫ";
  m.iin = "850315090015";
  m.extended_key_usage = {individual};
  return m;
}

std::array<pki_member, 12> all() {
  pki_member bank = system("bank", "sender: a bank; its first head signs", "ПРОБНЫЙ БАНКИР", "БАНК ОБРАЗЕЦ", "200190990028");
  bank.surname = "ПРОБНЫЙ";
  bank.given_name = "ОБРАЗЦОВИЧ";
  bank.iin = "880101099010";
  bank.extended_key_usage = {legal_entity, first_head};
  pki_member authentication = person("citizen_auth", "the same person's key for logging in; must not be accepted for signing");
  authentication.role = crypto::key_usage_role::auth;
  pki_member expired = system("expired", "a sender whose certificate has ended", "ЕСКІРГЕН ЖҮЙЕ", "ҮЛГІ ҰЙЫМ", "200190990077");
  expired.expired = true;
  pki_member stranger = system("stranger", "a sender whose root nobody trusts", "БӨТЕН ЖҮЙЕ", "БӨТЕН ҰЙЫМ", "200190990089");
  stranger.foreign = true;
  return {
      system("gateway", "the gateway: signs every answer", "ШЭП СИМУЛЯТОР", "ШЛЮЗ ҮЛГІ", "200190990016"),
      system("pep", "sender: the portal", "ПОРТАЛ ҮЛГІ", "ПОРТАЛ ҮЛГІ", "200190990041"),
      bank,
      system("mobile", "sender: a mobile application's server", "МОБИЛЬДІ ҮЛГІ", "МОБИЛЬДІ ҮЛГІ", "200190990053"),
      system("gbdfl", "service GBDFL (people): signs the business data of its answers", "ЖТ МДҚ ҮЛГІ", "ЖТ МДҚ ҮЛГІ", "200190990065"),
      system("gbdul", "service GBDUL (companies): signs the business data of its answers", "ЗТ МДҚ ҮЛГІ", "ЗТ МДҚ ҮЛГІ", "200190990109"),
      system("kdp", "service KDP (consent): signs its tokens and answers", "ДДБҚС ҮЛГІ", "ДДБҚС ҮЛГІ", "200190990119"),
      person("citizen", "a person: signs business data"),
      authentication,
      expired,
      stranger,
      system("provider", "a provider under test that answers by itself (adapter forward)", "ЖЕТКІЗУШІ ҮЛГІ", "ЖЕТКІЗУШІ ҮЛГІ",
             "200190990129"),
  };
}

}  // namespace

std::span<const pki_member> test_pki_members() {
  static const auto members = all();
  return members;
}

}  // namespace shep::cli
