// Any octets as a CMS before somebody who trusts nobody: nothing is believed, and what is read is read the same again.
#include "cms/ber.hpp"
#include "cms/sign.hpp"
#include "cms/signed_data.hpp"
#include "cms/verify.hpp"
#include "core/bytes.hpp"
#include "fuzzing.hpp"

using namespace shep;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const crypto::trust_store nobody({});
  constexpr time_point at(std::chrono::seconds(1'893'553'445));
  const std::string octets = fuzz::octets(data, size);
  if (const auto der = cms::rewrite_ber(octets)) {
    fuzz::promise(der->der.size() <= octets.size(), "DER is never longer");
    const auto again = cms::rewrite_ber(der->der);
    fuzz::promise(again && again->changed.empty() && again->der == der->der, "DER needs no rewriting");
  }
  for (const bool detached : {false, true}) {
    const auto v = cms::verify(octets, detached ? std::optional<std::string_view>("abc") : std::nullopt, nobody, {}, at);
    fuzz::promise(!v.passed && v.report.verdict != eds::indication::total_passed, "nobody is believed without an anchor");
    fuzz::promise(!v.failure.code.name.empty(), "a refusal has a code");
    fuzz::promise(!eds::to_json(v.report).empty() && !eds::to_text(v.report).empty(), "a report can be printed");
  }
  const auto read = cms::signed_data::read(octets);
  if (!read) return 0;
  const auto again = cms::signed_data::read(read->der());
  fuzz::promise(again && again->der() == read->der(), "what is read is DER");
  fuzz::promise(again->content() == read->content() && again->signers().size() == read->signers().size(), "and says the same");
  const auto armoured = cms::signed_data::read(cms::to_pem(read->der()));
  fuzz::promise(armoured && armoured->der() == read->der(), "PEM brings it back");
  for (std::size_t i = 0; i < read->signers().size(); ++i) {
    const cms::signer_info& s = read->signers()[i];
    if (s.unsigned_attributes.empty()) continue;
    for (const auto& value : s.unsigned_attributes.front().values) {
      const auto stamped = cms::attach_time_stamp(read->der(), i, value.whole);
      if (!stamped) continue;
      const auto kept = cms::signed_data::read(*stamped);
      fuzz::promise(kept && kept->signers()[i].signature == s.signature && kept->signers()[i].signed_octets == s.signed_octets,
                    "a time stamp changes nothing that is signed");
    }
  }
  return 0;
}
