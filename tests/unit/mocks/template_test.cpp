#include "mocks/engine/problems.hpp"
#include "mocks/engine/string_matcher.hpp"
#include "support.hpp"

namespace shep::mocks::testing {
namespace {

class Template : public ::testing::Test {
 protected:
  std::string shown(const std::string& source, escaping how = escaping::xml) { return rendered(source, r, w, how); }
  std::string in_person(const std::string& source) { return shown("{{#with (person iin='900101000017')}}" + source + "{{/with}}"); }
  request r{"<a><iin>900101000017</iin><n>1</n><n>2</n><n>3</n><none/></a>"};
  world w;
};

TEST_F(Template, TextWithoutTagsStaysAsItIs) {
  EXPECT_EQ(shown("<a>\n {x} & }} &lt;</a>\n"), "<a>\n {x} & }} &lt;</a>\n");
  EXPECT_EQ(shown(""), "");
}

TEST_F(Template, ValuesOfTheRequest) {
  EXPECT_EQ(shown("{{request.serviceId}}|{{request.senderId}}|{{ request.messageId }}|{{request.correlationId}}|{{request.sessionId}}|"
                  "{{request.channel}}|{{request.routeId}}"),
            "S|PORTAL_1|m-1|c-1|{00000000-0000-4000-8000-000000000001}|sync|R1");
}

TEST_F(Template, XPathsOfBothDocuments) {
  EXPECT_EQ(shown("{{xPath '//iin'}}|{{xPath \"/a/n[2]\"}}|{{xPath 'count(//n)'}}|{{xPath '//gone'}}|{{soapXPath '//messageId/text()'}}"),
            "900101000017|2|3||m-1");
  EXPECT_EQ(shown("{{xPath request.body '//iin'}}"), "900101000017");
  EXPECT_EQ(shown("{{#each (xPathList '//n')}}{{this}};{{/each}}{{size (soapXPathList '//messageId')}}"), "1;2;3;1");
  EXPECT_EQ(shown("{{xPath '//n[text()=\"}}\"]'}}"), "");
}

TEST_F(Template, EscapesUnlessThreeBracesSayOtherwise) {
  r = request("<a><t>&lt;b a=\"1\" c='2'&gt;&amp;</t></a>");
  EXPECT_EQ(shown("{{xPath '//t'}}"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;");
  EXPECT_EQ(shown("{{{xPath '//t'}}}"), "<b a=\"1\" c='2'>&");
  EXPECT_EQ(shown("{{xPath '//t'}}", escaping::plain), "<b a=\"1\" c='2'>&");
}

TEST_F(Template, CommentsVanish) { EXPECT_EQ(shown("a{{! {{x}} b{{!-- }} {{#if}} --}}c"), "a bc"); }

TEST_F(Template, IfChoosesTheFirstTrueBranch) {
  const std::string choice = "{{#if (eq (xPath '//n') X)}}one{{else if (eq (xPath '//n[2]') X)}}two{{else}}other{{/if}}";
  const auto with = [&](const std::string& x) {
    std::string text = choice;
    for (auto at = text.find('X'); at != std::string::npos; at = text.find('X', at + 1))
      if (text[at - 1] == ' ') text.replace(at, 1, x);
    return shown(text);
  };
  EXPECT_EQ(with("'1'"), "one");
  EXPECT_EQ(with("2"), "two");
  EXPECT_EQ(with("null"), "other");
  EXPECT_EQ(shown("{{#unless false}}no{{else}}yes{{/unless}}{{#unless 1}}no{{/unless}}"), "no");
}

TEST_F(Template, TruthIsAsInHandlebars) {
  for (const char* yes : {"true", "1", "'x'", "'0'", "'false'", "(person iin='900101000017')", "(xPathList '//n')"})
    EXPECT_EQ(shown("{{#if " + std::string(yes) + "}}y{{else}}n{{/if}}"), "y") << yes;
  for (const char* no : {"false", "0", "''", "null", "undefined", "(person iin='1')", "(xPathList '//gone')", "(xPath '//none')"})
    EXPECT_EQ(shown("{{#if " + std::string(no) + "}}y{{else}}n{{/if}}"), "n") << no;
}

TEST_F(Template, WithAndPathsReachIntoRecords) {
  EXPECT_EQ(in_person("{{surname}} {{gender.nameRu}} {{this.gender.code}} {{documents.[1].number}} {{documents[0].number}} {{[odd name]}} "
                      "{{gone.further}}"),
            "ҮЛГІБАЕВ мужской 1 600000002 600000001 x ");
  EXPECT_EQ(in_person("{{#with gender}}{{code}}{{../surname}}{{../../x}}{{/with}}").substr(0, 21), "mocks.template_syntax");
  EXPECT_EQ(in_person("{{#with gender}}{{code}} {{../surname}}{{/with}}"), "1 ҮЛГІБАЕВ");
  EXPECT_EQ(shown("{{#with (person iin='900101000017') as |p|}}{{#with p.gender}}{{p.surname}} {{nameRu}}{{/with}}{{/with}}"),
            "ҮЛГІБАЕВ мужской");
  EXPECT_EQ(shown("{{#with (person iin='1')}}{{surname}}{{else}}nobody {{request.channel}}{{/with}}"), "nobody sync");
}

TEST_F(Template, EachGoesThroughListsAndObjects) {
  EXPECT_EQ(in_person("{{#each documents}}{{@index}}:{{number}}{{#if @last}}.{{else}},{{/if}}{{/each}}"), "0:600000001,1:600000002.");
  EXPECT_EQ(in_person("{{#each documents as |d i|}}{{#if @first}}first {{/if}}{{i}}{{d.number}} {{../surname}};{{/each}}"),
            "first 0600000001 ҮЛГІБАЕВ;1600000002 ҮЛГІБАЕВ;");
  EXPECT_EQ(in_person("{{#each gender}}{{@key}}={{this}} {{/each}}"), "code=1 nameRu=мужской ");
  EXPECT_EQ(in_person("{{#each children}}x{{else}}none of {{surname}}{{/each}}{{#each gone}}x{{else}}!{{/each}}"), "none of ҮЛГІБАЕВ!");
  EXPECT_EQ(in_person("{{#each documents}}{{#with this}}{{@index}}{{/with}}{{/each}}"), "01");
  EXPECT_EQ(shown("{{#each (findPersons surname='ҮЛГІБАЕВ')}}{{#with (person iin=this)}}{{iin}}{{else}}?{{/with}} {{/each}}"),
            "900101000017 ? ");
}

TEST_F(Template, BlockTagsAloneOnTheirLineLeaveNoLine) {
  EXPECT_EQ(shown("<a>\n  {{#if 1}}\n  <b/>\n  {{else}}\n  <c/>\n  {{/if}}\n  {{! note }}\n</a>\n"), "<a>\n  <b/>\n</a>\n");
  EXPECT_EQ(shown("<a> {{#if 1}} x\n{{/if}} </a>"), "<a>  x\n </a>");
  EXPECT_EQ(shown("{{#if 1}}\nx\n{{/if}}"), "x\n");
  EXPECT_EQ(shown("  {{#if 1}}\r\n  x\r\n  {{/if}}\r\ny"), "  x\r\ny");
  EXPECT_EQ(shown("a \n {{~#if 1~}} \n b \n {{~/if~}} \n c {{~ 'x' ~}} \n d{{!-- c --~}} \n e"), "abcxde");
}

TEST_F(Template, LogicHelpers) {
  EXPECT_EQ(shown("{{eq 5 '5'}} {{eq 'a' 'b'}} {{ne 1 2}} {{and 1 'x' true}} {{and 1 0}} {{or 0 ''}} {{or 0 1}} {{not 0}} {{not 'a'}}"),
            "true false true true false false true true false");
  EXPECT_EQ(shown("{{default (xPath '//gone') 'else'}} {{default (xPath '//n') 'else'}}"), "else 1");
  EXPECT_EQ(in_person("{{eq gender gender}} {{eq gender documents}}"), "true false");
}

TEST_F(Template, TextHelpers) {
  EXPECT_EQ(shown("{{upper 'әліп x'}} {{lower 'ӘЛІП X'}} {{size 'әліп'}}"), "ӘЛІП X әліп x 4");
  EXPECT_EQ(
      shown("{{substring 'әліппе' 1}}|{{substring 'әліппе' 1 3}}|{{substring 'ab' 5}}|{{substring 'ab' 2 1}}|{{substring 'ab' 0 '1'}}"),
      "ліппе|лі|||a");
  EXPECT_EQ(in_person("{{size documents}} {{size gender}} {{size gone}}"), "2 2 0");
}

TEST_F(Template, DataHelpers) {
  EXPECT_EQ(shown("{{#with (organization bin='990190000019')}}{{fullNameRu}}{{/with}}"), "ТОО «Үлгі &amp; Co»");
  EXPECT_EQ(shown("{{personByDocument number='600000001'}}|{{personByDocument number='x'}}|{{personByDocument number=''}}"),
            "900101000017||");
  EXPECT_EQ(shown("{{size (findPersons surname='' name='')}}{{size (findPersons)}}"), "00");
}

TEST_F(Template, TimeHelpers) {
  EXPECT_EQ(shown("{{now}}"), "2030-01-02T12:00:00.000+05:00");
  EXPECT_EQ(shown("{{now offset='3 days' format='yyyy-MM-dd'}} {{now offset='-1 months' format='dd.MM.yy HH:mm'}} {{now timezone='Z' "
                  "format='HH:mmX'}}"),
            "2030-01-05 02.12.29 12:00 07:00Z");
  EXPECT_EQ(shown("{{now format='epoch'}} {{now format='unix'}} {{now timezone='Asia/Almaty' format=\"yyyy 'y' h a XXX\"}}"),
            "1893567600000 1893567600 2030 y 12 PM +05:00");
  EXPECT_EQ(shown("{{formatDate '1990-01-31' format='dd.MM.yyyy'}} {{formatDate '1990-01-31' offset='1 months'}} {{formatDate ''}}"),
            "31.01.1990 1990-02-28 ");
  EXPECT_EQ(shown("{{formatDate '2030-01-02T23:00:00Z' timezone='+05:00'}} {{formatDate '2030-01-02T23:00:00+06:00' format='HH:mm XXX'}}"),
            "2030-01-03T04:00:00.000+05:00 23:00 +06:00");
}

TEST_F(Template, RandomValuesHaveTheirShapeAndFollowTheSeed) {
  const std::string source =
      "{{randomValue type='UUID'}} {{randomValue type='NUMERIC' length=5}} {{randomValue type='ALPHANUMERIC' length=40 uppercase=true}}"
      " {{randomValue type='HEXADECIMAL' length='3'}} {{randomValue type='ALPHABETIC' length=0}}|";
  const world one, two;
  const auto text = rendered(source, r, one);
  EXPECT_EQ(text, rendered(source, r, two));
  EXPECT_NE(text, rendered(source, r, two));
  EXPECT_TRUE(
      string_matcher::create(text_operator::matches, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} [0-9]{5} [0-9A-Z]{40} [0-9a-f]{3} \\|")
          .value()
          .holds(text))
      << text;
}

TEST_F(Template, QuotesAndEscapesInsideArguments) {
  EXPECT_EQ(shown(R"({{{default '' 'it\'s'}}} {{{default "" "a\"b\\n"}}} {{{default '' "'"}}})"), R"(it's a"b\\n ')");
  EXPECT_EQ(shown("{{eq\n 'a'\n 'a'\n}}"), "true");
}

struct broken {
  const char* source;
  const char* place;
  const char* told;
};

std::ostream& operator<<(std::ostream& out, const broken& b) { return out << b.place << " " << b.told; }

class BrokenTemplate : public ::testing::TestWithParam<broken> {};

TEST_P(BrokenTemplate, IsRefusedWhenItIsRead) {
  query_pool queries;
  const auto parsed = template_text::parse(GetParam().source, "f.xml", queries);
  ASSERT_FALSE(parsed);
  const auto p = parsed.error();
  EXPECT_EQ(p.code, problems::template_syntax);
  EXPECT_EQ(p.where, "f.xml:" + std::string(GetParam().place)) << describe(p);
  EXPECT_NE((p.detail + " " + p.hint).find(GetParam().told), std::string::npos) << describe(p);
}

INSTANTIATE_TEST_SUITE_P(
    Language, BrokenTemplate,
    ::testing::Values(
        broken{"<a>\n  ә {{x", "2:5", "never closed"}, broken{"{{!-- x }}", "1:1", "never closed"}, broken{"{{{x}}", "1:1", "three braces"},
        broken{"{{}}", "1:1", "empty"}, broken{"{{> partial}}", "1:1", "not part of the language"}, broken{"{{& x}}", "1:1", "{{{value}}}"},
        broken{"{{^x}}", "1:1", "not part of the language"}, broken{"{{#if 1}}\n", "1:1", "{{#if}} is never closed"},
        broken{"a{{/if}}", "1:2", "closes nothing"}, broken{"{{#if 1}}{{/each}}", "1:10", "closes {{#if}}"},
        broken{"{{else}}", "1:1", "outside a block"}, broken{"{{#if 1}}{{else}}{{else}}{{/if}}", "1:18", "second {{else}}"},
        broken{"{{#each (xPathList '//a')}}{{else if 1}}{{/each}}", "1:28", "within #if"},
        broken{"{{#iff 1}}{{/iff}}", "1:1", "did you mean 'if'?"}, broken{"{{#if}}{{/if}}", "1:6", "a value is missing"},
        broken{"{{serviceId}}", "1:3", "neither a helper nor a value"}, broken{"{{reqest.serviceId}}", "1:3", "neither"},
        broken{"{{request.serviceID}}", "1:3", "did you mean 'serviceId'?"}, broken{"{{request}}", "1:3", "request has no ''"},
        broken{"{{request.body}}", "1:3", "request has no 'body'"}, broken{"{{xPth '//a'}}", "1:3", "did you mean 'xPath'?"},
        broken{"{{#with (person iin='1')}}{{xPth '//a'}}{{/with}}", "1:29", "did you mean 'xPath'?"},
        broken{"{{xPath '//a['}}", "1:9", "bracket"}, broken{"{{xPath (request.serviceId)}}", "1:10", "written out"},
        broken{"{{xPath}}", "1:3", "takes 1 arguments"}, broken{"{{eq 1}}", "1:3", "takes 2 arguments"},
        broken{"{{now format='YYYY'}}", "1:14", "'YYYY' is not known in a date format"},
        broken{"{{now ofset='1 days'}}", "1:7", "did you mean 'offset'?"},
        broken{"{{now offset='1 fortnight'}}", "1:14", "not a unit of time"},
        broken{"{{now timezone='Mars'}}", "1:16", "not a known time zone"}, broken{"{{now format='a' format='a'}}", "1:18", "given twice"},
        broken{"{{person}}", "1:3", "needs the argument 'iin'"}, broken{"{{randomValue type='UID'}}", "1:20", "did you mean 'UUID'?"},
        broken{"{{eq 'a 'b'}}", "1:1", "never closed"}, broken{"{{eq 1 (xPath '//a'}}", "1:8", "never closed"},
        broken{"{{eq 1 2)}}", "1:9", "not expected here"}, broken{"{{eq 1 = 2}}", "1:6", "no argument '1'"},
        broken{"{{#with (person iin='1') as p}}{{/with}}", "1:26", "between bars"},
        broken{"{{#with (person iin='1') as |a b c|}}{{/with}}", "1:26", "one or two names"},
        broken{"{{#with (person iin='1') as |now|}}{{/with}}", "1:26", "cannot be the name"},
        broken{"{{#with (person iin='1')}}{{@index}}{{/with}}", "1:29", "@index"},
        broken{"{{#with (person iin='1')}}{{a..b}}{{/with}}", "1:29", "not a path"},
        broken{"{{#with (person iin='1')}}{{../x}}{{/with}}", "1:29", "outermost"},
        broken{"{{#with (person iin='1')}}{{a.[0}}{{/with}}", "1:29", "not a path"}, broken{"{{env 'HOME'}}", "1:3", "neither a helper"},
        broken{"{{file '/etc/hostname'}}", "1:3", "neither a helper"}));

TEST_F(Template, ProblemsOfRenderingNameThePlace) {
  const auto failed = [&](const std::string& source) { return render_template(source, r, w).error(); };
  EXPECT_EQ(failed("<a>\n{{#with (person iin='900101000017')}}\n {{gender}}{{/with}}").where, "t:3:4");
  EXPECT_EQ(failed("{{formatDate 'today'}}").code, problems::template_value);
  EXPECT_EQ(failed("{{#each 'text'}}{{/each}}").code, problems::template_value);
  EXPECT_EQ(failed("{{substring 'a' 'x'}}").where, "t:1:3");
  EXPECT_EQ(failed("{{randomValue type='NUMERIC' length=99999}}").code, problems::template_value);
  EXPECT_EQ(failed("{{kdpToken iin='' accessName='x'}}").code, problems::template_value);
  EXPECT_EQ(failed("{{kdpToken iin='1' accessName='x' expiresIn='soon'}}").code, problems::template_value);
  w.around = {};
  EXPECT_EQ(failed("{{#with (person iin='1')}}{{/with}}").detail, "there is no population here");
  EXPECT_EQ(failed("{{randomValue type='UUID'}}").code, problems::template_value);
}

}  // namespace
}  // namespace shep::mocks::testing
