#!/usr/bin/python3
"""The checks themselves, held against planted violations: each must be found, and a clean tree must yield nothing."""
import shutil
import tempfile
import unittest
from pathlib import Path

import co_await
import co_await_query
import file_local_names
import headers_alone
import include_direction
import tidiness
from sources import blanked

GRAPH = "core gateway/core :\nxml gateway/xml : core\ncrypto gateway/crypto : core\neds gateway/eds : xml crypto\nkinds adapters/kinds : eds\n"


class planted_tree(unittest.TestCase):
    def setUp(self):
        self.tree = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.tree)
        self.put(include_direction.GRAPH, GRAPH)
        for module in ("core", "xml", "crypto", "eds"):
            self.put(f"gateway/{module}/{module}.hpp", "#pragma once\n#include <string>\n")
            self.put(f"gateway/{module}/README.md", f"# {module}\n")

    def put(self, path, text):
        file = self.tree / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def assert_one(self, problems, *parts):
        self.assertEqual(len(problems), 1, problems)
        for part in parts:
            self.assertIn(part, problems[0])


class include_direction_finds(planted_tree):
    def problems(self, path, text):
        self.put(path, text)
        return include_direction.check(self.tree)

    def test_nothing_in_a_clean_tree(self):
        self.put("adapters/kinds/mock.cpp", '#include "adapters/kinds/mock.hpp"\n#include "core/core.hpp"\n#include <sys/random.h>\n')
        self.assertEqual(self.problems("adapters/kinds/mock.hpp", '#include "xml/xml.hpp"\n#include <vector>\n'), [])

    def test_an_include_upwards(self):
        self.assert_one(self.problems("gateway/core/a.cpp", '\n#include "eds/eds.hpp"\n'), "gateway/core/a.cpp:2", "is of eds")

    def test_an_include_sideways(self):
        self.assert_one(self.problems("gateway/xml/a.cpp", '#include "crypto/crypto.hpp"\n'), "is of crypto", "core, xml")

    def test_an_include_that_is_not_rooted(self):
        self.assert_one(self.problems("gateway/core/a.cpp", '#include "core.hpp"\n'), "neither below gateway/")

    def test_a_folder_outside_the_graph(self):
        self.assert_one(self.problems("gateway/crypto/gost/a.cpp", ""), "gateway/crypto/gost", "no line of")

    def test_an_include_of_a_folder_outside_the_graph(self):
        self.put("tests/support/a.hpp", "")
        self.assert_one(self.problems("gateway/core/a.cpp", '#include "tests/support/a.hpp"\n'), "no module")

    def test_openssl_outside_crypto(self):
        self.put("gateway/crypto/a.cpp", "#include <openssl/evp.h>\n")
        self.assert_one(self.problems("gateway/eds/a.cpp", "#include <openssl/evp.h>\n"), "gateway/eds/a.cpp:1", "belongs to crypto")

    def test_openssl_in_http_outside_its_tls_files(self):
        self.put(include_direction.GRAPH, GRAPH + "http gateway/http : core\n")
        self.put("gateway/http/tls_context.cpp", "#include <openssl/ssl.h>\n")
        self.assert_one(self.problems("gateway/http/server.cpp", "#include <openssl/ssl.h>\n"), "gateway/http/server.cpp:1")

    def test_a_library_that_no_row_names(self):
        self.assert_one(self.problems("gateway/core/a.cpp", "#include <curl/curl.h>\n"), "no row of THIRD_PARTY")

    def test_an_indented_include(self):
        self.assert_one(self.problems("gateway/core/a.cpp", "  #  include <pugixml.hpp>\n"), "belongs to xml")

    def test_a_graph_line_that_names_a_later_one(self):
        _, problems = include_direction.read_graph("xml gateway/xml : core\ncore gateway/core :\n")
        self.assert_one(problems, "'core'", "no line above")

    def test_a_module_that_stands_twice(self):
        _, problems = include_direction.read_graph("core gateway/core :\ncore gateway/other :\n")
        self.assert_one(problems, "stands twice")

    def test_a_graph_line_that_cannot_be_read(self):
        _, problems = include_direction.read_graph("core gateway/core\n")
        self.assert_one(problems, "expected 'module folder : modules'")


