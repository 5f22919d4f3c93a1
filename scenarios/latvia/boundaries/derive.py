#!/usr/bin/env python3
"""Derive the tables of boundaries that changed from the tables beside and above.

    python3 scenarios/latvia/boundaries/derive.py            writes the four tables and prints control totals
    python3 scenarios/latvia/boundaries/derive.py --check    writes nothing; exit status 1 if a table would differ

Standard library only. README.md says where every column comes from.
"""

import csv
import io
import pathlib
import sys
from decimal import Decimal

HERE = pathlib.Path(__file__).resolve().parent
LATVIA = HERE.parent
TIERS = ["local", "county", "regional", "national"]
MADONA, MADONA_2025, VARAKLANI = "LV0038000", "LV0038001", "LV0055000"


def read(path):
    with open(LATVIA / path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_csv(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def main():
    former = read("raw/former_municipalities_2009_2021.csv")
    municipalities = read("municipalities.csv")
    points = read("points.csv")
    area_of_unit = {row["unit_id"]: Decimal(row["area_km2"]) for row in read("raw/territorial_units.csv")}
    new_name = {row["atvk_code"]: row["name_lv"] for row in municipalities}
    region = {row["atvk_code"]: row["statistical_region"] for row in municipalities}
    units, old_units = {}, {}
    for point in points:
        key = (point["former_municipality"], point["municipality"])
        units.setdefault(key, []).append(point)
        old_units.setdefault(key[0], []).append(point)

    table = []
    walk = []
    for row in former:
        code = row["lau_code_2009_2021"]
        people, area = int(row["population_2020"]), Decimal(row["area_km2"])
        goes_to = sorted(new for old, new in units if old == code)
        assert goes_to == sorted(row["new_atvk_code"].split(";")), row["name_lv"]
        regions = {region[new] for new in goes_to}
        assert len(regions) == 1, row["name_lv"]
        table.append({
            "former": code, "name_lv": row["name_lv"], "statistical_region": regions.pop(), "population": people,
            "area_km2": area, "density": round(people / area, 1), "units": len(old_units[code]),
        })
        divided = len(goes_to) > 1
        left = {"share": Decimal(1), "area_km2": area}
        for new in goes_to:
            own = units[code, new]
            own_people = sum(int(point["population"]) for point in own)
            last = new == goes_to[-1]
            own_area = sum(area_of_unit[point["point"]] for point in own if point["point"] in area_of_unit)
            parts = {
                "share": round(Decimal(own_people) / people, 3),
                "area_km2": round(own_area, 1),
            }
            # The last takes what is left, so that parts add up to the last digit.
            parts = {key: left[key] if last else parts[key] for key in parts}
            left = {key: left[key] - parts[key] for key in parts}
            walk.append({
                "from": code, "from_name": row["name_lv"], "to": new, "to_name": new_name[new], "share": parts["share"],
                "population": own_people if divided else "", "area_km2": parts["area_km2"] if divided else "",
                "units": len(own) if divided else "",
            })

    of_2025 = []
    for row in municipalities:
        code = row["atvk_code"]
        to = MADONA_2025 if code in (MADONA, VARAKLANI) else code
        of_2025.append({"from": code, "from_name": row["name_lv"], "to": to, "to_name": new_name[MADONA] if to == MADONA_2025 else row["name_lv"]})

    centre = {}
    for point in sorted(points, key=lambda point: (-TIERS.index(point["tier"]), point["point"])):
        centre.setdefault(point["municipality"], point["point"])
    places = [
        {
            "point": p["point"], "name_lv": p["name_lv"], "former": p["former_municipality"], "municipality": p["municipality"],
            "tier": p["tier"], "population": p["population"], "latitude": p["latitude"], "longitude": p["longitude"],
            "opens": p["opens"], "centre": centre[p["municipality"]],
        }
        for p in points
    ]

    def equal(what, found, expected):
        assert found == expected, f"{what}: {found}, expected {expected}"
        print(f"  {what:<60} {found:>9}")

    print("control totals")
    equal("former municipalities", len(table), 119)
    equal("  people", sum(row["population"] for row in table), 1_907_675)
    equal("  units", sum(row["units"] for row in table), 592)
    equal("rows of the crosswalk of 2021", len(walk), 121)
    equal("  new municipalities", len({row["to"] for row in walk}), 43)
    equal("  divided", sum(row["share"] != 1 for row in walk) // 2, 2)
    equal("rows of the crosswalk of 2025", len(of_2025), 43)
    equal("  new municipalities", len({row["to"] for row in of_2025}), 42)

    tables = {"former.csv": table, "reform-2021.csv": walk, "merger-2025.csv": of_2025, "points.csv": places}
    stale = []
    for name, rows in tables.items():
        text = as_csv(rows).encode("utf-8")
        path = HERE / name
        if not path.exists() or path.read_bytes() != text:
            stale.append(name)
            if "--check" not in sys.argv[1:]:
                path.write_bytes(text)
    if stale:
        print("differ:" if "--check" in sys.argv[1:] else "written:", ", ".join(stale))
    return 1 if stale and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
