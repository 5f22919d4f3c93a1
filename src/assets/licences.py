#!/usr/bin/env python3
"""Writes what is compiled into the program, and under which licences (src/assets/licences.txt), and what the
Python module has beside it (python/licences.txt).

    python3 src/assets/licences.py

Needs cargo, and the registry where crates of other systems are not yet downloaded. To be run whenever
Cargo.lock changes; the tests `dependencies` say when that was forgotten.
"""
import json
import os
import re
import subprocess
import sys
import tomllib

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
IS_LICENCE = re.compile(r"(?i)(licen[cs]e|copying|notice|copyright|unlicense)")
# What an expression leaves to choose and is not chosen.
NOT_CHOSEN = {("self_cell", "LICENSE-GPLv2")}
MIT = """\
{holders}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without
limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the
Software, and to permit persons to whom the Software is furnished to do so, subject to the following
conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions
of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED
TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL
THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER
DEALINGS IN THE SOFTWARE.
"""
HEAD = """\
What `dotacija` is made of, and the licences of its parts. Written by src/assets/licences.py.
A line has name and version, the licence as its authors state it (SPDX), and the numbers of the texts below.
Where a licence leaves a choice (OR), a copy may be passed on under any of those named.
"""
HEAD_OF_MODULE = """\
What the Python module `dotacija` is made of beside the crates of the program, and the licences of these parts.
Written by src/assets/licences.py; lines are as in the list of the program.
"""
SECTIONS = {
    "program": "The program, and what lies in it beside crates",
    "crates": "Crates in the program, with its default features, on any system",
    "building": "Crates of the lock file that are not in the program: they take part in building it, or are not used",
    "module": "Crates in the Python module and not in the program, on any system",
}


def cargo(*arguments):
    done = subprocess.run(["cargo", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def compiled(package):
    """Name and version of every crate that is linked into the program or the module, on any system."""
    lines = cargo("tree", "--locked", "--package", package, "--edges", "normal,no-proc-macro", "--target", "all", "--prefix", "none",
                  "--format", "{p}").splitlines()
    named = (re.match(r"(\S+) v(\S+)(.*)", line) for line in lines if line)
    return {(found[1], found[2]) for found in named if "proc-macro" not in found[3] and found[1] not in ("dotacija", "dotacija-python")}


def locked():
    """Name and version of every crate that the normal dependencies reach in Cargo.lock."""
    with open(os.path.join(ROOT, "Cargo.toml"), "rb") as file:
        waiting = list(tomllib.load(file)["dependencies"])
    with open(os.path.join(ROOT, "Cargo.lock"), "rb") as file:
        packages = tomllib.load(file)["package"]
    found = set()
    while waiting:
        name, *version = waiting.pop().split(" ")
        for package in packages:
            key = (package["name"], package["version"])
            if package["name"] == name and key not in found and version[:1] in ([], [package["version"]]):
                found.add(key)
                waiting.extend(package.get("dependencies", []))
    return found


class Texts:
    """Texts, each once: equal are those that differ in blanks and line ends only."""

    def __init__(self):
        self.numbers, self.texts, self.of = {}, [], []

    def add(self, text, part):
        key = " ".join(text.split())
        if key not in self.numbers:
            self.numbers[key] = len(self.texts)
            plain = "".join(letter for letter in text.replace("\f", "\n").replace("\xa0", " ").expandtabs(4) if letter.isprintable() or letter == "\n")
            lines = (line.rstrip() for line in plain.strip("\ufeff\n").splitlines())
            # No line of a text may look like the head of one.
            self.texts.append("\n".join(" " + line if line.startswith("==") else line for line in lines))
            self.of.append([])
        number = self.numbers[key]
        if part not in self.of[number]:
            self.of[number].append(part)
        return number + 1


def licence_texts(package, texts):
    folder = os.path.dirname(package["manifest_path"])
    part = f"{package['name']} {package['version']}"
    paths = []
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if IS_LICENCE.match(name) and (package["name"], name) not in NOT_CHOSEN:
            within = sorted(os.listdir(path)) if os.path.isdir(path) else None
            paths.extend([path] if within is None else [os.path.join(path, inner) for inner in within])
    found = [read(path) for path in paths if not path.endswith(".rs")]
    # What was a link in the repository is the path that it led to.
    numbers = [texts.add(text, part) for text in found if not re.fullmatch(r"[\w./-]+\s*", text)]
    if not numbers:
        if "MIT" not in re.split(r"[\s/()]+", package["license"]):
            sys.exit(f"{part} ships no text of {package['license']}, and there is none here")
        authors = ", ".join(author.split(" <")[0] for author in package["authors"])
        holders = f"Copyright (c) {authors or 'the authors of ' + package['name']}"
        numbers = [texts.add(MIT.format(holders=holders), part)]
    return sorted(set(numbers))


def direction_numbers():
    """The licence at the head of the table of direction numbers."""
    lines = read(os.path.join(ROOT, "src/random/plan/directions.rs")).splitlines()
    return "\n".join(line[3:] for line in lines if line.startswith("//") and not line.startswith("///"))


def crates(keys, known, texts):
    """Rows of crates, with the numbers of their texts."""
    return [(" ".join(key), known[key]["license"], licence_texts(known[key], texts)) for key in sorted(keys)]


def write(path, head, rows, texts):
    """Writes sections of rows, and the texts."""
    parts = [head]
    for section, of_section in rows.items():
        parts.append(f"\n# {SECTIONS[section]}\n\n")
        for name, licence, numbers in of_section:
            listed = "  " + ", ".join(map(str, numbers)) if numbers else ""
            parts.append(f"{name}  {licence}{listed}\n")
    parts.append("\n# Texts\n")
    for number, (text, of) in enumerate(zip(texts.texts, texts.of), 1):
        parts.append(f"\n== {number}: {', '.join(of)}\n\n{text}\n")
    written = "".join(parts)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(written)
    count = sum(map(len, rows.values()))
    print(f"{os.path.relpath(path, ROOT)}: {count} parts, {len(texts.texts)} texts, {len(written.encode()) / 1000:.0f} kB")


def main():
    texts = Texts()
    packages = json.loads(cargo("metadata", "--locked", "--format-version", "1"))["packages"]
    known = {(package["name"], package["version"]): package for package in packages}
    beside = [
        ("dotacija", "MIT OR Apache-2.0", [read(os.path.join(ROOT, "LICENSE-MIT")), read(os.path.join(ROOT, "LICENSE-APACHE"))]),
        ("Inter 4.1 (fonts of charts and pages)", "OFL-1.1", [read(os.path.join(HERE, "fonts/OFL.txt"))]),
        ("direction numbers of Joe and Kuo", "BSD-3-Clause", [direction_numbers()]),
        ("standard library of Rust", "MIT OR Apache-2.0", [MIT.format(holders="Copyright (c) The Rust Project Contributors")]),
    ]
    inside = compiled("dotacija")
    if inside - locked():
        sys.exit(f"Cargo.lock does not have {inside - locked()}")
    rows = {
        "program": [(name, licence, [texts.add(text, name) for text in its_texts]) for name, licence, its_texts in beside],
        "crates": crates(inside, known, texts),
        "building": [(" ".join(key), known[key]["license"], []) for key in sorted(locked() - inside)],
    }
    write(os.path.join(HERE, "licences.txt"), HEAD, rows, texts)
    texts = Texts()
    rows = {"module": crates(compiled("dotacija-python") - inside, known, texts)}
    write(os.path.join(ROOT, "python", "licences.txt"), HEAD_OF_MODULE, rows, texts)


main()
