#!/usr/bin/python3
"""No braces and no lambdas inside a co_await expression: g++ 12 destroys such temporaries twice.

Reads the text, so it needs no compiler and sees headers and templates too. co_await_query.py asks clang for what text cannot show
(a callee's default argument built with braces).

usage: co_await.py TREE
"""
import re
import sys
from pathlib import Path

from sources import blanked, line_of, report, walk, CPP

WORD = re.compile(r"\bco_await\b")
ENDS_OPERAND = re.compile(r"[\w)\]]\s*$")


def misuse(text, start):
    """What stands in the expression that begins at `start` (after the word) and must not: (offset, sentence) or None."""
    depth = 0
    for at in range(start, len(text)):
        c = text[at]
        if c == "{":
            return at, "braces"
        if c == "[":
            if not ENDS_OPERAND.search(text[start:at]):
                return at, "a lambda"
            depth += 1
        elif c == "(":
            depth += 1
        elif c in ")]}":
            if depth == 0:
                return None
            depth -= 1
        elif c == ";" or (c == "," and depth == 0):
            return None
    return None


def check_text(name, text):
    text = blanked(text)
    problems = []
    for m in WORD.finditer(text):
        found = misuse(text, m.end())
        if found:
            at, what = found
            problems.append(f"{name}:{line_of(text, at)}: {what} inside a co_await expression; name the object first, then move it in")
    return problems


def check(root):
    problems = []
    for file in walk(root, "gateway", "adapters", "mocks", "tests", suffixes=CPP):
        if "samples" not in file.parts:
            problems += check_text(file, (Path(root) / file).read_text(encoding="utf-8"))
    return problems


if __name__ == "__main__":
    sys.exit(report("co_await", check(sys.argv[1])))
