"""Runs what the pages of this repository show, block by block, as a reader would paste it.

usage: run.py [--all] [PAGE...]        every *.md of the tree at first

Each page has a shell of its own, in a copy of the tree. What a block's info string says:

    ```sh                     runs in the page's shell; what it leaves running lives until the page ends
    ```c, ```python           is compiled and run; a piece of C without a main() becomes the body of one
    ```, ```text, ```json     is what the block before it printed; a line with only … stands for any lines
    ```ANY FILE               is that file: the same as the tree's, or written for the blocks that follow
    ```... slow: REASON       runs with --all only
    ```... root: REASON       runs with --all only, as root in a system that is thrown away (see throwaway)
    ```... no-run: REASON     is never run

Without --all it runs the products that `make` has left in target/, and builds and installs nothing.
"""

import contextlib
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

TREE = pathlib.Path(__file__).resolve().parents[2]
MARKS = ("slow", "root", "no-run")
OUTPUT = ("", "text", "json")
FLAGS = '-Iinclude -Ltarget/release -lbonuspay -Wl,-rpath,"$PWD/target/release"'
PROGRAMS = {"c": f"cc -std=c99 -Wall -Werror {{0}} {FLAGS} -o {{0}}.out && {{0}}.out", "python": "python3 -B {0}"}
# What a quick run takes from the tree, where `make` has put it.
PRODUCTS = ["libbonuspay.so", "libbonuspay.so.2", "libbonuspay.a", "bonuspay-sandbox"]
PRODUCTS = [f"target/release/{name}" for name in PRODUCTS] + ["php-ext/modules/bonuspay.so", "target/php-ext/static/bonuspay.so"]
BUILT = ["build", "sandbox", "php-ext", "php-ext-static", "php-prefix", "setup-build", "setup-php", "setup-demo", "setup-test"]
# Where there is no git to ask.
NO_SOURCES = {".git", "target", "modules", "node_modules", ".venv"}
# Addresses and numbers that differ each time; amounts and all else must be as shown.
DIFFERS = [
    (r"\bT[1-9A-HJ-NP-Za-km-z]{33}\b", "TRON-ADDRESS"),
    (r"\b[0-9a-f]{64}\b", "HASH"),
    (r"\b\d{13,}\b", "NUMBER"),
    (r"(/[\w.-]+)+(?=/target/)", "/FOLDER"),
]


class Wrong(Exception):
    pass


class Block(NamedTuple):
    place: str
    line: int
    language: str
    file: str
    mark: str
    reason: str
    text: str


def blocks(page, name):
    """The fenced blocks of a page, in order."""
    found, fence = [], None
    for number, line in enumerate(page.read_text().splitlines(), 1):
        match = re.match(r"(\s*)(`{3,}|~{3,})(.*)", line)
        if fence is None and match:
            indent, fence, info = match.groups()
            start, text = number, []
        elif fence is not None and line.strip() == fence:
            found.append(block(f"{name}:{start}", start, info.strip(), "".join(text)))
            fence = None
        elif fence is not None:
            text.append(line.removeprefix(indent) + "\n")
    if fence is not None:
        raise Wrong(f"{name}:{start}: this block has no end")
    return found


def block(place, line, info, text):
    before, _, reason = info.partition(":")
    words = before.split() if reason else info.split()
    mark = words.pop() if words and words[-1] in MARKS else ""
    if mark and not reason.strip() or reason and not mark:
        raise Wrong(f"{place}: ```{info}: a mark is one of {', '.join(MARKS)}, then a colon and a reason")
    language, file = (words + ["", ""])[:2]
    return Block(place, line, language, file, mark, reason.strip(), text)


