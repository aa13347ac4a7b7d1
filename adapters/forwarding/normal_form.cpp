#include "adapters/forwarding/normal_form.hpp"

#include "xml/text.hpp"

#include <algorithm>

namespace shep::forwarding {
namespace {

bool is_signature(xml::element e) { return e.is({xml::ns::ds, "Signature"}); }

/// Lengths keep two texts apart whatever they hold.
void append(std::string& out, char kind, std::string_view text) {
  out += kind;
  out += std::to_string(text.size());
  out += ':';
  out += text;
}

void append_start(std::string& out, xml::element e, bool is_data) {
  // The element `data` of the message is a wrapping: its own attributes belong to the carrier.
  append(out, '<', is_data ? std::string_view("data") : e.local_name());
  append(out, '{', is_data ? std::string_view() : e.namespace_uri());
  if (!is_data) {
    std::vector<std::string> attributes;
    for (const xml::attribute& a : e.attributes()) {
      std::string one;
      append(one, '{', a.space);
      append(one, '@', a.local);
      append(one, '=', a.value);
      attributes.push_back(std::move(one));
    }
    std::sort(attributes.begin(), attributes.end());
    for (const std::string& one : attributes) out += one;
  }
  const std::string text = xml::text_of(e);
  append(out, 't', xml::trimmed(text));
}

/// Next element in document order that is not below `e`, and the number of elements that ended on the way.
xml::element after(xml::element e, xml::element apex, int& ended) {
  while (e != apex) {
    ++ended;
    if (const xml::element next = e.next_sibling()) return next;
    e = e.parent();
  }
  ++ended;
  return {};
}

/// Calls `start` for every element that is not part of a signature, and `end` as often.
template <class Start, class End>
void walk(xml::element apex, Start start, End end) {
  for (xml::element e = apex; e;) {
    int ended = 0;
    if (is_signature(e) && e != apex) {
      e = after(e, apex, ended);
      --ended;  // the signature itself was not started
    } else {
      start(e);
      const xml::element child = e.first_child();
      e = child ? child : after(e, apex, ended);
    }
    for (; ended > 0; --ended) end();
  }
}

}  // namespace

std::string normal_form(const protocol::business_data& data) {
  std::string out;
  const xml::element root = data.payload();
  if (!root) {
    if (!data.text.empty()) append(out, 't', xml::trimmed(data.text));
    return out;
  }
  walk(
      root, [&](xml::element e) { append_start(out, e, e == data.data); }, [&] { out += '>'; });
  return out;
}

std::vector<std::pair<std::string, std::string>> leaves(const protocol::business_data& data, std::size_t most) {
  std::vector<std::pair<std::string, std::string>> out;
  std::vector<std::string> path;
  // Paths of a deep document would cost far more than the document.
  constexpr std::size_t most_looked_at = 1000;
  std::size_t looked_at = 0;
  const xml::element root = data.payload();
  if (!root) return out;
  walk(
      root,
      [&](xml::element e) {
        const bool enough = out.size() >= most || ++looked_at > most_looked_at;
        const std::string parent = path.empty() ? "/" : path.back();
        path.push_back(enough ? "" : e == data.data ? "/" : parent + "/" + std::string(e.local_name()));
        if (enough || e.first_child()) return;
        std::string text = xml::text_of(e);
        if (!xml::trimmed(text).empty()) out.emplace_back(path.back(), std::move(text));
      },
      [&] { path.pop_back(); });
  return out;
}

}  // namespace shep::forwarding
