#!/usr/bin/env python3
"""Judges what PHP_CodeSniffer finds, and the annotations that tell it to look away.

PHP_CodeSniffer runs once and is told to see through annotations; what each of them covers is read here. Every finding is
to be covered or not to be there, and every annotation is to cover one: it names whole codes of sniffs, each of which
there is on its lines, and says why. Annotations are `phpcs:ignore` for its own line, or the next when it stands alone,
and `phpcs:disable` up to `phpcs:enable` or the end of the file.

usage: tests/style/phpcs.py COMMAND... -- [FILE...]
"""

import json
import pathlib
import re
import subprocess
import sys

ANNOTATION = re.compile(r"phpcs:(\w+)\s*(.*?)\s*(?:\*/|\?>|$)")
# What it found in a file is good until the file, the standard or a setting is another.
CACHE = pathlib.Path(__file__).resolve().parents[2] / "target/phpcs/cache.json"
# Standard.Category.Sniff.Code
WHOLE = re.compile(r"^\w+(?:\.\w+){3}$")


class Annotation:
    """What one annotation covers, and which of its codes were found there."""

    def __init__(self, line, codes, first, last):
        self.line, self.codes, self.first, self.last = line, codes, first, last
        self.used = set()

    def covers(self, line, code):
        if self.first <= line <= self.last and code in self.codes:
            self.used.add(code)
            return True
        return False


def read(lines):
    """The annotations of a file, and what is wrong with how they are written."""
    annotations, wrong, open_ones = [], [], []
    for number, text in enumerate(lines, 1):
        found = ANNOTATION.search(text)
        if not found:
            continue
        kind, rest = found[1], found[2]
        listed, _, reason = rest.partition("--")
        codes = [code.strip() for code in listed.split(",") if code.strip()]
        if kind == "enable":
            for annotation in open_ones:
                annotation.last = number
            open_ones = []
            continue
        if kind not in ("ignore", "disable"):
            wrong.append((number, f"phpcs:{kind} is not used here"))
            continue
        if not codes or not all(WHOLE.match(code) for code in codes):
            wrong.append((number, f"an annotation is to name whole codes, Standard.Category.Sniff.Code: {listed.strip()}"))
        if not reason.strip():
            wrong.append((number, "an annotation is to say why: phpcs:ignore CODE -- why."))
        if kind == "ignore":
            is_alone = re.match(r"\s*(?:<\?php\s*)?(?://|/\*)", text)
            annotations.append(Annotation(number, codes, number, number + 1 if is_alone else number))
        else:
            annotations.append(Annotation(number, codes, number, sys.maxsize))
            open_ones.append(annotations[-1])
    return annotations, wrong


def judge(lines, findings):
    """(line, text) of what is wrong in a file with these findings, each (line, code, message)."""
    annotations, wrong = read(lines)
    for line, code, message in findings:
        # All that cover it are asked, so that each is seen to be used.
        if not [one for one in annotations if one.covers(line, code)]:
            wrong.append((line, f"{code}: {message}"))
    for annotation in annotations:
        for code in annotation.codes:
            if WHOLE.match(code) and code not in annotation.used:
                wrong.append((annotation.line, f"an annotation without effect: {code}"))
    return sorted(wrong)


def main(arguments):
    at = arguments.index("--")
    CACHE.parent.mkdir(parents=True, exist_ok=True)
    options = ["-q", "--report=json", "--ignore-annotations", f"--cache={CACHE}"]
    command = [*arguments[:at], *options, *arguments[at + 1 :]]
    run = subprocess.run(command, capture_output=True, text=True)
    try:
        files = json.loads(run.stdout)["files"]
    except ValueError:
        sys.exit(f"{run.stdout}{run.stderr}\nphpcs did not run")
    # With a wrong setting it looks at nothing, and finds nothing.
    if not files:
        sys.exit("phpcs looked at no file")
    wrong = 0
    for name, report in sorted(files.items()):
        lines = pathlib.Path(name).read_text().split("\n")
        findings = [(one["line"], one["source"], one["message"]) for one in report["messages"]]
        for line, text in judge(lines, findings):
            print(f"{name}:{line}: {text}", file=sys.stderr)
            wrong += 1
    print(f"WordPress's coding standard: {len(files)} files, {wrong} findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
