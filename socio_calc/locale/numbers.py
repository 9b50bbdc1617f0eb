"""How figures are written: one formatter for the screen, the workbook, the charts and the messages.

Rounding is half away from zero on the decimal digits of the figure. A figure that rounds to zero is written 0, never
-0. Swedish writes a non-breaking space between thousands and before units, both languages a real minus sign (U+2212).
A measure that does not exist is passed as `None` and written as a dash; NaN and infinity are refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from math import ceil, floor, isfinite, log10
from typing import Final, Literal

from socio_calc.locale.catalogue import Language, template

MoneyUnit = Literal["sek", "million"]

MISSING: Final = "–"
MINUS: Final = "\u2212"
RANGE_DASH: Final = "–"

_MILLION: Final = Decimal(1_000_000)
# Money in running text: from this absolute amount, rounded to this step (SEK).
_MONEY_STEPS: Final[tuple[tuple[int, int], ...]] = (
    (100_000_000, 1_000_000),
    (1_000_000, 100_000),
    (100_000, 10_000),
    (10_000, 1_000),
    (1_000, 100),
    (0, 10),
)
_MOST_SHARE_DECIMALS: Final = 3


@dataclass(frozen=True)
class _Symbols:
    decimal: str
    group: str
    percent: str
    money: dict[MoneyUnit, str]
    interval: dict[MoneyUnit, str]
    to: str


@cache
def _symbols(lang: Language) -> _Symbols:
    return _Symbols(
        decimal=template(lang, "number.decimal"),
        group=template(lang, "number.group"),
        percent=template(lang, "number.percent"),
        money={"sek": template(lang, "number.money.sek"), "million": template(lang, "number.money.million")},
        interval={"sek": template(lang, "number.interval.sek"), "million": template(lang, "number.interval.million")},
        to=template(lang, "number.to"),
    )


_WIDE: Final = Context(prec=700)


def _exact(value: float) -> Decimal:
    plain = float(value)
    if not isfinite(plain):
        raise ValueError(f"{plain} cannot be written as a figure; a missing measure is None")
    return Decimal(repr(plain))


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    # A double has up to 309 digits before its point; the usual context stops at 28.
    return (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP, context=_WIDE) * step


def _digits(value: Decimal, decimals: int, lang: Language) -> str:
    """Write a non-negative figure with grouped thousands."""
    symbols = _symbols(lang)
    whole, _, fraction = f"{value:,.{decimals}f}".partition(".")
    return whole.replace(",", symbols.group) + (symbols.decimal + fraction if fraction else "")


def _sign(value: Decimal, signed: bool) -> str:
    if value < 0:
        return MINUS
    return "+" if signed and value > 0 else ""


def number(value: float | None, lang: Language, decimals: int | None = None) -> str:
    """Write a plain number; without `decimals` with the digits that it has (at most twelve significant ones).

    Examples
    --------
    >>> number(0.08, "sv"), number(-1234.5, "en"), number(-0.001, "sv", decimals=1)
    ('0,08', '−1,234.5', '0')
    """
    if value is None:
        return MISSING
    exact = _exact(value)
    if decimals is None:
        exact = Decimal(f"{exact:.12g}").normalize()
        exponent = exact.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    exact = _rounded(exact, Decimal(1).scaleb(-decimals))
    if exact == 0:
        return "0"
    return _sign(exact, False) + _digits(abs(exact), decimals, lang)


def count(value: float | None, lang: Language) -> str:
    """Write a number of things, whole and with grouped thousands.

    Examples
    --------
    >>> count(16384, "en")
    '16,384'
    """
    return number(value, lang, decimals=0)


def year(value: int) -> str:
    """Write a calendar year: never with a thousands separator.

    Examples
    --------
    >>> year(2027)
    '2027'
    """
    return str(int(value))


def ratio(value: float | None, lang: Language, decimals: int = 2) -> str:
    """Write a ratio: two decimals for effects; pass 1 for gains per krona.

    Examples
    --------
    >>> ratio(0.77, "sv"), ratio(1.2, "en", decimals=1)
    ('0,77', '1.2')
    """
    return number(value, lang, decimals=decimals)


def level(value: float | None, lang: Language) -> str:
    """Write a level of an outcome with three digits that say something, thousands whole.

    Examples
    --------
    >>> level(0.080349, "sv"), level(12.3456, "en"), level(48123.4, "en"), level(None, "en")
    ('0,0803', '12.3', '48,123', '–')
    """
    if value is None or value == 0:
        return number(value, lang, 0)
    before_point = floor(log10(abs(value))) + 1
    return number(value, lang, max(0, 3 - before_point))


def share(value: float | None, lang: Language, limits: tuple[float, ...] = ()) -> str:
    """Write a share as per cent: no decimal from 10 per cent, one below, none where the figure is whole.

    Parameters
    ----------
    value : float or None
        The share, 0.54 for 54 per cent.
    lang : {"sv", "en"}
    limits : tuple of float
        Shares that rounding may neither reach nor pass: decimals are added until it does not, to three at most.
        0 and 1 are always limits: what is not nothing is not written as nothing.

    Examples
    --------
    >>> share(0.54, "en"), share(0.005, "en"), share(0.496, "en"), share(0.496, "en", limits=(0.5,))
    ('54%', '0.5%', '50%', '49.6%')
    """
    return MISSING if value is None else _symbols(lang).percent.format(x=_percent(value, lang, limits))


def _percent(value: float, lang: Language, limits: tuple[float, ...]) -> str:
    """Write a share as `share` does, without the sign for per cent."""
    percent = _exact(value) * 100
    whole = percent == percent.to_integral_value()
    decimals = 0 if whole or abs(percent) >= Decimal("9.95") else 1
    borders = [_exact(limit) * 100 for limit in (0.0, 1.0, *limits)]
    while decimals < _MOST_SHARE_DECIMALS and not _same_side(percent, decimals, borders):
        decimals += 1
    shown = _rounded(percent, Decimal(1).scaleb(-decimals))
    digits = "0" if shown == 0 else _digits(abs(shown), decimals, lang)
    return _sign(shown, False) + digits


def shares(values: tuple[float, ...], lang: Language) -> tuple[str, ...]:
    """Write shares that a reader compares as per cent, all with the same decimals.

    As many as tell different ones apart, at three at most: otherwise those of `share`. None is written as 0 or 100 per
    cent without being it, and none as another of them.

    Examples
    --------
    >>> shares((0.59, 0.634, 0.63), "en"), shares((0.2, 0.4), "en")
    (('59.0%', '63.4%', '63.0%'), ('20%', '40%'))
    >>> shares((0.6281, 0.6322), "en")
    ('62.8%', '63.2%')
    """
    percents = [_exact(value) * 100 for value in values]
    whole = all(percent == percent.to_integral_value() for percent in percents)
    decimals = 0 if whole or min(map(abs, percents)) >= Decimal("9.95") else 1
    while decimals < _MOST_SHARE_DECIMALS and not _told_apart(percents, decimals):
        decimals += 1
    return tuple(_symbols(lang).percent.format(x=number(float(percent), lang, decimals)) for percent in percents)


def _told_apart(percents: list[Decimal], decimals: int) -> bool:
    steps = {percent: _rounded(percent, Decimal(1).scaleb(-decimals)) for percent in percents}
    alone = all(
        _same_side(percent, decimals, [other for other in (Decimal(0), Decimal(100), *steps) if other != percent])
        for percent in steps
    )
    return alone and len(set(steps.values())) == len(steps)


def _same_side(exact: Decimal, decimals: int, borders: list[Decimal]) -> bool:
    shown = _rounded(exact, Decimal(1).scaleb(-decimals))
    return all((exact > border) == (shown > border) and (exact < border) == (shown < border) for border in borders)


def money(
    value: float | None, lang: Language, *, signed: bool = False, unit: MoneyUnit | None = None, error: float = 0.0
) -> str:
    r"""Write an amount in SEK as it stands in running text.

    Parameters
    ----------
    value : float or None
        SEK.
    lang : {"sv", "en"}
    signed : bool
        Write a plus sign before gains (tables of net values).
    unit : {"sek", "million"}, optional
        Force one unit through a page; an amount that would then be written 0 keeps its own unit.
    error : float
        Monte Carlo error, SEK: digits below it are not shown.

    Examples
    --------
    >>> money(1_234_567, "en"), money(-337_000, "en"), money(400_000, "sv", unit="million")
    ('SEK\xa01.2\xa0million', '−SEK\xa0340,000', '0,4\xa0mkr')
    """
    if value is None:
        return MISSING
    shown = _money_rounded(_exact(value), error)
    if unit == "million":
        in_millions = _rounded(_exact(value), max(Decimal(100_000), _error_step(error)))
        shown = in_millions if in_millions and abs(in_millions) < 100 * _MILLION else shown
        unit = unit if in_millions else None
    chosen: MoneyUnit = unit if unit is not None else ("million" if abs(shown) >= _MILLION else "sek")
    if chosen == "sek":
        text = _digits(abs(shown), 0, lang)
    else:
        whole = abs(shown) >= 100 * _MILLION or _error_step(error) >= _MILLION
        text = _digits(abs(shown) / _MILLION, 0 if whole else 1, lang)
    return _sign(shown, signed) + _symbols(lang).money[chosen].format(x=text)


def _money_rounded(exact: Decimal, error: float) -> Decimal:
    """Round by the step of the band in which the rounded amount ends up, and never finer than the error."""
    shown = exact
    for _ in range(2):
        step = next(step for start, step in _MONEY_STEPS if abs(shown) >= start)
        shown = _rounded(exact, max(Decimal(step), _error_step(error)))
    return shown


def _interval_step(end: float, ends: tuple[float, float], unit: MoneyUnit) -> Decimal:
    """Return what an end of a range is rounded to: as `money` does, but no more than ten times finer than the other."""
    if unit == "million":
        return Decimal(100_000)
    own, largest = (
        next(step for start, step in _MONEY_STEPS if size >= start)
        for size in (abs(_exact(end)), max(abs(_exact(one)) for one in ends))
    )
    return max(Decimal(own), Decimal(largest) / 10)


def _error_step(error: float) -> Decimal:
    return Decimal(10) ** ceil(log10(error)) if error > 0 else Decimal(1)


def table_unit(values: Iterable[float | None]) -> MoneyUnit:
    """Choose the one unit of a table: millions when its largest figure is a million SEK or more.

    Examples
    --------
    >>> table_unit([12_000.0, None, -1_500_000.0])
    'million'
    """
    return "million" if any(value is not None and abs(value) >= _MILLION for value in values) else "sek"


def table_money(value: float | None, lang: Language, unit: MoneyUnit, *, signed: bool = False) -> str:
    """Write an amount in a table, its unit standing in the heading: millions with one decimal, or whole thousands.

    Less than a thousand kronor in a table of kronor is written as `money` does.

    Examples
    --------
    >>> [table_money(1_234_567, "en", unit) for unit in ("sek", "million")]
    ['1,235,000', '1.2']
    >>> table_money(-737, "en", "sek"), table_money(-737, "en", "million")
    ('−740', '0')
    """
    if value is None:
        return MISSING
    exact = _exact(value)
    if unit == "million":
        shown = _rounded(exact, Decimal(100_000))
    else:
        shown = _rounded(exact, Decimal(1_000)) if abs(exact) >= 1_000 else _money_rounded(exact, 0.0)
    if shown == 0:
        return "0"
    digits = _digits(abs(shown) / _MILLION, 1, lang) if unit == "million" else _digits(abs(shown), 0, lang)
    return _sign(shown, signed) + digits


def unit_heading(unit: MoneyUnit, lang: Language) -> str:
    """Return the unit as the heading of a table writes it.

    Examples
    --------
    >>> unit_heading("million", "en")
    'SEK million'
    """
    return template(lang, f"number.heading.{unit}")


def money_interval(
    low: float | None,
    high: float | None,
    lang: Language,
    *,
    unit: MoneyUnit | None = None,
    signed: bool = False,
    bare: bool = False,
    each: bool = False,
    error: float = 0.0,
) -> str:
    r"""Write a range of amounts with its unit once; `bare` leaves the unit out where it has just been named.

    Each end has about as many digits as `money` gives it. With `each`, both ends look as `money` writes them where a
    sign would else part them from a unit that comes first. Digits below the Monte Carlo `error`, SEK, are not shown.

    Examples
    --------
    >>> money_interval(-700_000, 1_600_000, "en"), money_interval(1_200_000, 1_600_000, "en", bare=True)
    ('−0.7 to 1.6\xa0million', '1.2–1.6')
    >>> money_interval(-1_104_000, -746_300, "en", unit="sek", bare=True)
    '−1,100,000 to −750,000'
    >>> money_interval(-123_456, 1_234_567, "en", error=300_000)
    '0–1\xa0million'
    >>> money_interval(-700_000, 1_600_000, "en", each=True), money_interval(-7e5, 1.6e6, "sv", each=True)
    ('−SEK\xa00.7\xa0million to SEK\xa01.6\xa0million', '−0,7 till 1,6\xa0mkr')
    """
    if low is None or high is None:
        return MISSING
    chosen = unit or table_unit([low, high])
    least = _error_step(error)
    decimals = 1 if least < _MILLION else 0
    money_of = _symbols(lang).money[chosen]
    each = each and not bare and not money_of.startswith("{x}")
    ends = []
    for end in (low, high):
        shown = _rounded(_exact(end), max(_interval_step(end, (low, high), chosen), least))
        digits = _digits(abs(shown) / _MILLION, decimals, lang) if chosen == "million" else _digits(abs(shown), 0, lang)
        written = money_of.format(x=digits) if each else digits
        ends.append("0" if shown == 0 else _sign(shown, signed) + written)
    if each:
        return _symbols(lang).to.format(low=ends[0], high=ends[1])
    text = _between(ends[0], ends[1], lang)
    return text if bare else _symbols(lang).interval[chosen].format(x=text)


def ratio_interval(low: float | None, high: float | None, lang: Language, decimals: int = 2) -> str:
    """Write a range of plain numbers, such as the interval of an effect.

    Examples
    --------
    >>> ratio_interval(0.71, 0.83, "sv"), ratio_interval(-0.3, 0.1, "en")
    ('0,71–0,83', '−0.30 to 0.10')
    """
    if low is None or high is None:
        return MISSING
    return _between(number(low, lang, decimals), number(high, lang, decimals), lang)


def share_interval(low: float | None, high: float | None, lang: Language) -> str:
    """Write a range of shares, per cent once, each end as `share` writes it: neither as nothing nor as the other end.

    Examples
    --------
    >>> share_interval(0.12, 0.154, "en"), share_interval(0.0, 0.217, "en"), share_interval(0.004, 0.2, "en")
    ('12–15%', '0–22%', '0.4–20%')
    """
    if low is None or high is None:
        return MISSING
    ends = (_percent(low, lang, (high,)), _percent(high, lang, (low,)))
    return _symbols(lang).percent.format(x=_between(*ends, lang))


def _between(low: str, high: str, lang: Language) -> str:
    if low.startswith(MINUS) or high.startswith((MINUS, "+")):
        return _symbols(lang).to.format(low=low, high=high)
    return f"{low}{RANGE_DASH}{high}"
