#include "pipeline/understand.hpp"

#include "pipeline/stages.hpp"

namespace shep::pipeline {

result<void> understand(exchange& x) {
  auto world = std::make_shared<snapshot>(*x.world);
  world->signatures.revocation = revocation::mode::none;
  x.world = std::move(world);
  if (const auto ok = admit(x); !ok) return ok;
  if (const auto ok = verify(x); !ok) return ok;
  if (const auto ok = read(x); !ok) return ok;
  if (const auto ok = choose_route(x); !ok) return ok;
  return verify_business_data(x);
}

}  // namespace shep::pipeline
