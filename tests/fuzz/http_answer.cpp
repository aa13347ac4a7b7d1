// Any octets from a recipient: an answer is read the same in one piece and octet by octet, and is never longer than allowed.
#include "fuzzing.hpp"
#include "http/response_reader.hpp"

using namespace shep;

namespace {

std::string transcript(std::string_view octets, std::size_t piece) {
  constexpr std::size_t longest = 256;
  http::response_reader reader(false, longest);
  for (std::size_t at = 0; at < octets.size(); at += piece) {
    if (reader.now() == http::response_reader::state::refused || reader.now() == http::response_reader::state::complete) break;
    reader.take(octets.substr(at, piece));
  }
  if (reader.now() == http::response_reader::state::head || reader.now() == http::response_reader::state::body) reader.ended();
  if (reader.now() == http::response_reader::state::refused) return describe(reader.refusal());
  fuzz::promise(reader.now() == http::response_reader::state::complete, "after its end an answer is complete or refused");
  const auto answer = reader.finish();
  fuzz::promise(answer.body->size() <= longest, "limits hold");
  return std::to_string(answer.status) + " [" + *answer.body + "]";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string octets = fuzz::octets(data, size);
  const std::string whole = transcript(octets, octets.size() + 1);
  for (const std::size_t piece : {1U, 7U}) fuzz::promise(transcript(octets, piece) == whole, "how octets are cut changes nothing");
  return 0;
}
