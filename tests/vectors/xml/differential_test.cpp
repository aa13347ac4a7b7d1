#include "vectors/xml/generator.hpp"
#include "vectors/xml/oracle.hpp"
#include "xml/c14n.hpp"

#include <gtest/gtest.h>

namespace shep::xml {
namespace {

#ifdef NDEBUG
constexpr std::size_t mutants = 100'000;
#else
constexpr std::size_t mutants = 20'000;
#endif

/// One to three small damages: the kind of text on which two parsers come to disagree.
std::string damaged(std::string text, document_generator& random) {
  constexpr const char* pieces[] = {"<",
                                    ">",
                                    "&",
                                    "\"",
                                    "'",
                                    "]]>",
                                    "<!--",
                                    "-->",
                                    "<![CDATA[",
                                    "<?",
                                    "?>",
                                    "/>",
                                    "</",
                                    "xmlns:a=\"urn:x\" ",
                                    "xmlns=\"\" ",
                                    " ",
                                    "&#0;",
                                    "&#x41;",
                                    ":",
                                    "=",
                                    "\r",
                                    "\xff",
                                    "\xc3",
                                    "\xef\xbf\xbf",
                                    "<!DOCTYPE a>",
                                    "a:",
                                    "xml:",
                                    "<a/>",
                                    "--",
                                    "&lt;"};
  for (std::size_t n = 1 + random.below(3); n > 0; --n) {
    const std::size_t at = random.below(text.size() + 1);
    switch (random.below(5)) {
      case 0: text.erase(at, 1 + random.below(4)); break;
      case 1: text.insert(at, pieces[random.below(std::size(pieces))]); break;
      case 2: text.insert(at, text.substr(random.below(text.size() + 1), random.below(20))); break;
      case 3:
        if (at < text.size()) text[at] = static_cast<char>(random.below(256));
        break;
      default: text.resize(at);
    }
    if (text.empty()) text = "<";
  }
  return text;
}

// X01-X09 from the other side: what the door lets in is XML for another parser too, and it is the same document.
TEST(Differential, EveryMutantThatIsAdmittedIsTheSameDocumentForLibxml2) {
  document_generator generate(99);
  std::size_t admitted = 0, refused = 0, without_form = 0, odd_names = 0;
  for (std::size_t i = 0; i < mutants; ++i) {
    const std::string text = damaged(generate.next(), generate);
    const auto d = admit(share(text));
    if (!d) {
      ++refused;
      EXPECT_FALSE(d.error().detail.empty());
      EXPECT_EQ(d.error().where.substr(0, 5), "line ");
      continue;
    }
    SCOPED_TRACE(text);
    const oracle::document theirs = oracle::parse(text);
    ASSERT_TRUE(theirs) << "admitted, but not XML for libxml2";
    if (!oracle::writes_namespaces_of(theirs.get())) {
      ++odd_names;
      continue;
    }
    string_sink ours;
    c14n_options options;
    options.exclusive = false;
    options.with_comments = true;
    const auto done = canonicalize(*d, options, ours);
    const auto expected = oracle::canonical(theirs.get(), {false, true, {}, nullptr, nullptr});
    if (!done) {
      ++without_form;
      ASSERT_FALSE(expected) << describe(done.error());
      continue;
    }
    ASSERT_TRUE(expected);
    ASSERT_EQ(ours.text, *expected);
    ++admitted;
  }
  std::cout << mutants << " mutants: " << admitted << " admitted and equal, " << without_form << " admitted without canonical form, "
            << odd_names << " admitted with namespace names that libxml2 cannot write, " << refused << " refused\n";
  EXPECT_GT(admitted, mutants / 20);
  EXPECT_GT(refused, mutants / 4);
}

}  // namespace
}  // namespace shep::xml
