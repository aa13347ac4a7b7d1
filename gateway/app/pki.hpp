#pragma once

#include "config/settings.hpp"
#include "crypto/pkcs12.hpp"
#include "test_pki/responders.hpp"

#include <memory>

namespace shep::app {

/// The responders of the root's test PKI. Null when [pki] turns them off, or when the default folder holds no authority's keys.
/// Errors: those of responders::open; pki_folder when a folder was named and holds none.
result<std::shared_ptr<test_pki::responders>> open_pki(const config::settings&, const clock&);

/// This program signs messages that look like the state's. With a real key it could sign something of legal force by mistake, so only
/// keys of a test PKI sign, unless `signing.allow_unmarked` says that somebody knows what he does. Error pki_unmarked_key.
result<void> check_marked(const crypto::identity&, const config::settings&, const std::string& setting);

}  // namespace shep::app
