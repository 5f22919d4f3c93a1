#!/usr/bin/env python3
"""Executes notebooks from their first cell to their last, and holds what they print against what they show.

    python docs/notebooks/execute.py docs/notebooks/*.ipynb           # as python/test.sh does
    python docs/notebooks/execute.py --write docs/notebooks/*.ipynb   # keeps what is shown now

Pictures are made anew but not compared: their bytes are those of the plotting library.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient


def shown(notebook):
    """What each cell prints, as text."""
    texts = []
    for number, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            if "image/png" not in output.get("data", {}):
                texts.append((number, output.get("name", "result"), text))
    return texts


def main():
    is_writing = "--write" in sys.argv
    for path in map(Path, sys.argv[1:]):
        if path.suffix != ".ipynb":
            continue
        notebook = nbformat.read(path, as_version=4)
        stored = shown(notebook)
        client = NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(path.parent)}})
        client.record_timing = False
        client.execute()
        found = shown(notebook)
        if is_writing:
            # What differs from machine to machine is no part of it.
            notebook.metadata = {
                "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                "language_info": {"name": "python"},
            }
            nbformat.write(notebook, path)
        elif found != stored:
            differing = [(was, is_now) for was, is_now in zip(stored, found) if was != is_now]
            for was, is_now in differing[:5]:
                print(f"cell {was[0]} shows\n{was[2]}\nand prints\n{is_now[2]}\n", file=sys.stderr)
            sys.exit(f"{path} is not what it shows ({len(stored)} outputs, now {len(found)}): execute.py --write keeps it")
        print(f"{path.name}: {len(found)} outputs {'kept' if is_writing else 'are as shown'}")


main()
