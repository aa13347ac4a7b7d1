#!/usr/bin/python3
"""Asks clang-query for braces and lambdas inside co_await expressions, default arguments of the callee among them.

First the planted sample must be found, line by line; then the product's files that contain co_await must yield nothing.
Without clang-query, exits with 77 (skipped).

usage: co_await_query.py TREE BUILD_FOLDER
"""
import json
import re
import shlex
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sources import report

SKIPPED = 77
QUERY = (
    'match coawaitExpr(isExpansionInFileMatching("/(gateway|adapters|mocks|tests)/"), '
    "hasDescendant(expr(anyOf(initListExpr(), lambdaExpr(), cxxStdInitializerListExpr()))))"
)
HIT = re.compile(r"^(\S+?):(\d+):\d+: note: \"root\" binds here", re.MULTILINE)
ERROR = re.compile(r"^.*?: (?:fatal )?error: .*$", re.MULTILINE)
BATCHED = re.compile(r'^#include "(.+)"$', re.MULTILINE)
# What g++ understands and clang does not, and precompiled headers, which only their own compiler reads.
ONLY_GCC = re.compile(r"-fpch-preprocess|-Winvalid-pch|-W.*|-fconcepts.*")


def clang_query():
    return next((p for p in map(shutil.which, ("clang-query-14", "clang-query")) if p), None)


def hits(program, files, arguments):
    run = subprocess.run([program, "-c", "set output diag", "-c", QUERY, *map(str, files), *arguments], capture_output=True, text=True)
    output = run.stdout + run.stderr
    return {(file, int(line)) for file, line in HIT.findall(output)}, ERROR.findall(output)


def sample_problems(program, tree):
    sample = tree / "tests/architecture/samples/co_await.cpp"
    found, errors = hits(program, [sample], ["--", "-std=c++20", "-w"])
    expected = {n for n, line in enumerate(sample.read_text(encoding="utf-8").splitlines(), 1) if line.endswith("// found")}
    lines = {line for _, line in found}
    problems = [f"{sample.name}: {e}" for e in errors]
    problems += [f"{sample.name}:{n}: the query does not find this planted line" for n in sorted(expected - lines)]
    problems += [f"{sample.name}:{n}: the query finds this harmless line" for n in sorted(lines - expected)]
    return problems


def readable_by_clang(entry):
    """One row of compile_commands.json without g++'s own options."""
    arguments, kept = shlex.split(entry["command"]), []
    skip = False
    for i, a in enumerate(arguments):
        if skip:
            skip = False
        elif a == "-include" and "cmake_pch" in arguments[i + 1]:
            skip = True
        elif not ONLY_GCC.fullmatch(a):
            kept.append(a)
    return {"directory": entry["directory"], "file": entry["file"], "arguments": kept + ["-w"]}


def compiled_by(file, tree, build):
    """The tree's own files behind one row: the file itself, or all of a batch (gateway/cmake/unity.cmake)."""
    if file.parent.name == "Unity" and file.is_relative_to(build) and file.exists():
        return [f for f in map(Path, BATCHED.findall(file.read_text(encoding="utf-8"))) if f.is_relative_to(tree)]
    return [file] if file.is_relative_to(tree) and not file.is_relative_to(build) and file.exists() else []


def main(tree, build):
    program = clang_query()
    if not program:
        print("skipped: clang-query is not installed (./dev lint installs it)")
        return SKIPPED
    problems = sample_problems(program, tree)
    entries = {}
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        if any("co_await" in file.read_text(encoding="utf-8") for file in compiled_by(Path(entry["file"]), tree, build)):
            entries[entry["file"]] = readable_by_clang(entry)
    folder = build / "architecture"
    folder.mkdir(exist_ok=True)
    (folder / "compile_commands.json").write_text(json.dumps(list(entries.values())), encoding="utf-8")
    with ThreadPoolExecutor(2) as pool:
        for found, errors in pool.map(lambda f: hits(program, [f], ["-p", str(folder)]), sorted(entries)):
            problems += [f"{f}:{line}: braces or a lambda inside a co_await expression" for f, line in sorted(found)]
            problems += errors
    print(f"clang-query read {len(entries)} file(s)")
    return report("co_await query", problems)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()))
