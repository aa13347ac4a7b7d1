#include "cms/tst_info.hpp"

#include "cms/problems.hpp"
#include "core/bytes.hpp"
#include "crypto/asn1_write.hpp"
#include "crypto/digest.hpp"

namespace shep::cms {
namespace {

using namespace crypto::asn1;

/// GeneralizedTime with a fraction (RFC 3161 section 2.4.2): "20300102030405.678Z", no zeros at the end. Digits past microseconds are cut.
time_point read_gen_time(reader& r) {
  const element e = r.read(tags::generalized_time, "genTime");
  if (r.failed()) return {};
  constexpr std::size_t seconds_end = 14;
  const std::string_view text = e.content;
  std::chrono::microseconds fraction{0};
  if (text.size() > seconds_end + 1) {
    const std::string_view digits = text.substr(seconds_end + 1, text.size() - seconds_end - 2);
    bool good = text[seconds_end] == '.' && text.back() == 'Z' && !digits.empty() && digits.size() <= 18 && digits.back() != '0';
    std::int64_t value = 0;
    for (std::size_t i = 0; good && i < digits.size(); ++i) {
      good = digits[i] >= '0' && digits[i] <= '9';
      if (i < 6) value = value * 10 + (digits[i] - '0');
    }
    if (!good) {
      r.fail("genTime is not a GeneralizedTime in DER");
      return {};
    }
    for (std::size_t i = digits.size(); i < 6; ++i) value *= 10;
    fraction = std::chrono::microseconds(value);
  }
  const std::string whole_seconds = write(tags::generalized_time, std::string(text.substr(0, seconds_end)) + "Z");
  failure f;
  const time_point time = reader(whole_seconds, f).time("genTime");
  if (f.happened || text.empty() || text.back() != 'Z') {
    r.fail(f.happened ? f.what : "genTime has no Z at its end");
    return {};
  }
  return time + fraction;
}

/// Accuracy ::= SEQUENCE { seconds INTEGER, millis [0], micros [1] }, all optional.
std::chrono::microseconds read_accuracy(reader& r) {
  reader body = r.enter(tags::sequence, "accuracy");
  std::uint64_t micros = 0;
  if (body.next_is(tags::integer)) micros += body.small_integer("accuracy.seconds", 1U << 30) * 1'000'000;
  const auto part = [&](unsigned number, std::uint64_t unit) {
    const auto e = body.read_if(tags::context(number, false), "accuracy");
    if (!e) return;
    const std::string integer = write(tags::integer, e->content);
    failure f;
    const std::uint64_t value = reader(integer, f).small_integer("accuracy", 999);
    if (f.happened || value == 0) body.fail("a part of accuracy is not between 1 and 999");
    micros += value * unit;
  };
  part(0, 1000);
  part(1, 1);
  body.end("accuracy");
  return std::chrono::microseconds(micros);
}

std::string_view read_tsa(reader& r, const element& tsa) {
  reader name = r.inside(tsa, "tsa");
  const element general = name.any("the authority's name");
  name.end("tsa");
  if (r.failed() || general.tag != tags::context(4, true)) return {};
  reader directory = name.inside(general, "the authority's directory name");
  const std::string_view whole = directory.read(tags::sequence, "the authority's directory name").whole;
  directory.end("the authority's directory name");
  return whole;
}

bool any_critical(reader& r, const element& extensions) {
  reader list = r.inside(extensions, "the extensions of TSTInfo");
  bool critical = false;
  while (list.more()) {
    reader one = list.enter(tags::sequence, "an extension of TSTInfo");
    one.oid("an extension's identifier");
    if (one.next_is(tags::boolean)) critical |= one.boolean("an extension's critical flag");
    one.read(tags::octet_string, "an extension's value");
    one.end("an extension of TSTInfo");
  }
  return critical;
}

}  // namespace

std::string read_natural(reader& r, std::string_view what) {
  constexpr std::size_t longest = 33;
  std::string_view content = r.integer(what);
  if (r.failed()) return {};
  if (static_cast<unsigned char>(content[0]) >= 0x80) r.fail(std::string(what) + " is negative");
  if (content.size() > longest) r.fail(std::string(what) + " has more than " + std::to_string(longest) + " octets");
  while (content.size() > 1 && content[0] == '\0') content.remove_prefix(1);
  return r.failed() ? std::string() : std::string(content);
}

message_imprint read_message_imprint(reader& r) {
  message_imprint m;
  reader body = r.enter(tags::sequence, "messageImprint");
  reader algorithm = body.enter(tags::sequence, "the imprint's hashAlgorithm");
  m.digest_oid = algorithm.oid("the imprint's hashAlgorithm");
  if (algorithm.read_if(tags::null, "the imprint's hashAlgorithm") && algorithm.more())
    algorithm.fail("the imprint's hashAlgorithm has two parameters");
  algorithm.end("the imprint's hashAlgorithm");
  m.octets = body.octet_string("the imprint");
  body.end("messageImprint");
  m.digest = crypto::digest_by_oid(m.digest_oid);
  if (!r.failed() && m.digest && m.octets.size() != size_of(*m.digest))
    r.fail("the imprint has " + std::to_string(m.octets.size()) + " octets, a digest by " + std::string(crypto::name_of(*m.digest)) +
           " has " + std::to_string(size_of(*m.digest)));
  return m;
}

std::string write_message_imprint(crypto::digest_algorithm digest, std::string_view imprint) {
  return write(tags::sequence, crypto::algorithm_identifier(digest) + write(tags::octet_string, imprint));
}

result<tst_info> read_tst_info(std::string_view der) {
  tst_info t;
  failure f;
  reader outer(der, f);
  reader r = outer.enter(tags::sequence, "TSTInfo");
  outer.end("TSTInfo");
  if (r.small_integer("the version of TSTInfo", 255) != 1 && !r.failed()) r.fail("the version of TSTInfo is not 1");
  t.says.policy = r.oid("the time stamp's policy");
  const message_imprint imprint = read_message_imprint(r);
  if (!r.failed() && !imprint.digest) r.fail("the imprint's hash algorithm " + imprint.digest_oid + " is not known");
  if (imprint.digest) t.says.digest = *imprint.digest;
  t.says.imprint = imprint.octets;
  t.says.serial_hex = to_hex(read_natural(r, "the time stamp's serial number"));
  if (t.says.serial_hex.size() > 1 && t.says.serial_hex[0] == '0') t.says.serial_hex.erase(0, 1);
  t.says.gen_time = read_gen_time(r);
  if (r.next_is(tags::sequence)) t.says.accuracy = read_accuracy(r);
  if (r.next_is(tags::boolean)) r.boolean("ordering");
  if (r.next_is(tags::integer)) t.says.nonce = read_natural(r, "nonce");
  if (const auto tsa = r.read_if(tags::context(0, true), "tsa")) t.tsa_name = read_tsa(r, *tsa);
  if (const auto extensions = r.read_if(tags::context(1, true), "extensions")) t.critical_extension = any_critical(r, *extensions);
  r.end("TSTInfo");
  if (f.happened) return f.as(problems::time_stamp_format);
  return t;
}

}  // namespace shep::cms
