#!/usr/bin/env python3
"""No line is wider than 140 columns in PHP and JavaScript, than 120 in Rust and C. A tab is four columns.

Two kinds of line may be, as what is in them is one literal: one whose end is a call of gettext, and one with a raw
string of Rust's, of which each byte counts. What a tool writes is left out.

usage: tests/style/lines.py [ROOT]
"""

import pathlib
import re
import subprocess
import sys

LIMITS = {".php": 140, ".js": 140, ".mjs": 140, ".rs": 120, ".c": 120, ".h": 120}
# What a tool writes: cbindgen's headers and PHP's arginfo.
DERIVED = re.compile(r"^include/|_arginfo\.h$")
TRANSLATED = re.compile(
    r"""^(?:(?!_\().){0,80}(?<!\w)(?:esc_html_|esc_attr_|_)(?:_|e|x|_x|ex|n|nx)\([ ]
    (?:(?!_\().)*'bonuspay-for-woocommerce'[ ]\)[,;)]*(?:[ ]\?>)?$""",
    re.VERBOSE,
)


def sources(root):
    names = subprocess.run(["git", "-C", root, "ls-files", "-z"], check=True, capture_output=True, text=True).stdout
    for name in names.split("\0"):
        path = pathlib.Path(root, name)
        if path.suffix in LIMITS and not DERIVED.search(name) and path.is_file():
            yield name, path.read_text().split("\n")


def too_wide(name, lines):
    limit = LIMITS[pathlib.PurePath(name).suffix]
    for number, line in enumerate(lines, 1):
        width = len(line.expandtabs(4))
        if width > limit and not TRANSLATED.match(line.strip()) and not (name.endswith(".rs") and 'r#"' in line):
            yield f"{name}:{number}: {width} columns, at most {limit}"


def main(root):
    found = [one for name, lines in sources(root) for one in too_wide(name, lines)]
    print("\n".join(found), end="\n" if found else "", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "."))
