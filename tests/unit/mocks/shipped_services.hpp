#pragma once

#include "mocks/engine/engine.hpp"
#include "mocks/engine/mapping_loader.hpp"
#include "mocks/population/country.hpp"
#include "support.hpp"

#include <memory>
#include <string>
#include <vector>

/// The services that the program carries, joined to the population, without the gateway around them.
namespace shep::mocks::testing {

class whole_country final : public data_source {
 public:
  explicit whole_country(population::country c) : country_(std::move(c)) {}
  std::optional<boost::json::object> person(std::string_view iin) const override { return country_.person(iin); }
  std::optional<boost::json::object> organization(std::string_view bin) const override { return country_.organization(bin); }
  std::vector<std::string> find_persons(std::string_view surname, std::string_view name, std::string_view patronymic,
                                        std::string_view birth_date) const override {
    return country_.find_persons(surname, name, patronymic, birth_date);
  }
  std::optional<std::string> person_by_document(std::string_view number) const override { return country_.person_by_document(number); }
  const population::country& country() const { return country_; }

 private:
  population::country country_;
};

inline const std::string sync_service = "GBDFL_UniversalServiceSync";
inline const std::string token_service = "GBDFLUniversal_token";
inline const std::string company_service = "GbdulInfoByBin_v2";
inline const std::string consent_service = "KDP_SERVICE";

/// Business documents of requests, without signature.
std::string person_request(const std::string& fields);
std::string tokens(const std::string& token);  ///< the fields that carry a consent
std::string company_request(const std::string& bin, const std::string& requestor = "250190900013");
std::string consent_request(const std::string& uin, const std::string& rest = "");

/// The namespace of a contract that is ours.
inline std::string simulated(std::string_view name) { return "urn:shepsim:contract:" + std::string(name) + ":v1"; }

/// A request for one of the services, its documents alive as long as it is.
struct service_request {
  xml::document envelope;
  xml::document inner;  ///< of text carriers
  request_view view;
};

/// A whole SOAP envelope.
std::unique_ptr<service_request> request_from(std::string envelope);

/// The business document as one bare child of `data`.
std::unique_ptr<service_request> request_for(std::string_view service_id, const std::string& business_document);

/// What the services answered.
struct service_answer {
  std::string mapping;  ///< name of the mapping; "nothing" when none matched
  response_definition definition;
  xml::document document;  ///< of definition.body

  std::string at(const std::string& xpath) const;
  std::vector<std::string> all(const std::string& xpath) const;
};

class shipped_services {
 public:
  explicit shipped_services(population::generation = {});

  service_answer answer(const service_request&) const;
  service_answer answer(std::string_view service_id, const std::string& business_document) const {
    return answer(*request_for(service_id, business_document));
  }

  /// Token that KDP gives for this person and service; fails the test when there is none.
  std::string token(std::string_view iin, std::string_view access_name, std::string_view expires_in = "600000") const;

  const population::country& country() const { return people_.country(); }
  const load_outcome& loaded() const { return loaded_; }
  static std::vector<mapping_text> mapping_files();
  static std::map<std::string, std::string, std::less<>> body_files();

  time_point now = noon;

 private:
  whole_country people_;
  mutable ids identifiers_{7};
  toy_authority authority_;
  load_outcome loaded_;
  std::unique_ptr<engine> engine_;
};

const shipped_services& shipped();  ///< with the curated people alone

/// A row of mocks/services/demo.tsv.
struct demo_row {
  std::string system, name, service_id, persona, file, status, result_at, result;
  bool uses_token = false;
};
std::vector<demo_row> demo_rows();
std::string demo_file(const std::string& name);

/// Whether the service's answers have a place for a signature of their own; the other ones are signed outside only.
bool signed_inside(const std::string& service_id);

/// Collects answers and asks xmllint about all of them at once. Every serviceId has its schema here.
class schema_check {
 public:
  static bool available();
  void add(const std::string& service_id, const std::string& what, const std::string& body);

  /// What xmllint says about documents that are not valid; empty when all are.
  std::string complaints() const;

 private:
  temporary_folder folder_;
  std::map<std::string, std::vector<std::string>> files_;  // schema → documents
  int count_ = 0;
};

}  // namespace shep::mocks::testing
