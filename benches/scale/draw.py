#!/usr/bin/env python3
"""Draws benches/scale/measured.csv as docs/pictures/scale.svg (needs matplotlib).

    python3 benches/scale/draw.py benches/scale/measured.csv docs/pictures/scale.svg
"""

import csv
import sys

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "scale"
matplotlib.rcParams["font.size"] = 9
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator  # noqa: E402

SERIES = {
    "points": "points (of 1,000 municipalities)",
    "municipalities": "municipalities (with 10,000 points)",
    "years": "years",
    "policies": "policies",
}
TIME, MEMORY = "#1f4e8c", "#b4531f"
PLAIN = FuncFormatter(lambda value, _: f"{value:,g}" if value < 1 else f"{value:,.0f}")


def label(axis, values):
    """Ticks at these values alone, in plain numbers."""
    axis.set_major_locator(FixedLocator(values))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(PLAIN)


def main():
    source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    figure, places = plt.subplots(2, 4, figsize=(11, 5), sharey="row")
    for column, (series, title) in enumerate(SERIES.items()):
        of = [row for row in rows if row["series"] == series]
        across = [float(row[series]) for row in of]
        milliseconds = [1_000 * float(row["seconds_a_draw"]) for row in of]
        gigabytes = [float(row["peak_bytes"]) / 1e9 for row in of]
        for place, values, colour in ((places[0, column], milliseconds, TIME),
                                      (places[1, column], gigabytes, MEMORY)):
            place.loglog(across, values, marker="o", color=colour)
            label(place.xaxis, across)
            place.grid(True, which="major", color="#dddddd", linewidth=0.6)
            for side in ("top", "right"):
                place.spines[side].set_visible(False)
        places[1, column].set_xlabel(title)
    # Shared along each row.
    label(places[0, 0].yaxis, [0.5, 1, 2, 5, 10, 20, 50])
    label(places[1, 0].yaxis, [0.1, 0.2, 0.5, 1, 2])
    places[0, 0].set_ylabel("milliseconds a draw")
    places[1, 0].set_ylabel("most memory, GB")
    figure.suptitle("One thread, no quantiles of single municipalities; both axes logarithmic", x=0.01,
                    ha="left", fontsize=10)
    figure.tight_layout()
    figure.savefig(target, metadata={"Date": None})


if __name__ == "__main__":
    main()
