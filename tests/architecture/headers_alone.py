#!/usr/bin/python3
"""Every header compiles on its own, twice in a row, without a precompiled header to lean on.

Objects, not syntax checks: ccache can remember those, so that an unchanged header costs milliseconds.

usage: headers_alone.py TREE BUILD_FOLDER COMPILER
"""
import functools
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sources import report, walk

OPTIONS = ["-DSHEPSIM_SOURCE_DIR=\".\"", "-std=c++20", "-O0", "-Wall", "-Wextra", "-Werror", "-Wno-restrict",
           "-DBOOST_ASIO_SEPARATE_COMPILATION", "-DBOOST_ASIO_NO_DEPRECATED", "-DBOOST_BEAST_SEPARATE_COMPILATION"]


def unit_for(header, folder):
    """A source file that includes the header twice; written again only when its text differs, to leave ccache alone."""
    unit = folder / str(header).replace("/", ".").replace(".hpp", ".cpp")
    text = f'#include "{header}"\n#include "{header}"\n'
    if not unit.exists() or unit.read_text(encoding="utf-8") != text:
        unit.write_text(text, encoding="utf-8")
    return unit


@functools.cache
def library_paths():
    """Where the one library stands that the compiler does not look for by itself."""
    return subprocess.run(["pkg-config", "--cflags-only-I", "libxml-2.0"], capture_output=True, text=True).stdout.split()


def compile_alone(command, tree, folder, header):
    unit = unit_for(header, folder)
    paths = ["-I", str(tree / "gateway"), "-I", str(tree), "-I", str(tree / "tests"), *library_paths()]
    # Relative names and CCACHE_NOHASHDIR: one build folder's result serves the others.
    run = subprocess.run([*command, *OPTIONS, *paths, "-c", unit.name, "-o", unit.with_suffix(".o").name], cwd=folder,
                         env={**os.environ, "CCACHE_NOHASHDIR": "1"}, capture_output=True, text=True)
    if run.returncode == 0:
        return None
    errors = [line for line in run.stderr.splitlines() if "error: " in line] or run.stderr.splitlines()
    return "\n  ".join([f"{header} does not compile alone:", *errors[:3]])


def check(tree, folder, command):
    folder.mkdir(parents=True, exist_ok=True)
    headers = walk(tree, "gateway", "adapters", "mocks", "tests/support", suffixes=(".hpp",))
    with ThreadPoolExecutor(2) as pool:
        return [p for p in pool.map(lambda h: compile_alone(command, tree, folder, h), headers) if p]


if __name__ == "__main__":
    ccache = shutil.which("ccache")
    sys.exit(report("headers alone", check(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve() / "architecture/headers",
                                           [*([ccache] if ccache else []), sys.argv[3]])))