class co_await_finds(unittest.TestCase):
    def found(self, code):
        return len(co_await.check_text("a.cpp", code))

    def test_braces_and_lambdas(self):
        for code in ("co_await f(pair{a, b});", "co_await f({a, b});", "x = co_await f(1, {});", "co_await f([s] { return s; });",
                     "co_await f(a, [](int x) { return x; });", "co_await pair{a};", "if (co_await f({1})) g();",
                     "co_await f(\n  a,\n  {b});"):
            self.assertEqual(self.found(code), 1, code)

    def test_nothing_in_harmless_code(self):
        for code in ("co_await f(std::move(x));", "if (co_await f(x)) { g(); }", "for (auto& y : co_await f()) { y(); }",
                     "auto l = [] { co_return co_await f(); };", "g(co_await f(x), pair{a});", "co_await f(table[i], rows[0]);",
                     "// co_await f({})\n", 'log("co_await f({})");', "co_await f(\"{\");", "co_await f('{');", "co_await f(1'000, n);",
                     'co_await f(R"({"a":1})");'):
            self.assertEqual(self.found(code), 0, code)

    def test_the_line_of_the_braces(self):
        self.assertEqual(co_await.check_text("a.cpp", "\nco_await f(\n{});")[0].split(":")[1], "3")

    def test_every_planted_line_that_text_can_show(self):
        sample = Path(__file__).parent / "samples/co_await.cpp"
        lines = {int(p.split(":")[1]) for p in co_await.check_text(sample.name, sample.read_text(encoding="utf-8"))}
        planted = {n for n, line in enumerate(sample.read_text(encoding="utf-8").splitlines(), 1)
                   if line.endswith("// found") and "take_default" not in line}
        self.assertEqual(lines, planted)

    def test_blanking_keeps_length_and_lines(self):
        text = 'a /* {\n */ "\\"{" R"x({\n)x" // }\n b'
        self.assertEqual(len(blanked(text)), len(text))
        self.assertEqual(blanked(text).count("\n"), text.count("\n"))
        self.assertEqual(blanked(text).split(), ["a", "b"])


class co_await_query_reads(unittest.TestCase):
    def test_rows_of_the_build_without_the_options_of_gcc(self):
        row = co_await_query.readable_by_clang({"directory": "d", "file": "f", "command":
            "g++ -DA=1 -Wall -Winvalid-pch -include /b/cmake_pch.hxx -fpch-preprocess -include other.hpp -c f"})
        self.assertEqual(row["arguments"], ["g++", "-DA=1", "-include", "other.hpp", "-c", "f", "-w"])


    def test_every_file_of_a_batch(self):
        with tempfile.TemporaryDirectory() as name:
            tree, build = Path(name), Path(name) / "build"
            (build / "m.dir/Unity").mkdir(parents=True)
            for file in (tree / "a.cpp", tree / "b.cpp", build / "made.cpp"):
                file.write_text("", encoding="utf-8")
            batch = build / "m.dir/Unity/unity_0_cxx.cxx"
            batch.write_text(f'/* made */\n#include "{tree}/a.cpp"\n\n#include "{tree}/b.cpp"\n', encoding="utf-8")
            self.assertEqual(co_await_query.compiled_by(batch, tree, build), [tree / "a.cpp", tree / "b.cpp"])
            self.assertEqual(co_await_query.compiled_by(tree / "a.cpp", tree, build), [tree / "a.cpp"])
            self.assertEqual(co_await_query.compiled_by(build / "made.cpp", tree, build), [])


