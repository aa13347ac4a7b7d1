#include "app/mock_world.hpp"

#include "core/bytes.hpp"
#include "mocks/engine/mapping_loader.hpp"
#include "mocks/population/country.hpp"

#include <optional>

namespace shep::app {
namespace {

class country_source final : public mocks::data_source {
 public:
  explicit country_source(population::country c) : country_(std::move(c)) {}
  std::optional<boost::json::object> person(std::string_view iin) const override { return country_.person(iin); }
  std::optional<boost::json::object> organization(std::string_view bin) const override { return country_.organization(bin); }
  std::vector<std::string> find_persons(std::string_view surname, std::string_view name, std::string_view patronymic,
                                        std::string_view birth_date) const override {
    return country_.find_persons(surname, name, patronymic, birth_date);
  }
  std::optional<std::string> person_by_document(std::string_view number) const override { return country_.person_by_document(number); }

 private:
  population::country country_;
};

class key_authority final : public mocks::token_authority {
 public:
  explicit key_authority(std::shared_ptr<const crypto::identity> key)
      : key_(std::move(key)), algorithm_(crypto::usual_signature(key_->key.kind()).value_or(crypto::signature_algorithm::rsa_sha256)) {}
  result<std::string> sign(std::string_view octets) const override { return key_->key.sign(algorithm_, octets); }
  bool verify(std::string_view octets, std::string_view signature) const override {
    return key_->certificate.key().verify(algorithm_, octets, signature).has_value();
  }
  std::string public_key() const override { return to_base64(key_->certificate.key().spki()); }

 private:
  std::shared_ptr<const crypto::identity> key_;
  crypto::signature_algorithm algorithm_;
};

/// Everything an engine points at, in one allocation that its users share.
struct engine_owner {
  country_source people;
  std::optional<key_authority> tokens;
  std::optional<mocks::engine> engine;
};

}  // namespace

mock_world build_mocks(const mock_settings& settings, std::shared_ptr<const crypto::identity> token_key, ids& fresh,
                       const carried_over& carried) {
  mocks::load_outcome loaded = mocks::load_mappings(settings.root);
  if (!loaded.problems.empty()) return {nullptr, std::move(loaded.problems)};
  const auto bodies = [folder = std::filesystem::path(settings.root) / "__files"]() -> std::unique_ptr<mocks::body_source> {
    return std::make_unique<mocks::folder_bodies>(folder);
  };
  auto store = mocks::mapping_store::create(std::move(loaded.mappings), bodies);
  if (!store) return {nullptr, {store.error()}};
  if (!carried.added.empty())
    if (auto problems = (*store)->take_over(carried.added); !problems.empty()) return {nullptr, std::move(problems)};
  const auto owner = std::make_shared<engine_owner>(
      engine_owner{country_source(population::country::shipped({settings.generate, settings.seed})), std::nullopt, std::nullopt});
  if (token_key) owner->tokens.emplace(std::move(token_key));
  mocks::surroundings around;
  around.population = &owner->people;
  around.identifiers = &fresh;
  around.tokens = owner->tokens ? &*owner->tokens : nullptr;
  around.zone = settings.zone;
  owner->engine.emplace(std::move(*store), around, carried.scenarios);
  return {std::shared_ptr<const mocks::engine>(owner, &*owner->engine), {}};
}

}  // namespace shep::app
