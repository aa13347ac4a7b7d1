// Any octets through the door for unsigned messages into a request. What the strict reading takes, the lenient one takes alike.
#include "eds/verified.hpp"
#include "fuzzing.hpp"
#include "protocol/read_request.hpp"

using namespace shep;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = xml::admit(share(fuzz::octets(data, size)));
  if (!document) return 0;
  const auto message = eds::accept_without_signature(*document);
  if (!message) return 0;
  fuzz::promise(message->how() == eds::verified::assurance::accepted_unsigned, "the second door says that it was used");
  const auto strict = protocol::read_request(*message, protocol::reading_mode::strict);
  const auto lenient = protocol::read_request(*message, protocol::reading_mode::lenient);
  if (!strict) return 0;
  fuzz::promise(strict->deviations.empty(), "a strict reading takes no deviations");
  fuzz::promise(bool(lenient), "a lenient reading takes what a strict one takes");
  fuzz::promise(lenient->message_id == strict->message_id && lenient->service_id == strict->service_id &&
                    lenient->sender_id == strict->sender_id && lenient->data.form == strict->data.form,
                "both readings say the same");
  return 0;
}
