"""Claims divided: every award is that of `dotacija allocate`."""

import csv
import io
import random
import warnings

import dotacija
import numpy
import pytest
from conftest import program

NAMES = ["delta", "alpha", "charlie", "bravo", "echo", "foxtrot"]
CLAIMS = [100.10, 250.0, 250.0, 0.0, 999.99, 33.33]
SCORES = [1.5, 3.0, float("nan"), 2.0, 0.5, 3.0]


def by_program(folder, rule, pot, *options, claims=CLAIMS, **columns):
    """The awards of the program for the same claims."""
    table = {"name": NAMES[: len(claims)] if len(claims) <= len(NAMES) else [f"n{at:04}" for at in range(len(claims))]}
    table |= {"claim": claims} | columns
    path = folder / "claims.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table)
        for row in zip(*table.values(), strict=True):
            writer.writerow(["" if value != value else value for value in row])
    said, _ = program("allocate", path, "--rule", rule, "--appropriation", pot, *options)
    return [float(row["award"]) for row in csv.DictReader(io.StringIO(said))]


@pytest.mark.parametrize("rule", dotacija.RULES)
@pytest.mark.parametrize("pot", [0, 1, 700.07, 1633.42, 5000])
def test_awards_of_every_rule_are_those_of_the_program(rule, pot, tmp_path):
    beside = {"scores": SCORES} if rule == "RankedCompetition" else {}
    columns = {"score": SCORES} if rule == "RankedCompetition" else {}
    for round, option in [(0.01, "0.01"), (1, "1"), (None, "none")]:
        expected = by_program(tmp_path, rule, pot, "--round", option, **columns)
        awards = dotacija.allocate(CLAIMS, pot, rule, names=NAMES, round=round, **beside)
        assert awards.tolist() == expected, (round, awards)


@pytest.mark.parametrize("method", dotacija.METHODS)
def test_every_method_of_rounding_is_that_of_the_program(method, tmp_path):
    expected = by_program(tmp_path, "Proportional", 700, "--method", method, "--round", "10")
    awards = dotacija.allocate(CLAIMS, 700, "Proportional", names=NAMES, method=method, round=10)
    assert awards.tolist() == expected


def test_weights_classes_and_least_awards_are_those_of_the_program(tmp_path):
    weights, classes = [1, 2, 0.5, 1, 3, 1], [2, 1, 1, 3, 2, 3]
    expected = by_program(tmp_path, "ConstrainedEqualAwards", 800, weight=weights, **{"class": classes})
    found = dotacija.allocate(
        CLAIMS, 800, "constrained_equal_awards", names=NAMES, weights=weights, classes=numpy.array(classes)
    )
    assert found.tolist() == expected
    expected = by_program(tmp_path, "Talmud", 800, "--at-least", "50")
    assert dotacija.allocate(CLAIMS, 800, "Talmud", names=NAMES, at_least=50).tolist() == expected


def test_amounts_of_any_size_are_exact(tmp_path):
    chance = random.Random(592)
    for digits in (1, 3, 6, 9, 12):
        claims = [round(chance.uniform(0, 10**digits), 2) for _ in range(40)]
        pot = round(sum(claims) * 0.37, 2)
        awards = dotacija.allocate(claims, pot, "Proportional")
        assert awards.tolist() == by_program(tmp_path, "Proportional", pot, claims=claims)
        assert sum(int(cents) for cents in (awards * 100).round()) == round(pot * 100)
        assert all(awards <= claims)


