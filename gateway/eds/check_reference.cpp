#include "core/bytes.hpp"
#include "crypto/digest.hpp"
#include "eds/check.hpp"
#include "eds/problems.hpp"

namespace shep::eds {
namespace {

class keeping_digest_sink final : public xml::octet_sink {
 public:
  keeping_digest_sink(crypto::digest_algorithm algorithm, bool keep) : digester_(algorithm), keep_(keep) {}
  void write(std::string_view octets) override {
    digester_.update(octets);
    length_ += octets.size();
    if (keep_) kept_.append(octets);
  }
  std::string finish() { return digester_.finish(); }
  std::size_t length() const { return length_; }
  std::string take() { return std::move(kept_); }

 private:
  crypto::digester digester_;
  bool keep_;
  std::size_t length_ = 0;
  std::string kept_;
};

reference_report described(const reference& r) {
  reference_report line;
  line.uri = r.uri;
  line.transforms = r.transforms;
  line.digest_algorithm = r.digest.uri;
  line.declared = to_base64(r.digest_value);
  return line;
}

}  // namespace

xml::c14n_options options_for(const canonicalization& c) {
  xml::c14n_options o;
  o.exclusive = c.method.exclusive;
  o.with_comments = c.method.with_comments;
  o.inclusive_prefixes = c.inclusive_prefixes;
  return o;
}

void check_reference(const reference& r, const reference_target& target, const signature& s, const checking& with, judgement& j,
                     signature_report& out) {
  reference_report line = described(r);
  line.target.element = target.element;
  if (with.rules.detailed) line.target.xpath = target.element.xpath();

  if (r.digest.weak || r.digest.inferred)
    judge_algorithm("digest algorithm", r.digest.uri, r.digest.weak, r.digest.inferred, r.node, with, j);
  if (!crypto::supported(r.digest.algorithm)) {
    j.fail(sub_indication::crypto_constraints_failure,
           {problems::signature_constraints, "digest algorithm '" + std::string(r.digest.uri) + "' is not available in this version",
            r.node.xpath()});
    out.references.push_back(std::move(line));
    return;
  }
  // XML Signature section 4.4.3.2: without a canonicalization transform a node-set becomes octets by Canonical XML 1.0 without comments.
  xml::c14n_options options = options_for(r.canonical.value_or(canonicalization{*find_c14n_method(uri::c14n), {}}));
  // XML Signature section 4.4.3.3: "" and "#id" stand for a node-set without comments, whatever canonicalization follows.
  options.with_comments = false;
  options.root = target.root;
  options.also_omit = target.later;
  if (r.enveloped) options.omit = s.node;
  keeping_digest_sink sink(r.digest.algorithm, with.rules.keep_canonical);
  const auto done =
      target.whole != nullptr ? xml::canonicalize(*target.whole, options, sink) : xml::canonicalize(target.element, options, sink);
  if (!done) {
    j.fail(sub_indication::format_failure, {problems::signature_format, done.error().detail, done.error().where});
    out.references.push_back(std::move(line));
    return;
  }
  const std::string computed = sink.finish();
  line.computed = to_base64(computed);
  line.canonical_length = sink.length();
  line.canonical = sink.take();
  line.matches = equal_constant_time(computed, r.digest_value);
  if (!line.matches)
    j.fail(sub_indication::hash_failure,
           {problems::hash_failure,
            "the digest of Reference \"" + r.uri + "\" differs: declared " + line.declared + ", computed " + line.computed + " over " +
                std::to_string(line.canonical_length) + " canonical octets of " + line.target.xpath,
            line.target.xpath, "the signed element was changed after signing: re-indented, re-serialised, or in another encoding"});
  out.references.push_back(std::move(line));
}

void list_unresolved(const reference& r, signature_report& out) { out.references.push_back(described(r)); }

}  // namespace shep::eds
