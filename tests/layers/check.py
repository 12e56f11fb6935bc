#!/usr/bin/env python3
"""check.py RULE: guards the house (who includes whom, sizes, twins, plain text). Prints each offence as file:line and fails if there is one."""

import re
import subprocess
import sys

from rules import NOWHERE, PLAIN_TEXT_FILES, RICH_TEXT, SOCKET_FILES, SOCKETS, TABLE
from sources import FOLDERS, ROOT, Source, sources

CPP_LINES = 600
HEADER_LINES = 150
MAIN_LINES = 80


def row_of(path):
    rows = [row for row in TABLE if path.startswith(row.path + "/")]
    return max(rows, key=lambda row: len(row.path)) if rows else None


def includes():
    """Every include is allowed by its folder's row."""
    for source in sources():
        row = row_of(source.path)
        if row is None:
            yield source.path, 1, "stands in no folder of the table in rules.py"
            continue
        for number, name in source.includes():
            if name.startswith(FOLDERS) and "/" in name:
                if not name.startswith(row.own):
                    yield source.path, number, f"{row.path} may not include {name}"
                elif not (ROOT / name).is_file():
                    yield source.path, number, f"{name} does not exist"
            elif name.startswith(row.forbidden):
                yield source.path, number, f"{row.path} may not use <{name}>"
            elif name.startswith(row.in_sources) and source.is_header:
                yield source.path, number, f"<{name}> in a header"
            if name.startswith(SOCKETS) and row.path == "core/engine" and not source.path.startswith(SOCKET_FILES):
                yield source.path, number, f"<{name}>: only {' and '.join(SOCKET_FILES)} touch sockets"


def words():
    """What a folder never contains, and what nobody does."""
    for source in sources():
        row = row_of(source.path)
        for number, line in source.code():
            for pattern in row.forbidden_words if row else ():
                if re.search(pattern, line):
                    yield source.path, number, f"{row.path} never contains {pattern}"
            for pattern, why in NOWHERE:
                if re.search(pattern, line):
                    yield source.path, number, why
        for number, line in enumerate(source.lines, 1):
            if re.search(r"//.*\b(TODO|FIXME|XXX|HACK)\b", line):
                yield source.path, number, "unfinished"


def sizes():
    """Small files."""
    for source in sources():
        limit = HEADER_LINES if source.is_header else CPP_LINES
        if source.path == "app/main.cpp":
            limit = MAIN_LINES - 1
        if len(source.lines) > limit:
            yield source.path, len(source.lines), f"has {len(source.lines)} lines, the limit is {limit}"


def twins():
    """Every core source with logic in it has its test at the same place below tests/."""
    for source in sources("core"):
        statements = [line for _, line in source.code() if line.strip() and not line.lstrip().startswith("#")]
        if source.is_header or not statements:
            continue
        twin = ROOT / "tests" / re.sub(r"\.cpp$", "test.cpp", source.path)
        if not twin.is_file():
            yield source.path, 1, f"has no twin {twin.relative_to(ROOT)}"
        elif "PUSHSCOPE_TEST(" not in twin.read_text(encoding="utf-8"):
            yield twin.relative_to(ROOT), 1, "registers no test"


def plaintext():
    """No text of the network's is ever read as rich text."""
    for source in sources("ui"):
        if source.path in PLAIN_TEXT_FILES:
            continue
        for number, line in source.code():
            for pattern, why in RICH_TEXT:
                if re.search(pattern, line):
                    yield source.path, number, why
        if "QMessageBox" in source.text and not source.is_header and "setTextFormat(Qt::PlainText)" not in source.text:
            yield source.path, 1, "a QMessageBox guesses the format of its text: setTextFormat(Qt::PlainText)"


def headers():
    """Headers say #pragma once first; nothing names a place of one machine."""
    for source in sources():
        if source.is_header and (not source.lines or source.lines[0] != "#pragma once"):
            yield source.path, 1, "begins with #pragma once"
    places = re.compile(r"(^|[\s\"'=(])/(work|home|root|Users)/")
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if not path.is_file() or parts[0] in ("build", ".git", ".cache") or "node_modules" in parts or path.suffix in (".png", ".pyc"):
            continue
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # seeds of the fuzzers, pictures
        for number, line in enumerate(lines, 1):
            if places.search(line):
                yield path.relative_to(ROOT), number, "names an absolute path of some machine"


def format():
    """clang-format would change nothing."""
    files = [source.path for source in sources()]
    run = subprocess.run(["clang-format", "--dry-run", *files], cwd=ROOT, capture_output=True, text=True, check=False)
    seen = set()
    for line in run.stderr.splitlines():
        found = re.match(r"([^:]+):(\d+):\d+: (warning|error):", line)
        if found and found.group(1) not in seen:
            seen.add(found.group(1))
            yield found.group(1), found.group(2), "not as clang-format -i writes it (first place)"
    if run.returncode != 0:
        yield ".clang-format", 1, run.stderr.strip()


RULES = {rule.__name__: rule for rule in (includes, words, sizes, twins, plaintext, headers, format)}


def main():
    if len(sys.argv) != 2 or sys.argv[1] not in RULES:
        print(f"usage: check.py {'|'.join(RULES)}", file=sys.stderr)
        return 2
    offences = list(RULES[sys.argv[1]]())
    for path, line, what in offences:
        print(f"{path}:{line}: {what}")
    print(f"{sys.argv[1]}: {len(offences)} offences")
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main())