def copy_tree(to):
    """What git would commit, as it is now; everything but what was built, where there is no git."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=TREE, capture_output=True, text=True)
    if listed.returncode == 0 and listed.stdout:
        files = listed.stdout.rstrip("\0").split("\0")
    else:
        files = [path.relative_to(TREE) for path in TREE.rglob("*") if path.is_file()]
        files = [path for path in files if not NO_SOURCES & set(path.parts)]
    for file in files:
        if (TREE / file).exists():
            (to / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(TREE / file, to / file, follow_symlinks=False)


def lend_products(tree, programs):
    for product in PRODUCTS:
        if not (TREE / product).exists():
            raise Wrong(f"{product} is missing: make sandbox php-ext php-ext-static builds it")
        (tree / product).parent.mkdir(parents=True, exist_ok=True)
        (tree / product).symlink_to(TREE / product)
    make = programs / "make"
    make.write_text(f"#!/bin/sh\nexec {shutil.which('make')} {' '.join(f'-o {target}' for target in BUILT)} \"$@\"\n")
    make.chmod(0o755)


class Shell:
    """The shell that a page's blocks are pasted into."""

    def __init__(self, tree, scratch, everything):
        self.tree, self.scratch, self.limit = tree, scratch, 3600 if everything else 600
        self.out, self.err = scratch / "out", scratch / "err"
        home = os.path.expanduser("~")
        known = {"CARGO_HOME": f"{home}/.cargo", "RUSTUP_HOME": f"{home}/.rustup", **os.environ}
        for name in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "CARGO_TARGET_DIR", "LD_LIBRARY_PATH", "PKG_CONFIG_PATH"):
            known.pop(name, None)
        path = f"{scratch.parent}/bin:{known['PATH']}"
        known.update(HOME=str(scratch), TMPDIR=str(scratch), PATH=path)
        with open(self.out, "wb") as out, open(self.err, "wb") as err:
            self.process = subprocess.Popen(
                ["sh", "-e"], stdin=subprocess.PIPE, stdout=out, stderr=err, cwd=tree, env=known, start_new_session=True
            )

    def run(self, text):
        self.begin, err = self.out.stat().st_size, self.err.stat().st_size
        script, done = self.scratch / "block.sh", self.scratch / "done"
        script.write_text(text)
        self.process.stdin.write(f". '{script}' </dev/null\n: >'{done}'\n".encode())
        self.process.stdin.flush()
        deadline = time.monotonic() + self.limit
        while not done.exists():
            ended = self.process.poll() is not None
            if ended and not done.exists() or time.monotonic() > deadline:
                why = "it failed" if ended else f"it has not ended within {self.limit} s"
                said = self.printed() + self.err.read_bytes()[err:].decode(errors="replace")
                raise Wrong(f"{why}:\n{said}")
            time.sleep(0.02)
        done.unlink()

    def printed(self):
        """What the last text has printed so far."""
        return self.out.read_bytes()[self.begin :].decode(errors="replace")

    def is_busy(self):
        """Whether anything runs in the background."""
        for process in filter(str.isdigit, os.listdir("/proc")):
            with contextlib.suppress(ProcessLookupError):
                if int(process) != self.process.pid and os.getpgid(int(process)) == self.process.pid:
                    return True
        return False

    def end(self):
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                break
            time.sleep(0.2)
        self.process.wait()
        self.process.stdin.close()


def plain(text):
    for pattern, word in DIFFERS:
        text = re.sub(pattern, word, text)
    return text.strip()


def compare(shown, shell):
    """What still runs in the background may print a moment later."""
    pattern = re.escape(plain(shown)).replace(re.escape("…"), ".*")
    deadline = time.monotonic() + 60
    while True:
        busy = shell.is_busy() and time.monotonic() < deadline
        printed = re.sub(r"^make: .*\n", "", shell.printed(), flags=re.MULTILINE)
        if re.fullmatch(pattern, plain(printed), re.DOTALL):
            return
        if not busy:
            raise Wrong(f"it shows\n{shown}but what it belongs to printed\n{printed}")
        time.sleep(0.1)


def program(block, folder):
    file = folder / f"block-{block.line}.{block.language[:2]}"
    text = block.text
    if block.language == "c" and "main(" not in text:
        includes = "".join(f"#include <{name}.h>\n" for name in ("bonuspay", "stdio", "stdlib", "string"))
        text = f'{includes}int main(void)\n{{\n#line {block.line + 1} "{block.place}"\n{text}}}\n'
    file.write_text(text)
    return PROGRAMS[block.language].format(file)


def is_file_shown(block, tree):
    file, own = tree / block.file, TREE / block.file
    if own.exists() and own.read_text() != block.text:
        raise Wrong(f"it is not {block.file} as it is in the tree")
    file.write_text(block.text)


def run_block(block, shell):
    try:
        if block.file:
            is_file_shown(block, shell.tree)
        elif block.language == "sh":
            shell.run(block.text)
        elif block.language in PROGRAMS:
            shell.run(program(block, shell.scratch))
        elif block.language in OUTPUT:
            compare(block.text, shell)
        else:
            raise Wrong(f"there is no way to run {block.language!r}: give it a file's name or a mark, or teach run.py")
    except Wrong as wrong:
        raise Wrong(f"{block.place}: {wrong}") from None


