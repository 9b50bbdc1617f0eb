"""Outcomes that a function of the analyst's own computes: calling it, and the contract that it keeps.

The function gives b(a) and i(a) of one participant by years since entry, in the place of §4's level, measure and
strength; survival, adjustments and everything of §5 are as for other outcomes. Both arms are limited to the domain of
the level as there: a central value outside it is an error, draws outside it are limited and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from socio_calc.engine.effects import DOMAINS, clip_to_domain
from socio_calc.engine.terms import FloatArray, Product

#: Numbers that differ by less than this share of the largest are the same: sums may be added up in another order.
SAME = 1e-9
#: How far rounding may put a level outside its domain.
ROUNDING = 1e-12
ARMS = ("ordinary", "intervention")
_REMEDY = "the function must give the same levels for the same inputs, draw by draw"


class OwnOutcomeError(ValueError):
    """A function that does not keep its contract: what it did, and how to mend it.

    Attributes
    ----------
    outcome
        Id of the outcome.
    """

    def __init__(self, outcome: str, what: str) -> None:
        self.outcome = outcome
        super().__init__(f"outcome {outcome!r}: {what}")


@dataclass(frozen=True)
class OwnFunction:
    """A function and what it is called with.

    Attributes
    ----------
    id, level
        Of its outcome.
    function
        Takes the inputs by name, each of shape (draws,), and the years since entry, shape (years,); gives both arms.
    inputs
        The inputs as products, by name.
    uncertain
        Whether any of them differs between draws.
    """

    id: str
    level: str
    function: Callable[..., tuple[Any, Any]]
    inputs: Mapping[str, Product]
    uncertain: bool


@dataclass(frozen=True)
class OwnLevels:
    """Both arms in a block of draws, within their domain.

    Attributes
    ----------
    ordinary, difference
        b(a) and i(a) − b(a), shape (years, draws).
    clipped
        Which draws had to be limited, None where none had.
    """

    ordinary: FloatArray
    difference: FloatArray
    clipped: NDArray[np.bool_] | None


def own_levels(own: OwnFunction, inputs: Mapping[str, FloatArray], years: int, draws: int) -> OwnLevels:
    """Return both arms of an outcome in a block of draws.

    Raises
    ------
    OwnOutcomeError
        The function fails, or gives something that is no level.
    """
    ordinary, intervention = called(own, inputs, years, draws)
    before, outside_before = clip_to_domain(own.level, ordinary)
    after, outside_after = clip_to_domain(own.level, intervention)
    clipped = None
    if outside_before is not None or outside_after is not None:
        # What rounding puts outside is limited too, but is nothing to tell of.
        moved = np.maximum(np.abs(ordinary - before), np.abs(intervention - after))
        clipped = np.asarray((moved > ROUNDING).any(axis=0))
    return OwnLevels(before, np.asarray(after - before), clipped)


def called(own: OwnFunction, inputs: Mapping[str, FloatArray], years: int, draws: int) -> tuple[FloatArray, FloatArray]:
    """Call a function and return both arms as it gives them, shape (years, draws) each, every number finite.

    Raises
    ------
    OwnOutcomeError
        It raises an error itself, or gives something else than two arrays of numbers of that shape.
    """
    given = {name: _read_only(values, draws) for name, values in inputs.items()}
    ages = _read_only(np.arange(years), years)
    try:
        with np.errstate(all="ignore"):
            found = own.function(MappingProxyType(given), ages)
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        if isinstance(error, ValueError) and "read-only" in str(error):
            raise OwnOutcomeError(own.id, "the function changes its inputs; work on a copy: values.copy()") from error
        named = ", ".join(given) or "none"
        what = f"the function failed ({said}) with {draws} draws, {years} years and the inputs {named}"
        raise OwnOutcomeError(own.id, f"{what}; it must work on whole arrays, of any number of either") from error
    if not isinstance(found, tuple | list) or len(found) != len(ARMS):
        what = f"the function gave {_described(found)}; return two arrays: ordinary, intervention"
        raise OwnOutcomeError(own.id, what)
    first, second = (_level(own, arm, written, years, draws, given) for arm, written in zip(ARMS, found, strict=True))
    return first, second


def _read_only(values: FloatArray | NDArray[np.int64], size: int) -> FloatArray:
    copy = np.array(np.broadcast_to(values, (size,)), dtype=float)
    copy.flags.writeable = False
    return copy


def _level(
    own: OwnFunction, arm: str, written: Any, years: int, draws: int, given: Mapping[str, FloatArray]
) -> FloatArray:
    """Return one arm as an array of shape (years, draws), or say what is wrong with it."""
    try:
        array = np.asarray(written)
    except ValueError:  # lists of different lengths
        array = np.asarray(None)
    if array.dtype.kind not in "fiub":
        raise OwnOutcomeError(own.id, f"{arm} is {_described(written)}; give an array of numbers")
    if array.ndim == 0:
        array = array.reshape(1, 1)
    fits = array.ndim == 2 and array.shape[0] in (1, years) and array.shape[1] in (1, draws)
    if not fits:
        what = f"{arm} has shape {array.shape}, not (years, draws) = ({years}, {draws})"
        remedy = "write value[None, :] for a level that is the same every year, by_year[:, None] for one without draws"
        raise OwnOutcomeError(own.id, f"{what}; {remedy}")
    level = np.broadcast_to(array.astype(float), (years, draws))
    if not np.isfinite(level).all():
        year, draw = (int(at) for at in np.argwhere(~np.isfinite(level))[0])
        where = f"year {year} since entry with {_inputs_at(given, draw)}"
        raise OwnOutcomeError(own.id, f"{arm} is {level[year, draw]} in {where}; every level must be a number")
    return level


def check_contract(own: OwnFunction, inputs: Mapping[str, FloatArray], years: int) -> None:
    """Try a function out, and refuse one that does not keep its contract.

    Parameters
    ----------
    own
        The function.
    inputs
        Trial values of its inputs, shape (draws,) each, the central values first; so many draws that no other shape
        has as many, and at least 3.
    years
        Length of the calculation.

    Raises
    ------
    OwnOutcomeError
        The first thing that is wrong, and how to mend it.
    """
    draws = next((values.size for values in inputs.values()), 1)

    def levels(chosen: slice | NDArray[np.int64] = slice(None), first_years: int = years) -> FloatArray:
        part = {name: values[chosen] for name, values in inputs.items()}
        size = next((values.size for values in part.values()), 1)
        return np.stack(called(own, part, first_years, size))

    def same(one: FloatArray, other: FloatArray) -> bool:
        return bool(np.all(np.abs(one - other) <= SAME * max(float(np.abs(whole).max()), np.finfo(float).tiny)))

    whole = levels()
    if not same(whole, levels()):
        raise OwnOutcomeError(own.id, f"a second call gave other levels (random numbers, a counter?); {_REMEDY}")
    for at in sorted({0, draws // 2, draws - 1}):
        if not same(whole[:, :, at : at + 1], levels(slice(at, at + 1))):
            what = "one draw alone gives other levels than together with others (a mean or a sort over draws?)"
            raise OwnOutcomeError(own.id, f"{what}; {_REMEDY}")
    parts = [levels(slice(0, draws // 3 + 1)), levels(slice(draws // 3 + 1, None))] if draws > 2 else [whole]
    if not same(whole, np.concatenate(parts, axis=2)) or not same(whole[:, :, ::-1], levels(np.arange(draws)[::-1])):
        raise OwnOutcomeError(own.id, f"draws in blocks or in another order give other levels; {_REMEDY}")
    for fewer in sorted({1, (years + 1) // 2}):
        if not same(whole[:, :fewer], levels(first_years=fewer)):
            what = f"the first {fewer} years come out another way when the calculation has {years}"
            raise OwnOutcomeError(own.id, f"{what}; a year's level must not depend on how many years follow")
    _check_central(own, whole[:, :, 0], {name: values[:1] for name, values in inputs.items()})


def _check_central(own: OwnFunction, levels: FloatArray, given: Mapping[str, FloatArray]) -> None:
    """Refuse central levels outside the domain, and events that happen more than once; levels: (arms, years)."""
    low, high = DOMAINS[own.level]
    limits = "0 or more" if np.isinf(high) else f"between {low:g} and {high:g}"
    for arm, by_year in zip(ARMS, levels, strict=True):
        outside = np.flatnonzero((by_year < low - ROUNDING) | (by_year > high + ROUNDING))
        if outside.size:
            year = int(outside[0])
            where = f"year {year} since entry with {_inputs_at(given, 0)}"
            what = f"{arm} is {by_year[year]:g} in {where}; a level of kind {own.level!r} is {limits}"
            raise OwnOutcomeError(own.id, what)
        if own.level == "event" and by_year.sum() > 1.0 + SAME:
            what = f"{arm} sums to {by_year.sum():g} over the years with {_inputs_at(given, 0)}"
            remedy = "an event happens at most once: give the probability that it happens in just that year"
            raise OwnOutcomeError(own.id, f"{what}; {remedy}")


def _inputs_at(given: Mapping[str, FloatArray], draw: int) -> str:
    """Return the inputs of one draw in words."""
    said = [f"{name} = {float(values[min(draw, values.size - 1)]):g}" for name, values in given.items()]
    return ", ".join(said) or "no inputs"


def _described(value: Any) -> str:
    return f"an array of {value.dtype}" if isinstance(value, np.ndarray) else f"of type {type(value).__name__}"
