"""Formulas that know what they come to.

A `Live` is a formula and its value, built together: `price * quantity` gives the text that a spreadsheet reads and the
number that it will show. What is written into a cell is therefore never a formula beside a number from somewhere else,
and a range behaves like the array of its values. Only functions of Excel 2007 are used that LibreOffice computes alike.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

_COMPARISON, _SUM, _PRODUCT, _ATOM = range(4)
#: Shown in the place of a measure that does not exist.
MISSING: Final = "–"


@dataclass(frozen=True, slots=True, eq=False)
class Live:
    """A formula without its equals sign, and its value: a number, a text, or a 2-D array for a range.

    >>> price, quantity = Live("Indata!$C$4", 30.0), Live("Indata!$C$5", 2.0)
    >>> ((1 + price) / (2 * quantity)).text
    '(1+Indata!$C$4)/(2*Indata!$C$5)'
    >>> ((1 + price) / (2 * quantity)).value
    7.75
    """

    text: str
    value: Any
    level: int = _ATOM

    def __add__(self, other: Live | float) -> Live:
        return _joined(self, "+", other, _SUM)

    def __radd__(self, other: float) -> Live:
        return _joined(other, "+", self, _SUM)

    def __sub__(self, other: Live | float) -> Live:
        return _joined(self, "-", other, _SUM)

    def __rsub__(self, other: float) -> Live:
        return _joined(other, "-", self, _SUM)

    def __mul__(self, other: Live | float) -> Live:
        return _joined(self, "*", other, _PRODUCT)

    def __rmul__(self, other: float) -> Live:
        return _joined(other, "*", self, _PRODUCT)

    def __truediv__(self, other: Live | float) -> Live:
        return _joined(self, "/", other, _PRODUCT)

    def __rtruediv__(self, other: float) -> Live:
        return _joined(other, "/", self, _PRODUCT)

    def __neg__(self) -> Live:
        """Return 0 − x: a sign before a power is read otherwise in spreadsheets, and −0 is never shown."""
        return 0 - self

    def __lt__(self, other: Live | float) -> Live:
        return _joined(self, "<", other, _COMPARISON)

    def __le__(self, other: Live | float) -> Live:
        return _joined(self, "<=", other, _COMPARISON)

    def __gt__(self, other: Live | float) -> Live:
        return _joined(self, ">", other, _COMPARISON)

    def __ge__(self, other: Live | float) -> Live:
        return _joined(self, ">=", other, _COMPARISON)

    def equals(self, other: Live | float | str) -> Live:
        """Return the comparison `self = other`, also of a range of texts with a text."""
        return _joined(self, "=", other, _COMPARISON)

    def __bool__(self) -> bool:
        raise TypeError("a formula is true or false only in the sheet: use where()")


def literal(value: float | str) -> Live:
    """Return a constant as it stands in a formula.

    >>> literal(-0.5).text, literal(3.0).text, len(literal('"').text)
    ('-0.5', '3', 4)
    """
    if isinstance(value, str):
        return Live('"' + value.replace('"', '""') + '"', value)
    if not math.isfinite(value):
        raise ValueError(f"{value} has no place in a formula")
    text = repr(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value)).upper()
    return Live(text, float(value), _SUM if value < 0 else _ATOM)


def _live(value: Live | float | str) -> Live:
    return value if isinstance(value, Live) else literal(value)


def _joined(left: Live | float | str, sign: str, right: Live | float | str, level: int) -> Live:
    first, second = _live(left), _live(right)
    one = f"({first.text})" if first.level < level or (level == _COMPARISON == first.level) else first.text
    two = f"({second.text})" if second.level <= level else second.text
    return Live(f"{one}{sign}{two}", _computed(first.value, sign, second.value), level)


def _computed(a: Any, sign: str, b: Any) -> Any:
    if sign != "=" and (isinstance(a, str) or isinstance(b, str)):
        return math.nan
    match sign:
        case "+":
            return a + b
        case "-":
            return a - b
        case "*":
            return a * b
        case "/":
            with np.errstate(divide="ignore", invalid="ignore"):
                return a / b if np.ndim(b) or b != 0 else math.nan
        case "=":
            return a == b
        case "<":
            return a < b
        case "<=":
            return a <= b
        case ">":
            return a > b
        case _:
            return a >= b


def _call(name: str, arguments: Sequence[Live], value: Any) -> Live:
    return Live(f"{name}({','.join(argument.text for argument in arguments)})", value)


def where(condition: Live, yes: Live | float | str, no: Live | float | str) -> Live:
    """Return IF(condition, yes, no); what is not chosen may be impossible, as in the sheet."""
    parts = (condition, _live(yes), _live(no))
    return _call("IF", parts, parts[1].value if bool(condition.value) else parts[2].value)


def both(*conditions: Live) -> Live:
    """Return AND(…)."""
    return _call("AND", conditions, all(bool(condition.value) for condition in conditions))


def smallest(*values: Live | float) -> Live:
    """Return MIN(…) of numbers."""
    parts = [_live(value) for value in values]
    return _call("MIN", parts, min(part.value for part in parts))


def largest(*values: Live | float) -> Live:
    """Return MAX(…) of numbers."""
    parts = [_live(value) for value in values]
    return _call("MAX", parts, max(part.value for part in parts))


def absolute(value: Live) -> Live:
    """Return ABS(x), of a range within `sum_of` too."""
    return _call("ABS", [value], np.abs(value.value) if np.ndim(value.value) else abs(value.value))


def exponential(value: Live) -> Live:
    """Return EXP(x)."""
    return _call("EXP", [value], math.exp(value.value))


def logarithm(value: Live) -> Live:
    """Return LN(x), of a range within `sum_of` too."""
    return _call("LN", [value], np.log(value.value))


def power(base: Live, exponent: Live | float) -> Live:
    """Return POWER(base, exponent); not a number where it does not exist, as behind an IF.

    >>> power(Live("$B$1", 2.0), 3).text
    'POWER($B$1,3)'
    """
    raised = _live(exponent)
    try:
        value = float(base.value) ** float(raised.value)
        result = value if isinstance(value, float) and (base.value != 0 or raised.value != 0) else math.nan
    except (ZeroDivisionError, OverflowError):
        result = math.nan
    return _call("POWER", [base, raised], result)


def whole(value: Live) -> Live:
    """Return INT(x), the whole number at or below x."""
    return _call("INT", [value], float(math.floor(value.value)) if math.isfinite(value.value) else math.nan)


def added(parts: Sequence[Live]) -> Live:
    """Return the sum of some formulas, 0 of none.

    >>> added([Live("$B$1", 2.0), Live("$B$2", 3.0)]).text, added([]).text
    ('$B$1+$B$2', '0')
    """
    if not parts:
        return literal(0)
    result = parts[0]
    for part in parts[1:]:
        result = result + part
    return result


def total(cells: Live) -> Live:
    """Return SUM of a range."""
    return _call("SUM", [cells], float(np.sum(cells.value)))


def sum_of(product: Live) -> Live:
    """Return SUMPRODUCT of an expression of ranges.

    >>> row = Live("$B$1:$C$1", np.array([[2.0, 3.0]]))
    >>> sum_of((row > 2) * row).text, sum_of((row > 2) * row).value
    ('SUMPRODUCT(($B$1:$C$1>2)*$B$1:$C$1)', 3.0)
    """
    return _call("SUMPRODUCT", [product], float(np.sum(product.value)))


def highest_of(expression: Live) -> Live:
    """Return the largest value of an expression of ranges; SUMPRODUCT makes it an array formula everywhere."""
    return Live(f"SUMPRODUCT(MAX({expression.text}))", float(np.max(expression.value)))


def item(cells: Live, number: Live | float) -> Live:
    """Return INDEX(range, number), counted from 1; not a number outside the range, as behind an IF."""
    place = _live(number)
    values = np.ravel(cells.value)
    inside = math.isfinite(place.value) and 1 <= place.value < len(values) + 1
    return _call("INDEX", [cells, place], values[int(place.value) - 1] if inside else math.nan)


def step_of(value: Live, starts: Live) -> Live:
    """Return MATCH(value, starts, 1): the number of the last start, in rising order, that is at most `value`."""
    count = int(np.sum(np.ravel(starts.value) <= value.value))
    return Live(f"MATCH({value.text},{starts.text},1)", float(count))


def count_equal(cells: Live, value: Live) -> Live:
    """Return COUNTIF(range, value)."""
    return _call("COUNTIF", [cells, value], float(np.sum(cells.value == value.value)))


def count(cells: Live) -> Live:
    """Return COUNT of a range of numbers."""
    return _call("COUNT", [cells], float(np.size(cells.value)))


def near_zero(value: Live, gross: Live, tolerance: float = 1e-9) -> Live:
    """Return a sum, or 0 where it is no more than rounding of the entries that make it (METHOD §7)."""
    return where(absolute(value) <= tolerance * gross, 0.0, value)
