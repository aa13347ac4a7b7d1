#pragma once

#include "mocks/engine/kdp_token.hpp"
#include "mocks/engine/query.hpp"
#include "mocks/engine/request_view.hpp"
#include "mocks/engine/surroundings.hpp"
#include "mocks/engine/value_matcher.hpp"

#include <map>
#include <unordered_map>

namespace shep::mocks {

/// One request under examination: each XPath and each token is worked out once however many mappings ask for it.
/// Lives for one call on one thread.
class evaluation {
 public:
  evaluation(const request_view& v, const surroundings& s) : view(v), around(s) {}

  /// What the query finds in its document; nothing when there is no such document.
  const std::vector<std::string>& texts(const query&);
  bool holds(const query&);
  std::string_view first(const query&);  ///< first value, empty when there is none

  /// The token with its signature judged, claims not compared with anything. White space in the text is ignored.
  const result<kdp_claims>& token(std::string_view text);

  /// Members of the population, asked for once; null when unknown or when there is no population.
  const boost::json::object* person(const std::string& iin);
  const boost::json::object* organization(const std::string& bin);

  /// What a register holds about whoever `key` names: an IIN, a BIN, or the number of a document. Null when there is nothing, an empty list
  /// included. Asked by a document's number, a list gives the entries of that number only. Registers: the members of `registers` in the
  /// population's records, also as a path ("civil.marriages"); beside them "person" and "organization" (the whole record), "iin" and "bin"
  /// (true for a number whose check digit is right, whoever has it).
  const boost::json::value* record(const std::string& registry, const std::string& key);

  std::vector<xml::element> elements(const query&) const;
  moment at() const { return {view.now, around.zone}; }

  /// Where the conversation stands; read once, so that a mapping is judged and moved on by the same state.
  const std::string& scenario_state(const std::string& scenario, const std::string& key);
  void forget_scenarios() { states_.clear(); }

  const request_view& view;
  const surroundings& around;
  std::size_t values_explained = 0;  ///< how many values of the message were looked at to say why mappings do not match

 private:
  boost::json::value find_record(const std::string& registry, const std::string& key);

  std::unordered_map<const query*, std::vector<std::string>> texts_;
  std::unordered_map<const query*, bool> truths_;
  std::map<std::string, result<kdp_claims>, std::less<>> tokens_;
  std::map<std::string, std::optional<boost::json::object>> persons_;
  std::map<std::string, std::optional<boost::json::object>> organizations_;
  std::map<std::pair<std::string, std::string>, boost::json::value> records_;
  std::map<std::pair<std::string, std::string>, std::string> states_;
};

}  // namespace shep::mocks
