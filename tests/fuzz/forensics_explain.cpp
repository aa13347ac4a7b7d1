// Any octets against the search for causes: bounded, no crash, and nothing that passed gets a cause.
#include "eds/verify.hpp"
#include "forensics/explain.hpp"
#include "forensics/html.hpp"
#include "fuzzing.hpp"

using namespace shep;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const crypto::trust_store nobody({});
  constexpr time_point at(std::chrono::seconds(1'893'553'445));
  const shared_bytes received = share(fuzz::octets(data, size));
  forensics::options how;
  how.most = {200, 4 << 20, 40};
  eds::policy rules;
  rules.compat = true;
  const auto document = xml::admit(received);
  if (!document) {
    eds::report unread;
    forensics::explain(received, nullptr, unread, nobody, rules, at, how);
    return 0;
  }
  for (eds::report r :
       {eds::verify_message(*document, nobody, rules, at).report, eds::verify_business(*document, nobody, rules, at).report}) {
    const auto spent = forensics::explain(received, &*document, r, nobody, rules, at, how);
    fuzz::promise(spent.candidates() <= how.most.candidates && spent.octets() <= how.most.octets, "the search keeps to its limits");
    fuzz::promise(!forensics::to_html(r, {"fuzz", &*document, nullptr, 4096}).empty(), "a page can be written");
    const auto ours = forensics::canonical_of(*document, r, 0, 0);
    const auto compared = forensics::compare_canonical(ours, *received);
    fuzz::promise(!forensics::to_text(compared).empty(), "a comparison can be printed");
  }
  return 0;
}
