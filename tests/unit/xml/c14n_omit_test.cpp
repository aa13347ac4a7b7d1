#include "core/bytes.hpp"
#include "xml/c14n.hpp"

#include <gtest/gtest.h>

/// Several elements left out at once: the signatures that came after the one being judged.
namespace shep::xml {
namespace {

const std::string text = "<a xmlns='urn:a'> <b>1</b><c><d/></c> <e>2</e><c>3</c><!-- c --></a>";

std::string canonical(const document& d, const c14n_options& options, bool whole) {
  string_sink sink;
  const auto ok = whole ? canonicalize(d, options, sink) : canonicalize(d.root(), options, sink);
  return ok ? sink.text : "refused: " + ok.error().detail;
}

/// What is left must be what the document would be without those elements, octet for octet.
TEST(C14nOmit, SeveralElementsAreLeftOutAsIfTheyWereNotThere) {
  const auto d = admit(share(text)).value();
  const auto children = d.root().children();
  const auto without = admit(share("<a xmlns='urn:a'> <b>1</b> <!-- c --></a>")).value();
  for (const bool exclusive : {false, true})
    for (const bool comments : {false, true})
      for (const bool whole : {false, true}) {
        c14n_options options;
        options.exclusive = exclusive;
        options.with_comments = comments;
        const std::string expected = canonical(without, options, whole);
        options.also_omit = {children[3], children[1], children[2]};
        EXPECT_EQ(canonical(d, options, whole), expected);
        options.omit = children[1];
        options.also_omit = {children[2], children[3]};
        EXPECT_EQ(canonical(d, options, whole), expected) << "the one and the others together";
      }
}

TEST(C14nOmit, OneInTheListIsAsOneAlone) {
  const auto d = admit(share(text)).value();
  c14n_options alone, listed;
  alone.omit = d.root().children()[1];
  listed.also_omit = {d.root().children()[1]};
  EXPECT_EQ(canonical(d, alone, true), canonical(d, listed, true));
}

TEST(C14nOmit, S39_NothingLeftIsAFailure) {
  const auto d = admit(share(text)).value();
  c14n_options options;
  options.also_omit = {d.root()};
  EXPECT_TRUE(canonical(d, options, true).starts_with("refused"));
  EXPECT_TRUE(canonical(d, options, false).starts_with("refused"));
}

}  // namespace
}  // namespace shep::xml
