#pragma once

#include "core/date_time.hpp"
#include "crypto/trust.hpp"
#include "support/temporary_folder.hpp"
#include "test_pki/hierarchy.hpp"
#include "test_pki/pki_folder.hpp"
#include "test_pki/responders.hpp"

#include <filesystem>
#include <fstream>
#include <map>

#include <gtest/gtest.h>

namespace shep::test_pki {

inline const time_point noon = parse_date_time("2030-05-06T12:00:00Z")->utc;

/// A PKI of one family, made once a process and copied for each test, and its responders under a clock that stands still.
class responding {
 public:
  explicit responding(family f) {
    std::filesystem::copy(made(f), folder.path(), std::filesystem::copy_options::recursive);
    service = responders::open({folder.path()}, clock).value();
  }

  crypto::certificate certificate(const std::string& name) const {
    const bool trusted = name == "root" || name == "issuing";
    return crypto::load_certificates(folder.path() + (trusted ? "/trusted/" : "/known/") + name + ".pem").value().at(0);
  }
  crypto::trust_store trust() const {
    crypto::trust_store::contents c;
    c.anchors = {certificate("root")};
    c.intermediates = {certificate("issuing")};
    c.allow_weak_signatures = true;
    return crypto::trust_store(std::move(c));
  }
  void tell(const std::string& name, told t) { EXPECT_TRUE(service->set(name, t)); }
  void tell(responder r, behaviour b) { EXPECT_TRUE(service->set(r, told{b, {}, {}, {}, {}})); }

  test::temporary_folder folder;
  manual_clock clock{noon};
  std::unique_ptr<responders> service;

 private:
  static std::string made(family f) {
    static std::map<family, std::unique_ptr<test::temporary_folder>> all;
    auto& one = all[f];
    if (!one) {
      one = std::make_unique<test::temporary_folder>();
      pki_options o;
      o.from = parse_date_time("2025-01-01T00:00:00Z")->utc;
      o.families = {f};
      o.authority_bits = 2048;
      o.only = {"citizen", "pep", "ocsp", "tsa"};
      EXPECT_TRUE(make_test_pki(one->path(), o));
    }
    return one->path();
  }
};

inline told telling(behaviour b) { return {b, {}, {}, {}, {}}; }

}  // namespace shep::test_pki
