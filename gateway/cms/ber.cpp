#include "cms/ber.hpp"

#include "cms/problems.hpp"

#include <cstdint>

namespace shep::cms {
namespace {

constexpr std::size_t most_octets = std::size_t{64} << 20;
constexpr std::size_t most_elements = 200'000;
constexpr std::size_t deepest = 48;
constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

constexpr std::uint8_t octet_string = 0x04, constructed_octet_string = 0x24, constructed_bit = 0x20;

/// One element of the input, in the order in which headers stand.
struct node {
  std::uint8_t tag = 0;
  bool indefinite = false;
  bool changed = false;         // its own identifier or length octets
  bool changed_inside = false;  // its own, or those of anything in it
  std::size_t begin = 0;        // of the header
  std::size_t content = 0;      // behind the header
  std::size_t end = 0;          // behind the whole element
  std::size_t parent = nowhere;
  std::size_t next = 0;        // the first node that is not inside
  std::size_t new_length = 0;  // of the content as DER
};

std::size_t header_size(std::size_t length) {
  std::size_t size = 2;
  if (length >= 0x80)
    for (; length != 0; length >>= 8) ++size;
  return size;
}

class rewriting {
 public:
  explicit rewriting(std::string_view ber) : ber_(ber) {}

  result<rewritten> run() {
    if (const auto read = parse(); !read) return read.error();
    measure();
    return emit();
  }

 private:
  std::uint8_t octet(std::size_t at) const { return static_cast<std::uint8_t>(ber_[at]); }

  problem wrong(std::size_t at, std::string what) const {
    return {problems::cms_format, std::move(what), "byte " + std::to_string(at),
            "a CMS is one complete BER or DER element, or that in base64 or PEM"};
  }

  /// X.690 section 8.1: headers in order, a stack of what is open.
  result<void> parse() {
    if (ber_.size() > most_octets) return wrong(0, "more than 64 MiB");
    std::size_t at = 0;
    do {
      while (!open_.empty() && !nodes_[open_.back()].indefinite && at == nodes_[open_.back()].end) close(at);
      if (open_.empty() && !nodes_.empty()) break;
      if (!open_.empty() && nodes_[open_.back()].indefinite && ends_here(at)) {
        at += 2;
        nodes_[open_.back()].end = at;
        close(at);
        continue;
      }
      const auto header = read_header(at);
      if (!header) return header.error();
      at = *header;
    } while (!open_.empty());
    if (at != ber_.size()) return wrong(at, std::to_string(ber_.size() - at) + " octets follow the structure");
    return {};
  }

  bool ends_here(std::size_t at) const { return at + 2 <= limit() && octet(at) == 0 && octet(at + 1) == 0; }

  /// Where the innermost element of known length ends: nothing inside may reach further.
  std::size_t limit() const { return limits_.empty() ? ber_.size() : limits_.back(); }

  void close(std::size_t) {
    nodes_[open_.back()].next = nodes_.size();
    open_.pop_back();
    limits_.pop_back();
  }

  /// Returns where reading goes on: inside a constructed element, behind a primitive one.
  result<std::size_t> read_header(std::size_t at) {
    const std::size_t room = limit();
    if (room - at < 2) return wrong(at, "an element is cut off");
    if (nodes_.size() == most_elements) return wrong(at, "more than 200000 elements");
    node n;
    n.begin = at;
    n.tag = octet(at);
    n.parent = open_.empty() ? nowhere : open_.back();
    if ((n.tag & 0x1F) == 0x1F) return wrong(at, "a tag number above 30");
    if (n.tag == 0) return wrong(at, "an end-of-contents mark where no element of indefinite length ends");
    const bool constructed = (n.tag & constructed_bit) != 0;
    if (const auto fits = check_form(n, at); !fits) return fits.error();
    std::size_t length = octet(at + 1);
    n.content = at + 2;
    if (length == 0x80) {
      if (!constructed) return wrong(at, "a primitive element of indefinite length");
      n.indefinite = n.changed = true;
    } else if (length > 0x80) {
      const std::size_t count = length & 0x7F;
      if (count > 8 || room - n.content < count) return wrong(at, "a length that does not fit the octets at hand");
      length = 0;
      for (std::size_t i = 0; i < count; ++i) {
        if (length > most_octets) return wrong(at, "an element longer than 64 MiB");
        length = length << 8 | octet(n.content + i);
      }
      n.content += count;
      n.changed = header_size(length) != n.content - n.begin;
    }
    if (!n.indefinite && length > room - n.content)
      return wrong(
          at, "an element is cut off: " + std::to_string(length) + " octets announced, " + std::to_string(room - n.content) + " at hand");
    n.end = n.indefinite ? nowhere : n.content + length;
    n.changed |= n.tag == constructed_octet_string;
    n.next = nodes_.size() + 1;
    nodes_.push_back(n);
    if (!constructed) return n.end;
    if (open_.size() == deepest) return wrong(at, "elements nested deeper than " + std::to_string(deepest) + " levels");
    open_.push_back(nodes_.size() - 1);
    limits_.push_back(n.indefinite ? room : n.end);
    return n.content;
  }

