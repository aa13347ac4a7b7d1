// Any octets on a connection: requests are read the same in one piece and octet by octet, and nothing longer than the limits gets in.
#include "fuzzing.hpp"
#include "http/request_reader.hpp"

using namespace shep;

namespace {

http::limits small() {
  http::limits out;
  out.head.total = 1024;
  out.head.request_line = 256;
  out.head.fields = 16;
  out.body.total = 256;
  return out;
}

std::string transcript(std::string_view octets, std::size_t piece_size) {
  static const http::limits limits = small();
  http::request_reader reader(limits);
  std::string out;
  while (!octets.empty()) {
    auto piece = octets.substr(0, piece_size);
    octets.remove_prefix(piece.size());
    for (;;) {
      piece.remove_prefix(reader.take(piece));
      if (reader.now() == http::request_reader::state::refused) return out + "refused: " + describe(reader.refusal());
      if (reader.now() == http::request_reader::state::decide) {
        reader.go_on();
      } else if (reader.now() == http::request_reader::state::complete) {
        const auto r = reader.finish();
        fuzz::promise(r.body->size() <= limits.body.total && r.headers.all().size() <= limits.head.fields, "limits hold");
        out += std::string(r.method) + " " + r.path + " [" + *r.body + "]\n";
      } else {
        break;
      }
    }
    fuzz::promise(piece.empty(), "octets are used up unless a request is complete");
  }
  return out + std::to_string(static_cast<int>(reader.now()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string octets = fuzz::octets(data, size);
  const std::string whole = transcript(octets, octets.size());
  for (const std::size_t piece : {1U, 7U}) fuzz::promise(transcript(octets, piece) == whole, "how octets are cut changes nothing");
  return 0;
}
