#include "http/handler.hpp"

namespace shep::http {

response plain_refusal(const framing_problem& p) {
  std::string text = std::to_string(p.status) + " " + std::string(reason_phrase(p.status)) + "\n" + std::string(p.what.code.summary);
  if (p.what.code.shown == exposure::detail) {
    if (!p.what.detail.empty()) text += ": " + p.what.detail;
    if (!p.what.where.empty()) text += " (" + p.what.where + ")";
    if (!p.what.hint.empty()) text += "\n" + p.what.hint;
  }
  return text_response(p.status, text + "\n");
}

}  // namespace shep::http
