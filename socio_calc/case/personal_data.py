"""Personal data in free text: Swedish personal numbers, e-mail addresses and telephone numbers.

What is found is never written out again: findings name the place and the kind, and `redacted` blanks it in every text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from socio_calc.case.paths import item_names

Kind = Literal["personnummer", "email", "phone"]
BLANK = "•••"
#: First part of the texts that name the kinds.
PERSONAL_KINDS_KEY = "check.personal"
#: Signs that people put between the two parts of a number: hyphens and dashes, a plus sign, a space of any kind.
_BETWEEN = r"[-+\u2010-\u2015\u2212 \u00a0\u202f]"
_PERSON = re.compile(rf"(?<![\w-])(\d{{2}})?(\d{{6}}){_BETWEEN}?(\d{{4}})(?![\w-])")
# Lengths are bounded: a file from a stranger must not make the search slow.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
# The area code has two digits in Stockholm alone (08), where a hyphen or a space follows unless the number is long.
_PHONE = re.compile(
    r"(?<![\w./,:–-])(?:(?:\+|00)46[\s-]?(?:\(0\)\s?)?|0)(?:8(?:[\s/-]|(?=\d{7}))|[1-9]\d{1,2}[\s/-]?)"
    r"\d{2,3}(?:[\s-]?\d{2,3}){1,3}(?![\w–-])"
)
#: Every kind has one of these; most texts have none, and need no closer look.
_HINT = re.compile(r"[\d@]")
#: Looks like a number to call and is none: a day written the other way round, an amount.
_DAY = re.compile(r"\d{2}[-/ ]\d{2}[-/ ](?:19|20)\d{2}")
_AMOUNT = re.compile(r"\s?(?:kr\b|kronor\b|sek\b|tkr\b|mkr\b|procent\b|%|timmar\b|år\b)", re.IGNORECASE)
#: First parts of addresses that belong to a function, not to a person.
_FUNCTIONS = frozenset(
    {
        "info", "kontakt", "kontaktcenter", "kundservice", "registrator", "diariet", "kommun", "kommunen", "region",
        "kansli", "kansliet", "servicecenter", "support", "reception", "socialainvesteringar",
    }
)  # fmt: skip
_ADDRESS = re.compile(r"(?:https?://|www\.|doi:|10\.\d{4,}/)\S+", re.IGNORECASE)
#: Days of coordination numbers are raised by this much.
_COORDINATION = 60


def luhn(digits: str) -> bool:
    """Say whether ten digits end in their check digit.

    >>> luhn("6403273813"), luhn("6403273814")
    (True, False)
    """
    doubled = [int(digit) * (2 if index % 2 == 0 else 1) for index, digit in enumerate(digits)]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _is_person(match: re.Match[str]) -> bool:
    born, last = match.group(2), match.group(3)
    month, day = int(born[2:4]), int(born[4:6])
    day -= _COORDINATION if day > _COORDINATION else 0
    try:
        date(2000 + int(born[:2]) % 4 * 4, month, day)  # a leap year, as the century is not always told
    except ValueError:
        return False
    return match.group(1) in (None, "18", "19", "20") and luhn(born + last)


def _is_phone(match: re.Match[str]) -> bool:
    digits = re.sub(r"\D", "", match.group()).removeprefix("00")
    # Stockholm's numbers are shorter; 0800-1700 is a time of day.
    least = 8 if re.match(r"08\D", match.group()) else 9
    if _DAY.fullmatch(match.group()) or _AMOUNT.match(match.string, match.end()):
        return False
    return least <= len(digits) <= 12


def _matches(text: str) -> Iterator[tuple[Kind, int, int]]:
    # Addresses of pages hold long numbers that are nobody's; blanks keep the places of the rest.
    plain = _ADDRESS.sub(lambda match: " " * len(match.group()), text)
    taken: list[tuple[int, int]] = []
    for match in _PERSON.finditer(plain):
        if _is_person(match):
            taken.append(match.span())
            yield "personnummer", *match.span()
    for match in _EMAIL.finditer(plain):
        if match.group().partition("@")[0].lower() not in _FUNCTIONS:
            yield "email", *match.span()
    for match in _PHONE.finditer(plain):
        inside = any(start < match.end() and match.start() < end for start, end in taken)
        if _is_phone(match) and not inside:
            yield "phone", *match.span()


def kinds_in(text: str) -> tuple[Kind, ...]:
    """Return the kinds of personal data in a text, each once.

    >>> kinds_in("Fråga Anna, 640327-3813 eller anna@example.se"), kinds_in("Tel. 026-12 34 56"), kinds_in("2025-01-01")
    (('personnummer', 'email'), ('phone',), ())
    """
    return tuple(dict.fromkeys(kind for kind, _, _ in _matches(text)))


def redacted(text: str) -> str:
    """Return a text with personal data blanked out.

    >>> redacted("Ring 070-123 45 67 om 60 deltagare")
    'Ring ••• om 60 deltagare'
    """
    if _HINT.search(text) is None:
        return text
    for _, start, end in sorted(_matches(text), key=lambda found: -found[1]):
        text = text[:start] + BLANK + text[end:]
    return text


def texts_in(data: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of raw data with its path."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from texts_in(value, f"{path}.{key}" if path else str(key))
    elif isinstance(data, list):
        for name, value in zip(item_names(data), data, strict=True):
            yield from texts_in(value, f"{path}.{name}")


def redacted_data(data: Any) -> Any:
    """Return raw data with personal data blanked out of every text, names of scenarios included.

    >>> redacted_data({"title": "Ring 070-123 45 67", "horizons": [5]})
    {'title': 'Ring •••', 'horizons': [5]}
    """
    if isinstance(data, str):
        return redacted(data)
    if isinstance(data, list):
        return [redacted_data(item) for item in data]
    if not isinstance(data, dict):
        return data
    kept: dict[str, Any] = {}
    for key, value in data.items():
        name = blank = redacted(str(key))
        count = 1
        while name in kept:  # two names that differed in what is blanked only
            count += 1
            name = f"{blank} {count}"
        kept[name] = redacted_data(value)
    return kept
