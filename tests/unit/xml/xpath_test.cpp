#include "xml/xpath.hpp"

#include "unit/xml/support.hpp"
#include "xml/xpath_cost.hpp"

#include <thread>

namespace shep::xml {
namespace {

const std::map<std::string, std::string> bound = {{"s", "urn:s"}, {"d", "urn:d"}, {"q", "urn:'quote"}};

constexpr const char* queried_letter =
    "<!--before--><e:Envelope xmlns:e='urn:s' xmlns='urn:d' xml:lang='kk'><e:Header/><e:Body e:id='b'>"
    "<request><iin>1</iin><iin kind='x'>2</iin><sum>10</sum></request>"
    "<other xmlns=''><iin>3</iin><deep><iin>4</iin></deep></other>"
    "<div><mod>m</mod><and>n</and></div></e:Body><e:Tail><iin>9</iin></e:Tail></e:Envelope>";

using list = std::vector<std::string>;

xpath compiled(std::string_view expression) {
  auto x = xpath::compile(expression, bound);
  EXPECT_TRUE(x) << expression << ": " << (x ? std::string() : describe(x.error()));
  return x ? std::move(*x) : std::move(*xpath::compile("."));
}

list strings(std::string_view expression, element context) { return compiled(expression).strings(context); }

class Xpath : public ::testing::Test {
 protected:
  document d = admitted(queried_letter);
  element root = d.root();
  element body = root.first_child().next_sibling();
  element request = body.first_child();
};

TEST_F(Xpath, UnprefixedNamesMatchAnyNamespace) {
  EXPECT_EQ(strings("//iin", body), (list{"1", "2", "3", "4"}));
  EXPECT_EQ(strings("/Envelope/Body/request/iin", root), (list{"1", "2"}));
  EXPECT_EQ(strings("/Envelope//sum", root), list{"10"});
  EXPECT_EQ(strings("//deep//iin", root), list{"4"});
}

TEST_F(Xpath, PrefixedNamesMatchTheirNamespaceOnly) {
  EXPECT_EQ(strings("/s:Envelope/s:Body/d:request/d:iin", root), (list{"1", "2"}));
  EXPECT_EQ(strings("//d:iin", root), (list{"1", "2", "9"}));
  EXPECT_TRUE(strings("/d:Envelope", root).empty());
  EXPECT_TRUE(strings("//s:iin", root).empty());
  EXPECT_EQ(compiled("count(//d:*)").string(root), "8");
  EXPECT_EQ(compiled("count(//s:*)").string(root), "4");
  EXPECT_TRUE(strings("//q:iin", root).empty());
}

TEST_F(Xpath, AttributesWithoutPrefixHaveNoNamespace) {
  EXPECT_EQ(strings("//@kind", root), list{"x"});
  EXPECT_TRUE(strings("//@id", root).empty());
  EXPECT_EQ(strings("//@s:id", root), list{"b"});
  EXPECT_TRUE(strings("//@d:id", root).empty());
  EXPECT_EQ(strings("/Envelope/@xml:lang", root), list{"kk"});
  EXPECT_EQ(strings("//attribute::kind", root), list{"x"});
  EXPECT_EQ(strings("//iin[@kind='x']", body), list{"2"});
  EXPECT_EQ(compiled("count(//@*)").string(root), "3");
}

TEST_F(Xpath, TheContextIsTheRootOfWhatIsSeen) {
  EXPECT_EQ(strings("/Body/request/sum", body), list{"10"});
  EXPECT_TRUE(strings("/Envelope", body).empty());
  EXPECT_EQ(strings("//iin", request), (list{"1", "2"}));
  EXPECT_EQ(compiled("//request").elements(request), std::vector<element>{request});
  EXPECT_EQ(strings("sum", request), list{"10"});
  EXPECT_EQ(strings("request/sum", body), list{"10"});
  EXPECT_EQ(compiled(".").elements(body), std::vector<element>{body});
}

TEST_F(Xpath, NothingAboveOrBesideTheContextIsSeen) {
  for (const char* expression :
       {"../Header", "ancestor::*", "ancestor::node()/Header", "following::*", "preceding::*", "following-sibling::*",
        "preceding-sibling::*", "//iin[/Envelope]", "//request[//Header]", ".//*[ancestor::Envelope]", "../../*", "/../*",
        "//iin[ancestor::Envelope]", "*[../../Header]", "//*[following::Tail]", "/comment()", "//comment()"}) {
    EXPECT_TRUE(strings(expression, body).empty()) << expression;
    EXPECT_FALSE(compiled(expression).matches(body)) << expression;
  }
  EXPECT_EQ(compiled("../*").elements(body), std::vector<element>{body});
  EXPECT_EQ(strings("//iin[../sum]", body), (list{"1", "2"}));
  EXPECT_EQ(strings("//sum/preceding-sibling::iin[1]", body), list{"2"});
  EXPECT_EQ(strings("//sum/ancestor::*[last()]/@s:id", body), list{"b"});
  EXPECT_EQ(strings("//iin[/Body/request/sum=10]", body).size(), 4U);
  EXPECT_EQ(compiled("lang('kk')").string(body), "false");
  EXPECT_EQ(compiled("lang('kk')").string(root), "true");
}

TEST_F(Xpath, ACopyOfTheContextKeepsItsNamespaces) {
  const xpath parents = compiled("//d:iin/..");
  EXPECT_EQ(parents.elements(body), std::vector<element>{request});
  EXPECT_EQ(parents.elements(root).size(), 2U);
  EXPECT_EQ(strings("//d:sum/..", request), list{"1210"});
}

TEST_F(Xpath, PositionsCountAsInADocument) {
  EXPECT_EQ(strings("//iin[1]", body), (list{"1", "3", "4"}));
  EXPECT_EQ(strings("(//iin)[1]", body), list{"1"});
  EXPECT_EQ(strings("//iin[last()]", body), (list{"2", "3", "4"}));
  EXPECT_EQ(strings("//iin[position()=2]", body), list{"2"});
  EXPECT_EQ(strings("//d:iin[2]", body), list{"2"});
  EXPECT_EQ(strings("/Body[1]/request[1]/iin[2]", body), list{"2"});
  EXPECT_EQ(strings("//iin[.=3 or .=4][1]", body), (list{"3", "4"}));
  EXPECT_EQ(strings("//iin[count(../sum)]", body), list{"1"});
  EXPECT_EQ(strings("//iin[string-length(.)+1]", body), list{"2"});
}

TEST_F(Xpath, ReadsOperatorsAsSection37Says) {
  EXPECT_EQ(compiled("2 * 3").string(body), "6");
  EXPECT_EQ(compiled("//sum * 2").string(body), "20");
  EXPECT_EQ(compiled("//sum div 4 mod 2").string(body), "0.5");
  EXPECT_EQ(strings("//div/mod", body), list{"m"});
  EXPECT_EQ(strings("//div/and", body), list{"n"});
  EXPECT_EQ(compiled("div and div/mod").string(body), "true");
  EXPECT_EQ(compiled("count(*)").string(body), "3");
  EXPECT_EQ(compiled("count(*) * count(*)").string(body), "9");
  EXPECT_EQ(compiled("count(//*[*])").string(body), "5");
  EXPECT_EQ(compiled("//sum - 1").string(body), "9");
  EXPECT_EQ(compiled("-//sum").string(body), "-10");
  EXPECT_EQ(compiled("//sum>9 and //sum<=10 or false()").string(body), "true");
  EXPECT_EQ(compiled("//iin = 3").string(body), "true");
  EXPECT_EQ(compiled("child :: request / child::node()[ 3 ]").string(body), "10");
}

TEST_F(Xpath, AnswersFunctionsOfXPath10) {
  EXPECT_EQ(compiled("concat(//sum, '-', \"x\")").string(body), "10-x");
  EXPECT_EQ(compiled("local-name(/*)").string(body), "Body");
  EXPECT_EQ(compiled("namespace-uri(/*)").string(body), "urn:s");
  EXPECT_EQ(compiled("normalize-space(' a  b ')").string(body), "a b");
  EXPECT_EQ(compiled("substring-before('a/b', '/')").string(body), "a");
  EXPECT_TRUE(compiled("starts-with(//iin, '1')").matches(body));
  EXPECT_FALSE(compiled("not(//iin)").matches(body));
  EXPECT_EQ(compiled("string(/)").string(request), "1210");
  EXPECT_EQ(compiled("sum(//iin)").string(body), "10");
}

TEST_F(Xpath, ScalarsGiveOneString) {
  EXPECT_EQ(strings("count(//iin)", body), list{"4"});
  EXPECT_EQ(strings("'x'", body), list{"x"});
  EXPECT_TRUE(compiled("count(//iin)").elements(body).empty());
  EXPECT_EQ(compiled("//nothing").string(body), "");
}

TEST_F(Xpath, GivesNodesInDocumentOrder) {
  EXPECT_EQ(strings("//sum | //iin | //@kind", body), (list{"1", "2", "x", "10", "3", "4"}));
  EXPECT_EQ(compiled("//deep | //request").elements(body).front(), request);
}

TEST_F(Xpath, ANullContextHasNothing) {
  EXPECT_FALSE(compiled("true()").matches({}));
  EXPECT_EQ(compiled("'x'").string({}), "");
  EXPECT_TRUE(strings("//a", {}).empty());
}

TEST(XpathText, X13_ReadsTheWholeTextOfAnInterruptedValue) {
  for (const char* value : {"admin<!-- -->.evil", "admin<?p?>.evil", "admin<![CDATA[.evil]]>", "<![CDATA[admin]]>.evil"}) {
    const document d = admitted(std::string("<r><b><iin>") + value + "</iin></b></r>");
    for (const char* expression :
         {"//iin", "//iin/text()", "/r/b/iin/text()", "//text()", "b/iin/text() | /r/b/iin/text()", "//iin/text()[1]",
          "//iin/child::text()", "//b/descendant::text()", "/r/b/iin[text()]/text()", "/descendant::text()"}) {
      EXPECT_EQ(strings(expression, d.root()), list{"admin.evil"}) << expression << " on " << value;
      EXPECT_EQ(compiled(expression).string(d.root()), "admin.evil") << expression;
    }
    for (const char* expression : {"//iin = 'admin'", "//iin/text() = 'admin'", "//iin[text()='admin']", "//iin[.='admin']",
                                   "//*[text()='admin']", "string(//iin/text()) = 'admin'", "normalize-space(//iin/text()) = 'admin'",
                                   "//iin/text()[.='admin']", "//text()='admin'", "//b[iin/text()='admin']", "//iin/text()[2]"}) {
      EXPECT_FALSE(compiled(expression).matches(d.root())) << expression << " on " << value;
    }
    for (const char* expression : {"//iin/text() = 'admin.evil'", "//iin[text()='admin.evil']", "//b[iin/text()='admin.evil']",
                                   "string(//iin/text())='admin.evil'"}) {
      EXPECT_TRUE(compiled(expression).matches(d.root())) << expression << " on " << value;
    }
  }
}

TEST(XpathText, TextOfAnElementWithElementsIsItsOwn) {
  const document d = admitted("<r>one<b>two</b>three</r>");
  EXPECT_EQ(strings("/r/text()", d.root()), list{"onethree"});
  EXPECT_EQ(strings("/r", d.root()), list{"onetwothree"});
  EXPECT_TRUE(strings("/r/b/c/text()", d.root()).empty());
  EXPECT_TRUE(strings("/text()", d.root()).empty());
  EXPECT_EQ(strings("//b/text()/..", d.root()), list{"two"});
}

TEST(XpathErrors, SayWhatAndWhere) {
  const auto expect = [](std::string_view expression, std::string_view what, std::string_view where) {
    const auto x = xpath::compile(expression, bound);
    ASSERT_FALSE(x) << expression;
    EXPECT_EQ(x.error().code, problems::xml_xpath);
    EXPECT_NE(x.error().detail.find(what), std::string::npos) << expression << ": " << x.error().detail;
    EXPECT_EQ(x.error().where, where) << expression << ": " << x.error().detail;
  };
  expect("//x:a", "prefix \"x\" is not bound", "byte 2 of the expression");
  expect("/a[$v]", "variables are not supported", "byte 3 of the expression");
  expect("//a[foo(1)]", "no function foo()", "byte 4 of the expression");
  expect("a[", "not closed", "byte 1 of the expression");
  expect("a)", "closes nothing", "byte 1 of the expression");
  expect("a[1)", "closes nothing", "byte 3 of the expression");
  expect("'abc", "not closed", "byte 0 of the expression");
  expect("a b", "operator was expected", "byte 2 of the expression");
  expect("a # b", "no meaning", "byte 2 of the expression");
  expect("namespace::a", "namespace axis", "byte 0 of the expression");
  expect("p:", "local name", "byte 2 of the expression");
  expect("a/@", "expected after the axis", "byte 2 of the expression");
  expect(std::string(4097, 'a'), "4097", "byte 4096 of the expression");
  for (const char* broken : {"", "a/", "a and", "/a/[1]", "count(", "count()", "a | 'x'", "1 +", "a[]", "//", "a//", "..a", "foo::a",
                             "'a'/b", "@", "@@a", "a/'b'"}) {
    const auto x = xpath::compile(broken, bound);
    ASSERT_FALSE(x) << broken;
    EXPECT_EQ(x.error().code, problems::xml_xpath) << broken;
  }
}

TEST(XpathErrors, DeepAndLongExpressionsAreRefusedOrAnswered) {
  const document d = admitted("<a/>");
  for (const std::string& expression :
       {std::string(2000, '(') + "1" + std::string(2000, ')'), std::string(4000, '-') + "1", std::string(4096, '/')}) {
    const auto x = xpath::compile(expression);
    if (x) (void)x->string(d.root());
  }
  std::string steps = "a", predicates = "a";
  for (int i = 0; i < 1300; ++i) steps += "/a";
  for (int i = 0; i < 1000; ++i) predicates += "[a";
  for (int i = 0; i < 1000; ++i) predicates += "]";
  for (const std::string& expression : {steps, predicates}) {
    const auto x = xpath::compile(expression);
    EXPECT_FALSE(x && x->matches(d.root()));
  }
  std::map<std::string, std::string> long_names = {{"p", "urn:" + std::string(2000, 'x')}};
  std::string many = "p:a";
  for (int i = 0; i < 500; ++i) many += "/p:a";
  EXPECT_FALSE(xpath::compile(many, long_names));
}

TEST(XpathWork, X12_GrowsWithTheDocumentAndNotWithItsSquare) {
  std::string text = "<r>";
  for (int i = 0; i < 60'000; ++i) text += "<item><iin>x</iin></item>";
  const document d = admitted("<e>" + text + "</r></e>");
  for (const element context : {d.root(), d.root().first_child()}) {
    EXPECT_EQ(compiled("string(//r/item/iin)").string(context), "x");
    EXPECT_EQ(compiled("//iin | //item").elements(context).size(), 120'000U);
    EXPECT_EQ(strings("//iin/..", context).size(), 60'000U);
    EXPECT_EQ(strings("//iin[1]", context).size(), 60'000U);
    EXPECT_EQ(compiled("//item/iin/text()").string(context), "x");
  }
}

TEST(XpathWork, OneExpressionServesManyThreads) {
  const document d = admitted(queried_letter);
  const xpath x = compiled("//iin[../sum][1]/text()");
  std::vector<std::thread> threads;
  std::vector<int> wrong(4, 0);
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 300; ++i) wrong[t] += x.string(t % 2 ? d.root() : d.root().first_child().next_sibling()) != "1";
    });
  }
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(wrong, (std::vector<int>{0, 0, 0, 0}));
}

TEST(XpathCost, A09_GrowsWithEachPredicateThatWalksFar) {
  const auto degree = [](std::string_view expression) { return cost_degree(tokens_of(expression).value()); };
  for (const char* cheap :
       {"//iin", "//iin = '1'", "count(//iin) > 3", "//a[b = 'c']/d", "//a[@x = '1'][2]", "/a/b[c][d = 'e']", "//a[1] = '1' and //b = '2'",
        "concat(//a, //b)", "//a[starts-with(b, 'c')]", "substring(//iin, 1, 6) = '900101'", "."})
    EXPECT_LE(degree(cheap), 1U) << cheap;
  for (const char* square : {"//a[. = preceding::a]", "//i[//j = .]", "//a = //b", "//a[../b = c]", "//a[/r/b = .]", "//a[count(//b) > 1]",
                             "//a[following-sibling::a = .]", "//a[not(. = preceding::a)][2]"})
    EXPECT_EQ(degree(square), 2U) << square;
  EXPECT_EQ(degree("//*[count(//*[count(//*) > 3]) > 1]"), 3U);
}

TEST(XpathCost, A09_AMessageTooLargeForItsExpressionIsNotEvaluated) {
  std::string text = "<r>";
  for (int i = 0; i < 1000; ++i) text += "<i>" + std::to_string(i) + "</i>";
  const document small = admitted(text + "</r>");
  for (int i = 0; i < 1500; ++i) text += "<i>" + std::to_string(i) + "</i>";
  const document large = admitted(text + "</r>");
  const xpath square = compiled("//i[. = preceding::i]");
  EXPECT_FALSE(square.matches(small.root()));
  EXPECT_EQ(compiled("//i[not(. = preceding::i)]").strings(small.root()).size(), 1000U);
  EXPECT_TRUE(compiled("//i[not(. = preceding::i)]").strings(large.root()).empty()) << "2 501 elements would be 6 million steps";
  EXPECT_EQ(compiled("//i[. = '1499']").strings(large.root()).size(), 1U) << "a plain expression is evaluated on any size";
}

}  // namespace
}  // namespace shep::xml
