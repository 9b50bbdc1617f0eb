"""How the levels of outcomes are written: for 100 participants, with digits that tell the levels apart and add up."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, isclose, log10
from typing import Final

from socio_calc.analysis.outcome_levels import OutcomeLevel
from socio_calc.locale import Language, adding_up, adds_up, number, signed_number

#: Levels and changes from here on need no decimals.
_LARGE: Final = 10.0
#: A change is not rounded by more than this share of it where a decimal more would do.
_ROUNDED_AWAY: Final = 0.05
#: Relative to the level: what a computer makes of no change.
_NO_CHANGE: Final = 1e-9
_MOST_DECIMALS: Final = 4
#: Rounding asks for no more than this share of the way more than is needed.
_MOST_ASKED_MORE: Final = 0.1
#: Participants for whom shares and events are counted.
PER: Final = 100.0


@dataclass(frozen=True, slots=True)
class OutcomeFigures:
    """An outcome's two levels, what lies between them, and its 5th and 95th percentile, as they are written."""

    ordinary: str
    intervention: str
    difference: str
    low: str
    high: str

    @property
    def certain(self) -> bool:
        """Whether there is no interval to tell."""
        return self.low == self.high


def scale_of(level: str) -> float:
    """Return for how many participants a level is told: an amount for one, all else for 100."""
    return 1.0 if level == "amount" else PER


def level_figures(
    found: OutcomeLevel, level: str, lang: Language, interval: tuple[float, float] | None = None
) -> OutcomeFigures:
    """Write the level in the first year of an effect, for 100 participants, an amount for one.

    Parameters
    ----------
    found
        The levels for one participant.
    level
        `probability`, `event`, `rate` or `amount`.
    lang
        Language of the figures.
    interval
        5th and 95th percentile of the change, for one participant; without it the change itself.

    Examples
    --------
    >>> level_figures(OutcomeLevel("work", 1, 0.115, 0.096), "probability", "en", (0.05, 0.15)).intervention
    '21.1'
    >>> level_figures(OutcomeLevel("minutes", 0, 55.0, 1.1), "amount", "en", (-0.2, 2.5)).low
    '−0.2'
    """
    scale = scale_of(level)
    before, after = scale * found.ordinary, scale * found.intervention
    ends = (found.change, found.change) if interval is None else interval
    low, high = (scale * end for end in ends)
    decimals = decimals_with_ends(decimals_that_add_up(before, after), low, high)
    return OutcomeFigures(
        *adding_up(before, after, lang, decimals),
        signed_number(low, lang, decimals),
        signed_number(high, lang, decimals),
    )


@dataclass(frozen=True, slots=True)
class NeededLevel:
    """An outcome's level under ordinary practice, the one that it needs and the assumed one, as they are written."""

    ordinary: str
    needed: str
    assumed: str


def needed_level(found: OutcomeLevel, part: float, level: str, lang: Language) -> NeededLevel:
    """Write the level that a part of the change leads to, beside both levels, all three with the same decimals.

    Those are the figures of `level_figures`; where the needed level would look like one of them without being it, all
    have more decimals. It is rounded away from ordinary practice: what is called enough is enough.

    >>> needed_level(OutcomeLevel("work", 1, 0.115, 0.096), 4.9, "probability", "en")
    NeededLevel(ordinary='11.5', needed='58.6', assumed='21.1')
    >>> needed_level(OutcomeLevel("school", 1, 0.59, 0.04), 1.1, "probability", "en")
    NeededLevel(ordinary='59.0', needed='63.4', assumed='63.0')
    """
    scale = scale_of(level)
    before, after = scale * found.ordinary, scale * found.intervention
    value = before + part * (after - before)
    others = [end for end in (before, after) if not isclose(end, value)]
    least = decimals_that_add_up(before, after)
    for decimals in range(least, max(least, _MOST_DECIMALS) + 1):
        ordinary, assumed, _ = adding_up(before, after, lang, decimals)
        enough = after if isclose(value, after) else _enough(value, before, decimals)
        needed = assumed if isclose(value, after) else number(enough, lang, decimals)
        taken = {number(end, lang, decimals) for end in others}
        taken |= {text for text, end in ((ordinary, before), (assumed, after)) if not isclose(end, value)}
        if needed not in taken and abs(enough - value) <= _MOST_ASKED_MORE * abs(value - before):
            break
    return NeededLevel(ordinary, needed, assumed)


