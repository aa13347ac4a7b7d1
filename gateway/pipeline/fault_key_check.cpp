#include "pipeline/fault_key_check.hpp"

#include "faults/problems.hpp"

namespace shep::pipeline {

result<void> check_fault_key(const snapshot& world, faults::kind what) {
  if (!needs_key(what) || !world.signer) return {};
  if (!world.fault_keys)
    return problem(problems::fault_key, "there is no test PKI to take the key from", {}, "make one with 'shepsim pki new'");
  const auto key = world.fault_keys->signer_for(what, *world.signer);
  if (!key) return key.error();
  return {};
}

result<void> check_fault_key(const snapshot& world, const mocks::mapping& m) {
  if (!m.response.injected) return {};
  const auto ok = check_fault_key(world, m.response.injected->what);
  if (ok) return ok;
  problem why = ok.error();
  why.detail = "the mapping '" + m.name + "' asks for " + std::string(faults::name_of(m.response.injected->what)) + ", and " + why.detail;
  why.where = m.file + " /response/shep/fault";
  return why;
}

}  // namespace shep::pipeline
