#!/usr/bin/env python3
"""Derive the tables of the Latvian scenarios from raw/.

    python3 scenarios/latvia/derive.py            writes the three tables and prints control totals
    python3 scenarios/latvia/derive.py --check    writes nothing; exit status 1 if a table would differ

Standard library only. The same raw files give the same bytes. README.md explains every column and every assumption;
the constants below are all assumptions of this project unless their comment says otherwise.
"""

import csv
import io
import json
import math
import pathlib
import sys
from fractions import Fraction

HERE = pathlib.Path(__file__).resolve().parent
RAW = HERE / "raw"

# Population of units (README, "How people are divided").
RURAL_FLOOR_PER_KM2 = 2  # a town never takes so many that its countryside falls below this
VILLAGE_KM2 = 20  # an ordinary parish's village weighs like this much countryside
SEAT_VILLAGE_KM2 = 100  # the village that was a county seat, where that county had no town
NEW_TOWN_SHARE = Fraction(1, 2)  # of the parish that each town of 1 July 2022 was carved from
DIVIDED_COUNTIES = {  # former county -> people by new municipality (estimates of raw/SOURCES.md; they add up)
    "0604300": {"LV0032000": 1477, "LV0042000": 1622},
    "0801800": {"LV0044000": 3192, "LV0048000": 4448},
}
UNIT_OF_NEW_TOWN = {"Ādaži": "0023-03", "Ķekava": "0034-06", "Mārupe": "0039-04"}

# The network of 1 February 2022 (README, "Which points are open").
FORMER_WITH_POINT = 93  # slide, spring 2021
OPEN_SPRING_2021 = 122  # slide
OPEN_FEBRUARY_2022 = 131  # slide
OPEN_END_2015 = 56  # press
COUNTY_2018, REGIONAL_2018 = 72, 6  # press
PLAN_2022, PLAN_2023 = 430, 592  # slide
PORTAL_POINTS = 11  # slide
REFUSED = {"0566900"}  # press: Krustpils
MUNICIPALITY_WITHOUT = {"LV0039000": "nearest to Rīga", "LV0021000": "first opening known is of March 2023"}

# What the municipalities are taken to have been due and paid for 2021 (README, "Last year's sums").
MONTHLY = {"national": 1000, "regional": 1000, "county": 500, "local": 500}  # EUR, rates of 2018 read by tier
UPKEEP_RATE = Fraction(15, 100)
POT_2021 = 940_394 - 10_000 - 65_000  # EUR; the appropriation is known for other years, assumed for 2021

LEVEL = {"nacionālas nozīmes": "national", "reģionālas nozīmes": "regional"}
KIND = {"pagasts": "parish", "pilsēta": "town", "valstspilsēta": "state_city"}


def read(name):
    with open(RAW / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def distance_km(a, b):
    """Great circle on a sphere of 6371.0088 km; enough to rank places."""
    (lat1, lon1), (lat2, lon2) = [(math.radians(p["latitude"]), math.radians(p["longitude"])) for p in (a, b)]
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(h))


def largest_remainder(total, weights):
    """Integers in proportion to the weights that add up to the total; ties go to the larger weight, then to the first."""
    weights = [Fraction(w) for w in weights]
    whole = sum(weights)
    exact = [total * w / whole for w in weights]
    parts = [math.floor(e) for e in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], -weights[i], i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def months(first, last, count):
    """`count` months as 'YYYY-MM', spread evenly from first to last (both inclusive), in order of time."""
    (y1, m1), (y2, m2) = [tuple(map(int, text.split("-"))) for text in (first, last)]
    start, span = y1 * 12 + m1 - 1, y2 * 12 + m2 - y1 * 12 - m1 + 1
    numbers = [start + i * span // count for i in range(count)]
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in numbers]


# --- places ---------------------------------------------------------------------------------------------------------


