"""The page for what-if questions in a browser: python3 tests/browser/serve.py PROGRAM SCENARIO-FOLDER

Turns a lever and an appropriation with the keyboard and finds the figures that the command line gives for
the same change; follows the address to the same state, switches the language, stops what is simulated,
sees what is superseded dropped, keeps the files, and finds no complaint in the console and no request but
for the pages themselves. With a folder as third word it leaves pictures of the pages there.
"""

import contextlib
import csv
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import zipfile
import zlib
from xml.etree import ElementTree

import looks
import names
from browser import Browser

# What is simulated at last is still shown, and the page is at rest.
AT_REST = """document.getElementById("status").hidden && !document.querySelector("#result.old")"""
RESULT = """document.getElementById("result").dataset"""


@contextlib.contextmanager
def served(program, folder):
    """The address at which a folder is served."""
    process = subprocess.Popen([program, "serve", folder, "--port", "0"], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True)
    try:
        address = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address), address
        yield address
    finally:
        process.kill()
        process.wait()


def rows(path, **wanted):
    """Rows of a table that have these values."""
    with open(path, encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if all(row[name] == value for name, value in wanted.items())]


def number(text, point="."):
    """The number in a text: its sign, digits and decimal point."""
    kept = "".join(sign for sign in text.replace("−", "-") if sign in "-0123456789" + point)
    return float(kept.replace(",", "."))


def slider(page, name, key, times):
    """Turns a slider by its keys; gives the value that the page has then."""
    field = f"document.querySelector('input[name={json.dumps(name)}]')"
    page.evaluate(f"{field}.nextElementSibling.focus()")
    page.press(key, times)
    assert page.evaluate(f"{field}.value === {field}.nextElementSibling.value")
    assert page.evaluate(f"{field}.parentElement.classList.contains('moved')")
    return float(page.evaluate(f"{field}.value"))


def shown(page):
    """The figures side by side: of each row its name and, for each policy, the figure and its range."""
    script = """[...document.querySelectorAll("#result section:first-of-type tbody tr")].map((row) =>
        [row.cells[0].textContent, [...row.cells].slice(1).map((cell) =>
            [cell.firstChild.textContent, cell.querySelector("small")?.textContent ?? ""])])"""
    return dict(page.evaluate(script))


def received(page):
    """What municipalities receive beyond the baseline: of each its mean difference and what is said of it."""
    script = """[...document.querySelectorAll("[aria-labelledby=receives] tbody tr")].map((row) =>
        [row.cells[0].textContent, row.cells[1].firstChild.textContent, row.cells[2].textContent])"""
    return page.evaluate(script)


def same_as_run(page, folder):
    """Holds what is shown against the tables of a run."""
    policies = [text.removesuffix("baseline") for text in page.texts("#result section:first-of-type thead th.n")]
    of_nation = {
        "Points open at the end of 2023": ("open_points_at_year_end", 1, 0.5),
        "Eligible cost, 2023": ("total_cost", 1, 0.5),
        "Award over eligible cost, 2023": ("coverage", 0.01, 0.0051),
    }
    figures = shown(page)
    for at, policy in enumerate(policies):
        for label, (outcome, unit, most) in of_nation.items():
            (row,) = rows(folder / "outcomes.csv", policy=policy, outcome=outcome, scope="nation", year="2023")
            main, below = figures[label][at]
            told = [number(main)] + [number(text) for text in below.split(" · ")[0].split(" to ") if text]
            wanted = [float(row[name]) / unit for name in ("p50", "p05", "p95")][:len(told)]
            assert all(abs(a - b) * unit <= most for a, b in zip(told, wanted)), (policy, label, told, wanted)
    for name, mean, said in received(page):
        (row,) = rows(folder / "verdicts.csv", policy="workload", pot="same", programme="all", name=name, year="all")
        assert abs(number(mean) - float(row["difference_mean"])) <= 0.5, (name, mean, row)
        words = {"more": "more, in all draws", "rather more": "rather more", "undecided": "undecided",
                 "rather less": "rather less", "less": "less, in all draws"}
        assert said == words[row["verdict"]], (name, said, row)


