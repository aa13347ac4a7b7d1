#pragma once

#include <span>
#include <string_view>

/// What people do wrong, each by a stable name. The table of README.md is held equal to this by a test.
namespace shep::forensics {

/// `explanation` and `advice` are whole sentences that hold for every occurrence; the place is told by the report.
struct mistake {
  std::string_view name;
  std::string_view explanation;
  std::string_view advice;
};

namespace mistakes {
extern const mistake reindented, whitespace_stripped, line_ends, trailing_newline;
extern const mistake inclusive_for_exclusive, exclusive_for_inclusive, comments_included, comments_left_out, prefix_list_missing,
    prefix_list_ignored;
extern const mistake raw_octets, not_canonical, declaration_included, byte_order_mark, wrong_charset, mojibake_before, mojibake_after;
extern const mistake wrong_element, element_content, element_text;
extern const mistake payload_escaped, payload_unescaped, payload_declaration;
extern const mistake enveloped_forgotten, signature_included, all_signatures_removed;
extern const mistake standalone, other_context, prefix_renamed;
extern const mistake digest_algorithm, digest_sbox, digest_reversed, digest_as_text, digest_of_nothing, digest_twice;
extern const mistake value_reversed, value_swapped, value_big_endian, value_der, value_as_text, hash_big_endian, hash_algorithm, hash_sbox;
extern const mistake other_certificate, digest_replaced, data_signed;
extern const mistake lost_letters, double_encoded, carriage_returns, mark_inside, declared_charset;
}  // namespace mistakes

/// Every mistake, the proven ones first, then those that are only seen as a pattern.
std::span<const mistake* const> all_mistakes();

}  // namespace shep::forensics
