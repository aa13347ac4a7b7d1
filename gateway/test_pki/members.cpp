#include "test_pki/members.hpp"

#include <utility>

namespace shep::test_pki {
namespace {

using crypto::key_usage_role;

// EKU values of the NCA (kz-eds.md section 4).
constexpr const char* individual = "1.2.398.3.3.4.1.1";
constexpr const char* legal_entity = "1.2.398.3.3.4.1.2";
constexpr const char* first_head = "1.2.398.3.3.4.1.2.1";
constexpr const char* employee = "1.2.398.3.3.4.1.2.5";
constexpr const char* information_system = "1.2.398.3.3.4.1.2.6";

pki_member organization(std::string name, std::string purpose, std::string common_name, std::string of, std::string bin) {
  pki_member m;
  m.name = std::move(name);
  m.purpose = std::move(purpose);
  m.common_name = std::move(common_name);
  m.organization = std::move(of);
  m.bin = std::move(bin);
  return m;
}

pki_member system(std::string name, std::string purpose, std::string common_name, std::string of, std::string bin) {
  pki_member m = organization(std::move(name), std::move(purpose), std::move(common_name), std::move(of), std::move(bin));
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

pki_member director(std::string name, std::string purpose) {
  pki_member m = organization(std::move(name), std::move(purpose), "БАСШЫЕВА ҮЛГІ", "БАСШЫ ҮЛГІ", "200190990139");
  m.surname = "БАСШЫЕВА";
  m.given_name = "СЫНАҚҚЫЗЫ";
  m.iin = "750512090015";
  m.extended_key_usage = {legal_entity, first_head};
  return m;
}

pki_member staff(std::string name, std::string purpose) {
  pki_member m = organization(std::move(name), std::move(purpose), "ҚЫЗМЕТКЕРОВ ҮЛГІ", "БАСШЫ ҮЛГІ", "200190990139");
  m.surname = "ҚЫЗМЕТКЕРОВ";
  m.given_name = "СЫНАҚҰЛЫ";
  m.iin = "911123090028";
  m.extended_key_usage = {legal_entity, employee};
  return m;
}

/// The same holder's key for logging in.
pki_member login(pki_member m) {
  m.role = key_usage_role::auth;
  return m;
}

pki_member service(std::string name, std::string purpose, std::string common_name, member_work work) {
  pki_member m = organization(std::move(name), std::move(purpose), std::move(common_name), "ШЛЮЗ ҮЛГІ", "200190990016");
  m.role = key_usage_role::unknown;  // neither a signing nor a login key of a person: digitalSignature alone
  m.work = work;
  return m;
}

std::vector<pki_member> all() {
  pki_member bank = system("bank", "sender: a bank; its first head signs", "ПРОБНЫЙ БАНКИР", "БАНК ОБРАЗЕЦ", "200190990028");
  bank.surname = "ПРОБНЫЙ";
  bank.given_name = "ОБРАЗЦОВИЧ";
  bank.iin = "880101099010";
  bank.extended_key_usage = {legal_entity, first_head};
  pki_member expired = system("expired", "a sender whose certificate has ended", "ЕСКІРГЕН ЖҮЙЕ", "ҮЛГІ ҰЙЫМ", "200190990077");
  expired.expired = true;
  pki_member revoked = person("revoked", "a person whose certificate was revoked");
  revoked.common_name = "ҚАЙТАРЫЛОВА ҮМІТ";
  revoked.surname = "ҚАЙТАРЫЛОВА";
  revoked.given_name = "ҮЛГІҚЫЗЫ";
  revoked.iin = "911123091422";
  revoked.revoked = true;
  pki_member stranger = system("stranger", "a sender whose root nobody trusts", "БӨТЕН ЖҮЙЕ", "БӨТЕН ҰЙЫМ", "200190990089");
  stranger.foreign = true;
  return {
      system("gateway", "the gateway: signs every answer", "ШЭП СИМУЛЯТОР", "ШЛЮЗ ҮЛГІ", "200190990016"),
      system("pep", "sender: the portal", "ПОРТАЛ ҮЛГІ", "ПОРТАЛ ҮЛГІ", "200190990041"),
      bank,
      system("bank2", "sender: another bank", "ЕКІНШІ БАНК ҮЛГІ", "ЕКІНШІ БАНК ҮЛГІ", "200190990159"),
      system("mobile", "sender: a mobile application's server", "МОБИЛЬДІ ҮЛГІ", "МОБИЛЬДІ ҮЛГІ", "200190990053"),
      system("con", "sender: the service centre", "ЦОН ҮЛГІ", "ЦОН ҮЛГІ", "200190990149"),
      system("gbdfl", "service GBDFL (people): signs the business data of its answers", "ЖТ МДҚ ҮЛГІ", "ЖТ МДҚ ҮЛГІ", "200190990065"),
      system("gbdul", "service GBDUL (companies): signs the business data of its answers", "ЗТ МДҚ ҮЛГІ", "ЗТ МДҚ ҮЛГІ", "200190990109"),
      system("kdp", "service KDP (consent): signs its tokens and answers", "ДДБҚС ҮЛГІ", "ДДБҚС ҮЛГІ", "200190990119"),
      person("citizen", "a person: signs business data"),
      login(person("citizen_auth", "the same person's key for logging in; must not be accepted for signing")),
      director("director", "first head of an organisation"),
      login(director("director_auth", "the first head's key for logging in")),
      staff("employee", "an employee of the same organisation"),
      login(staff("employee_auth", "the employee's key for logging in")),
      expired,
      revoked,
      stranger,
      system("provider", "a provider under test that answers by itself (adapter forward)", "ЖЕТКІЗУШІ ҮЛГІ", "ЖЕТКІЗУШІ ҮЛГІ",
             "200190990129"),
      service("ocsp", "OCSP responder of the issuing authority", "OCSP RESPONDER", member_work::ocsp),
      service("tsa", "time-stamp authority", "TIME STAMP AUTHORITY", member_work::tsa),
  };
}

}  // namespace

std::span<const pki_member> test_pki_members() {
  static const auto members = all();
  return members;
}

}  // namespace shep::test_pki