def elsewhere(found):
    """The one thing that is changed: two runs on one machine must not meet at a port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return [block._replace(text=block.text.replace("127.0.0.1:8790", f"127.0.0.1:{port}")) for block in found]


def run_page(page, name, tree, folder, everything):
    """Runs a page's blocks; gives how many ran, and those that did not with their reasons."""
    may = {"slow": everything, "root": everything and "BONUSPAY_THROWAWAY" in os.environ, "no-run": False, "": True}
    shell, last, ran, unrun = Shell(tree, folder, everything), None, 0, []
    try:
        for block in elsewhere(blocks(page, name)):
            is_output = block.language in OUTPUT and not block.file
            if is_output and last and not may[last.mark]:
                unrun.append(block._replace(mark=last.mark, reason="its output"))
            elif not may[block.mark]:
                unrun.append(block)
            elif is_output and not last:
                raise Wrong(f"{block.place}: it is the output of nothing")
            else:
                run_block(block, shell)
                ran += 1
            last = last if is_output else block
    finally:
        shell.end()
    return ran, unrun


def unknown_targets(pages):
    """`make x` in a page's running text, where there is no x."""
    rules = subprocess.run(["make", "-pqn", "-C", TREE, "SEEDS=1"], capture_output=True, text=True).stdout
    targets = set(re.findall(r"^([\w-]+):", rules, re.MULTILINE))
    for name, page in pages:
        for number, line in enumerate(page.read_text().splitlines(), 1):
            for words in re.findall(r"`make ([^`]*)`", line):
                for target in words.split():
                    if re.fullmatch(r"[a-z][\w-]*", target) and target not in targets:
                        yield f"{name}:{number}: there is no `make {target}`"


def silent_targets():
    """Targets that somebody may call, and of which `make help` says nothing."""
    rules = subprocess.run(["make", "-pqn", "-C", TREE, "SEEDS=1"], capture_output=True, text=True).stdout
    phony = set(re.search(r"^\.PHONY:(.*)", rules, re.MULTILINE)[1].split())
    inner = set(re.search(r"^INNER :?= (.*)", rules, re.MULTILINE)[1].split())
    said = subprocess.run(["make", "-s", "-C", TREE, "help"], capture_output=True, text=True).stdout
    for target in sorted(phony - inner - {line.split()[0] for line in said.splitlines()}):
        yield f"`make help` has no line for `make {target}`: end its rule with \"## what it does\", or name it in INNER"


def broken_links(pages):
    """Links to files that are not there, and to headings that their page does not have."""
    for name, page in pages:
        for number, line in enumerate(page.read_text().splitlines(), 1):
            for link in re.findall(r"\]\(([^)\s]+)\)", line):
                path, _, heading = link.partition("#")
                to = page.parent / path if path else page
                if re.match(r"[a-z]+:|\$", link):
                    continue
                if not to.exists():
                    yield f"{name}:{number}: there is no {link}"
                elif heading and to.suffix == ".md" and heading not in headings(to):
                    yield f"{name}:{number}: {path or 'this page'} has no heading #{heading}"


def headings(page):
    """The names under which a page's headings are linked to; the second of a name ends in -1."""
    names = []
    for heading in re.findall(r"^#+ (.*)", page.read_text(), re.MULTILINE):
        name = re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        names.append(f"{name}-{names.count(name)}" if name in names else name)
    return names


def main(arguments):
    everything = "--all" in arguments
    given = [pathlib.Path(argument).resolve() for argument in arguments if argument != "--all"]
    failures, ran, unrun = [], 0, []
    with tempfile.TemporaryDirectory(prefix="documents-") as scratch:
        scratch = pathlib.Path(scratch)
        tree, programs = scratch / "bonuspay", scratch / "bin"
        tree.mkdir()
        programs.mkdir()
        copy_tree(tree)
        if not everything:
            lend_products(tree, programs)
        elif (TREE / "target/release").exists():
            subprocess.run(["cp", "-a", "--reflink=auto", "-t", tree, "--parents", "target/release"], cwd=TREE, check=True)
        every = sorted(tree.rglob("*.md"), key=lambda page: (len(page.relative_to(tree).parts), page))
        pages = [(os.path.relpath(page, TREE if given else tree), page) for page in given or every]
        failures.extend(unknown_targets(pages))
        failures.extend(broken_links(pages))
        if not given:
            failures.extend(silent_targets())
        for number, (name, page) in enumerate(pages):
            folder = scratch / f"page-{number}"
            folder.mkdir()
            try:
                count, left = run_page(page, name, tree, folder, everything)
                ran += count
                unrun += left
            except Wrong as wrong:
                failures.append(str(wrong))
    for block in unrun:
        print(f"not run: {block.place} ({block.mark}: {block.reason})")
    for failure in failures:
        print(f"documents: {failure}", file=sys.stderr)
    if not failures:
        print(f"documents: {ran} blocks of {len(pages)} pages did what they say; {len(unrun)} were not run")
    return 1 if failures or not ran else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Wrong as wrong:
        sys.exit(f"documents: {wrong}")
