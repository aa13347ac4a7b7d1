// Any octets as a time-stamp request, answer and token: what is read is written the same again, and nothing is proven without an anchor.
#include "cms/time_stamp_write.hpp"
#include "core/bytes.hpp"
#include "fuzzing.hpp"

using namespace shep;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const crypto::trust_store nobody({});
  constexpr time_point at(std::chrono::seconds(1'893'553'445));
  const std::string octets = fuzz::octets(data, size);
  const auto request = cms::read_request(octets);
  if (request) {
    const auto again = cms::read_request(cms::write_request(*request));
    fuzz::promise(again && again->imprint == request->imprint && again->nonce == request->nonce && again->policy == request->policy &&
                      again->digest == request->digest && again->certificates == request->certificates,
                  "a request is written as it was read");
  } else {
    static_cast<void>(cms::write_rejection(cms::failure_for(request.error()), request.error().detail));
  }
  const auto response = cms::read_response(octets);
  if (response) fuzz::promise(cms::read_response(cms::write_granted(*response)).value() == *response, "a token is kept as it is");
  else fuzz::promise(is_utf8(response.error().detail), "a refusal is text");
  const std::string& token = response ? *response : octets;
  const auto says = cms::read_token(token);
  const auto proven = cms::verify_token(token, "abc", nobody, {}, at);
  fuzz::promise(!proven && !proven.error().code.name.empty(), "nothing is proven without an anchor");
  if (!says) return 0;
  const cms::time_stamp_request asked{says->digest, says->imprint, says->policy, says->nonce, true};
  fuzz::promise(!cms::verify_token_imprint(token, says->digest, says->imprint, nobody, {}, at), "not even over its own imprint");
  fuzz::promise(!cms::verify_response(octets, asked, nobody, {}, at), "not even to the right request");
  return 0;
}
