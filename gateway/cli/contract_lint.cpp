#include "cli/contract_lint.hpp"

#include "app/files.hpp"
#include "app/world.hpp"
#include "cli/demo_requests.hpp"
#include "core/clock.hpp"
#include "pipeline/process.hpp"
#include "protocol/read_message.hpp"
#include "xml/escape.hpp"

#include <map>
#include <set>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace shep::cli {
namespace {

namespace asio = boost::asio;

/// Nobody signs what is only looked at, and nothing leaves the house.
config::settings for_looking(config::settings s) {
  for (config::route_settings& r : s.routes) {
    r.adapter = "mock";
    r.signature = "optional";
    r.business_signature = "ignored";
    r.contract = "warn";
    r.signer_iin.clear();
    r.signer_bin.clear();
    r.signer_roles.clear();
    r.signer_policies.clear();
  }
  for (config::sender_settings& sender : s.senders) {
    sender.certificates.clear();
    sender.iin.clear();
    sender.bin.clear();
  }
  return s;
}

/// The same request with the root of its business document alone, in its own namespace or in another one: what mappings say to requests
/// that are malformed. Empty when the request has no business document.
std::string without_fields(const std::string& text, bool own_namespace) {
  const auto document = xml::admit(share(std::string(text)));
  if (!document) return {};
  const auto data = protocol::find_business_data(*document);
  if (!data || !data->payload()) return {};
  const xml::element root = data->payload();
  const std::size_t begin = text.find("<data"), end = text.find("</data>");
  if (begin == std::string::npos || end == std::string::npos) return {};
  std::string space(root.namespace_uri()), name(root.local_name());
  if (data->form == protocol::carrier::typed_element) {
    const std::string_view type = data->type;
    const std::size_t colon = type.find(':');
    space = data->data.resolve_prefix(type.substr(0, colon == type.npos ? 0 : colon));
    name = type.substr(colon == type.npos ? 0 : colon + 1);
  }
  if (!own_namespace) space = "urn:shepsim:another";
  const std::string bare = space.empty() ? "<" + name + "/>" : "<lint:" + name + " xmlns:lint=\"" + xml::escaped(space) + "\"/>";
  return text.substr(0, begin) + "<data>" + bare + text.substr(end);
}

class linter {
 public:
  linter(const config::settings& s, app::world world) : root_(s.root), world_(std::move(world)) {
    const auto store = world_.mocks->store();
    for (const auto& m : store->mappings()) names_.emplace(m->id, m->name + " (" + m->file + ")");
  }

  result<void> run(lint_outcome& out) {
    const auto requests = read_demo_requests(root_);
    if (!requests) return requests.error();
    for (const demo_request& r : *requests) {
      const auto text = app::read_file(app::resolved(root_, r.file));
      if (!text) return text.error();
      const auto filled = filler_.fill(*text);
      if (!filled) {
        problem why = filled.error();
        why.where = r.file;
        return why;
      }
      out.answers.push_back(answer(r.file, *filled));
      for (const bool own : {true, false}) {
        const std::string bare = without_fields(*filled, own);
        if (bare.empty()) continue;
        linted_answer one = answer(r.file + (own ? ", without its fields" : ", in another namespace"), bare);
        // Each of a service's requests comes down to the same one; and a mapping need not answer it.
        if (!one.mapping.empty() && bare_seen_.insert(one.service + one.mapping).second) out.answers.push_back(std::move(one));
      }
    }
    for (const auto& [id, name] : names_)
      if (!reached_.contains(id)) out.unreached.push_back(name);
    return {};
  }

 private:
  linted_answer answer(const std::string& file, const std::string& text) {
    pipeline::exchange x;
    x.id = fresh_.ordered(time_.now());
    x.world = world_.snapshot;
    x.now = x.received_at = time_.now();
    x.started_at = std::chrono::steady_clock::now();
    x.received = share(std::string(text));
    asio::io_context context;
    auto done = asio::co_spawn(context, pipeline::process(x, fresh_), asio::use_future);
    context.run();
    const auto answered = done.get();
    linted_answer out;
    out.request = file;
    if (x.request) out.service = x.request->service_id;
    if (x.reply) {
      reached_.insert(x.reply->mapping_id);
      if (const auto found = names_.find(x.reply->mapping_id); found != names_.end()) out.mapping = found->second;
      out.fault = x.reply->fault.has_value();
      filler_.learn(x.reply->document);
    }
    if (!answered && !out.fault) out.failure = describe(answered.error());
    if (x.answer_contract) out.found = std::move(*x.answer_contract);
    else if (answered && !out.fault)
      out.found.unchecked = x.route->contract_name.empty() ? "no schema is known for the service" : "the answer has no data";
    return out;
  }

  std::string root_;
  app::world world_;
  ids fresh_;
  system_clock time_;
  demo_filler filler_;
  std::map<std::string, std::string> names_;
  std::set<std::string> reached_, bare_seen_;
};

}  // namespace

lint_outcome lint_contracts(config::settings s) {
  lint_outcome out;
  ids fresh;
  s = for_looking(std::move(s));
  app::world world = app::build_world(s, fresh);
  if (!world.problems.empty()) {
    out.problems = std::move(world.problems);
    return out;
  }
  linter l(s, std::move(world));
  if (const auto ok = l.run(out); !ok) out.problems.push_back(ok.error());
  return out;
}

}  // namespace shep::cli
