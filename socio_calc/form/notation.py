"""What one cell of the form holds: numbers without loss, and uncertain numbers as short text (METHOD §8).

| in the cell | in the case file |
|---|---|
| `12`, `350 000 kr`, `15 %` | the number |
| `180; 230; 320` | `{low: 180, mode: 230, high: 320}` |
| `180; 320` | `{low: 180, high: 320}` |
| `0,77 (0,71; 0,83)` | `{estimate: 0.77, ci: [0.71, 0.83]}` |
| `3 av 9` | `{events: 3, of: 9}` |
| `medel 5; sd 2`, `medel 5; sd 2; gamma` | `{mean: 5, sd: 2}`, with `dist: gamma` |
| `talet timmar` | `{ref: timmar}` |
| `pris ID`, `evidens ID`, `statistik ID` | `{cost: ID}`, `{evidence: ID}`, `{baseline: ID}` |
| `år för år: 0,1; 0,2` | `[0.1, 0.2]` |
| `öppet` | `open` |
| `yaml: …` | what stands after the colon, as in a case file |

The English words of the form are read as well. Whatever has no short text is written as `yaml:`, which is exact.
"""

from __future__ import annotations

import json
import re
import unicodedata
from decimal import Decimal
from typing import Any, Final

from socio_calc.case import NumberError, parse_document, read_number
from socio_calc.case.yaml_scalars import PointedNumber, plain_value
from socio_calc.problems import InputError

#: What a cell holds once it is read: nothing, a truth, a number or text.
CellValue = bool | int | float | str | None

YAML_PREFIX: Final = "yaml:"
#: Most characters that a cell holds.
LONGEST_TEXT: Final = 32_000
#: Longest number that people and programs can still read.
_LONGEST_NUMBER: Final = 40
#: Whole numbers up to this size are exact in every spreadsheet program.
_LARGEST_WHOLE: Final = 10**15
#: Words of the notation in the languages of the form; the first is written in that language, all are read.
_WORDS: Final[dict[str, dict[str, str]]] = {
    "sv": {
        "ref": "talet",
        "cost": "pris",
        "evidence": "evidens",
        "baseline": "statistik",
        "of": "av",
        "mean": "medel",
        "sd": "sd",
        "years": "år för år",
        "open": "öppet",
    },
    "en": {
        "ref": "number",
        "cost": "price",
        "evidence": "evidence",
        "baseline": "statistics",
        "of": "of",
        "mean": "mean",
        "sd": "sd",
        "years": "year by year",
        "open": "open",
    },
}
_NUMBER: Final = r"[-+−–]?[^;()]*[0-9][^;()]*?"
_REFERENCE_KEYS: Final = ("ref", "cost", "evidence", "baseline")


def _any(key: str) -> str:
    """Return a pattern of a word in every language."""
    return "(?:" + "|".join(re.escape(words[key]) for words in _WORDS.values()) + ")"


_REFERENCES: Final = {key: re.compile(rf"{_any(key)}\s+(\S+)", re.IGNORECASE) for key in _REFERENCE_KEYS}
_COUNTS: Final = re.compile(rf"({_NUMBER})\s+{_any('of')}\s+({_NUMBER})", re.IGNORECASE)
_MOMENTS: Final = re.compile(
    rf"{_any('mean')}\s+({_NUMBER})\s*;\s*{_any('sd')}\s+({_NUMBER})(?:\s*;\s*(normal|gamma|beta|lognormal))?",
    re.IGNORECASE,
)
_INTERVAL: Final = re.compile(rf"({_NUMBER})\s*\(({_NUMBER});({_NUMBER})\)(?:\s*(normal|lognormal))?", re.IGNORECASE)
_BOUNDS: Final = re.compile(rf"({_NUMBER});({_NUMBER})(?:;({_NUMBER}))?")
_BY_YEAR: Final = re.compile(rf"{_any('years')}\s*:\s*(.+)", re.IGNORECASE)


class NotationError(ValueError):
    """Text after `yaml:` that is no YAML."""


# -- numbers --------------------------------------------------------------------------------------------------------


