#!/usr/bin/python3
"""File-local names are unique in a module, since batches compile several of its files as one (gateway/cmake/unity.cmake).

The compiler finds a clash inside a batch only; which files meet in one changes with every file that is added. Read as text: names at the
top of unnamed namespaces. The same name is no clash for functions with different parameters, nor for aliases that say the same.

usage: file_local_names.py TREE
"""
import re
import sys
from collections import defaultdict
from pathlib import Path

from include_direction import GRAPH, read_graph
from sources import blanked, line_of, report

BATCHES = "gateway/cmake/unity.cmake"
UNNAMED = re.compile(r"\bnamespace\s*\{")
TYPE = re.compile(r"(?:struct|class|union|enum(?:\s+class|\s+struct)?|concept|using|namespace)\s+(\w+)\s*(?:final\b|[:={]|$)")
ALIAS = re.compile(r"(?:__extension__\s+)?(?:using|namespace)\s+(\w+)\s*=")
NO_DECLARATION = re.compile(r"using namespace\b|using\s+[\w:]+$|static_assert\b|(?:TEST|TEST_F|TEST_P|TYPED_TEST)\b|[A-Z][A-Z_]+\s*\(")
TEMPLATE = re.compile(r"template\s*<[^{}();]*>\s*(?=\w)")


def closing(text, at):
    """The offset behind the brace that closes the one before `at`."""
    depth = 1
    while depth and at < len(text):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    return at


def statements(body):
    """(offset, text without what stands in braces) of each declaration at the top of a namespace's body."""
    start = at = 0
    flat = ""
    while at < len(body):
        c = body[at]
        at += 1
        if c == "{":
            flat += "{}"
            at = closing(body, at)
            if body[at:].lstrip()[:1] in (";", ",") or flat.count("(") > flat.count(")"):
                continue
        elif c != ";":
            flat += c
            continue
        if flat.strip():
            yield start + len(flat) - len(flat.lstrip()), flat.strip()
        start, flat = at, ""


def without_names(parameters):
    """Types of a parameter list, so far as text shows them: names and default values left out."""
    kept = [re.sub(r"=.*$", "", p).strip() for p in re.sub(r"\s+", " ", parameters).split(",")]
    return ",".join(re.sub(r"(?<=[\s&*>])\w+$", "", p).strip() for p in kept)


def declared(statement):
    """(name, kind): "(types)" for a function, the whole text for an alias, else "". None when nothing is declared that could clash."""
    text = re.sub(r"^\s*#.*$", "", statement, flags=re.MULTILINE)
    text = TEMPLATE.sub("", re.sub(r"\[\[[^\]]*\]\]", "", text)).strip()
    if not text or NO_DECLARATION.match(text):
        return None
    if m := ALIAS.match(text):
        return m.group(1), re.sub(r"\s+", " ", text)
    if m := TYPE.match(text):
        return m.group(1), ""
    angles = 0
    for at, c in enumerate(text):
        angles += {"<": 1, ">": -1}.get(c, 0)
        if angles == 0 and c in "({=[" or at + 1 == len(text):
            head = text[: at if c in "({=[" else at + 1]
            m = re.search(r"([A-Za-z_]\w*)\s*$", head)
            if not m:
                return None
            inside = re.match(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)", text[at:])
            return m.group(1), f"({without_names(inside.group(1))})" if c == "(" and inside else ""
    return None


def names_of(text):
    """(name, kind, line) of the file-local declarations of one file."""
    text = blanked(text)
    for m in UNNAMED.finditer(text):
        for offset, statement in statements(text[m.end() : closing(text, m.end()) - 1]):
            if found := declared(statement):
                yield *found, line_of(text, m.end() + offset)


def may_meet(kind, other):
    """Overloads, or an alias that says the same."""
    return kind != other if kind.startswith("(") and other.startswith("(") else kind == other and "=" in kind


def clashes(tree, folder, alone):
    seen = defaultdict(list)  # name → (kind, file, line)
    for file in sorted((tree / folder).glob("*.cpp")):
        path = file.relative_to(tree)
        if str(path) in alone:
            continue
        for name, kind, line in names_of(file.read_text(encoding="utf-8")):
            first = next((s for s in seen[name] if s[1] != path and not may_meet(kind, s[0])), None)
            if first:
                there = f"{first[1]}:{first[2]}"
                yield f"{path}:{line}: '{name}' is a file-local name of {there} too: share it, or name one of them more truly"
            seen[name].append((kind, path, line))


def check(root):
    tree = Path(root)
    modules, problems = read_graph((tree / GRAPH).read_text(encoding="utf-8"))
    folders = [folder for folder, _ in modules.values()]
    for tests in ("tests/unit", "tests/vectors"):
        folders += sorted(str(f.relative_to(tree)) for f in (tree / tests).glob("*") if f.is_dir())
    batches = tree / BATCHES
    alone = set(re.findall(r"\S+\.cpp", batches.read_text(encoding="utf-8"))) if batches.is_file() else set()
    return problems + [p for folder in folders for p in clashes(tree, folder, alone)]


if __name__ == "__main__":
    sys.exit(report("file-local names", check(sys.argv[1])))
