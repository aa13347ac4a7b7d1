#include "contract/schema.hpp"

#include "contract/libxml2.hpp"
#include "contract/prepared.hpp"
#include "contract/rules.hpp"
#include "core/bytes.hpp"

#include <set>

namespace shep::contract {

/// libxml2's schema refers into the document it was read from. Validation only reads both.
struct schema::compiled {
  std::string name;
  document_ptr source;
  schema_ptr rules;
  std::string space;                              ///< targetNamespace
  std::set<std::string, std::less<>> elements{};  ///< global ones of this file
};

namespace {

constexpr std::string_view xsd = "http://www.w3.org/2001/XMLSchema";

std::string attribute_of(xmlNodePtr node, const char* name) {
  xmlChar* value = xmlGetNoNsProp(node, reinterpret_cast<const xmlChar*>(name));
  std::string out(view(value));
  xmlFree(value);
  return out;
}

bool is_schema_element(xmlNodePtr node, std::string_view local) {
  return node->type == XML_ELEMENT_NODE && view(node->name) == local && node->ns != nullptr && view(node->ns->href) == xsd;
}

/// The file and everything that it leads to: is it there, and does its cost stay linear?
result<void> inspect(const schema_files& files, std::string name, std::set<std::string>& seen) {
  if (!seen.insert(name).second) return {};
  const std::string* content = files.find(name);
  if (content == nullptr) {
    const std::string closest = files.closest(name);
    return problem(problems::usage, "there is no schema '" + name + "'", {},
                   closest.empty() ? "schemas stand below schemas/ of the root" : "did you mean '" + closest + "'?");
  }
  const document_ptr document = read_octets(*content);
  xmlNodePtr top = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (top == nullptr || !is_schema_element(top, "schema")) return problem(problems::usage, "'" + name + "' is no XML Schema");
  for (xmlNodePtr node = top; node != nullptr;) {
    for (const std::string_view costly : {"key", "keyref", "unique"})
      if (is_schema_element(node, costly))
        return problem(problems::usage, "'" + name + "' uses xs:" + std::string(costly) + ", whose cost a document decides",
                       "line " + std::to_string(xmlGetLineNo(node)), "leave the identity constraint out");
    if (is_schema_element(node, "import") || is_schema_element(node, "include")) {
      const std::string location = attribute_of(node, "schemaLocation");
      if (!location.empty())
        if (const auto ok = inspect(files, beside(name, location), seen); !ok) return ok;
    }
    node = next_node(node, top);
  }
  return {};
}

void remember_first(void* into, libxml2_error error) {
  auto& text = *static_cast<std::string*>(into);
  if (text.empty() && error->message != nullptr) text = "line " + std::to_string(error->line) + ": " + error->message;
  while (text.ends_with('\n')) text.pop_back();
}

/// Where the violations of one check go.
struct collecting {
  const subject& what;
  findings& into;
  bool lines;
};

void collect(void* context, libxml2_error error) {
  auto& c = *static_cast<collecting*>(context);
  if (++c.into.total > findings::most_told) return;
  violation v;
  v.layer = c.what.layer;
  v.rule = rule_name(error->code);
  const std::string_view message = error->message == nullptr ? "" : error->message;
  v.detail = without_value(message);
  const place at = place_of(static_cast<xmlNodePtr>(error->node), c.what.root, attribute_named(message));
  v.where = at.xpath;
  v.value = clipped(at.value, 120);
  if (c.lines && at.element) v.line = c.what.document->position_of(at.element).line;
  c.into.violations.push_back(std::move(v));
}

}  // namespace

result<schema> schema::compile(const schema_files& files, std::string_view name) {
  start_libxml2();
  std::set<std::string> seen;
  if (const auto ok = inspect(files, std::string(name), seen); !ok) return ok.error();
  auto made = std::make_shared<compiled>();
  made->name = name;
  const only_these_files door(files);
  made->source = read_octets(*files.find(name), std::string(address_prefix) + std::string(name));
  xmlNodePtr top = xmlDocGetRootElement(made->source.get());
  made->space = attribute_of(top, "targetNamespace");
  for (xmlNodePtr node = top->children; node != nullptr; node = node->next)
    if (is_schema_element(node, "element")) made->elements.insert(attribute_of(node, "name"));
  std::string why;
  const schema_parser_ptr parser(xmlSchemaNewDocParserCtxt(made->source.get()));
  if (parser) {
    xmlSchemaSetParserStructuredErrors(parser.get(), remember_first, &why);
    made->rules.reset(xmlSchemaParse(parser.get()));
  }
  if (!made->rules || !why.empty())
    return problem(problems::usage,
                   "the schema '" + std::string(name) + "' cannot be used: " + (why.empty() ? "it does not compile" : why));
  return schema(std::move(made));
}

findings schema::check(const subject& what) const {
  findings out;
  out.schema = compiled_->name;
  const auto prepared = prepare(what);
  if (!prepared) {
    out.unchecked = prepared.error().detail;
    return out;
  }
  const bool lines = what.document != nullptr && what.document->source()->size() <= most_octets_with_lines;
  collecting context{what, out, lines};
  const validation_ptr validation(xmlSchemaNewValidCtxt(compiled_->rules.get()));
  if (!validation) {
    out.unchecked = "there is no memory for it";
    return out;
  }
  xmlSchemaSetValidStructuredErrors(validation.get(), collect, &context);
  const int verdict = xmlSchemaValidateDoc(validation.get(), prepared->get());
  if (verdict < 0) out.unchecked = "the validator gave up";
  else if (verdict > 0 && out.total == 0) ++out.total;
  return out;
}

bool schema::declares(const root_name& name) const { return name.space == compiled_->space && compiled_->elements.contains(name.local); }

const std::string& schema::name() const { return compiled_->name; }

}  // namespace shep::contract
