#pragma once

#include "app/collector.hpp"
#include "config/settings.hpp"
#include "pipeline/revocation_source.hpp"

#include <memory>
#include <vector>

namespace shep::app {

/// What [trust] says about revocation: the lists of `crl_files` (each must be signed by one of the authorities), and the servers named.
/// In mode crl the files are asked before the network; in mode best_effort after it. Ends within `trust.revocation_timeout`.
std::shared_ptr<const pipeline::revocation_source> build_revocation(const config::settings&,
                                                                    const std::vector<crypto::certificate>& authorities, collector&);

}  // namespace shep::app