def number_cell(value: float) -> int | float | str:
    """Return a number as a cell keeps it: a number where fifteen digits hold it, else text with every digit.

    >>> number_cell(0.1), number_cell(0.1 + 0.2)
    (0.1, '0,30000000000000004')
    """
    if isinstance(value, int) and abs(value) < _LARGEST_WHOLE:
        return value
    if float(f"{value:.15g}") == value and abs(value) < _LARGEST_WHOLE:
        return value
    text = number_text(value)
    return text if len(text) <= _LONGEST_NUMBER else yaml_cell(value)


def number_text(value: float) -> str:
    """Return a number as Swedish text with all its digits.

    >>> number_text(1e-7), number_text(-12.5), number_text(3)
    ('0,0000001', '-12,5', '3')
    """
    plain = format(Decimal(repr(value)), "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.replace(".", ",")


def read_cell_number(value: Any) -> Any:
    """Return the number that a cell holds; text with a unit, and what is no number, stays as it is written.

    >>> read_cell_number("1 200"), read_cell_number("15 %"), read_cell_number("ett")
    (1200, '15 %', 'ett')
    """
    if not isinstance(value, str):
        return value
    try:
        written = read_number(value)
    except NumberError:
        return value.strip()
    if written.unit:
        return value.strip()
    return int(written.value) if written.value.is_integer() and abs(written.value) < _LARGEST_WHOLE else written.value


# -- text -----------------------------------------------------------------------------------------------------------


def text_cell(text: str) -> str:
    r"""Return a text as a cell keeps it; text that a spreadsheet would change is written as `yaml:`.

    >>> text_cell("Fall"), text_cell(""), text_cell("a\rb")
    ('Fall', 'yaml: ""', 'yaml: "a\\rb"')
    """
    return text if _survives(text) else yaml_cell(text)


def yaml_cell(value: Any) -> str:
    """Return any value of a case file as text that reads back exactly."""
    plain = flow(value)
    return f"{YAML_PREFIX} {plain if _survives(plain) else flow(value, escaped=True)}"


def flow(value: Any, *, escaped: bool = False, space: str = " ") -> str:
    """Return a value as one line of YAML; `escaped` writes every sign beyond ASCII as its code.

    >>> flow({"low": 12.345, "source": "SCB"})
    '{"low": 12.3450, "source": "SCB"}'
    """
    if isinstance(value, dict):
        items = (
            f"{json.dumps(str(key), ensure_ascii=escaped)}:{space}{flow(item, escaped=escaped, space=space)}"
            for key, item in value.items()
        )
        return "{" + f",{space}".join(items) + "}"
    if isinstance(value, list | tuple):
        return "[" + f",{space}".join(flow(item, escaped=escaped, space=space) for item in value) + "]"
    said = json.dumps(value, ensure_ascii=escaped)
    # One more zero, as in a case file: nobody then takes the point for a sign of thousands.
    return f"{said}0" if isinstance(value, float) and isinstance(plain_value(said), PointedNumber) else said


def is_yaml(value: object) -> bool:
    """Tell whether a cell holds the notation of the case file."""
    return isinstance(value, str) and value.lstrip()[: len(YAML_PREFIX)].lower() == YAML_PREFIX


def read_yaml(value: str) -> Any:
    """Return what stands after `yaml:`.

    Raises
    ------
    NotationError
        It is no YAML that a case file could hold.
    """
    text = value.lstrip()[len(YAML_PREFIX) :].strip()
    try:
        return parse_document(f"value: {text}\n".encode("utf-8", "surrogatepass"), "").data["value"]
    except InputError:
        raise NotationError(text) from None


def _survives(text: str) -> bool:
    return (
        0 < len(text) <= LONGEST_TEXT
        and text == text.strip()
        and not is_yaml(text)
        and unicodedata.normalize("NFC", text) == text
        and all(char.isprintable() or char == "\n" for char in text.replace("\u00a0", " "))
        and not re.search("_x[0-9A-Fa-f]{4}_|\ufeff", text)
    )


# -- uncertain numbers ----------------------------------------------------------------------------------------------


def quantity_cell(raw: Any, lang: str) -> CellValue:
    """Return a quantity of a case file as one cell.

    >>> quantity_cell({"low": 1, "mode": 2.5, "high": 3}, "sv"), quantity_cell({"ref": "timmar"}, "sv")
    ('1; 2,5; 3', 'talet timmar')
    """
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return number_cell(raw)
    text = _short(raw, _WORDS[lang])
    if text is not None and len(text) <= LONGEST_TEXT and _exact(text, raw):
        return text
    return yaml_cell(raw)


def _exact(text: str, raw: Any) -> bool:
    return _survives(text) and same(read_quantity(text), raw)


def _short(raw: Any, words: dict[str, str]) -> str | None:
    match raw:
        case "open":
            return words["open"]
        case str():
            return raw
        case [*items] if items and all(_is_number(item) for item in items):
            return f"{words['years']}: {'; '.join(map(number_text, items))}"
        case {"ref": str(name), **rest} if not rest:
            return f"{words['ref']} {name}"
        case {"cost": str(name), **rest} if not rest:
            return f"{words['cost']} {name}"
        case {"evidence": str(name), **rest} if not rest:
            return f"{words['evidence']} {name}"
        case {"baseline": str(name), **rest} if not rest:
            return f"{words['baseline']} {name}"
        case {"events": x, "of": n, **rest} if not rest and _is_number(x) and _is_number(n):
            return f"{number_text(x)} {words['of']} {number_text(n)}"
        case {"mean": m, "sd": s, **rest} if set(rest) <= {"dist"} and _is_number(m) and _is_number(s):
            dist = f"; {rest['dist']}" if rest else ""
            return f"{words['mean']} {number_text(m)}; {words['sd']} {number_text(s)}{dist}"
        case {"estimate": e, "ci": [a, b], **rest} if set(rest) <= {"dist"} and all(map(_is_number, (e, a, b))):
            dist = f" {rest['dist']}" if rest else ""
            return f"{number_text(e)} ({number_text(a)}; {number_text(b)}){dist}"
        case {"low": a, "mode": m, "high": b, **rest} if not rest and all(map(_is_number, (a, m, b))):
            return f"{number_text(a)}; {number_text(m)}; {number_text(b)}"
        case {"low": a, "high": b, **rest} if not rest and _is_number(a) and _is_number(b):
            return f"{number_text(a)}; {number_text(b)}"
    return None


def read_quantity(value: Any) -> Any:
    """Return the quantity that a cell holds, as a case file would have it; what is none stays as it is written.

    Raises
    ------
    NotationError
        Text after `yaml:` that is no YAML.

    >>> read_quantity("60 %; 75 %; 90 %"), read_quantity("3 av 9")
    ({'low': '60 %', 'mode': '75 %', 'high': '90 %'}, {'events': 3, 'of': 9})
    """
    if not isinstance(value, str):
        return value
    if is_yaml(value):
        return read_yaml(value)
    text = value.strip()
    if text.lower() in {words["open"] for words in _WORDS.values()}:
        return "open"
    for key, pattern in _REFERENCES.items():
        if found := pattern.fullmatch(text):
            return {key: found.group(1)}
    if found := _BY_YEAR.fullmatch(text):
        return [read_cell_number(item) for item in found.group(1).split(";")]
    if found := _MOMENTS.fullmatch(text):
        moments = {"mean": read_cell_number(found.group(1)), "sd": read_cell_number(found.group(2))}
        return moments | ({"dist": found.group(3).lower()} if found.group(3) else {})
    if found := _COUNTS.fullmatch(text):
        return {"events": read_cell_number(found.group(1)), "of": read_cell_number(found.group(2))}
    if found := _INTERVAL.fullmatch(text):
        middle, low, high = (read_cell_number(found.group(at)) for at in (1, 2, 3))
        dist = {"dist": found.group(4).lower()} if found.group(4) else {}
        return {"estimate": middle, "ci": [low, high], **dist}
    if found := _BOUNDS.fullmatch(text):
        first, second, third = (item and read_cell_number(item) for item in found.groups())
        return {"low": first, "high": second} if third is None else {"low": first, "mode": second, "high": third}
    return read_cell_number(text)


def same(one: Any, other: Any) -> bool:
    """Tell whether two values of case files are the same; a truth is not a number.

    >>> same({"a": [1, 2.0]}, {"a": [1.0, 2]}), same(True, 1)
    (True, False)
    """
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
