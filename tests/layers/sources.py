"""The project's own source files, as the layer checks see them."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ("core", "ui", "app", "packaging", "tests")


class Source:
    """One file: its path from the project root and its text."""

    def __init__(self, path):
        self.path = path.relative_to(ROOT).as_posix()
        self.text = path.read_text(encoding="utf-8")
        self.lines = self.text.splitlines()
        self.is_header = path.suffix == ".h"

    def includes(self):
        """(line number, what stands between the quotes or brackets)."""
        for number, line in enumerate(self.lines, 1):
            found = re.match(r'\s*#\s*include\s+([<"])([^>"]+)[>"]', line)
            if found:
                yield number, found.group(2)

    def code(self):
        """(line number, line without comments and the contents of string literals)."""
        in_comment = False
        for number, line in enumerate(self.lines, 1):
            line = re.sub(r'"(\\.|[^"\\])*"', '""', line)
            if in_comment:
                end = line.find("*/")
                if end < 0:
                    continue
                line, in_comment = line[end + 2:], False
            line = re.sub(r"/\*.*?\*/", "", line)
            line = re.sub(r"//.*", "", line)
            if "/*" in line:
                line, in_comment = line[: line.find("/*")], True
            yield number, line


def sources(*folders):
    """Every .h and .cpp of the project's folders, in order of path."""
    for folder in folders or FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".h", ".cpp") and path.is_file() and "node_modules" not in path.parts:
                yield Source(path)
