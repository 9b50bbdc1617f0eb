"""What an unquoted word of a YAML file is: YAML 1.2's core schema, so that `no` stays text and `1e5` is a number."""

from __future__ import annotations

import re
from typing import Final

_WHOLE: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
#: A number whose point may stand between thousands, as Swedes write it: `420.000`.
_POINTED: Final = re.compile(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{3}")
_SPECIAL: Final = re.compile(r"([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_WORDS: Final[dict[str, bool | None]] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
#: Whole numbers with more digits than this are read as floats.
_MOST_DIGITS: Final = 18


class PointedNumber(float):
    """A number such as `420.000`, which in a field of money or people can mean 420 000; it keeps how it was written."""

    def __new__(cls, written: str) -> PointedNumber:
        """Make the number of what is written."""
        number = super().__new__(cls, written)
        number.written = written
        return number

    written: str


def plain_value(word: str) -> str | int | float | bool | None:
    """Return the value of an unquoted word.

    Numbers with leading zeros, and octal and hexadecimal ones, stay text: they are more often codes than numbers.

    >>> [plain_value(word) for word in ("12", "1e3", "no", "~", "true", "007", "350_000", "2021-10-31")]
    [12, 1000.0, 'no', None, True, '007', '350_000', '2021-10-31']
    """
    if word in _WORDS:
        return _WORDS[word]
    if _WHOLE.fullmatch(word) and len(word) <= _MOST_DIGITS:
        return int(word)
    if _POINTED.fullmatch(word):
        return PointedNumber(word)
    if _FLOAT.fullmatch(word):
        return float(word)
    special = _SPECIAL.fullmatch(word)
    if special is None:
        return word
    return float("nan") if special.group(1) is None else float(f"{special.group(1)}inf")
