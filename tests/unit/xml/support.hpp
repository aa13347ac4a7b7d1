#pragma once

#include "xml/c14n.hpp"
#include "xml/document.hpp"
#include "xml/problems.hpp"
#include "xml/text.hpp"

#include <string>

#include <gtest/gtest.h>

namespace shep::xml {

inline document admitted(std::string text, const limits& allowed = {}) {
  auto d = admit(share(std::move(text)), allowed);
  if (!d) ADD_FAILURE() << describe(d.error());
  return d ? std::move(*d) : document();
}

/// The refusal has this code, a sentence, and a place.
inline void expect_refused(const std::string& text, const problem_code& code, const limits& allowed = {}) {
  const auto d = admit(share(text), allowed);
  ASSERT_FALSE(d) << text.substr(0, 200);
  EXPECT_EQ(d.error().code, code) << describe(d.error()) << " for " << text.substr(0, 200);
  EXPECT_FALSE(d.error().detail.empty());
  EXPECT_EQ(d.error().where.substr(0, 5), "line ") << d.error().where;
  EXPECT_NE(d.error().where.find(", byte "), std::string::npos) << d.error().where;
}

/// ASCII text as UTF-16 behind any mark.
inline std::string utf16(std::string mark, const std::string& ascii, bool little) {
  for (const char c : ascii) {
    mark += little ? c : '\0';
    mark += little ? '\0' : c;
  }
  return mark;
}

inline std::string canonical(const document& d, element apex, const c14n_options& options = {}) {
  string_sink sink;
  const auto done = apex ? canonicalize(apex, options, sink) : canonicalize(d, options, sink);
  EXPECT_TRUE(done) << (done ? std::string() : describe(done.error()));
  return done ? sink.text : std::string();
}

}  // namespace shep::xml
