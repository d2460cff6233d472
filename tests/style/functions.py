#!/usr/bin/env python3
"""How long functions are, a line each language: how many are over its limit, and the longest. Warns; it never fails.

A function is measured from its name to its closing brace, which stands where its first line begins, as all of this
repository's formatting has it. A callback of a test is part of its test.

usage: tests/style/functions.py [ROOT]
"""

import pathlib
import re
import sys

import lines

LANGUAGES = {
    "Rust": ((".rs",), 60, re.compile(r"^(\s*)(?:pub(?:\([\w:\s]+\))? )?(?:const )?(?:unsafe )?(?:extern \"C\" )?fn (\w+)")),
    "PHP": ((".php",), 60, re.compile(r"^(\s*)(?:(?:final|abstract|public|protected|private|static) )*function &?(\w+)")),
    "JavaScript": (
        (".js", ".mjs"),
        60,
        re.compile(r"^(\s*)(?:export )?(?:async )?(?:function\*? (\w+)|(?:const|let|var) (\w+) = (?:async )?(?:[^`'\"]*=>|function ?\(.*\)) \{$)"),
    ),
    "C": ((".c", ".h"), 60, re.compile(r"^()(?:\w[\w\s*]*?)\b(\w+)\([^;]*$")),
}


def measured(name, text):
    """(name, line, lines) of each function that is longer than its own line."""
    suffix = pathlib.PurePath(name).suffix
    begins = next(begins for suffixes, _, begins in LANGUAGES.values() if suffix in suffixes)
    for at, line in enumerate(text):
        found = begins.match(line)
        if not found or line.rstrip().endswith(("}", ";")):
            continue
        for end in range(at + 1, len(text)):
            if text[end].startswith(found[1] + "}"):
                yield next(filter(None, found.groups()[1:])), at + 1, end - at + 1
                break
            # A declaration has no body.
            if text[end].startswith(found[1] + ")") and text[end].endswith(";"):
                break


def main(root):
    sources = [(name, text, list(measured(name, text))) for name, text in lines.sources(root)]
    for language, (suffixes, limit, _) in LANGUAGES.items():
        found = [
            (length, f"{name}:{line} {function}")
            for name, _, functions in sources
            if name.endswith(suffixes)
            for function, line, length in functions
        ]
        if found:
            over = sum(length > limit for length, _ in found)
            longest = max(found)
            print(f"{language}: {over} of {len(found)} functions have more than {limit} lines; longest: {longest[0]}, {longest[1]}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else ".")