def turn(browser, address, program, scenario, folder, pictures):
    """A lever and an appropriation, and what the command line gives for the same."""
    page = browser.open(f"{address}?lang=en")
    page.size(1280)
    looks.holds(page, "the list")
    leave(page, pictures, "list")
    page.click("a.open[href*='tiny/tiny.ron']")
    page.until("the page of the scenario", "document.readyState === 'complete' && document.getElementById('levers') !== null")
    page.until("all draws of the scenario", f"{AT_REST} && {RESULT}.draws === {RESULT}.own")
    before = shown(page)

    rate = slider(page, "lever.rate_case", "ArrowRight", 17)
    pot = slider(page, "pot.maintenance", "ArrowLeft", 30)
    assert (rate, pot) != (1.5, 100) and pot == 70, (rate, pot)
    asked = time.monotonic()
    page.until("what was asked", f"new URLSearchParams(location.search).get('pot.maintenance') === '70'")
    redrawn = time.monotonic() - asked
    page.until("all draws of the scenario", f"{AT_REST} && {RESULT}.draws === {RESULT}.own")
    assert shown(page) != before
    # The slider has the focus still, so that a key moves it on.
    assert page.evaluate("document.activeElement.type === 'range'")

    draws = page.evaluate(f"{RESULT}.own")
    sums = "{2022: %.2f, 2023: %.2f}" % (23_500 * pot / 100, 23_500 * pot / 100)
    changed = ["--draws", draws, "--set", f"levers.rate_case={rate}",
               "--set", f"programmes.maintenance.appropriation={sums}"]
    run = folder / "run"
    subprocess.run([program, "run", scenario, *changed, "--quiet", "-o", run], check=True)
    same_as_run(page, run)

    # The command on the page is that command.
    told = page.evaluate("document.querySelector('[aria-labelledby=downloads] pre').textContent")
    again = folder / "again"
    words = f'"$0" {told.removeprefix("dotacija")} --quiet -o "$1"'
    subprocess.run(["/bin/sh", "-c", words, program, again], check=True)
    for name in ("awards.csv", "budget.csv", "verdicts.csv", "outcomes.csv"):
        assert (again / name).read_bytes() == (run / name).read_bytes(), name

    # The address is the state: another tab shows the same.
    there = page.evaluate("location.href")
    other = browser.open(there)
    assert shown(other) == shown(page)
    value = "document.querySelector('input[name=\"lever.rate_case\"]').value"
    assert float(other.evaluate(value)) == rate
    keep(other, address, run)
    looks.holds(other, "the page of a scenario")
    leave(other, pictures, "view-en")
    latvian(other, pictures)
    for one in (page, other):
        quiet(one, address)
    return redrawn


def latvian(page, pictures):
    """The same state in the other language: the same figures, as Latvian writes them."""
    english = shown(page)
    page.click("#other")
    page.until("Latvian", "document.documentElement.lang === 'lv' && document.readyState === 'complete'")
    page.until("a page at rest", AT_REST)
    figures = shown(page)
    assert "Attiecināmās izmaksas 2023. gadā" in figures, list(figures)
    assert len(figures) == len(english)
    for (here, cells), (there, others) in zip(english.items(), figures.items()):
        for (main, _), (other, _) in zip(cells, others):
            if main == "–":
                assert other == main
            else:
                # English sets the currency before the sum, Latvian behind it, and a comma for the point.
                assert number(main.lstrip("<>")) == number(other.lstrip("<>"), ","), (here, main, there, other)
    text = page.evaluate("document.body.innerText")
    for word in ("Simulating", "Downloads", "Appropriation", "Side by side", "of the draws"):
        assert word not in text, word
    looks.holds(page, "the page of a scenario in Latvian")
    leave(page, pictures, "view-lv")