def _enough(value: float, before: float, decimals: int) -> float:
    """Return a level with so many decimals that is no nearer to where it comes from."""
    steps = value * 10**decimals
    slack = _NO_CHANGE * max(abs(steps), 1.0)
    return float((ceil(steps - slack) if value > before else floor(steps + slack)) / 10**decimals)


def decimals_that_add_up(before: float, after: float) -> int:
    """Return how many decimals tell two levels apart, one more where they and their difference would not add up.

    >>> decimals_that_add_up(59.17, 63.23), decimals_that_add_up(11.5, 21.1), decimals_that_add_up(61.667, 66.246)
    (0, 1, 1)
    """
    least = decimals_needed(before, after)
    return least if adds_up(before, after, least) else one_more(least, before, after)


def decimals_of_three_digits(before: float, after: float) -> int:
    """Return how many decimals leave three digits of both levels, and one of what lies between them; no empty ones.

    There is one more where the two and their difference would not add up.

    >>> [decimals_of_three_digits(*levels) for levels in ((59.1667, 62.61), (50.0, 60.0), (48123.4, 48123.9))]
    [1, 0, 1]
    >>> decimals_of_three_digits(0.09165, 0.06784)
    5
    """
    known = [abs(level) for level in (before, after) if level]
    enough = max((2 - floor(log10(level)) for level in known), default=0)
    change = abs(after - before)
    telling = 0 if is_nothing(change, max(known, default=1.0)) else -floor(log10(change))
    most = max(0, min(max(enough, telling), _MOST_DECIMALS))
    least = next(less for less in range(most + 1) if all(round(x, less) == round(x, most) for x in (before, after)))
    return least if adds_up(before, after, least) else least + 1


def is_nothing(change: float, level: float) -> bool:
    """Whether a change is no more than what a computer makes of none, beside such a level; both from 0 on.

    >>> is_nothing(3e-17, 0.2), is_nothing(0.0, 0.0), is_nothing(0.001, 0.2)
    (True, True, False)
    """
    return change <= _NO_CHANGE * level


def one_more(decimals: int, before: float, after: float) -> int:
    """Return how many decimals there are where so many do not add up: no second one for a change of 1 or more.

    A tenth of a person among 100 is then what one of the levels gives way (`adding_up`).
    """
    return decimals if decimals and abs(after - before) >= 1.0 else decimals + 1


def decimals_with_ends(decimals: int, low: float, high: float) -> int:
    """Return one decimal more where an interval would else seem to end at nothing though it goes beyond it.

    >>> decimals_with_ends(0, -0.21, 2.5), decimals_with_ends(0, 0.0, 2.5), decimals_with_ends(1, -0.21, 2.5)
    (1, 0, 1)
    """
    hidden = any(end and abs(round(end, decimals)) == 0.0 for end in (low, high))
    return decimals + 1 if hidden and decimals < _MOST_DECIMALS else decimals


def decimals_needed(before: float, after: float) -> int:
    """Return how many decimals tell two levels apart; none where there is nothing to tell.

    >>> [decimals_needed(*levels) for levels in ((0.0, 0.0), (41.1, 43.1), (80.5, 83.0), (1.44, 1.36), (0.273, 0.2737))]
    [0, 0, 1, 2, 4]
    """
    known = [abs(level) for level in (before, after) if level]
    change = abs(after - before)
    if not known or is_nothing(change, max(known)):
        return 0 if min(known, default=_LARGE) >= _LARGE else 1
    near = change >= _LARGE or abs(change - round(change)) <= _ROUNDED_AWAY * change
    if min(known) >= _LARGE and change >= 1.0 and near:
        return 0
    return 1 if change >= 0.1 else min(_MOST_DECIMALS, ceil(-log10(change)))
