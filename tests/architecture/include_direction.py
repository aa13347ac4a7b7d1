#!/usr/bin/python3
"""Includes point down the module graph, and a third-party header is seen only by the modules it belongs to.

usage: include_direction.py TREE
"""
import re
import sys
from pathlib import Path

from sources import line_of, product_sources, report

GRAPH = "gateway/cmake/module_graph.txt"

# Folders with sources that are no module: compilation units of header-only libraries.
NOT_MODULES = {"gateway/units"}

# First matching row decides: header pattern, then the modules that may include it ("*" is every module), then file name patterns
# that may include it whatever their module is.
THIRD_PARTY = [
    (r"boost/beast", {"http"}, ()),
    (r"boost/(assert|config|core|container_hash|system|throw_exception|version)\b", {"*"}, ()),
    (r"boost/json", {"core", "eds", "journal", "population", "mocks", "forwarding", "pipeline", "ncanode", "test_pki", "admin", "app", "cli"}, ()),
    (r"boost/asio", {"http", "pki_client", "journal", "adapter", "forwarding", "kinds", "pipeline", "ncanode", "admin", "app", "cli"}, ()),
    (r"openssl/", {"crypto", "gost"}, ("gateway/http/tls",)),
    (r"nettle/|gmp\.h", {"gost"}, ()),
    (r"pugi(xml|config)\.hpp|expat", {"xml"}, ()),
    (r"sqlite3\.h", {"journal"}, ()),
    (r"toml\+\+/", {"config"}, ()),
    (r"CLI/", {"cli"}, ()),
    (r"re2/", {"mocks"}, ()),
    (r"libxml/", {"contract"}, ()),
    (r"(spdlog|fmt)/", {"core"}, ()),
]

STANDARD = re.compile(r"[a-z0-9_]+$|(arpa|net|netinet|sys)/[a-z_0-9]+\.h$")
POSIX = {"dirent.h", "fcntl.h", "netdb.h", "poll.h", "pthread.h", "signal.h", "spawn.h", "syslog.h", "termios.h", "unistd.h"}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]+)"|<([^>\n]+)>)', re.MULTILINE)


def read_graph(text):
    """module → (folder, modules it may include, itself among them); and the problems of the table itself."""
    modules, problems = {}, []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        m = re.fullmatch(r"([a-z_]+)\s+(\S+)\s*:\s*(.*?)\s*", line)
        if not m:
            problems.append(f"{GRAPH}:{number}: expected 'module folder : modules', found '{line}'")
            continue
        name, folder, named = m.group(1), m.group(2), m.group(3).split()
        if name in modules:
            problems.append(f"{GRAPH}:{number}: module '{name}' stands twice")
        reachable = {name}
        for below in named:
            if below not in modules:
                problems.append(f"{GRAPH}:{number}: '{name}' names '{below}', which stands on no line above")
            else:
                reachable |= modules[below][1]
        modules[name] = (folder, reachable)
    return modules, problems


def third_party_problem(header, module, file):
    if STANDARD.match(header) or header in POSIX:
        return None
    for pattern, allowed, files in THIRD_PARTY:
        if re.match(pattern, header):
            if "*" in allowed or module in allowed or str(file).startswith(files or ("\0",)):
                return None
            return f"<{header}> belongs to {', '.join(sorted(allowed))}, not to {module}"
    return f"<{header}> is in no row of THIRD_PARTY in tests/architecture/include_direction.py"


def own_problem(root, header, module, modules):
    for base in ("gateway", "."):
        target = Path(base) / header
        if (root / target).is_file():
            owner = next((m for m, (folder, _) in modules.items() if str(target.parent) == folder), None)
            if owner is None:
                return f'"{header}" lies in {target.parent}, which is no module'
            if owner not in modules[module][1]:
                return f'"{header}" is of {owner}; {module} may include {", ".join(sorted(modules[module][1]))}'
            return None
    return f'"{header}" is neither below gateway/ nor below the top of the tree (includes are rooted there)'


def check(root):
    root = Path(root)
    modules, problems = read_graph((root / GRAPH).read_text(encoding="utf-8"))
    module_of = {folder: name for name, (folder, _) in modules.items()}
    for file in product_sources(root):
        folder = str(file.parent)
        if folder in NOT_MODULES:
            continue
        if folder not in module_of:
            problems.append(f"{file}: {folder} is no line of {GRAPH}, so nothing builds or checks this file")
            continue
        module = module_of[folder]
        text = (root / file).read_text(encoding="utf-8")
        for m in INCLUDE.finditer(text):
            own, foreign = m.groups()
            wrong = own_problem(root, own, module, modules) if own else third_party_problem(foreign, module, file)
            if wrong:
                problems.append(f"{file}:{line_of(text, m.start())}: {wrong}")
    return problems


if __name__ == "__main__":
    sys.exit(report("include direction", check(sys.argv[1])))