def keep(page, address, run):
    """Every file that the page offers: of the right kind, whole, and as the run has it."""
    links = page.evaluate("[...document.querySelectorAll('#result a[download]')].map((link) => link.href)")
    kinds = {".csv": "text/csv; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png",
             ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    seen = set()
    for link in links:
        assert link.startswith(address), link
        with urllib.request.urlopen(link) as answer:
            body, head = answer.read(), answer.headers
        name = pathlib.PurePosixPath(urllib.parse.urlsplit(link).path).name
        ending = pathlib.PurePosixPath(name).suffix
        assert head["Content-Type"] == kinds[ending], (link, head["Content-Type"])
        assert int(head["Content-Length"]) == len(body)
        assert head["Content-Disposition"] == f'attachment; filename="{name}"'
        seen.add(ending)
        if ending == ".csv":
            table = list(csv.reader(io.StringIO(body.decode(), newline="")))
            assert len(table) > 1 and len({len(row) for row in table}) == 1, name
            if (run / name).exists():
                assert body == (run / name).read_bytes(), f"{name} is not the table of the run"
        elif ending == ".svg":
            assert ElementTree.fromstring(body).tag.endswith("svg"), name
        elif ending == ".png":
            whole_png(body)
        elif ending == ".xlsx":
            assert zipfile.ZipFile(io.BytesIO(body)).testzip() is None
            assert body == (run / name).read_bytes(), f"{name} is not the workbook of the run"
    assert seen == set(kinds), seen


def whole_png(body):
    """Every chunk with its check sum, from the first to the end."""
    assert body.startswith(b"\x89PNG\r\n\x1a\n")
    at, kinds = 8, []
    while at < len(body):
        size = int.from_bytes(body[at:at + 4])
        kind, data = body[at + 4:at + 8], body[at + 8:at + 8 + size]
        assert zlib.crc32(kind + data) == int.from_bytes(body[at + 8 + size:at + 12 + size])
        kinds.append(kind)
        at += 12 + size
    assert kinds[0] == b"IHDR" and kinds[-1] == b"IEND" and at == len(body), kinds


def side_by_side(browser, address, pictures):
    """Two policies that are ticked in the list."""
    page = browser.open(f"{address}?lang=en")
    ready = "document.querySelector('#books button')"
    assert page.evaluate(f"{ready}.disabled"), "nothing is ticked"
    # By the keyboard: from box to box, a blank ticks.
    page.evaluate("document.querySelector('#books input[value^=\"tiny/tiny.ron\"]').focus()")
    page.press(" ")
    page.press("Tab")
    page.press(" ")
    assert not page.evaluate(f"{ready}.disabled")
    page.evaluate(f"{ready}.focus()")
    page.press("Enter")
    page.until("the policies side by side", "document.readyState === 'complete' && document.getElementById('result') !== null")
    page.until("a page at rest", AT_REST)
    heads = page.texts("#result section:first-of-type thead th.n")
    assert heads == ["flatbaseline", "workload"], heads
    assert all(len(cells) == 2 for cells in shown(page).values())
    quiet(page, address)
    # A scenario beside another: no levers, one column each, in the first one's terms.
    names = [("pick", "tiny/tiny.ron::workload"), ("pick", "tiny/higher.ron::workload"), ("draws", "64")]
    page.go(f"{address}view?{urllib.parse.urlencode(names)}")
    heads = page.texts("#result section:first-of-type thead th.n")
    assert heads == ["tiny: workloadbaseline", "higher: workload"], heads
    assert page.evaluate("document.querySelectorAll('#levers input[type=range]').length") == 0
    looks.holds(page, "two scenarios side by side")
    leave(page, pictures, "two-scenarios")
    quiet(page, address)


def progress(address, query):
    with urllib.request.urlopen(f"{address}progress?{query}") as answer:
        return json.load(answer)


def stop(browser, address):
    """Stop ends what is simulated, and a newer question the one before it."""
    page = browser.open(f"{address}view?of=tiny/long.ron&lang=en")
    bar = "!document.querySelector('#status button').hidden && !document.getElementById('status').hidden"
    page.until("many draws", f"{bar} && Number({RESULT}.draws) >= 4096")

    def asked():
        """What is simulated now, by the addresses that were asked for."""
        parts = [url for url in page.requests if "/part?" in url]
        return parts[-1].split("?", 1)[1]

    page.until("progress", "document.querySelector('#status progress').value > 0")
    query = asked()
    assert progress(address, query).get("of"), query
    before = shown(page)
    page.evaluate("document.querySelector('#status button').focus()")
    page.press("Enter")
    assert "Stopped" in page.evaluate("document.querySelector('#status span').textContent")
    assert page.evaluate("document.activeElement === document.querySelector('#levers button')")
    until("a stopped question is given up", lambda: progress(address, query) == {})
    assert shown(page) == before and not page.evaluate("document.querySelector('#result.old')")
    page.evaluate("new Promise((done) => setTimeout(done, 500))")
    assert asked() == query, "nothing more is asked"

    # On again, and then a lever is moved while it is simulated.
    page.click("#further")
    page.until("progress", f"{bar} && document.querySelector('#status progress').value > 0")
    query = asked()
    assert progress(address, query).get("of"), query
    rate = slider(page, "lever.rate_case", "End", 1)
    until("a superseded question is given up", lambda: progress(address, query) == {})
    page.until("the newer figures", f"new URLSearchParams(location.search).get('lever.rate_case') === '{rate:g}'")
    assert shown(page) != before
    page.click("#status button")

    # Many moves, one after the other: what is shown at last is the last.
    for _ in range(6):
        slider(page, "lever.rate_case", "ArrowLeft", 3)
        page.evaluate("new Promise((done) => setTimeout(done, 150))")
    value = page.evaluate("document.querySelector('input[name=\"lever.rate_case\"]').value")
    page.until("the last figures", f"new URLSearchParams(location.search).get('lever.rate_case') === '{float(value):g}'")
    page.click("#status button")
    quiet(page, address)


def wrong(browser, address, folder):
    """A scenario that is spoilt while it is shown: the page says so, once, and does not ask on."""
    file = folder / "served/tiny/spoilt.ron"
    file.write_bytes((folder / "served/tiny/tiny.ron").read_bytes())
    page = browser.open(f"{address}view?of=tiny/spoilt.ron&lang=en&draws=64")
    file.write_text("Scenario(format: 1,")
    slider(page, "lever.rate_case", "ArrowRight", 1)
    page.until("what is wrong", "document.querySelector('main').innerText.includes('has errors')")
    page.evaluate("new Promise((done) => setTimeout(done, 700))")
    asked = [url for url in page.requests if "/part?" in url]
    assert len(asked) == 1, f"{len(asked)} times: {asked[0]}"
    assert page.evaluate("document.getElementById('status').hidden"), "nothing is being simulated"
    file.unlink()
    # Only that the server answered 400 is told in the console.
    assert all("400" in text for text in page.complaints), page.complaints
    assert page.strangers([address]) == [], page.requests


def reach(browser, address):
    """Everything that can be used has a name, is reached by the keyboard and shows that it has the focus."""
    page = browser.open(f"{address}view?of=tiny/tiny.ron&lang=lv&draws=64")
    # Who wants no motion is where the focus is at once.
    page.prefer("prefers-reduced-motion", "reduce")
    page.evaluate("document.body.focus()")
    seen = []
    for _ in range(300):
        page.press("Tab")
        found = page.evaluate("""(() => { const at = document.activeElement; if (at === document.body) return null;
            const style = getComputedStyle(at); const box = at.getBoundingClientRect();
            const label = at.getAttribute("aria-label") || at.labels?.[0]?.textContent || at.textContent
                || document.getElementById(at.getAttribute("aria-labelledby"))?.textContent;
            return [at.tagName + (at.type ?? ""), style.outlineStyle, parseFloat(style.outlineWidth), label.trim(),
                box.width > 0 && box.bottom > 0 && box.top < innerHeight]; })()""")
        if found is None:
            break
        seen.append(found)
    assert len(seen) > 20 and len(seen) < 300, len(seen)
    for kind, outline, width, label, visible in seen:
        assert outline != "none" and width >= 1 and label and visible, (kind, outline, width, label, visible)
    assert {"INPUTrange", "INPUTnumber", "BUTTONsubmit", "A", "SUMMARY"} <= {kind for kind, *_ in seen}, seen
    quiet(page, address)


def fits(browser, address, pictures):
    """On a narrow screen and a wide one nothing is wider than the window, whatever the names."""
    for language in ("en", "lv"):
        for of in ("", "tiny/tiny.ron", "names/tiny.ron"):
            path = f"view?of={of}&lang={language}&draws=64" if of else f"?lang={language}"
            page = browser.open(address + path)
            for width in (320, 400, 768, 1280):
                page.size(width)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            looks.holds(page, path)
            page.evaluate("document.querySelectorAll('details').forEach((found) => (found.open = true))")
            looks.holds(page, f"{path}, unfolded")
            quiet(page, address)
            if "names" in of:
                leave(page, pictures, f"names-{language}")


def leave(page, folder, name):
    """Pictures of a page at two widths, where a folder was named."""
    if folder:
        for width in (1280, 400):
            page.size(width)
            page.picture(folder / f"{name}-{width}.png")
        page.size(1280)


def quiet(page, address):
    assert page.complaints == [], page.complaints
    assert page.strangers([address]) == [], page.requests


def until(what, is_so, patience=30):
    end = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def main():
    program, source, *rest = sys.argv[1:]
    program = pathlib.Path(program).resolve()
    pictures = pathlib.Path(rest[0]) if rest else None
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        tiny = folder / "served/tiny"
        shutil.copytree(source, tiny)
        names.spoilt(source, folder / "served/names")
        text = (tiny / "tiny.ron").read_text()
        (tiny / "higher.ron").write_text(text.replace("(value: 1.5, min", "(value: 4, min"))
        # One that takes a while.
        (tiny / "long.ron").write_text(text.replace("draws: 1_000", "draws: 10_000_000"))
        with served(program, folder / "served") as address, Browser() as browser:
            redrawn = turn(browser, address, program, tiny / "tiny.ron", folder, pictures)
            side_by_side(browser, address, pictures)
            stop(browser, address)
            wrong(browser, address, folder)
            reach(browser, address)
            fits(browser, address, pictures)
    print(f"serve: turned, followed, switched, stopped and kept, as the command line has it; redrawn in {redrawn:.2f} s")


if __name__ == "__main__":
    main()
