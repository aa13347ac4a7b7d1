#!/usr/bin/python3
"""Folders explain themselves, files stay short, nothing is left unfinished, and no path of somebody's machine is committed.

usage: tidiness.py TREE
"""
import re
import sys
from pathlib import Path

from sources import CPP, product_sources, report, walk

LONG, TOO_LONG = 300, 600
TEXT = CPP + (".py", ".sh", ".cmake", ".txt", ".md", ".json", ".toml", ".case", ".js", ".mjs", ".yml", ".yaml", ".css", ".html")
# Spelled in pieces, so that this file passes its own check.
# Three X alone is also a date pattern; it is a mark where a comment begins with it or a colon follows.
MARKS = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|HA" r"CK)\b|(?://|#|/\*|<!--)\s*XX" r"X\b|\bXX" r"X:")
MACHINE_PATH = re.compile(r"(?<![\w.$}>*])/(?:work|farm|home|Users)/\w|/root/\.|\.lib" r"rary/")


def folders_without_readme(root):
    folders = sorted({f.parent for f in product_sources(root)})
    return [f"{f}: sources and no README.md (what for, main types, what it must not know)" for f in folders if not (root / f / "README.md").is_file()]


def lengths(root):
    """(problems, warnings)"""
    problems, warnings = [], []
    for file in walk(root, "gateway", "adapters", "mocks", "tests", suffixes=CPP + (".py",)):
        lines = (root / file).read_text(encoding="utf-8").count("\n")
        if lines > TOO_LONG:
            problems.append(f"{file}: {lines} lines, more than {TOO_LONG}: split it by subject")
        elif lines > LONG:
            warnings.append(f"long file: {file}: {lines} lines; which two subjects live here?")
    return problems, warnings


def found_in_text(root, pattern, sentence):
    problems = []
    files = walk(root, "gateway", "adapters", "mocks", "tests", "certs", ".ci", suffixes=TEXT)
    files += [Path(n) for n in ("dev", ".ci/run", "README.md", "CHANGELOG.md", "CMakeLists.txt", "CMakePresets.json") if (root / n).is_file()]
    for file in files:
        for number, line in enumerate((root / file).read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            m = pattern.search(line)
            if m:
                problems.append(f"{file}:{number}: {sentence} ('{m.group()}')")
    return problems


def check(root):
    """(problems, warnings)"""
    root = Path(root)
    too_long, warnings = lengths(root)
    problems = folders_without_readme(root) + too_long
    problems += found_in_text(root, MARKS, "a mark of unfinished work")
    problems += found_in_text(root, MACHINE_PATH, "a path of one machine")
    return problems, warnings


if __name__ == "__main__":
    found, advice = check(sys.argv[1])
    print("\n".join(advice))
    sys.exit(report("tidiness", found))
