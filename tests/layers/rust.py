#!/usr/bin/env python3
"""Arrows between Rust modules point one way: no circle of files, and no path that leads up.

usage: rust.py [ROOT]     ROOT holds what rust.txt beside this script names; the repository by default.

rust.txt has the modules of each crate from the ground up. A file's arrows are the paths in it that begin at the crate,
at a parent, at itself or at one of its own modules, in `use` lines and elsewhere, also in tests and macros. A name that
a module only passes on (`pub use`) counts for the file that it comes from; passing it on is no arrow.
"""

import pathlib
import re
import sys

TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|b?r(\#*)".*?"\1|b?"(?:\\.|[^"\\])*"|b?'(?:\\.[^']*|[^'\\])'|'\w+|[A-Za-z_]\w*|\d\w*|::|\S""",
    re.S,
)


def tokens(source):
    found = (match.group() for match in TOKEN.finditer(source))
    return [text for text in found if not text.startswith(("//", "/*", '"', "'", 'b"', "b'", "r#", 'r"', "br"))
            or re.fullmatch(r"\w+", text)]


class Module:
    """A file of a crate. `inner` are its modules, `passed` what it passes on: name -> path."""

    def __init__(self, file, path):
        self.file, self.path, self.inner, self.passed, self.uses = file, path, {}, {}, []


def read_crate(folder):
    """Every file that belongs to the crate in this folder, by its path of modules."""
    modules = {}

    def read(file, path):
        module = modules[path] = Module(file, path)
        read_tokens(module, tokens(file.read_text()))
        base = file.parent if file.stem in ("lib", "main", "mod") else file.with_suffix("")
        for name in module.inner:
            inner = [place for place in (base / f"{name}.rs", base / name / "mod.rs") if place.exists()]
            if not inner:
                sys.exit(f"{file}: no file for mod {name}")
            read(inner[0], path + (name,))

    read(folder / "lib.rs", ())
    return modules


def read_tokens(module, words):
    """Fills in a module's inner modules, and the paths in it with how deep in modules of its own they stand."""
    at, braces, inline = 0, [], 0
    while at < len(words):
        word = words[at]
        if word == "mod" and words[at + 2:at + 3] == [";"]:
            module.inner[words[at + 1]] = True
            at += 3
        elif word == "mod" and words[at + 2:at + 3] == ["{"]:
            braces.append(True)
            inline += 1
            at += 3
        elif word == "{":
            braces.append(False)
            at += 1
        elif word == "}":
            inline -= braces.pop()
            at += 1
        elif word == "use":
            end = words.index(";", at)
            passes_on = words[at - 1] in ("pub", ")") and inline == 0
            for name, path in tree(words[at + 1:end]):
                module.uses.append((path, inline, name if passes_on else None))
            at = end + 1
        elif re.match(r"[A-Za-z_]", word) and words[at + 1:at + 2] == ["::"] and words[at - 1:at] != ["::"]:
            path = [word]
            while words[at + 1:at + 2] == ["::"] and re.match(r"[A-Za-z_]", words[at + 2]):
                path.append(words[at + 2])
                at += 2
            module.uses.append((path, inline, None))
            at += 1
        else:
            at += 1


def tree(words):
    """The paths of a `use`, each with the name that it gets: a::{self, b as c} -> (a, [a]), (c, [a, b])."""
    path, at = [], 0
    while at < len(words):
        if words[at] == "{":
            depth, start, parts = 0, at + 1, []
            for end in range(at, len(words)):
                depth += (words[end] == "{") - (words[end] == "}")
                if depth == 0 or (depth == 1 and words[end] == ","):
                    parts.append(words[start:end])
                    start = end + 1
                if depth == 0:
                    break
            for part in filter(None, parts):
                for name, rest in tree(part):
                    yield (path[-1] if rest == ["self"] else name), path + [step for step in rest if step != "self"]
            return
        if words[at] == "as":
            yield words[at + 1], path
            return
        if words[at] != "::":
            path.append(words[at])
        at += 1
    yield path[-1], path


def absolute(module, modules, path, inline):
    """The path from the crate's root on, or None when it begins in another crate or at a local name."""
    here, path = module.path, list(path)
    if path[0] == "crate":
        return tuple(path[1:])
    if path[0] not in ("self", "super"):
        return here + tuple(path) if path[0] in module.inner and inline == 0 else None
    up = 0
    while path and path[0] in ("self", "super"):
        up += path.pop(0) == "super"
    up -= inline
    return here[:len(here) - up] + tuple(path) if up >= 0 else None


def owner(modules, path, seen=()):
    """The file that a path from the root leads to, through what modules pass on."""
    here = ()
    for at, step in enumerate(path):
        if here + (step,) in modules:
            here += (step,)
        elif step in modules[here].passed and (here, step) not in seen:
            return owner(modules, modules[here].passed[step] + path[at + 1:], seen + ((here, step),))
        else:
            break
    return here


def arrows(modules):
    """path of a file -> paths of the files that it leads to."""
    for module in modules.values():
        for path, inline, passed_as in module.uses:
            goal = absolute(module, modules, path, inline)
            if goal is not None and passed_as is not None:
                module.passed[passed_as] = goal
    found = {path: set() for path in modules}
    for module in modules.values():
        for path, inline, passed_as in module.uses:
            goal = absolute(module, modules, path, inline)
            if goal is not None and passed_as is None:
                found[module.path].add(owner(modules, goal))
        found[module.path].discard(module.path)
    return found


def circles(graph):
    """The sets of files that lead to one another (Tarjan)."""
    index, low, stack, found = {}, {}, [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        for goal in graph[node]:
            if goal not in index:
                visit(goal)
            if goal in stack:
                low[node] = min(low[node], low[goal])
        if low[node] == index[node]:
            circle = stack[stack.index(node):]
            del stack[stack.index(node):]
            if len(circle) > 1:
                found.append(circle)

    for node in graph:
        if node not in index:
            visit(node)
    return found


def problems(folder, order):
    """What is wrong in the crate under a folder, whose modules are to have this order."""
    modules = read_crate(folder)
    graph = arrows(modules)
    place = lambda path: modules[path].file.relative_to(folder).as_posix()
    for circle in circles(graph):
        yield f"a circle of {len(circle)}: {', '.join(sorted(map(place, circle)))}"
    top = {path[0] for path in modules if path}
    yield from (f"{name} is not in rust.txt" for name in sorted(top - set(order)))
    yield from (f"rust.txt names {name}, which is not there" for name in order if name not in top)
    rank = {name: at for at, name in enumerate(order)}
    for path, goals in graph.items():
        for goal in sorted(goals):
            # The root is above all; what it declares is below it.
            if not path or path[0] not in rank or (goal and goal[0] not in rank):
                continue
            if not goal or rank[goal[0]] > rank[path[0]]:
                yield f"{place(path)} leads up to {place(goal)}"


def main():
    here = pathlib.Path(__file__).resolve().parent
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent.parent
    orders = {}
    for line in (root / "tests/layers/rust.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            crate, _, module = line.rpartition("/")
            orders.setdefault(crate, []).append(module)
    wrong = [f"{crate}: {problem}" for crate, order in orders.items() for problem in problems(root / crate, order)]
    if wrong or not orders:
        sys.exit("\n".join(wrong) or "rust.txt names no module")


if __name__ == "__main__":
    main()
