// Any text as a mapping file: read or refused with a place, and what was read can be asked.
#include "fuzzing.hpp"
#include "mock_world.hpp"
#include "mocks/engine/mapping_loader.hpp"

using namespace shep;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::mock_world world;
  const mocks::mapping_text file{"mappings/fuzz.json", fuzz::octets(data, size)};
  mocks::memory_bodies bodies({{"body.xml", "<r>{{request.messageId}}</r>"}});
  auto loaded = mocks::load_mappings(std::span(&file, 1), bodies);
  for (const problem& p : loaded.problems)
    fuzz::promise(!p.code.name.empty() && p.where.find("mappings/fuzz.json:") != std::string::npos, "a problem has a code and a place");
  auto store = mocks::stub_store::create(std::move(loaded.mappings));
  if (!store) return 0;
  const mocks::engine engine(*store, world.around);
  const auto decided = engine.decide(world.view);
  if (!decided) return 0;
  if (const auto* missed = std::get_if<mocks::no_match>(&*decided))
    for (const auto& near : missed->nearest) fuzz::promise(near.first_failed(), "a near miss says what failed");
  return 0;
}