def places():
    """The 592 units, in order of code, with tier but without people and without opening."""
    seats = {row["unit_id"]: row for row in read("county_seats.csv")}
    units = {}
    for row in read("territorial_units.csv"):
        code = row["unit_id"]
        centre = row["geonames_lat"] != ""
        units[code] = {
            "point": code,
            "name_lv": row["name_lv"],
            "municipality": row["municipality_atvk"],
            "kind": KIND[row["type"]],
            "former": row["former_municipality_lau"],
            "area": Fraction(row["area_km2"]),
            "latitude": float(row["geonames_lat"] if centre else row["lat"]),
            "longitude": float(row["geonames_lon"] if centre else row["lon"]),
            "place_basis": "geonames" if centre else "polygon",
            "level": LEVEL.get(row["development_centre_level"], ""),
            "to_centre": float(row["dist_to_municipal_centre_km"]),
            "figure": row["population_geonames"] if row["population_geonames_flag"] == "" else "",
        }
    for row in read("towns_of_2022.csv"):
        parish = next(u for u in units.values() if u["name_lv"] == row["carved_from"])
        code = UNIT_OF_NEW_TOWN[row["name_lv"]]
        units[code] = {
            **parish,
            "point": code,
            "name_lv": row["name_lv"],
            "kind": "town",
            "area": None,  # no boundary is known
            "latitude": float(row["lat"]),
            "longitude": float(row["lon"]),
            "place_basis": "geonames",
            "to_centre": 0.0,  # each is its municipality's centre
            "parish": parish["point"],
        }
    for code, unit in units.items():
        if unit["level"]:
            unit["tier"], unit["tier_basis"] = unit["level"], "list"
        elif code in seats:
            unit["tier"], unit["tier_basis"] = "county", "seat_" + seats[code]["basis"]
        else:
            unit["tier"], unit["tier_basis"] = "local", "rest"
    return [units[code] for code in sorted(units)]


