"""What every architecture check needs: the tree's own files, and C++ text without comments and literals."""
import os
import re
from pathlib import Path

IGNORED_FOLDERS = {".git", ".cache", "build", "node_modules", "__pycache__"}
CPP = (".cpp", ".hpp")


def walk(root, *folders, suffixes=None):
    """Paths below the folders (all of root when none is named), relative to root, sorted."""
    found = []
    for start in folders or (".",):
        for here, names, files in os.walk(Path(root) / start):
            names[:] = [n for n in names if n not in IGNORED_FOLDERS]
            found += [Path(here, f).relative_to(root) for f in files if suffixes is None or f.endswith(suffixes)]
    return sorted(found)


def product_sources(root):
    return walk(root, "gateway", "adapters", "mocks", suffixes=CPP)


_PIECES = re.compile(
    r"""//(?:\\\n|[^\n])*              # comment to the end of the line
      | /\*.*?\*/                      # block comment
      | R"(?P<mark>[^()\s\\]{0,16})\(.*?\)(?P=mark)"  # raw string
      | "(?:\\.|[^"\\\n])*"            # string
      | (?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'          # character; not a digit separator
    """,
    re.DOTALL | re.VERBOSE,
)


def blanked(text):
    """C++ text of the same length and lines in which comments and literals are spaces."""
    return _PIECES.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def report(name, problems):
    """Prints one line a problem; the exit code of the check."""
    for p in problems:
        print(p)
    print(f"{name}: {len(problems)} problem(s)" if problems else f"{name}: nothing found")
    return 1 if problems else 0
