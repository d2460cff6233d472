"""Pastes the program under one of README's headings into a shell elsewhere, and compares what that prints with what README shows.

usage: quickstart.py README HEADING COMMAND...        the command gets the shell's text as its last argument

It must have ended within a minute.
"""

import pathlib
import subprocess
import sys
import tempfile
import types

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "documents"))
import run

LIMIT = 60


def main(page, heading, *command):
    lines = pathlib.Path(page).read_text().splitlines()
    if f"## {heading}" not in lines:
        raise run.Wrong(f"README has no heading {heading}")
    start = lines.index(f"## {heading}")
    found = [block for block in run.elsewhere(run.blocks(pathlib.Path(page), "README.md")) if block.line > start]
    program, shown = found[:2]
    if program.language != "sh" or shown.language not in run.OUTPUT:
        raise run.Wrong(f"{program.place}: under {heading} there is no program and its output")
    # A file, for what is left running in the background would hold a pipe open.
    with tempfile.TemporaryFile("w+") as out:
        try:
            status = subprocess.run([*command, program.text], stdout=out, stderr=out, timeout=LIMIT).returncode
            why = f"it failed ({status})" if status else None
        except subprocess.TimeoutExpired:
            why = f"it has not ended within {LIMIT} s"
        out.seek(0)
        said = out.read()
    if why:
        raise run.Wrong(f"{program.place}: {why}:\n{said}")
    run.compare(shown.text, types.SimpleNamespace(printed=lambda: said, is_busy=lambda: False))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except run.Wrong as wrong:
        sys.exit(f"quick start: {wrong}")
