#pragma once

#include "mocks/engine/engine.hpp"
#include "mocks/engine/mapping_loader.hpp"
#include "mocks/engine/template_text.hpp"
#include "xml/document.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace shep::mocks::testing {

inline constexpr time_point noon{std::chrono::sys_days(std::chrono::year(2030) / 1 / 2) + std::chrono::hours(7)};  // 12:00 at +05:00

inline constexpr std::string_view adult = "900101000017";
inline constexpr std::string_view company = "990190000019";

/// Two records, and a count of how often it was asked.
class small_country final : public data_source {
 public:
  std::optional<boost::json::object> person(std::string_view iin) const override;
  std::optional<boost::json::object> organization(std::string_view bin) const override;
  std::vector<std::string> find_persons(std::string_view surname, std::string_view name, std::string_view patronymic,
                                        std::string_view birth_date) const override;
  std::optional<std::string> person_by_document(std::string_view number) const override;
  mutable std::atomic<int> asked{0};
};

/// A keyed checksum in the place of RSA: this module never sees cryptography.
class toy_authority final : public token_authority {
 public:
  toy_authority() : toy_authority("key") {}
  explicit toy_authority(std::string key) : key_(std::move(key)) {}
  result<std::string> sign(std::string_view octets) const override;
  bool verify(std::string_view octets, std::string_view signature) const override;
  std::string public_key() const override { return "cHVibGlj"; }

 private:
  std::string key_;
};

/// A request whose documents live as long as it does. Fields are filled with usual values, to be changed by the test.
class request {
 public:
  explicit request(std::string business_data = "<r:request xmlns:r='urn:demo'><iin>900101000017</iin></r:request>");
  request_view view;

 private:
  std::string envelope_text_;
  xml::document envelope_;
  xml::document inner_;
};

/// What most tests give the engine.
struct world {
  small_country country;
  ids identifiers{7};
  toy_authority authority;
  surroundings around{&country, &identifiers, &authority, std::chrono::minutes(300)};
};

load_outcome load(std::string json, std::map<std::string, std::string, std::less<>> bodies = {});
load_outcome load_all(const std::vector<mapping_text>& texts, std::map<std::string, std::string, std::less<>> bodies = {});

/// The loaded mappings as a store; fails the test on any problem.
std::shared_ptr<const stub_store> store_of(std::string json, std::map<std::string, std::string, std::less<>> bodies = {});

/// Name of the mapping that answers, or "nothing".
std::string chosen(const stub_store&, const request&, const world&);

/// The template's text, or "code: detail" of the problem.
std::string rendered(const std::string& source, const request&, const world&, escaping = escaping::xml, template_limits = {});
result<std::string> render_template(const std::string& source, const request&, const world&, escaping = escaping::xml,
                                    template_limits = {});

/// A mapping of service "S" whose request also has `conditions` (members of request.shep, each with a leading comma).
std::string mapping_json(std::string_view name, std::string_view shep, std::string_view rest_of_request = "", std::string_view rest = "");

/// A folder of its own, removed at the end.
class temporary_folder {
 public:
  temporary_folder();
  ~temporary_folder();
  const std::filesystem::path& path() const { return path_; }
  void write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

}  // namespace shep::mocks::testing