def test_the_last_axis_holds_the_claimants_and_others_are_lists_of_their_own():
    claims = numpy.array([[100, 200, 300], [50, 0, 10]], dtype="float32")
    pots = numpy.array([100, 30])
    each = [dotacija.allocate(row, pot, "Talmud").tolist() for row, pot in zip(claims, pots, strict=True)]
    assert dotacija.allocate(claims, pots, "Talmud").tolist() == each
    # Not contiguous in memory, and one pot for all.
    turned = dotacija.allocate(numpy.asfortranarray(claims), 60, "Proportional")
    assert turned.tolist() == [[10, 20, 30], [50, 0, 10]]
    # The contested garment: half of the claims is where the two halves of the rule meet.
    growing = dotacija.allocate([100, 200, 300], [[100], [200], [300]], "Talmud")
    assert growing.shape == (3, 1, 3)
    assert growing[:, 0].tolist() == [[33.34, 33.33, 33.33], [50, 75, 75], [50, 100, 150]] or (
        growing[1:, 0].tolist() == [[50, 75, 75], [50, 100, 150]]
    )
    assert dotacija.allocate(numpy.zeros((0, 3)), 5, "Talmud").shape == (0, 3)
    assert dotacija.allocate([], 5, "Talmud").shape == (0,)


def test_frames_give_their_columns():
    import pandas
    import polars

    expected = dotacija.allocate(CLAIMS, 500, "Talmud")
    for frame in (pandas.DataFrame({"claim": CLAIMS}), polars.DataFrame({"claim": CLAIMS})):
        assert (dotacija.allocate(frame["claim"], 500, "Talmud") == expected).all()


def test_ties_go_to_the_claim_that_comes_first_or_to_the_name():
    assert dotacija.allocate([1, 1], 0.01, "Proportional").tolist() == [0.01, 0]
    assert dotacija.allocate([1, 1], 0.01, "Proportional", names=["b", "a"]).tolist() == [0, 0.01]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"rule": "Talmut"}, "is not a rationing rule"),
        ({"method": "Nearest"}, "is not a method of rounding"),
        ({"claims": [1, -2]}, r"`claims\[1\]` holds -2"),
        ({"claims": [1, float("nan")]}, r"`claims\[1\]` holds NaN"),
        ({"claims": [1e300, 1]}, "too much to be divided"),
        ({"pot": -1}, "the pot is -1"),
        ({"pot": [5, float("inf")]}, "in list 1: the pot is inf"),
        ({"weights": [1, 2]}, "Talmud` has no weighted form"),
        ({"rule": "Proportional", "weights": [1, 0]}, r"`weights\[1\]` holds 0"),
        ({"rule": "Proportional", "weights": [1]}, "there are 1 weights for 2 claims"),
        ({"classes": [1, 1.5]}, r"`classes\[1\]` holds the class 1.5"),
        ({"names": ["a"]}, "there are 1 names for 2 claims"),
        ({"rule": "RankedCompetition"}, "needs the scores"),
        ({"round": 0}, "0 is no unit"),
        ({"at_least": 9}, "at least for everyone"),
        ({"at_least": 0.001}, "is no least award"),
        ({"rule": "RankedCompetition", "scores": [1, 2], "at_least": 1}, "`at_least`"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(arguments, said):
    call = {"claims": [10, 20], "pot": 15, "rule": "Talmud"} | arguments
    with pytest.raises(dotacija.ScenarioError, match=said) as caught:
        dotacija.allocate(call.pop("claims"), call.pop("pot"), call.pop("rule"), **call)
    assert caught.value.problems[0].help
    assert "--" not in str(caught.value)


def test_shapes_that_do_not_fit_are_value_errors():
    with pytest.raises(ValueError, match="one number"):
        dotacija.allocate(5, 5, "Talmud")
    with pytest.raises(ValueError, match="broadcast"):
        dotacija.allocate([[1, 2], [3, 4]], [1, 2, 3], "Talmud")
    with pytest.raises(ValueError, match="weights has 2 axes"):
        dotacija.allocate([1, 2], 1, "Proportional", weights=[[1, 2]])


def test_an_estimate_is_asked_for_and_says_how_far_it_may_be_off():
    claims = numpy.random.default_rng(1).uniform(1, 1000, 400).round(2)
    with pytest.raises(dotacija.ScenarioError, match="estimate=True"):
        dotacija.allocate(claims, 9000, "RandomArrival")
    with pytest.warns(UserWarning, match="is estimated"):
        dotacija.allocate(claims, 9000, "RandomArrival", estimate=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        dotacija.allocate([1, 2, 3], 4, "RandomArrival", estimate=True)
