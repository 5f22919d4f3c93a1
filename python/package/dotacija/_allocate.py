"""Claims divided by a rule."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from . import _native

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import ArrayLike, NDArray

RULES: Final = tuple(_native.rules())
"""The names of the rationing rules; ``dotacija about`` explains each."""

METHODS: Final = tuple(_native.methods())
"""The names of the methods of rounding."""


def allocate(
    claims: ArrayLike,
    pot: ArrayLike,
    rule: str,
    *,
    weights: ArrayLike | None = None,
    classes: ArrayLike | None = None,
    scores: ArrayLike | None = None,
    names: Sequence[str] | None = None,
    round: float | None = 0.01,
    method: str = "LargestRemainder",
    at_least: float = 0.0,
    estimate: bool = False,
) -> NDArray[float64]:
    """Divides a pot among claims by a rationing rule, as ``dotacija allocate`` does, to the same cent.

    Claims, pots and awards are in euro, or in whatever unit, as 64-bit floats; each stands for the shortest
    decimal that is nearest to it, so that 0.1 is a tenth. Decimals are divided as whole numbers, and awards
    are the floats nearest to whole multiples of ``round``: ``(awards * 100).round()`` has the exact cents. No
    award exceeds its claim, and the awards add up to the pot, or to the claims where the pot is larger; what
    cannot be given out in whole units is left. Claims that add up to more than 15 digits hold are refused.

    The last axis of ``claims`` holds the claimants. Other axes, broadcast against ``pot``, hold lists that
    are divided each by itself: ``allocate([100, 200, 300], [100, 200, 300], "Talmud")`` has three rows.

    Args:
        claims: What is claimed, 0 or more.
        pot: What there is to divide; one number, or one for each list.
        rule: One of ``RULES``.
        weights: One for each claimant, above 0; a larger one never hurts. For rules with a weighted form.
        classes: One for each claimant, a whole number from 1; class 1 is served first.
        scores: One for each claimant, for ``RankedCompetition``: the highest first, NaN last.
        names: Who claims. Ties go to the larger claim, then to the name that comes first; without names to
            the claim that comes first.
        round: To what awards are rounded so that their sum is kept; ``None`` for not at all.
        method: How they are rounded, one of ``METHODS``.
        at_least: What every claim is awarded at least, or the claim where that is less.
        estimate: Whether rules that are exact for few claims only may be estimated for more; a warning tells
            how far an award may be off.

    Raises:
        ScenarioError: Something of this is wrong; ``problems`` says what, and what to do.
    """
    import numpy

    lists = numpy.asarray(claims, dtype=numpy.float64)
    if lists.ndim == 0:
        raise ValueError("claims is one number: give a list, or an array whose last axis holds the claimants")
    pots = numpy.asarray(pot, dtype=numpy.float64)
    outer = numpy.broadcast_shapes(lists.shape[:-1], pots.shape)
    lists = numpy.ascontiguousarray(numpy.broadcast_to(lists, (*outer, lists.shape[-1])))
    pots = numpy.ascontiguousarray(numpy.broadcast_to(pots, outer))
    awards = numpy.zeros(lists.shape)
    beside = [_floats(values, what) for values, what in ((weights, "weights"), (classes, "classes"), (scores, "scores"))]
    error = _native.allocate(
        lists, pots, awards, rule, method, round, at_least, estimate, list(names or ()), *beside
    )
    if error > 0.0:
        warnings.warn(f"{rule} is estimated for so many claims: an award is off by up to {error}", stacklevel=2)
    return awards


def _floats(values: ArrayLike | None, what: str) -> list[float]:
    """One number for each claimant, or none."""
    import numpy

    if values is None:
        return []
    array = numpy.asarray(values, dtype=numpy.float64)
    if array.ndim != 1:
        raise ValueError(f"{what} has {array.ndim} axes: give one number for each claimant")
    numbers: list[float] = array.tolist()
    return numbers
