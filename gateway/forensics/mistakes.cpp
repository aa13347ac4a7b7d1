#include "forensics/mistakes.hpp"

namespace shep::forensics {
namespace mistakes {

const mistake reindented{
    "reindented_after_signing",
    "The signed XML was indented (pretty-printed) after it had been signed: white space between elements is part of what is signed.",
    "Send the octets that were signed. Turn off pretty-printing in the serializer, in the logging proxy and in the editor the message went "
    "through."};
const mistake whitespace_stripped{"whitespace_stripped_after_signing",
                                  "White space between the elements of the signed XML was removed, or set differently, after signing.",
                                  "Send the octets that were signed; do not parse with \"ignore white space\" and write again."};
const mistake line_ends{
    "line_ends_changed",
    "Only the line ends differ: CR LF, LF or a written carriage return (&#13;) became another one after signing, or the digest was made "
    "over "
    "text that no XML parser had normalized.",
    "Write line ends as LF before signing, and do not let the transport (FTP text mode, git, an editor, a mail system) change them."};
const mistake trailing_newline{"trailing_newline",
                               "The digest was made over the right octets with a line end too many, or one too few, at the end.",
                               "Digest exactly the canonical octets: no println, no final line end of a text file."};
const mistake inclusive_for_exclusive{
    "inclusive_instead_of_exclusive",
    "The signature declares Exclusive Canonicalization, but the digest was made over the inclusive canonical form (Canonical XML 1.0).",
    "Canonicalize with the method that the signature declares, http://www.w3.org/2001/10/xml-exc-c14n#, or declare the one you use."};
const mistake exclusive_for_inclusive{
    "exclusive_instead_of_inclusive",
    "The signature declares inclusive canonicalization (or none, which means the same), but the digest was made over the exclusive form.",
    "Canonicalize with the method that the signature declares, or declare http://www.w3.org/2001/10/xml-exc-c14n#."};
const mistake comments_included{
    "comments_included",
    "Comments were digested. A Reference by \"\" or \"#id\" never covers them, even when the transform is called WithComments "
    "(XML Signature 4.4.3.3).",
    "Leave comments out when you canonicalize, or send none."};
const mistake comments_left_out{"comments_left_out", "Comments were left out, although the declared canonicalization keeps them.",
                                "Use the canonicalization method that the signature declares."};
const mistake prefix_list_missing{
    "prefix_list_missing", "The signer canonicalized with a list of inclusive prefixes that the signature does not carry.",
    "Write ec:InclusiveNamespaces with the same PrefixList into the Transform (or CanonicalizationMethod), or sign without a list."};
const mistake prefix_list_ignored{"prefix_list_ignored",
                                  "The signature carries a PrefixList, but the signer canonicalized with another one or with none.",
                                  "Give the list of ec:InclusiveNamespaces to the canonicalizer too, or do not write it."};
const mistake raw_octets{"raw_octets", "The octets of the element as they stand in the message were digested, without canonicalization.",
                         "Canonicalize first: attribute order, quotes, empty elements and namespace declarations are rewritten by it."};
const mistake not_canonical{
    "not_canonical",
    "The digest was made over the output of an ordinary XML serializer, which writes empty elements, special characters or namespaces "
    "in another way than the canonical form.",
    "Use a canonicalizer of an XML Signature library, not the serializer."};
const mistake declaration_included{"xml_declaration_included",
                                   "The XML declaration (<?xml …?>) was digested. It is not part of the canonical form.",
                                   "Canonicalize the document, or leave the declaration out when serializing."};
const mistake byte_order_mark{"byte_order_mark", "A byte order mark (EF BB BF) was digested in front of the text.",
                              "Write UTF-8 without a byte order mark before digesting (in .NET: new UTF8Encoding(false))."};
const mistake wrong_charset{
    "wrong_charset", "The text was digested in another encoding than UTF-8. The canonical form is always UTF-8.",
    "Convert to UTF-8 before digesting: getBytes(StandardCharsets.UTF_8), Encoding.UTF8, never the platform's default."};
const mistake mojibake_before{
    "mojibake_before_signing",
    "The digest was made over broken text: the UTF-8 octets had been read in another encoding and written again as UTF-8 before signing.",
    "Find the place on the signer's side that reads without naming UTF-8, such as new String(bytes) or a file reader with the default "
    "encoding."};
const mistake mojibake_after{
    "mojibake_after_signing",
    "The message was damaged after signing: its UTF-8 octets were read in another encoding and written again as UTF-8. The Cyrillic text "
    "in it is double-encoded.",
    "Find the place between signer and receiver that reads without naming UTF-8; pass the message on as octets."};
const mistake wrong_element{"wrong_element", "The digest was made over another element than the one the Reference names.",
                            "Digest the element that carries the id of the Reference, with its start and end tags."};
const mistake element_content{"element_content", "The digest was made over the content of the element, without its own start and end tags.",
                              "Digest the element itself, tags and attributes included."};
const mistake element_text{"element_text", "The digest was made over the text inside of the element, not over XML.",
                           "Canonicalize the element that the Reference names and digest that."};
const mistake payload_escaped{"payload_escaped_after_signing",
                              "The payload was signed as XML elements and put into the message as escaped text (or CDATA) afterwards.",
                              "Build the message in its final form first, sign then."};
const mistake payload_unescaped{"payload_unescaped_after_signing",
                                "The payload was signed as escaped text (or CDATA) and turned into XML elements afterwards.",
                                "Build the message in its final form first, sign then; a receiver must not unescape before it verifies."};
const mistake payload_declaration{"payload_declaration_changed",
                                  "The XML declaration at the beginning of the payload's text was added or removed after signing.",
                                  "Decide on the payload's text first, sign then."};
const mistake enveloped_forgotten{"enveloped_transform_forgotten",
                                  "The digest was made before the signature was put into the document, but the Reference does not declare "
                                  "the transform that takes it out.",
                                  "Add the Transform http://www.w3.org/2000/09/xmldsig#enveloped-signature before the canonicalization."};
const mistake signature_included{
    "signature_included",
    "The digest was made over the document together with its unfinished signature, although enveloped-signature takes it out.",
    "Apply the enveloped-signature transform when digesting: the whole ds:Signature is left out."};
const mistake all_signatures_removed{
    "all_signatures_removed", "All signatures were left out of the digest. enveloped-signature takes out only the one that it belongs to.",
    "Leave out the signature being made and no other: earlier signatures are part of what is signed."};
const mistake standalone{"signed_as_standalone_document",
                         "The element was signed as a document of its own and put into this message afterwards: inclusive canonicalization "
                         "sees the namespaces around it.",
                         "Sign in place, or use exclusive canonicalization, or send the payload as escaped text."};
const mistake other_context{"signed_in_other_context",
                            "The element was signed inside another document: namespace declarations around it were different, and "
                            "inclusive canonicalization writes them all.",
                            "Use exclusive canonicalization, or do not change the envelope after signing."};
const mistake prefix_renamed{"prefix_renamed", "A namespace prefix was renamed after signing. Prefixes are part of the canonical form.",
                             "Do not let a gateway or an XML binding library rewrite prefixes of a signed part."};
const mistake digest_algorithm{"wrong_digest_algorithm", "The digest was made by another algorithm than the one declared in DigestMethod.",
                               "Declare the algorithm that makes the digest, and make the digest by the one you declare."};
const mistake digest_sbox{
    "wrong_sbox",
    "The GOST 34.311 digest was made with the CryptoPro S-box. Kazakhstan uses the test parameters (id-GostR3411-94-TestParamSet).",
    "Configure the hash with the test S-box; \"gost\" and \"md_gost94\" of OpenSSL and Bouncy Castle's default are another set."};
const mistake digest_reversed{"digest_reversed", "The digest is right but written in reverse order of octets.",
                              "Write the octets of the digest in the order in which the hash gives them."};
const mistake digest_as_text{"digest_as_text",
                             "The digest was written as hexadecimal text (or as base64 of that text) instead of base64 of its octets.",
                             "Encode the raw octets of the digest in base64."};
const mistake digest_of_nothing{"digest_of_nothing", "The declared digest is that of an empty text: nothing was digested.",
                                "Look for a stream that was read to its end before, or for an id that the signing library did not find."};
const mistake digest_twice{"digest_of_digest", "The declared digest is the digest of the digest: the hash was applied twice.",
                           "Give the canonical octets to the hash, once."};
const mistake value_reversed{
    "signature_value_reversed", "The octets of SignatureValue stand in reverse order.",
    "Write r and s little-endian, r first (GOST), or the PKCS#1 number big-endian (RSA; .NET's CryptoAPI gives it reversed)."};
const mistake value_swapped{"signature_halves_swapped", "The two halves of the GOST signature are swapped: s stands before r.",
                            "Write r first, then s, each little-endian."};
const mistake value_big_endian{"signature_halves_big_endian", "The halves of the GOST signature are written big-endian.",
                               "Write r and s little-endian, as Kazakhstan's providers do."};
const mistake value_der{"signature_value_der", "SignatureValue holds an ASN.1 SEQUENCE of r and s instead of the bare halves.",
                        "Write r and s little-endian one after the other, without ASN.1."};
const mistake value_as_text{"signature_value_as_text",
                            "SignatureValue holds base64 of a text (hexadecimal or base64) instead of base64 of the octets.",
                            "Encode the raw octets of the signature in base64, once."};
const mistake hash_big_endian{"hash_big_endian", "The hash of SignedInfo was read as a big-endian number when the signature was made.",
                              "Read the hash little-endian, as Kazakhstan's providers do."};
const mistake hash_algorithm{"wrong_signature_hash", "SignedInfo was hashed by another algorithm than SignatureMethod says.",
                             "Use the hash that belongs to the declared signature method."};
const mistake hash_sbox{"wrong_signature_sbox", "SignedInfo was hashed by GOST 34.311 with the CryptoPro S-box.",
                        "Configure the hash with the test S-box (id-GostR3411-94-TestParamSet)."};
const mistake other_certificate{"certificate_of_another_key",
                                "The signature was made with another key than the one of the certificate in KeyInfo.",
                                "Put the certificate of the signing key into KeyInfo; look at the alias that is taken from the key store."};
const mistake digest_replaced{"digest_replaced_after_signing",
                              "SignedInfo was signed with another DigestValue than it holds now: the digest was filled in, or changed, "
                              "after the signature had been made.",
                              "Compute every digest first, sign SignedInfo then, change nothing after that."};
const mistake data_signed{"data_signed_instead_of_signed_info",
                          "SignatureValue signs the data itself (or its digest). It has to sign the canonical form of ds:SignedInfo.",
                          "Put the digest of the data into DigestValue and sign the canonical SignedInfo."};

const mistake double_encoded{"double_encoded_text", "The text looks like UTF-8 that was read in another encoding and written again.",
                             "Look for the place that reads without naming UTF-8, before or after signing."};
const mistake lost_letters{"lost_letters",
                           "Letters are lost: runs of question marks or replacement characters stand where words should be. What was there "
                           "cannot be computed back.",
                           "Look for getBytes() without an encoding, or a database column that is not Unicode."};
const mistake carriage_returns{
    "carriage_returns",
    "The signed part holds carriage returns written as &#13;: a sign of CR LF line ends that passed through an XML library.",
    "Write line ends as LF before signing."};
const mistake mark_inside{"byte_order_mark_inside", "A byte order mark stands in the middle of the text: two texts were joined.",
                          "Remove byte order marks when texts are put together."};
const mistake declared_charset{"declared_charset", "The message declares another encoding than UTF-8, or its octets are not UTF-8.",
                               "Send UTF-8, and say so in the XML declaration and in Content-Type."};

}  // namespace mistakes

namespace {

using namespace mistakes;
const mistake* const table[] = {
    &reindented,
    &whitespace_stripped,
    &line_ends,
    &trailing_newline,
    &inclusive_for_exclusive,
    &exclusive_for_inclusive,
    &comments_included,
    &comments_left_out,
    &prefix_list_missing,
    &prefix_list_ignored,
    &raw_octets,
    &not_canonical,
    &declaration_included,
    &byte_order_mark,
    &wrong_charset,
    &mojibake_before,
    &mojibake_after,
    &wrong_element,
    &element_content,
    &element_text,
    &payload_escaped,
    &payload_unescaped,
    &payload_declaration,
    &enveloped_forgotten,
    &signature_included,
    &all_signatures_removed,
    &standalone,
    &other_context,
    &prefix_renamed,
    &digest_algorithm,
    &digest_sbox,
    &digest_reversed,
    &digest_as_text,
    &digest_of_nothing,
    &digest_twice,
    &value_reversed,
    &value_swapped,
    &value_big_endian,
    &value_der,
    &value_as_text,
    &hash_big_endian,
    &hash_algorithm,
    &hash_sbox,
    &other_certificate,
    &digest_replaced,
    &data_signed,
    &double_encoded,
    &lost_letters,
    &carriage_returns,
    &mark_inside,
    &declared_charset,
};

}  // namespace

std::span<const mistake* const> all_mistakes() { return table; }

}  // namespace shep::forensics
