"""The tiny scenario under names that would be obeyed, or that are 200 letters long."""

import shutil

LONG = "Šķūņmuižnieki" * 15 + "beigas"
WORDS = "Ļoti gari nosaukts pakalpojumu centrs " * 5
GIVEN = {
    "tiny.ron": {"flat": LONG[:200], "workload": WORDS[:190].strip(), "Tiny: seven points in three municipalities, "
                 "flat sums against workload": "<script>alert(1)</script> " + LONG[:170]},
    "municipalities.csv": {"Alda": LONG[:200], "Birze": "<img src=x onerror=alert(2)>", "Ceri": "=1+1",
                           "East": WORDS[:190].strip()},
    "points.csv": {"Apsi": "&amp;"},
}


def spoilt(source, folder):
    """A copy of the tiny scenario in a folder, under such names; its file."""
    shutil.copytree(source, folder)
    for file, names in GIVEN.items():
        text = (folder / file).read_text(encoding="utf-8")
        for name, given in names.items():
            found = f'"{name}"' if file.endswith(".ron") else f",{name},"
            assert found in text, (file, name)
            text = text.replace(found, found.replace(name, given))
        (folder / file).write_text(text, encoding="utf-8")
    return folder / "tiny.ron"
