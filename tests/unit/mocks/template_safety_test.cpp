#include "mocks/engine/problems.hpp"
#include "mocks/engine/template_evaluator.hpp"
#include "support.hpp"
#include "xml/text.hpp"

#include <random>
#include <span>

namespace shep::mocks::testing {
namespace {

std::string for_xml(std::string_view text) {
  std::string out;
  append_for_xml(out, text);
  return out;
}

TEST(TemplateSafety, A08_HostileValuesStayInsideTheirElementAndAttribute) {
  for (const std::string hostile : {"</v><w/>", "\"/><w/>", "'/><w/>", "]]></v><w/>", "--><w/>", "?><w/>", "&lt;w/&gt;", "&#60;w/&#62;",
                                    "{{now}}", "\r\n\t", "<!DOCTYPE x>"}) {
    std::string document = "<a><v>";
    for (const char c : hostile) document += c == '<' ? "&lt;" : c == '&' ? "&amp;" : c == '\r' ? "&#13;" : std::string(1, c);
    const request r(document.find("]]>") == std::string::npos ? document + "</v></a>" : "<a><v>]]&gt;&lt;/v&gt;&lt;w/&gt;</v></a>");
    const world w;
    const auto value = xml::text_of(r.view.business_data.first_child());
    EXPECT_EQ(value, hostile);
    const auto text = rendered("<r d=\"{{xPath '//v'}}\" s='{{xPath '//v'}}'><c>{{xPath '//v'}}</c></r>", r, w);
    const auto admitted = xml::admit(share(text));
    ASSERT_TRUE(admitted) << text;
    const auto root = admitted->root();
    EXPECT_EQ(root.children().size(), 1u) << text;
    EXPECT_EQ(xml::text_of(root.first_child()), hostile);
    EXPECT_EQ(root.attribute_value({"", "d"}), hostile);
    EXPECT_EQ(root.attribute_value({"", "s"}), hostile);
  }
}

TEST(TemplateSafety, A08_WhatXmlCannotHoldIsReplaced) {
  const std::string mark = "\xEF\xBF\xBD";
  EXPECT_EQ(for_xml(std::string("a\0b\x01\x1F", 5)), "a" + mark + "b" + mark + mark);
  EXPECT_EQ(for_xml("\xEF\xBF\xBE|\xEF\xBF\xBF|\xED\xA0\x80"), mark + "|" + mark + "|" + mark + mark + mark);
  EXPECT_EQ(for_xml("\xC0\xAF \xFF \xE2\x82 \xF4\x90\x80\x80"),
            mark + mark + " " + mark + " " + mark + mark + " " + mark + mark + mark + mark);
  EXPECT_EQ(for_xml("ә€😀\x7F"), "ә€😀\x7F");
}

TEST(TemplateSafety, A08_EveryOctetPairYieldsXmlThatIsAdmitted) {
  std::string all;
  for (int a = 0; a < 256; ++a)
    for (int b = 0; b < 256; ++b) {
      all += static_cast<char>(a);
      all += static_cast<char>(b);
    }
  EXPECT_TRUE(xml::admit(share("<a>" + for_xml(all) + "</a>")));
}

TEST(TemplateSafety, A08_StatusTextsCarryNoLineEnds) {
  std::string out;
  append_plain(out, "a\r\nX-Header: 1\t\x07\x7F<b>\xFF");
  EXPECT_EQ(out, "a  X-Header: 1 <b>\xEF\xBF\xBD");
}

TEST(TemplateSafety, A08_RequestTextIsNeverReadAsATemplate) {
  const request r("<a><t>{{request.senderId}}</t></a>");
  const world w;
  EXPECT_EQ(rendered("{{xPath '//t'}} {{default '' '{{now}}'}}", r, w), "{{request.senderId}} {{now}}");
}

std::string nested_blocks(std::size_t depth) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += "{{#if 1}}";
  text += "x";
  for (std::size_t i = 0; i < depth; ++i) text += "{{/if}}";
  return text;
}

TEST(TemplateSafety, A09_NestingIsBoundedWhenTheTemplateIsRead) {
  const request r("<a/>");
  const world w;
  EXPECT_EQ(rendered(nested_blocks(32), r, w), "x");
  EXPECT_EQ(render_template(nested_blocks(33), r, w).error().code, problems::template_syntax);
  EXPECT_EQ(render_template(nested_blocks(100'000), r, w).error().code, problems::template_syntax);
  const auto parentheses = [](std::size_t n) { return "{{not " + std::string(n, '(') + "1" + std::string(n, ')') + "}}"; };
  EXPECT_EQ(rendered(parentheses(32), r, w), "false");
  EXPECT_EQ(render_template(parentheses(100'000), r, w).error().code, problems::template_syntax);
}

TEST(TemplateSafety, A09_ALongElseIfChainIsNotDeep) {
  std::string text = "{{#if 0}}0";
  for (int i = 1; i < 5000; ++i) text += "{{else if (eq 4999 " + std::to_string(i) + ")}}" + std::to_string(i);
  const request r("<a/>");
  const world w;
  EXPECT_EQ(rendered(text + "{{/if}}", r, w), "4999");
}

TEST(TemplateSafety, A09_LoopsOverLoopsRunOutOfSteps) {
  std::string document = "<a>";
  for (int i = 0; i < 1000; ++i) document += "<n/>";
  const request r(document + "</a>");
  const world w;
  const std::string loops = "{{#each (xPathList '//n')}}{{#each (xPathList '//n')}}{{#each (xPathList '//n')}}{{/each}}{{/each}}{{/each}}";
  EXPECT_EQ(render_template(loops, r, w).error().code, problems::template_limit);
  const auto outer = "{{#with (xPathList '//n') as |l|}}{{#each l}}{{#each l}}{{#each l}}{{/each}}{{/each}}{{/each}}{{/with}}";
  const auto stopped = render_template(outer, r, w).error();
  EXPECT_EQ(stopped.code, problems::template_limit);
  EXPECT_EQ(stopped.where.substr(0, 4), "t:1:");
}

TEST(TemplateSafety, A09_OutputIsBoundedBeforeItIsMade) {
  const request r("<a><t>" + std::string(1000, '>') + "</t><n/><n/><n/></a>");
  const world w;
  const template_limits limits{1000, 2500};
  const auto stopped = [&](const std::string& source) { return render_template(source, r, w, escaping::xml, limits).error().code; };
  EXPECT_EQ(stopped("{{xPath '//t'}}"), problems::template_limit);
  EXPECT_EQ(stopped("{{#each (xPathList '//n')}}{{{xPath '//t'}}}{{/each}}"), problems::template_limit);
  EXPECT_EQ(stopped(std::string(2501, 'x')), problems::template_limit);
  EXPECT_EQ(rendered("{{{xPath '//t'}}}{{{xPath '//t'}}}", r, w, escaping::xml, limits).size(), 2000u);
}

TEST(TemplateSafety, A09_LongListsCostSteps) {
  std::string document = "<a>";
  for (int i = 0; i < 20'000; ++i) document += "<n/>";
  const request r(document + "</a>");
  const world w;
  std::string text;
  for (int i = 0; i < 40; ++i) text += "{{size (xPathList '//n')}}";
  EXPECT_EQ(render_template(text, r, w).error().code, problems::template_limit);
}

/// Pieces in random order: most are nonsense, some are templates.
std::string random_pieces(std::span<const std::string_view> pieces, std::mt19937& chance) {
  std::string text;
  for (auto n = chance() % 24; n > 0; --n) {
    const auto piece = pieces[chance() % pieces.size()];
    text += piece.substr(0, chance() % 8 == 0 ? chance() % (piece.size() + 1) : piece.size());
  }
  return text;
}

TEST(TemplateSafety, A09_NonsenseIsReadOrRefusedAndNothingElse) {
  constexpr std::string_view pieces[] = {"{{",
                                         "}}",
                                         "{{{",
                                         "}}}",
                                         "{{#if ",
                                         "{{#each ",
                                         "{{#with ",
                                         "{{else}}",
                                         "{{else if ",
                                         "{{/if}}",
                                         "{{/each}}",
                                         "{{/with}}",
                                         "{{!",
                                         "{{!--",
                                         "--}}",
                                         "~",
                                         "(",
                                         ")",
                                         "=",
                                         "|",
                                         "'",
                                         "\"",
                                         "\\",
                                         "\n",
                                         " ",
                                         "as |x i|",
                                         "person",
                                         "iin=",
                                         "xPath ",
                                         "xPathList ",
                                         "'//n'",
                                         "'//'",
                                         "now",
                                         "format='yyyy'",
                                         "offset='1 days'",
                                         "../",
                                         "this",
                                         "@index",
                                         "@",
                                         "[",
                                         "]",
                                         ".",
                                         "a",
                                         "x",
                                         "0",
                                         "-1",
                                         "99999999999999999999",
                                         "null",
                                         "eq ",
                                         "substring ",
                                         "request.serviceId",
                                         "request",
                                         "\xD0",
                                         "ә",
                                         "{",
                                         "}"};
  const request r("<a><n>1</n><n>2</n></a>");
  const world w;
  std::mt19937 chance(20300102);
  int rendered_whole = 0;
  for (int i = 0; i < 20'000; ++i) {
    const auto source = random_pieces(pieces, chance);
    const auto text = render_template(source, r, w, escaping::xml, {2000, 10'000});
    if (text) ++rendered_whole;
    else EXPECT_TRUE(text.error().where.starts_with("t:")) << source << describe(text.error());
  }
  EXPECT_GT(rendered_whole, 100);
}

TEST(MappingSafety, A10_NonsenseIsLoadedOrRefusedWithAPlace) {
  constexpr std::string_view pieces[] = {"{",
                                         "}",
                                         "[",
                                         "]",
                                         ":",
                                         ",",
                                         "\"request\"",
                                         "\"response\"",
                                         "\"shep\"",
                                         "\"serviceId\"",
                                         "\"equalTo\"",
                                         "\"bodyPatterns\"",
                                         "\"matchesXPath\"",
                                         "\"//a\"",
                                         "\"mappings\"",
                                         "\"priority\"",
                                         "1",
                                         "1e999",
                                         "true",
                                         "null",
                                         "\"\\u0061\"",
                                         "\"\\ud800\"",
                                         "//",
                                         "/*",
                                         "*/",
                                         "\n",
                                         "\"",
                                         "\\",
                                         "\xFF",
                                         "{\"request\":{},\"response\":{}}",
                                         "{\"request\":{\"shep\":{",
                                         "}},\"response\":{}}"};
  std::mt19937 chance(20300103);
  for (int i = 0; i < 20'000; ++i) {
    const auto json = random_pieces(pieces, chance);
    const auto loaded = load(json);
    EXPECT_TRUE(!loaded.mappings.empty() || !loaded.problems.empty() || json.find("mappings") != std::string::npos) << json;
    for (const auto& p : loaded.problems) EXPECT_NE(p.where.find("mappings/test.json"), std::string::npos) << json << describe(p);
  }
}

TEST(TemplateSafety, A09_LargeTextsCostSteps) {
  const request r("<a><t>" + std::string(1 << 20, 'x') + "</t></a>");
  const world w;
  std::string text;
  for (int i = 0; i < 100; ++i) text += "{{size (upper (xPath '//t'))}}";
  EXPECT_EQ(render_template(text, r, w).error().code, problems::template_limit);
}

}  // namespace
}  // namespace shep::mocks::testing
