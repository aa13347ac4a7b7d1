// Any octets against a gateway that trusts nobody: whatever they say, no signature of theirs may be believed.
#include "eds/verify.hpp"
#include "fuzzing.hpp"
#include "protocol/read_message.hpp"

using namespace shep;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const crypto::trust_store nobody({});
  constexpr time_point at(std::chrono::seconds(1'893'553'445));
  const auto document = xml::admit(share(fuzz::octets(data, size)));
  if (!document) return 0;
  for (const bool compat : {false, true}) {
    eds::policy rules;
    rules.compat = compat;
    auto message = eds::verify_message(*document, nobody, rules, at);
    fuzz::promise(!message.message, "a message is not believed without an anchor");
    fuzz::promise(!message.failure.code.name.empty(), "a refusal has a code");
    eds::locate(message.report, *document);
    fuzz::promise(!eds::to_json(message.report).empty() && !eds::to_text(message.report).empty(), "a report can be printed");
    fuzz::promise(!eds::verify_business(*document, nobody, rules, at).passed, "a business document is not believed without an anchor");
    const auto any = eds::verify_document(*document, nobody, rules, at);
    fuzz::promise(!any.passed && !any.waiting, "no document is believed without an anchor");
    fuzz::promise(any.signers.size() == any.report.signatures.size(), "each signature has its signer");
    const auto data_of = protocol::find_business_data(*document);
    if (!data_of) continue;
    const auto inner = data_of->inner ? eds::verify_business(*data_of->inner, nobody, rules, at)
                                      : eds::verify_business(data_of->payload(), nobody, rules, at);
    fuzz::promise(!inner.passed, "a payload is not believed without an anchor");
  }
  return 0;
}
