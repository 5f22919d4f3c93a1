"""The page of a run in a browser: python3 tests/browser/report.py PROGRAM SCENARIO

Opens the page in both languages, sorts a table, picks a municipality, copies, and finds no complaint in
the console and no request but for the page itself.
"""

import pathlib
import subprocess
import sys
import tempfile

from browser import Browser

SORTED = """[...document.querySelectorAll("figure table")].find((table) => table.tBodies[0].rows.length > 1)"""


def look(browser, path, language):
    page = browser.open(path.as_uri())
    assert page.evaluate("document.documentElement.lang") == language
    headings = page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map((found) => Number(found.tagName[1]))")
    assert headings[0] == 1 and headings.count(1) == 1, headings
    assert all(after <= before + 1 for before, after in zip(headings, headings[1:])), headings
    # Every picture has words, every button is reached by the keyboard.
    assert page.evaluate("[...document.querySelectorAll('[role=img]')].every((found) => found.getAttribute('aria-label'))")
    assert page.evaluate("[...document.querySelectorAll('button')].every((found) => found.tabIndex === 0)")

    # A table of a picture, by its last column: up, then down.
    numbers = f"""(() => {{ const table = {SORTED}; const column = table.tHead.rows[0].cells.length - 1;
        const head = table.tHead.rows[0].cells[column]; head.querySelector("button").click();
        const seen = [...table.tBodies[0].rows].map((row) => row.cells[column].textContent);
        return [head.getAttribute("aria-sort"), seen]; }})()"""
    (up, rising), (down, falling) = page.evaluate(numbers), page.evaluate(numbers)
    assert (up, down) == ("ascending", "descending"), (up, down)
    point = "," if language == "lv" else "."

    def number(text):
        kept = "".join(sign for sign in text.replace("−", "-") if sign in "-0123456789" + point)
        return float(kept.replace(",", ".")) if any(sign.isdigit() for sign in kept) else float("inf")

    told = [number(text) for text in rising if number(text) < float("inf")]
    assert told == sorted(told), rising
    told = [number(text) for text in falling if number(text) < float("inf")]
    assert told == sorted(told, reverse=True), falling

    # One municipality, then all of them again, then one by its address.
    shown = "[...document.querySelectorAll('.mayors tbody')].filter((body) => !body.hidden).map((body) => body.id)"
    every = page.evaluate(shown)
    choose = "(id) => { const pick = document.querySelector('#pick'); pick.value = id; pick.dispatchEvent(new Event('change')); }"
    page.evaluate(f"({choose})({every[0]!r})")
    assert page.evaluate(shown) == every[:1]
    page.evaluate(f"({choose})('')")
    assert page.evaluate(shown) == every
    page.evaluate(f"location.hash = {every[-1]!r}; new Promise((done) => setTimeout(done, 100))")
    assert page.evaluate(shown) == every[-1:]

    # "Copy" answers.
    page.click(".tools button")
    page.evaluate("new Promise((done) => setTimeout(done, 200))")
    assert page.texts(".tools button")[0] == page.evaluate("document.body.dataset.copied")
    assert page.complaints == [], page.complaints
    assert page.strangers([path.as_uri()]) == [], page.requests


def main():
    program, scenario = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        for language in ("en", "lv"):
            run = pathlib.Path(folder, language)
            subprocess.run(
                [program, "run", scenario, "--lang", language, "--draws", "64", "--quiet", "-o", run], check=True
            )
            look(browser, run / "report.html", language)
    print("report.html: sorted, chosen and copied in both languages; no complaint, no request")


if __name__ == "__main__":
    main()
