#pragma once

#include "mocks/engine/engine.hpp"
#include "xml/document.hpp"

/// A fixed request and a country of one person and one company, for what mocks make of hostile mappings and templates.
namespace shep::fuzz {

class small_country final : public mocks::data_source {
 public:
  std::optional<boost::json::object> person(std::string_view iin) const override;
  std::optional<boost::json::object> organization(std::string_view bin) const override;
  std::vector<std::string> find_persons(std::string_view, std::string_view, std::string_view, std::string_view) const override;
  std::optional<std::string> person_by_document(std::string_view) const override;
};

/// Signs with nothing at all: keys are not what is looked for here.
class open_authority final : public mocks::token_authority {
 public:
  result<std::string> sign(std::string_view octets) const override { return std::to_string(octets.size()); }
  bool verify(std::string_view octets, std::string_view signature) const override { return signature == std::to_string(octets.size()); }
  std::string public_key() const override { return "cHVibGlj"; }
};

struct mock_world {
  mock_world();
  small_country country;
  open_authority authority;
  ids identifiers{7};
  mocks::surroundings around{&country, &identifiers, &authority, std::chrono::minutes(300)};
  xml::document envelope;
  mocks::request_view view;
};

inline constexpr std::string_view adult = "900101000017";
inline constexpr std::string_view company = "990190000019";

inline std::optional<boost::json::object> small_country::person(std::string_view iin) const {
  if (iin != adult) return std::nullopt;
  return boost::json::object{{"iin", adult}, {"surname", "ҮЛГІБАЕВ <&>"}, {"documents", boost::json::array{{{"number", "600000001"}}}}};
}

inline std::optional<boost::json::object> small_country::organization(std::string_view bin) const {
  if (bin != company) return std::nullopt;
  return boost::json::object{{"bin", company}, {"fullNameRu", "ТОО «Үлгі & Co»"}};
}

inline std::vector<std::string> small_country::find_persons(std::string_view, std::string_view, std::string_view, std::string_view) const {
  return {std::string(adult)};
}

inline std::optional<std::string> small_country::person_by_document(std::string_view number) const {
  return number == "600000001" ? std::optional<std::string>(adult) : std::nullopt;
}

inline mock_world::mock_world() {
  static constexpr std::string_view text =
      "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><t:SendMessage "
      "xmlns:t='http://bip.bee.kz/SyncChannel/v10/Types'><request><requestData><data><r:request xmlns:r='urn:demo'>"
      "<iin>900101000017</iin><bin>990190000019</bin><name>Ү &lt;&amp;&gt; \"x\"</name></r:request></data></requestData></request>"
      "</t:SendMessage></s:Body></s:Envelope>";
  envelope = xml::admit(share(std::string(text))).value();
  view.channel = "sync";
  view.service_id = "S";
  view.sender_id = "portal";
  view.route_id = "R";
  view.message_id = "m-1";
  view.correlation_id = "c-1";
  view.session_id = "{00000000-0000-4000-8000-000000000001}";
  view.signature_indication = "TOTAL_PASSED";
  view.envelope = envelope.root();
  for (xml::element e = view.envelope; e; e = e.next_in_document(view.envelope))
    if (e.local_name() == "data") view.business_data = e.first_child();
  view.raw_body = text;
  view.now = time_point(std::chrono::seconds(1'893'553'445));
}

}  // namespace shep::fuzz
