#include "journal/record.hpp"

namespace shep::journal {
namespace {

std::size_t size_of(const shared_bytes& body) { return body ? body->size() : 0; }

}  // namespace

std::size_t size_of(const record& r) {
  if (const auto* a = std::get_if<arrival>(&r))
    return sizeof(record) + size_of(a->raw) + a->id.size() + a->channel.size() + a->remote.size() + a->target.size() + a->head.size();
  const auto& c = std::get<completion>(r);
  std::size_t size = sizeof(record) + size_of(c.response);
  for (const std::string* text :
       {&c.id, &c.outcome, &c.service_id, &c.sender_id, &c.message_id, &c.correlation_id, &c.session_id, &c.route, &c.adapter,
        &c.mapping_id, &c.indication, &c.sub_indication, &c.problem_code, &c.problem_detail, &c.fault_code, &c.trace})
    size += text->size();
  return size;
}

const std::string& id_of(const record& r) {
  const auto* a = std::get_if<arrival>(&r);
  return a ? a->id : std::get<completion>(r).id;
}

}  // namespace shep::journal
