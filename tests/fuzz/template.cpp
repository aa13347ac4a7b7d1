// Any text as a template over a fixed request: refused, or rendered within its limits. Text in UTF-8 renders to text in UTF-8.
#include "core/bytes.hpp"
#include "fuzzing.hpp"
#include "mock_world.hpp"
#include "mocks/engine/template_text.hpp"

using namespace shep;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::mock_world world;
  const std::string source = fuzz::octets(data, size);
  mocks::query_pool queries;
  const auto parsed = mocks::template_text::parse(source, "t", queries);
  if (!parsed) return 0;
  mocks::template_limits limits;
  limits.steps = 10'000;
  limits.output = 64 << 10;
  for (const auto how : {mocks::escaping::xml, mocks::escaping::plain}) {
    mocks::evaluation context(world.view, world.around);
    const auto text = (*parsed)->render(context, how, limits);
    if (!text) continue;
    fuzz::promise(text->size() <= limits.output, "output keeps its limit");
    fuzz::promise(!is_utf8(source) || is_utf8(*text), "UTF-8 in, UTF-8 out");
  }
  return 0;
}