def divide_people(units):
    """Whole people for every unit; the sums of former municipalities (and of their divided parts) are kept exactly."""
    total = {row["lau_code_2009_2021"]: int(row["population_2020"]) for row in read("former_municipalities_2009_2021.csv")}
    groups = {}
    for unit in units:
        if "parish" not in unit:
            groups.setdefault((unit["former"], unit["municipality"]), []).append(unit)
    parishes_of_new_towns = {u["parish"] for u in units if "parish" in u}
    known = [g for g in groups.values() if any(u["figure"] for u in g) and len(g) > 1]
    ratios = []  # how much denser a town is than the countryside of the same county, where both are known
    for group in known:
        towns = [u for u in group if u["kind"] != "parish"]
        rural = [u for u in group if u["kind"] == "parish"]
        if rural and all(u["figure"] for u in towns) and group[0]["former"] not in DIVIDED_COUNTIES:
            in_towns = sum(int(u["figure"]) for u in towns)
            outside = total[group[0]["former"]] - in_towns
            town_area, rural_area = sum(u["area"] for u in towns), sum(u["area"] for u in rural)
            if outside > RURAL_FLOOR_PER_KM2 * rural_area:
                ratios.append(in_towns / town_area * rural_area / outside)
    town_factor = sorted(ratios)[len(ratios) // 2]

    for (former, municipality), group in groups.items():
        people = DIVIDED_COUNTIES.get(former, {}).get(municipality, total[former])
        if len(group) == 1:
            estimated = former in DIVIDED_COUNTIES
            group[0]["people"], group[0]["people_basis"] = people, "divided" if estimated else "exact"
            continue
        rural = [u for u in group if u["kind"] == "parish"]
        counted = [u for u in group if u["kind"] != "parish" and u["figure"]]
        room = people - math.ceil(RURAL_FLOOR_PER_KM2 * sum(u["area"] for u in rural))
        figures = [int(u["figure"]) for u in counted]
        capped = sum(figures) > room
        for unit, share in zip(counted, largest_remainder(room, figures) if capped else figures):
            unit["people"], unit["people_basis"] = share, "divided" if capped else "town_figure"
        rest = [u for u in group if "people" not in u]
        weights = []
        for unit in rest:
            if unit["kind"] == "parish":
                seat = (unit["tier"] == "county" and len(rural) == len(group)) or unit["point"] in parishes_of_new_towns
                weights.append(unit["area"] + (SEAT_VILLAGE_KM2 if seat else VILLAGE_KM2))
            else:
                weights.append(unit["area"] * town_factor)
        for unit, share in zip(rest, largest_remainder(people - sum(u.get("people", 0) for u in group), weights)):
            unit["people"], unit["people_basis"] = share, "divided"

    by_code = {u["point"]: u for u in units}
    for unit in units:
        if "parish" in unit:
            parish = by_code[unit["parish"]]
            share = math.floor(parish["people"] * NEW_TOWN_SHARE)
            unit["people"], unit["people_basis"] = share, "divided"
            parish["people"], parish["people_basis"] = parish["people"] - share, "divided"
    return town_factor


# --- the network ----------------------------------------------------------------------------------------------------


def former_without_point(units, seats):
    """Former municipalities taken to have no point, with the reason; leaves FORMER_WITH_POINT of the 119."""
    national = [u for u in units if u["tier"] == "national"]
    seen = {row["unit_id"] for row in read("openings_seen.csv")}
    without = {u["former"]: "institutions' own offices in the city" for u in national}
    without.update({former: "refused" for former in REFUSED})
    for unit in units:
        if unit["municipality"] in MUNICIPALITY_WITHOUT:
            without[unit["former"]] = MUNICIPALITY_WITHOUT[unit["municipality"]]
    near = sorted(
        (min(distance_km(seat, city) for city in national), former)
        for former, seat in seats.items()
        if former not in without and seat["point"] not in seen
    )
    for _, former in near:
        if len(seats) - len(without) == FORMER_WITH_POINT:
            break
        others = {s["former"] for s in seats.values() if s["municipality"] == seats[former]["municipality"]}
        if others - set(without) != {former}:  # no municipality loses its last point
            without[former] = "near a city of national significance"
    return without


def open_points(units, seats, without):
    """Mark the 131 points open on 1 February 2022 with month and reason."""
    seen = {row["unit_id"]: row for row in read("openings_seen.csv")}
    national = [u for u in units if u["tier"] == "national"]
    larger = [u for u in units if u["tier"] in ("national", "regional")]

    def remoteness(unit):
        return min(distance_km(unit, centre) for centre in larger)

    def open_in_order(chosen, first, last, basis):
        for unit, month in zip(chosen, months(first, last, len(chosen))):
            unit["opened"] = month
            unit["opened_basis"] = "a page names it; month assumed" if unit["point"] in seen else basis

    with_point = [seat for former, seat in sorted(seats.items()) if former not in without]
    county = [s for s in with_point if s["tier"] == "county"]
    early = {code for code, row in seen.items() if row["opened_to"] == "2015-12"}
    late = {code for code, row in seen.items() if row["opened_from"] > "2018"}
    county.sort(key=lambda u: (u["point"] not in early, u["point"] not in seen, -remoteness(u), u["point"]))
    first_regional = [u for u in with_point if u["tier"] == "regional" and seen.get(u["point"], {}).get("opened_to")]
    assert len(first_regional) == REGIONAL_2018

    open_in_order(county[:OPEN_END_2015], "2015-07", "2015-12", "county seat; farthest from larger centres first")
    open_in_order(county[OPEN_END_2015:COUNTY_2018], "2016-01", "2017-12", "county seat; farthest from larger centres first")
    open_in_order(first_regional, "2016-07", "2017-12", "regional centre that pages place before 2018")

    later_seats = sorted((u for u in with_point if u["tier"] == "regional" and "opened" not in u), key=lambda u: (-u["people"], u["point"]))
    later_seats += county[COUNTY_2018:]
    assert late <= {u["point"] for u in later_seats} | {"0024-16"}

    # More points in former municipalities that have one: towns that were no seats, then the largest parishes.
    total = {row["lau_code_2009_2021"]: int(row["population_2020"]) for row in read("former_municipalities_2009_2021.csv")}
    candidates = [u for u in units if u["former"] not in without and u["tier"] == "local"]
    towns = sorted((u for u in candidates if u["kind"] == "town"), key=lambda u: (-u["people"], u["point"]))
    parishes = {}
    for unit in sorted((u for u in candidates if u["kind"] == "parish"), key=lambda u: (-u["people"], u["point"])):
        parishes.setdefault(unit["former"], unit)
    by_size = [parishes[f] for f in sorted(parishes, key=lambda f: (-total[f], f))]
    by_code = {u["point"]: u for u in units}
    granted = [by_code["0024-16"]]
    by_size = [u for u in by_size if u not in granted]

    more = OPEN_SPRING_2021 - COUNTY_2018 - REGIONAL_2018 - len(later_seats)
    additional = (towns + by_size)[:more]
    # The seats come first, then the additional points, over the same 27 months.
    open_in_order(later_seats + additional, "2019-01", "2021-03", "regional centre or county seat; after 2018")
    for unit in additional:
        unit["opened_basis"] = "further town or largest parish of a large former county"
    left = [u for u in by_size if "opened" not in u]
    nine = left[: OPEN_FEBRUARY_2022 - OPEN_SPRING_2021 - 1] + granted
    open_in_order(nine, "2021-07", "2022-01", "local point of 2021")

    portal = sorted((u for u in units if u.get("opened") and u["tier"] == "regional"), key=lambda u: (-u["people"], u["point"]))
    for unit in portal[:PORTAL_POINTS]:
        unit["portal"] = 1
    assert not any(u.get("opened") for u in national)


def plan_points(units):
    """Planned opening of the other units: centres, then towns, then parishes, every municipality in step."""
    rank = {"national": 0, "regional": 0, "county": 1}
    groups = {}
    for unit in units:
        if not unit.get("opened"):
            group = rank.get(unit["tier"], 2 if unit["kind"] != "parish" else 3)
            groups.setdefault((group, unit["municipality"]), []).append(unit)
    queue = []
    for (group, _), members in groups.items():
        members.sort(key=lambda u: (-u["people"], u["point"]))
        for i, unit in enumerate(members):
            queue.append((group, Fraction(2 * i + 1, 2 * len(members)), unit["point"], unit))
    queue = [entry[3] for entry in sorted(queue, key=lambda entry: entry[:3])]
    in_2022 = PLAN_2022 - OPEN_FEBRUARY_2022
    # The last month is November: a point counts from the first of the month after its opening, so the year's end keeps the plan.
    dates = months("2022-03", "2022-11", in_2022) + months("2023-01", "2023-11", len(queue) - in_2022)
    for unit, month in zip(queue, dates):
        unit["planned"] = month + "-01"
        if "parish" in unit:  # the town itself exists from 1 July 2022
            unit["planned"] = max(unit["planned"], "2022-07-01")


# --- municipalities -------------------------------------------------------------------------------------------------


def share_text(percent):
    return f"{float(Fraction(percent) / 100):.3f}"


def months_open_in(year, unit):
    """Months of the year in which the point is open, from the first of the month after its opening."""
    if not unit.get("opened"):
        return 0
    opened_year, opened_month = map(int, unit["opened"].split("-"))
    if opened_year != year:
        return 12 if opened_year < year else 0
    return 12 - opened_month


def municipality_rows(units):
    internet = {row["nuts3_2021"]: row["regular_internet_users_2022_pct"] for row in read("regions.csv")}
    rows = []
    for row in sorted(read("municipalities.csv"), key=lambda r: r["atvk_code"]):
        own = [u for u in units if u["municipality"] == row["atvk_code"]]
        people = int(row["population_2020"])
        parishes = sum(u["kind"] == "parish" for u in own)
        due = sum(MONTHLY[u["tier"]] * months_open_in(2021, u) for u in own) * (1 + UPKEEP_RATE)
        assert due.denominator == 1, "pay sums in hundreds keep the upkeep whole"
        rows.append(
            {
                "atvk_code": row["atvk_code"],
                "name_lv": row["name_lv"],
                "kind": "state_city" if row["type"] == "valstspilsēta" else "county",
                "planning_region": row["planning_region"],
                "statistical_region": row["stat_region_name_2021"],
                "level": LEVEL.get(row["development_centre_level"], "county"),
                "population": people,
                "population_quality": row["population_2020_quality"],
                "area_km2": row["area_km2"],
                "density": f"{people / float(row['area_km2']):.1f}",
                "parishes": parishes,
                "towns": len(own) - parishes,
                "units": len(own),
                "internet_use": share_text(internet[row["stat_region_nuts3_2021"]]),
                "mean_distance_km": f"{sum(u['to_centre'] for u in own) / len(own):.1f}",
                "distance_to_riga_km": row["dist_centre_to_riga_km"],
                "latitude": row["label_lat"],
                "longitude": row["label_lon"],
                "points_february_2022": sum(bool(u.get("opened")) for u in own),
                "previous_entitlement": int(due),
            }
        )
    claims = [row["previous_entitlement"] for row in rows]
    awards = largest_remainder(min(POT_2021, sum(claims)), claims)
    for row, award in zip(rows, awards):
        row["previous_award"] = award
        row["previous_basis"] = "assumption"
    return rows


# --- tables ---------------------------------------------------------------------------------------------------------


def point_rows(units, former_name):
    return [
        {
            "point": u["point"],
            "name_lv": u["name_lv"],
            "municipality": u["municipality"],
            "kind": u["kind"],
            "tier": u["tier"],
            "tier_basis": u["tier_basis"],
            "population": u["people"],
            "population_basis": u["people_basis"],
            "latitude": f"{u['latitude']:.5f}",
            "longitude": f"{u['longitude']:.5f}",
            "place_basis": u["place_basis"],
            "distance_to_centre_km": f"{u['to_centre']:.1f}",
            "former_municipality": u["former"],
            "former_name": former_name[u["former"]],
            "opened": u.get("opened", ""),
            "opened_year": u.get("opened", "")[:4],
            "opened_basis": u.get("opened_basis", ""),
            "planned_opening": u.get("planned", ""),
            "opens": u["opened"] + "-01" if u.get("opened") else u["planned"],
            "portal": u.get("portal", 0),
        }
        for u in units
    ]


def rows_2018(points, former_people):
    """The points that the rules of 2018 pay, each open for the whole year; the tier is that of the rules."""
    keep = ("point", "name_lv", "municipality", "kind", "tier", "population", "latitude", "longitude", "former_municipality", "former_name")
    return [
        {**{k: p[k] for k in keep}, "former_population": former_people[p["former_municipality"]], "opens": p["opens"], "months_open": 12}
        for p in points
        if p["opened"] and p["opened"] < "2018-01"
    ]


def as_csv(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def check(municipalities, points, y2018, former, without):
    """Every control total; a failure is an AssertionError with the figures."""

    def equal(what, found, expected):
        assert found == expected, f"{what}: {found}, expected {expected}"
        print(f"  {what:<72} {found:>9}")

    def count(rows, **wanted):
        return sum(all(r[k] == v for k, v in wanted.items()) for r in rows)

    print("control totals")
    equal("municipalities", len(municipalities), 43)
    equal("  of them state cities", count(municipalities, kind="state_city"), 7)
    equal("people, municipalities", sum(m["population"] for m in municipalities), 1_907_675)
    equal("people, points", sum(p["population"] for p in points), 1_907_675)
    equal("points", len(points), 592)
    equal("  different codes", len({p["point"] for p in points}), 592)
    equal("  parishes", count(points, kind="parish"), 511)
    equal("  towns and state cities", count(points, kind="town") + count(points, kind="state_city"), 81)
    for tier, expected in (("national", 9), ("regional", 21), ("county", 89), ("local", 473)):
        equal(f"  tier {tier}", count(points, tier=tier), expected)
    equal("open on 1 February 2022", sum(bool(p["opened"]) for p in points), OPEN_FEBRUARY_2022)
    equal("  opened by the end of 2015", sum(bool(p["opened"]) and p["opened"] < "2016" for p in points), OPEN_END_2015)
    equal("  opened by the end of 2017", sum(bool(p["opened"]) and p["opened"] < "2018" for p in points), COUNTY_2018 + REGIONAL_2018)
    equal("  opened by spring 2021", sum(bool(p["opened"]) and p["opened"] < "2021-04" for p in points), OPEN_SPRING_2021)
    spring = {p["former_municipality"] for p in points if p["opened"] and p["opened"] < "2021-04"}
    equal("  former municipalities with a point, of 119", len(spring), FORMER_WITH_POINT)
    equal("  the same on 1 February 2022", len({p["former_municipality"] for p in points if p["opened"]}), FORMER_WITH_POINT)
    equal("  former municipalities without", len(without), 119 - FORMER_WITH_POINT)
    bare = [m["name_lv"] for m in municipalities if m["points_february_2022"] == 0]
    equal("  municipalities without a point, of 43", len(bare), 7 + len(MUNICIPALITY_WITHOUT))
    equal("  portal points", sum(p["portal"] for p in points), PORTAL_POINTS)
    equal("open or planned by the end of 2022", sum(p["opens"] < "2023" for p in points), PLAN_2022)
    equal("open or planned by the end of 2023", sum(p["opens"] < "2024" for p in points), PLAN_2023)
    equal("points of 2018, county", count(y2018, tier="county"), COUNTY_2018)
    equal("points of 2018, regional", count(y2018, tier="regional"), REGIONAL_2018)
    opened = {p["point"]: p["opened"] for p in points}
    for row in read("openings_seen.csv"):
        assert row["opened_from"] <= opened[row["unit_id"]] <= (row["opened_to"] or "2022-01"), row["unit"]
    print("  every opening that a page reports is kept, within its dates")
    assert all(p["population"] > 0 for p in points)
    assert all(bool(p["opened"]) != bool(p["planned_opening"]) for p in points)
    for m in municipalities:
        own = [p for p in points if p["municipality"] == m["atvk_code"]]
        assert sum(p["population"] for p in own) == m["population"], m["name_lv"]
        assert m["units"] == len(own) == m["parishes"] + m["towns"], m["name_lv"]
    for code, people in former.items():
        assert sum(p["population"] for p in points if p["former_municipality"] == code) == people, code
    print("  sums by municipality (43) and by former municipality (119) agree")
    codes = sorted(f["properties"]["atvk_code"] for f in json.loads((HERE / "boundaries.geojson").read_text("utf-8"))["features"])
    assert codes == [m["atvk_code"] for m in municipalities]
    print("  boundaries.geojson has one shape for each municipality")
    equal("last year's awards, EUR (assumption)", sum(m["previous_award"] for m in municipalities), POT_2021)
    due = sum(m["previous_entitlement"] for m in municipalities)
    assert all(m["previous_award"] <= m["previous_entitlement"] for m in municipalities)
    print(f"  {'last year’s entitlements, EUR (assumption)':<72} {due:>9}")
    return bare


def main():
    former_rows = read("former_municipalities_2009_2021.csv")
    former = {row["lau_code_2009_2021"]: int(row["population_2020"]) for row in former_rows}
    former_name = {row["lau_code_2009_2021"]: row["name_lv"] for row in former_rows}
    units = places()
    town_factor = divide_people(units)
    seats = {u["former"]: u for u in units if u["tier"] != "local"}
    assert len(seats) == 119
    without = former_without_point(units, seats)
    open_points(units, seats, without)
    plan_points(units)

    municipalities = municipality_rows(units)
    points = point_rows(units, former_name)
    y2018 = rows_2018(points, former)
    bare = check(municipalities, points, y2018, former, without)
    print("density of a town over that of its countryside, median:", f"{float(town_factor):.1f}")
    print("municipalities without a point:", ", ".join(bare))
    print("former municipalities without a point:")
    for code, reason in sorted(without.items()):
        print(f"  {former_name[code]}: {reason}")

    tables = {"municipalities.csv": municipalities, "points.csv": points, "points_2018.csv": y2018}
    stale = []
    for name, rows in tables.items():
        text = as_csv(rows).encode("utf-8")
        path = HERE / name
        if not path.exists() or path.read_bytes() != text:
            stale.append(name)
            if "--check" not in sys.argv[1:]:
                path.write_bytes(text)
    if "--check" in sys.argv[1:] and stale:
        print("would change:", ", ".join(stale), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
