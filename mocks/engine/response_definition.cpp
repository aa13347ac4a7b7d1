#include "mocks/engine/response_definition.hpp"

namespace shep::mocks {

namespace {

boost::json::object to_json(const http_answer& http) {
  boost::json::object o;
  if (http.status) o["status"] = *http.status;
  if (!http.reason.empty()) o["reason"] = http.reason;
  boost::json::array headers;
  for (const auto& [name, value] : http.headers) headers.push_back({{"name", name}, {"value", value}});
  o["headers"] = std::move(headers);
  o["verbatim"] = http.verbatim;
  return o;
}

}  // namespace

boost::json::object to_json(const response_definition& d) {
  boost::json::object o;
  o["mappingId"] = d.mapping_id;
  o["mappingName"] = d.mapping_name;
  o["statusCode"] = d.status_code;
  o["statusMessage"] = d.status_message;
  o["body"] = d.body;
  if (d.carrier) o["carrier"] = protocol::name_of(*d.carrier);
  if (d.type) o["dataType"] = {{"name", d.type->name}, {"namespace", d.type->space}};
  if (d.sign) o["sign"] = {{"inner", d.sign->inner}, {"transport", d.sign->transport}};
  if (d.fault) o["fault"] = {{"code", d.fault->code}, {"message", d.fault->message}, {"data", d.fault->data}};
  if (d.injected) {
    const faults::injection& i = *d.injected;
    boost::json::object told{{"name", faults::name_of(i.what)}};
    if (!i.code.empty()) told["code"] = i.code;
    if (!i.message.empty()) told["message"] = i.message;
    if (!i.data.empty()) told["data"] = i.data;
    if (i.time != faults::usual_time) told["milliseconds"] = i.time.count();
    o["injected"] = std::move(told);
  }
  if (d.http) o["http"] = to_json(*d.http);
  o["delayMilliseconds"] = d.delay.count();
  return o;
}

}  // namespace shep::mocks