  /// Strings in pieces are joined for OCTET STRING only: the one type that producers of CMS send so.
  result<void> check_form(const node& n, std::size_t at) const {
    const bool in_string = n.parent != nowhere && nodes_[n.parent].tag == constructed_octet_string;
    if (in_string && n.tag != octet_string && n.tag != constructed_octet_string)
      return wrong(at, "a constructed OCTET STRING holds something else than OCTET STRINGs");
    if ((n.tag & 0xC0) != 0) return {};
    const std::uint8_t number = n.tag & 0x1F;
    const bool constructed = (n.tag & constructed_bit) != 0;
    const bool compound = number == 0x10 || number == 0x11 || number == 0x08;  // SEQUENCE, SET, EXTERNAL
    if (compound != constructed && n.tag != constructed_octet_string)
      return wrong(at, constructed ? "a constructed string other than an OCTET STRING" : "a SEQUENCE or SET in primitive form");
    return {};
  }

  bool joined(const node& n) const { return n.parent != nowhere && nodes_[n.parent].tag == constructed_octet_string; }

  /// Lengths from the inside out: what is inside stands behind its parent.
  void measure() {
    for (std::size_t i = nodes_.size(); i-- > 0;) {
      node& n = nodes_[i];
      if ((n.tag & constructed_bit) == 0) n.new_length = n.end - n.content;
      n.changed_inside |= n.changed;
      if (n.parent == nowhere) continue;
      node& parent = nodes_[n.parent];
      parent.new_length += n.new_length + (joined(n) ? 0 : header_size(n.new_length));
      parent.changed_inside |= n.changed_inside;
    }
  }

  rewritten emit() const {
    rewritten out;
    if (!nodes_.front().changed_inside) {
      out.der = ber_;
      return out;
    }
    out.der.reserve(ber_.size());
    for (std::size_t i = 0; i < nodes_.size();) {
      const node& n = nodes_[i];
      if (joined(n)) {
        if (n.tag == octet_string) out.der.append(ber_, n.content, n.end - n.content);
        ++i;
      } else if (!n.changed_inside) {
        out.der.append(ber_, n.begin, n.end - n.begin);
        i = n.next;
      } else {
        if (n.changed) out.changed.push_back(out.der.size());
        write_header(out.der, n);
        if ((n.tag & constructed_bit) == 0) out.der.append(ber_, n.content, n.end - n.content);
        ++i;
      }
    }
    return out;
  }

  static void write_header(std::string& der, const node& n) {
    der += static_cast<char>(n.tag == constructed_octet_string ? octet_string : n.tag);
    const std::size_t octets = header_size(n.new_length) - 2;
    if (octets == 0) {
      der += static_cast<char>(n.new_length);
      return;
    }
    der += static_cast<char>(0x80 | octets);
    for (std::size_t i = octets; i-- > 0;) der += static_cast<char>(n.new_length >> 8 * i & 0xFF);
  }

  std::string_view ber_;
  std::vector<node> nodes_;
  std::vector<std::size_t> open_;    // nodes
  std::vector<std::size_t> limits_;  // one for each of them
};

}  // namespace

result<rewritten> rewrite_ber(std::string_view ber) {
  if (ber.empty()) return problem(problems::cms_format, "there are no octets", {}, "a CMS in DER, BER, base64 or PEM was expected");
  return rewriting(ber).run();
}

}  // namespace shep::cms
