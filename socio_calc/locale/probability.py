"""Probabilities in words, in short words and in figures.

Words and per cent stand together in every output, so that rounding hides no limit.
"""

from __future__ import annotations

from math import floor
from typing import Final

from socio_calc.locale.catalogue import Language, template
from socio_calc.locale.numbers import MISSING, share

EVEN: Final = 0.5


def _phrase(p: float) -> tuple[str, int]:
    """Return the phrase and, for the middle one, how many of ten."""
    if not 0.0 <= p <= 1.0:
        raise ValueError(f"{p} is no probability")
    if p >= 0.99:
        return "at-least-99-of-100", 0
    if p >= 0.95:
        return "at-least-19-of-20", 0
    if p > 0.05:
        return "about-of-10", floor(10 * p + 0.5)
    if p > 0.01:
        return "at-most-1-of-20", 0
    return "at-most-1-of-100", 0


def probability_words(p: float, lang: Language) -> str:
    """Write a probability as a number of recalculations, as it ends a sentence.

    Raises
    ------
    ValueError
        `p` is not between 0 and 1.

    Examples
    --------
    >>> probability_words(0.68, "sv"), probability_words(0.997, "en")
    ('i ungefär 7 av 10 omräkningar', 'in at least 99 of 100 recalculations')
    """
    name, tenths = _phrase(p)
    return template(lang, f"probability.words.{name}").format(n=tenths)


def probability_short(p: float, lang: Language) -> str:
    """Write the same in a table: `7 av 10`, `minst 19 av 20`.

    Examples
    --------
    >>> probability_short(0.68, "en"), probability_short(0.03, "sv")
    ('7 of 10', 'högst 1 av 20')
    """
    name, tenths = _phrase(p)
    return template(lang, f"probability.short.{name}").format(n=tenths)


def probability_figure(p: float | None, lang: Language) -> str:
    """Write a probability as whole per cent; never 0 or 100, and with a decimal where rounding would hide 50 per cent.

    Examples
    --------
    >>> probability_figure(0.684, "en"), probability_figure(0.496, "en"), probability_figure(0.9991, "en")
    ('68%', '49.6%', 'over 99%')
    """
    if p is None:
        return MISSING
    if not 0.0 <= p <= 1.0:
        raise ValueError(f"{p} is no probability")
    if p >= 0.995:
        return template(lang, "probability.over").format(x=share(0.99, lang))
    if p < 0.005:
        return template(lang, "probability.under").format(x=share(0.01, lang))
    whole = floor(100 * p + 0.5) / 100
    return share(whole if (whole > EVEN) == (p > EVEN) and (whole < EVEN) == (p < EVEN) else p, lang, limits=(EVEN,))
