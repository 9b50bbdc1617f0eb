"""What a cell holds, from the words of the file: numbers, dates, texts, errors."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from typing import Final

Scalar = None | bool | int | float | str | dt.date | dt.datetime

_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,5})?")
_WHOLE: Final = re.compile(r"-?\d{1,15}")
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES: Final = range(0xD800, 0xE000)
_NOT_A_UNIT: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|general', re.IGNORECASE)
_BUILT_IN_DATES: Final = frozenset([*range(14, 23), *range(27, 37), *range(50, 59)])
_BUILT_IN_PERCENTS: Final = frozenset([9, 10])
_LAST_SERIAL: Final = 2_958_465
#: Excel's day 60 is 29 February 1900, which never was; days before it are off by one.
_FALSE_LEAP_DAY: Final = 60
_SECONDS: Final = 86_400


def number(text: str) -> int | float | None:
    """Return the number a file writes, or None where the words are no finite number.

    Examples
    --------
    >>> number("12"), number("0.15"), number("1E3"), number("1e999"), number("nan"), number("1_000")
    (12, 0.15, 1000.0, None, None, None)
    """
    text = text.strip(" \t\r\n")
    if _WHOLE.fullmatch(text):
        return int(text)
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def plain_text(text: str) -> str:
    r"""Return a text with the file format's escapes undone, one kind of line end, and letters in one piece.

    Examples
    --------
    >>> plain_text("rad 1_x000D_\nrad 2"), plain_text("a\u0308")
    ('rad 1\nrad 2', 'ä')
    """
    if "_x" in text:
        text = _ESCAPE.sub(_unescaped, text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def _unescaped(match: re.Match[str]) -> str:
    code = int(match.group(1), 16)
    return match.group(0) if code in _SURROGATES else chr(code)


def is_date_format(number_format: str) -> bool:
    """Say whether a number format shows a date.

    Examples
    --------
    >>> is_date_format("yyyy-mm-dd"), is_date_format('# ##0 "dkr"'), is_date_format("General"), is_date_format("[h]:mm")
    (True, False, False, False)
    """
    if re.search(r"\[[hms]+\]", number_format, re.IGNORECASE):
        return False
    left = _NOT_A_UNIT.sub("", number_format.split(";")[0]).lower()
    return any(letter in left for letter in "yd") or ("m" in left and "h" not in left and "s" not in left)


def is_percent_format(number_format: str) -> bool:
    """Say whether a number format shows per cent.

    Examples
    --------
    >>> is_percent_format("0.0 %"), is_percent_format('0 "%"')
    (True, False)
    """
    return "%" in _NOT_A_UNIT.sub("", number_format)


def built_in_format(identity: int) -> str:
    """Return a format that stands for one of Excel's numbered formats, as far as dates and per cent go."""
    if identity in _BUILT_IN_DATES:
        return "yyyy-mm-dd"
    return "0%" if identity in _BUILT_IN_PERCENTS else "General"


def date_of(serial: float, *, from_1904: bool) -> dt.date | dt.datetime | None:
    """Return the date behind a serial number, or None where there is none (times of day, the day that never was).

    Examples
    --------
    >>> date_of(45658, from_1904=False), date_of(44196, from_1904=True), date_of(0.5, from_1904=False)
    (datetime.date(2025, 1, 1), datetime.date(2025, 1, 1), None)
    """
    days = math.floor(serial)
    if not 1 <= days <= _LAST_SERIAL or (days == _FALSE_LEAP_DAY and not from_1904):
        return None
    if from_1904:
        start = dt.date(1904, 1, 1)
    else:
        start = dt.date(1899, 12, 30) if days > _FALSE_LEAP_DAY else dt.date(1899, 12, 31)
    try:
        day = start + dt.timedelta(days=days)
    except OverflowError:
        return None
    seconds = round((serial - days) * _SECONDS)
    if not seconds:
        return day
    return dt.datetime.combine(day, dt.time()) + dt.timedelta(seconds=seconds)
