#include "crypto/problems.hpp"
#include "eds/envelope.hpp"
#include "eds/problems.hpp"
#include "protocol/fault.hpp"
#include "protocol/problems.hpp"
#include "xml/problems.hpp"

namespace shep::protocol {
namespace {

struct default_row {
  fault_event event;
  std::string_view name, code, message;
  bool ours;
};

constexpr default_row defaults[] = {
    {fault_event::message_format, "message_format", "SCE001", "Сообщение не соответствует формату", false},
    {fault_event::unknown_service, "unknown_service", "SCE004", "Сервис не существует", false},
    {fault_event::signature_not_current, "signature_not_current", "SCE005", "Транспортная подпись неактуальна", false},
    {fault_event::signature_wrong, "signature_wrong", "SCE006", "Неверная транспортная подпись", false},
    {fault_event::signature_missing, "signature_missing", "SCE007", "Сообщение не подписано", false},
    {fault_event::business_not_current, "business_not_current", "SCE015", "Подпись бизнес-данных неактуальна", false},
    {fault_event::business_wrong, "business_wrong", "SCE016", "Неверная подпись бизнес-данных", false},
    {fault_event::business_missing, "business_missing", "SCE017", "Бизнес-данные не подписаны", false},
    {fault_event::internal_error, "internal_error", "SCE909", "Внутренняя ошибка", false},
    {fault_event::version_mismatch, "version_mismatch", "VersionMismatch", "Принимается только SOAP 1.1", false},
    {fault_event::must_understand, "must_understand", "MustUnderstand", "Неизвестный обязательный заголовок", false},
    {fault_event::unknown_sender, "unknown_sender", "SIM101", "Отправитель не зарегистрирован", true},
    {fault_event::wrong_password, "wrong_password", "SIM102", "Неверный пароль отправителя", true},
    {fault_event::no_right, "no_right", "SIM103", "Нет прав на вызов сервиса", true},
    {fault_event::no_match, "no_match", "SIM104", "Нет подходящего ответа имитатора", true},
    {fault_event::recipient_timeout, "recipient_timeout", "SIM105", "Получатель не ответил вовремя", true},
    {fault_event::unavailable, "unavailable", "SIM106", "Шлюз временно недоступен", true},
    {fault_event::too_large, "too_large", "SIM107", "Сообщение слишком велико", true},
    {fault_event::signer_not_entitled, "signer_not_entitled", "SIM108", "Сертификат подписи не даёт права на этот сервис", true},
    {fault_event::signer_not_named, "signer_not_named", "SIM109", "ИИН или БИН сертификата не совпадает с отправителем или бизнес-данными",
     true},
    {fault_event::revocation_unknown, "revocation_unknown", "SIM110", "Статус сертификата временно неизвестен, повторите запрос позже",
     true},
    {fault_event::recipient_unavailable, "recipient_unavailable", "SIM121", "Получатель недоступен", true},
    {fault_event::recipient_answer, "recipient_answer", "SIM122", "Ответ получателя не может быть принят", true},
};

struct rule {
  problem_code code;
  fault_event transport;
  fault_event business;
};

constexpr rule same(problem_code c, fault_event e) { return {c, e, e}; }

const rule rules[] = {
    same(problems::xml_not_well_formed, fault_event::message_format),
    same(problems::xml_doctype, fault_event::message_format),
    same(problems::xml_encoding, fault_event::message_format),
    same(problems::xml_version, fault_event::message_format),
    same(problems::xml_limit, fault_event::message_format),
    same(problems::xml_mixed_value, fault_event::message_format),
    same(problems::soap_structure, fault_event::message_format),
    same(problems::message_format, fault_event::message_format),
    same(problems::business_data_format, fault_event::message_format),
    same(problems::contract_violation, fault_event::message_format),
    same(problems::version_mismatch, fault_event::version_mismatch),
    same(problems::must_understand, fault_event::must_understand),
    same(problems::unknown_service, fault_event::unknown_service),
    same(problems::unknown_sender, fault_event::unknown_sender),
    same(problems::wrong_password, fault_event::wrong_password),
    same(problems::no_right, fault_event::no_right),
    same(problems::sender_not_named, fault_event::signer_not_named),
    same(problems::no_match, fault_event::no_match),
    same(problems::recipient_timeout, fault_event::recipient_timeout),
    same(problems::unavailable, fault_event::unavailable),
    same(problems::recipient_unavailable, fault_event::recipient_unavailable),
    same(problems::recipient_answer, fault_event::recipient_answer),
    same(problems::recipient_untrusted, fault_event::recipient_answer),
    same(problems::too_large, fault_event::too_large),
    {problems::signature_missing, fault_event::signature_missing, fault_event::business_missing},
    {problems::signature_format, fault_event::signature_wrong, fault_event::business_wrong},
    {problems::signature_constraints, fault_event::signature_wrong, fault_event::business_wrong},
    {problems::signed_data_not_found, fault_event::signature_wrong, fault_event::business_wrong},
    {problems::hash_failure, fault_event::signature_wrong, fault_event::business_wrong},
    {problems::signature_crypto_failure, fault_event::signature_wrong, fault_event::business_wrong},
    {problems::signing_certificate_missing, fault_event::signature_not_current, fault_event::business_not_current},
    {problems::signing_certificate_invalid, fault_event::signature_not_current, fault_event::business_not_current},
    {problems::signing_certificate_usage, fault_event::signature_not_current, fault_event::business_not_current},
    {problems::signing_certificate_revoked, fault_event::signature_not_current, fault_event::business_not_current},
    same(problems::signing_certificate_role, fault_event::signer_not_entitled),
    same(problems::signing_certificate_policy, fault_event::signer_not_entitled),
    same(problems::signing_certificate_identity, fault_event::signer_not_named),
    same(problems::revocation_undecided, fault_event::revocation_unknown),
};

}  // namespace

std::string_view name_of(fault_event event) {
  for (const default_row& d : defaults)
    if (d.event == event) return d.name;
  return "";
}

fault_table::fault_table() {
  for (const default_row& d : defaults) rows_[d.event] = {std::string(d.code), std::string(d.message), d.ours};
}

void fault_table::set(fault_event event, std::string code, std::string message) {
  row& r = rows_.at(event);
  if (!code.empty()) r.code = std::move(code);
  if (!message.empty()) r.message = std::move(message);
}

const fault_table::row& fault_table::at(fault_event event) const { return rows_.at(event); }

fault_event event_for(const problem& p, layer where) {
  for (const rule& r : rules)
    if (r.code == p.code) return where == layer::transport ? r.transport : r.business;
  return fault_event::internal_error;
}

}  // namespace shep::protocol