class file_local_names_finds(planted_tree):
    def problems(self, one, other):
        self.put("gateway/core/a.cpp", "namespace shep {\nnamespace {\n" + one + "\n}\n}\n")
        self.put("gateway/core/b.cpp", "namespace shep {\nnamespace {\n" + other + "\n}\n}\n")
        return file_local_names.check(self.tree)

    def test_each_kind_of_name(self):
        for one, other in (("constexpr int most = 1;", "constexpr long most{2};"), ("struct row {\n int a;\n};", "class row final {};"),
                           ("void f(int a) {\n if (a) {}\n}", "void f(int b = 1) {}"), ("enum class e { a };", "using e = int;"),
                           ("const char* const names[] = {\"a\", \"b\"};", "std::vector<int> names() { return {}; }"),
                           ("template <typename T>\nclass key {};", "class key : public base {};"),
                           ("template <typename T, typename U>\nstd::map<T, U> made(const T& t) {}", "int made(const T& other) {}"),
                           ("namespace n = a;", "namespace n = b;")):
            self.assert_one(self.problems(one, other), "gateway/core/b.cpp:3", "gateway/core/a.cpp:3")

    def test_nothing_where_files_may_meet(self):
        for one, other in (("void f(int a) {}", "void f(char a) {}"), ("void f(int a, s b = {}) {}", "void f(s b) {}"),
                           ("namespace json = boost::json;", "namespace json = boost::json;"),
                           ("TEST(A, B) {}", "TEST(A, C) {}"), ("void f() { int x; }", "void g() { int x; }"),
                           ("using namespace a;", "using namespace a;"), ("using a::b;", "using a::b;"), ("struct s { int f; };", "int f;")):
            self.assertEqual(self.problems(one, other), [], one)

    def test_nothing_in_files_that_are_compiled_alone(self):
        self.put(file_local_names.BATCHES, "set(SHEPSIM_UNITY_ALONE\n  gateway/core/b.cpp\n)\n")
        self.assertEqual(self.problems("int a;", "int a;"), [])

    def test_nothing_between_modules(self):
        self.put("gateway/xml/a.cpp", "namespace {\nint a;\n}\n")
        self.assertEqual(self.problems("int a;", ""), [])


class tidiness_finds(planted_tree):
    def test_nothing_in_a_clean_tree(self):
        self.assertEqual(tidiness.check(self.tree), ([], []))

    def test_a_folder_without_readme(self):
        (self.tree / "gateway/xml/README.md").unlink()
        self.assert_one(tidiness.check(self.tree)[0], "gateway/xml", "no README.md")

    def test_long_and_too_long_files(self):
        self.put("gateway/core/long.cpp", "\n" * 301)
        self.put("gateway/core/longer.cpp", "\n" * 601)
        problems, warnings = tidiness.check(self.tree)
        self.assert_one(problems, "longer.cpp", "601 lines")
        self.assert_one(warnings, "long.cpp", "301 lines")

    def test_each_mark_of_unfinished_work(self):
        for mark in ("TO" "DO", "FIX" "ME", "XX" "X", "HA" "CK"):
            self.put("gateway/core/a.cpp", f"// {mark}: later\n")
            self.assert_one(tidiness.check(self.tree)[0], "gateway/core/a.cpp:1", mark)

    def test_no_mark_in_a_date_pattern(self):
        self.put("gateway/core/a.cpp", 'format("yyyy-MM-dd XX' 'X");  // the zone as XX' 'X\n')
        self.assertEqual(tidiness.check(self.tree)[0], [])

    def test_a_path_of_one_machine(self):
        for path in ("/ho" "me/somebody/x", "/wo" "rk/main/x", "/ro" "ot/.ssh"):
            self.put("tests/a.py", f"open('{path}')\n")
            self.assert_one(tidiness.check(self.tree)[0], "tests/a.py:1", "path of one machine")

    def test_no_machine_path_in_xpath_or_relative_paths(self):
        self.put("tests/a.py", "find('/root/item'); open('build/work/x'); open(f'{base}/home/x'); open('<root>/home/x')\n")
        self.assertEqual(tidiness.check(self.tree)[0], [])


class headers_alone_finds(planted_tree):
    def problems(self, text):
        self.put("gateway/core/a.hpp", text)
        return headers_alone.check(self.tree, self.tree / "build", ["c++"])

    def test_a_header_that_leans_on_others(self):
        self.assert_one(self.problems("#pragma once\ninline std::string text() { return {}; }\n"), "gateway/core/a.hpp does not compile alone")

    def test_a_header_without_a_guard(self):
        self.assert_one(self.problems("struct a {};\n"), "redefinition")

    def test_nothing_wrong_with_a_whole_header(self):
        self.assertEqual(self.problems("#pragma once\n#include <string>\ninline std::string text() { return {}; }\n"), [])


if __name__ == "__main__":
    unittest.main()
