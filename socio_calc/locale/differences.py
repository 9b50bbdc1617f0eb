"""How two levels and what lies between them are written: three figures that a reader can add up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from socio_calc.locale.catalogue import Language
from socio_calc.locale.numbers import number

_WIDE: Final = Context(prec=700)  # a double has up to 309 digits before its point


def adds_up(before: float, after: float, decimals: int) -> bool:
    """Return whether two levels and their difference, each rounded to so many decimals, add up.

    Examples
    --------
    >>> adds_up(40.84, 42.41, 0), adds_up(40.84, 42.41, 1)
    (False, True)
    """
    return _rounded(before, decimals) + _rounded(after - before, decimals) == _rounded(after, decimals)


def adding_up(before: float, after: float, lang: Language, decimals: int) -> tuple[str, str, str]:
    """Write two levels and their difference with so many decimals, so that the three figures add up.

    The difference is rounded as every figure: it is what a reader acts on. Where the two levels rounded alike do not
    fit it, the one of them that is then least wrong follows from the other and the difference, and is written less than
    one unit of its last decimal from what it is.

    Returns
    -------
    tuple of str
        The level before, the level after, the difference with its sign.

    Examples
    --------
    >>> adding_up(40.84, 42.41, "en", 0), adding_up(40.84, 42.41, "en", 1), adding_up(2.0, 1.0, "en", 1)
    (('41', '43', '+2'), ('40.8', '42.4', '+1.6'), ('2.0', '1.0', '−1.0'))
    """
    first, last, change = (_rounded(value, decimals) for value in (before, after, after - before))
    if first + change != last:
        if abs(last - change - Decimal(before)) <= abs(first + change - Decimal(after)):
            first = last - change
        else:
            last = first + change
    from_, to = (number(float(value), lang, decimals) for value in (first, last))
    return from_, to, signed_number(float(change), lang, decimals)


def signed_number(value: float | None, lang: Language, decimals: int | None = None) -> str:
    """Write a plain number as a change: a plus before what goes up.

    Examples
    --------
    >>> signed_number(3.5, "sv"), signed_number(0.01, "en", 1), signed_number(-2.0, "en")
    ('+3,5', '0', '−2')
    """
    text = number(value, lang, decimals)
    return f"+{text}" if value is not None and value > 0 and text != "0" else text


def _rounded(value: float, decimals: int) -> Decimal:
    """Round half away from zero on the decimal digits, as every figure is rounded."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)
