// The gate: any octets. What is let in has canonical forms that are let in too, and whose canonical form they are themselves.
#include "fuzzing.hpp"
#include "xml/c14n.hpp"

using namespace shep;

namespace {

result<std::string> canonical(const xml::document& d, const xml::c14n_options& options) {
  xml::string_sink sink;
  if (const auto done = xml::canonicalize(d, options, sink); !done) return done.error();
  return sink.text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = xml::admit(share(fuzz::octets(data, size)));
  if (!document) return 0;
  for (const bool exclusive : {false, true})
    for (const bool with_comments : {false, true}) {
      xml::c14n_options options;
      options.exclusive = exclusive;
      options.with_comments = with_comments;
      const auto once = canonical(*document, options);
      if (!once) continue;
      const auto again = xml::admit(share(*once));
      fuzz::promise(bool(again), "a canonical form is admitted");
      const auto twice = canonical(*again, options);
      fuzz::promise(twice && *twice == *once, "a canonical form is its own canonical form");
    }
  return 0;
}
