"""Numbers as people in Sweden write them: `350 000 kr`, `15 %`, `3,5`, `−4`, and never a guess.

Spaces (ordinary, no-break U+00A0, narrow U+202F, thin U+2009) and underscores group thousands, the comma is the
decimal sign, a point is one where it cannot be anything else. Points or commas that stand twice or more between groups
of three digits group thousands: no number has two decimal signs. Text that can be read in two ways is refused with both
readings. `tkr` and `mkr` are thousands and millions of kronor, `st` after a count says nothing more.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

#: What stands after a number: nothing, a per cent sign, or kronor.
Unit = Literal["", "%", "kr"]

_SPACES: Final = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2212": "-", "\u2013": "-"})
_SHAPE: Final = re.compile(
    r"([+-]?)\s*([0-9](?:[0-9 _.,]*[0-9])?)\s*(%|procent|kr|kronor|sek|:-|tkr|mkr|st|stycken|"
    r"(?:miljon|miljoner|million|millions)(?: (?:kr|kronor|sek))?)?",
    re.I,
)
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:([ _.,])[0-9]{3})(?:\1[0-9]{3})*")
_UNITS: Final[dict[str, tuple[Unit, Decimal]]] = {
    "": ("", Decimal(1)),
    "%": ("%", Decimal("0.01")),
    "procent": ("%", Decimal("0.01")),
    "kr": ("kr", Decimal(1)),
    "kronor": ("kr", Decimal(1)),
    "sek": ("kr", Decimal(1)),
    ":-": ("kr", Decimal(1)),
    "tkr": ("kr", Decimal(1000)),
    "mkr": ("kr", Decimal(1_000_000)),
    "st": ("", Decimal(1)),
    "stycken": ("", Decimal(1)),
    **{f"million{ending}": ("", Decimal(1_000_000)) for ending in ("", "s")},
    **{f"miljon{ending}": ("", Decimal(1_000_000)) for ending in ("", "er")},
    **{
        f"{word} {unit}": ("kr", Decimal(1_000_000))
        for word in ("miljon", "miljoner", "million", "millions")
        for unit in ("kr", "kronor", "sek")
    },
}
_BROKEN_OFF: Final = re.compile(r"[0-9][0-9 ]*(?:%|procent|kr|kronor|sek|tkr|mkr|miljon|miljoner)?", re.I)
_LONGEST: Final = 60
_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class NumberError(ValueError):
    """A number that cannot be read; `code` and `params` are those of the message for it."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(code)


@dataclass(frozen=True)
class Written:
    """A number as it was written: its value (per cent divided by 100, tkr and mkr in kronor) and its unit."""

    value: float
    unit: Unit = ""


def read_number(written: object) -> Written:
    """Read a number from a file: a plain number, or text in a Swedish form.

    Raises
    ------
    NumberError
        With the code `not-a-number`, `ambiguous-number` (both readings in its params), `not-finite`, or
        `missing-required` where nothing is written. True and false are no numbers.

    Examples
    --------
    >>> read_number("350 000 kr"), read_number("3,5 %"), read_number("−1_000")
    (Written(value=350000.0, unit='kr'), Written(value=0.035, unit='%'), Written(value=-1000.0, unit=''))
    >>> read_number("1.234")
    Traceback (most recent call last):
    ...
    socio_calc.case.numbers.NumberError: ambiguous-number
    """
    if written is None or written == "":
        raise NumberError("missing-required")
    if isinstance(written, str):
        return _read_text(written)
    if isinstance(written, bool) or not isinstance(written, int | float):
        raise NumberError("not-a-number", value=shown(written))
    try:
        value = float(written)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise NumberError("not-finite", value=shown(written))
    return Written(value)


def is_broken_off(key: str, value: object) -> bool:
    """Tell whether a key without a value is the end of a number that a comma broke in two: `{low: 0,11}`.

    >>> is_broken_off("11", None), is_broken_off("5 %", None), is_broken_off("hours", None), is_broken_off("11", 3)
    (True, True, False, False)
    """
    return value is None and _BROKEN_OFF.fullmatch(key.translate(_SPACES).strip()) is not None


def shown(value: object) -> str:
    """Return something that was written as a short text for a message, without signs that no screen should get.

    >>> shown(True), shown([1, 2]), shown("a" * 70)[-3:]
    ('true', '[1, 2]', 'aa…')
    """
    text = str(value).lower() if isinstance(value, bool) else value if isinstance(value, str) else repr(value)[:200]
    text = _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _read_text(text: str) -> Written:
    match = _SHAPE.fullmatch(text.translate(_SPACES).strip())
    if match is None or len(text) > _LONGEST:
        raise NumberError("not-a-number", value=shown(text))
    sign, body, word = match.group(1), match.group(2), (match.group(3) or "").lower()
    unit, scale = _UNITS[word]
    value = float(Decimal(sign + _plain_digits(body, text)) * scale)
    if not math.isfinite(value):
        raise NumberError("not-finite", value=shown(text))
    return Written(value, unit)


def _plain_digits(body: str, text: str) -> str:
    """Return the digits with a decimal point, or raise when they are no number or two."""
    whole, decimal_sign, decimals = _split(body, text)
    if any(sign in whole for sign in " _.,"):
        if not _GROUPED.fullmatch(whole):
            raise NumberError("not-a-number", value=shown(text))
        whole = re.sub(r"[ _.,]", "", whole)
    if decimal_sign and not decimals.isdigit():
        raise NumberError("not-a-number", value=shown(text))
    return f"{whole}.{decimals}" if decimal_sign else whole


def _split(body: str, text: str) -> tuple[str, str, str]:
    """Split at the decimal sign: the last of point and comma, unless it is or can be a sign of thousands as well."""
    points, commas = body.count("."), body.count(",")
    grouped_by_space = " " in body or "_" in body
    if not points and not commas:
        return body, "", ""
    if not points and commas == 1:
        return body.partition(",")
    if not grouped_by_space and not (points and commas) and _GROUPED.fullmatch(body) and not body.startswith("0"):
        if points + commas > 1:
            return body, "", ""
        raise _ambiguous(body, text)
    at = max(body.rfind("."), body.rfind(","))
    if body.count(body[at]) > 1:
        raise NumberError("not-a-number", value=shown(text))
    return body[:at], body[at], body[at + 1 :]


def _ambiguous(body: str, text: str) -> NumberError:
    """Return the refusal of `1.234` with both readings."""
    whole, _, decimals = body.partition(".")
    thousands = whole + decimals
    return NumberError(
        "ambiguous-number",
        value=shown(text),
        reading_a=float(thousands),
        reading_b=float(f"{whole}.{decimals}"),
        write_a=thousands,
        write_b=f'"{whole},{decimals}"',
    )
