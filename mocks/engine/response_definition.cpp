#include "mocks/engine/response_definition.hpp"

namespace shep::mocks {

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
  o["delayMilliseconds"] = d.delay.count();
  return o;
}

}  // namespace shep::mocks
