"""The pages of a run and of a comparison in a browser: python3 tests/browser/report.py PROGRAM SCENARIO [NATIONAL]

Opens them in both languages, within a second, looks at headings, contrast, words for pictures and room,
sorts a table, picks a municipality, copies, and finds no complaint in the console and no request but for
the page itself. Of the national scenario it tells how long its report takes to open. With a folder as
fourth word it leaves pictures of the pages there.
"""

import pathlib
import subprocess
import sys
import tempfile

import looks
import names
from browser import Browser

# A page is open within so many milliseconds.
MOST = 1_000
SORTED = """[...document.querySelectorAll("figure table")].find((table) => table.tBodies[0].rows.length > 1)"""


def opened(browser, path, called):
    """A page, and how long it took to open: in milliseconds, from the first request to its last byte shown."""
    page = browser.open(path.as_uri())
    times = "(({ navigationStart, loadEventEnd }) => loadEventEnd && loadEventEnd - navigationStart)(performance.timing)"
    took = page.until("it is open", times)
    print(f"{called}: {path.stat().st_size / 1e6:.2f} MB, open after {took} ms")
    return page, took


def look(browser, path, language, called):
    # Of three times the shortest: another program may have had the processor.
    times = []
    for _ in range(3):
        page, took = opened(browser, path, called)
        times.append(took)
    assert min(times) < MOST, f"{called}: {times} ms"
    assert page.evaluate("document.documentElement.lang") == language
    seen = looks.holds(page, called)
    # What is folded away is held to the same.
    page.evaluate("document.querySelectorAll('details').forEach((found) => (found.open = true))")
    assert looks.holds(page, f"{called}, unfolded") > seen
    page.evaluate("document.querySelectorAll('details').forEach((found) => (found.open = false))")
    fits(page, called)
    # Every button is reached by the keyboard.
    assert page.evaluate("[...document.querySelectorAll('button')].every((found) => found.tabIndex === 0)")
    sort(page, language)
    return page


def sort(page, language):
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


def choose(page):
    # One municipality, then all of them again, then one by its address.
    shown = "[...document.querySelectorAll('.mayors tbody')].filter((body) => !body.hidden).map((body) => body.id)"
    every = page.evaluate(shown)
    one = "(id) => { const pick = document.querySelector('#pick'); pick.value = id; pick.dispatchEvent(new Event('change')); }"
    page.evaluate(f"({one})({every[0]!r})")
    assert page.evaluate(shown) == every[:1]
    page.evaluate(f"({one})('')")
    assert page.evaluate(shown) == every
    page.evaluate(f"location.hash = {every[-1]!r}; new Promise((done) => setTimeout(done, 100))")
    assert page.evaluate(shown) == every[-1:]


def copy(page, path):
    # "Copy" answers.
    page.click(".tools button")
    page.evaluate("new Promise((done) => setTimeout(done, 200))")
    assert page.texts(".tools button")[0] == page.evaluate("document.body.dataset.copied")
    assert page.complaints == [], page.complaints
    assert page.strangers([path.as_uri()]) == [], page.requests


def fits(page, called):
    """On a narrow screen and a wide one nothing is wider than the window."""
    for width in (320, 400, 1280):
        page.size(width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (called, width)


def leave(page, folder, name):
    """Pictures of a page at two widths, where a folder was named."""
    if folder:
        for width in (1280, 400):
            page.size(width)
            page.picture(folder / f"{name}-{width}.png")


def main():
    program, scenario, *rest = sys.argv[1:]
    national = rest[0] if rest else None
    pictures = pathlib.Path(rest[1]) if len(rest) > 1 else None
    few = ["--draws", "64", "--quiet"]
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        for language in ("en", "lv"):
            run = pathlib.Path(folder, language)
            subprocess.run([program, "run", scenario, "--lang", language, *few, "-o", run], check=True)
            page = look(browser, run / "report.html", language, f"report.html ({language})")
            choose(page)
            copy(page, run / "report.html")
            leave(page, pictures, f"report-{language}")
            compared = pathlib.Path(folder, f"compared-{language}")
            subprocess.run([program, "compare", scenario, "--lang", language, *few, "-o", compared],
                           check=True, stdout=subprocess.DEVNULL)
            page = look(browser, compared / "compare.html", language, f"compare.html ({language})")
            copy(page, compared / "compare.html")
            leave(page, pictures, f"compare-{language}")
        # Names that would be obeyed, and names of 200 letters.
        tiny = pathlib.Path(__file__).parents[2] / "scenarios/tiny"
        spoilt, run = names.spoilt(tiny, pathlib.Path(folder, "names")), pathlib.Path(folder, "spoilt")
        subprocess.run([program, "run", spoilt, *few, "-o", run], check=True)
        page, _ = opened(browser, run / "report.html", "report.html under hostile names")
        looks.holds(page, "hostile names")
        fits(page, "hostile names")
        assert page.complaints == [] and page.strangers([(run / "report.html").as_uri()]) == []
        leave(page, pictures, "names-report")
        if national:
            run = pathlib.Path(folder, "national")
            subprocess.run([program, "run", national, *few, "-o", run], check=True)
            assert (run / "report.html").stat().st_size < 1_500_000
            # On a machine that does nothing else it is open in under a second too.
            page, _ = opened(browser, run / "report.html", "the national report.html")
            leave(page, pictures, "national")
    print("report.html, compare.html: seen, sorted, chosen and copied in both languages; no complaint, no request")


if __name__ == "__main__":
    main()
