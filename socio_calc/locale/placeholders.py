"""Filling the placeholders of a text: `{name}` or `{name:kind}`, the kind saying how a raw value is written.

Values come raw (numbers stay numbers, parties stay codes), and each language's text says what it does with them:

| kind | value | written as |
|---|---|---|
| none | text, number, sequence | itself, a plain number, the items with commas |
| `money`, `signed_money` | SEK | amount in running text |
| `share`, `probability`, `ratio`, `count` | number | per cent, capped per cent, two decimals, thousands |
| `words`, `Words` | a count | a word up to twelve, inside a sentence and at its start; else thousands |
| `plain`, `years` | whole numbers | digits only: lines, options to type; years with commas between |
| `or` | sequence | `a, b or c` |
| `party`, `Party`, `party_genitive` | code of a party or perspective, or more | in a sentence, at its start, genitive |
| `agree|is|are` | code of a party, or more | the first word for one singular party, else the second |
| `choice.LIST`, `Choice.LIST` | value of a closed list | its label inside a sentence, at its start |
| `hash` | fingerprint | its first digits, enough for a person to compare |
| `reason` | code of a reason | its text, filled from the same values |
| `inline`, `Start` | a user's own words, or several | first letter as inside a sentence, as at its start |
| `quoted` | a user's own words, or several | each in quotation marks, as it is: Swedish names in an English sentence |

A part in double square brackets, `[[Did you mean {nearest}? ]]`, is left out when one of its values is missing or
empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from string import Formatter
from typing import Final

from socio_calc.locale import numbers
from socio_calc.locale.catalogue import Language, has_template, template
from socio_calc.locale.probability import probability_figure

_OPTIONAL: Final = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_PARSER: Final = Formatter()
#: Digits of a fingerprint that a person compares; the whole one stands in the JSON result and in the passport.
HASH_DIGITS: Final = 8

_NUMBER_KINDS: Final[dict[str, Callable[[float, Language], str]]] = {
    "money": lambda value, lang: numbers.money(value, lang),
    "signed_money": lambda value, lang: numbers.money(value, lang, signed=True),
    "share": lambda value, lang: numbers.share(value, lang),
    "probability": probability_figure,
    "level": lambda value, lang: numbers.level(value, lang),
    "ratio": lambda value, lang: numbers.ratio(value, lang),
    "count": lambda value, lang: numbers.count(value, lang),
    "plain": lambda value, _: str(int(value)),
    "years": lambda value, _: numbers.year(int(value)),
}


def placeholders(text: str) -> set[str]:
    """Return the names that a text needs, optional parts included.

    Examples
    --------
    >>> sorted(placeholders("{file:plain} has [[{n} ]]rows"))
    ['file', 'n']
    """
    return {name for _, name, _ in _parts(text.replace("[[", "").replace("]]", "")) if name is not None}


def fill(text: str, params: Mapping[str, object], lang: Language) -> str:
    r"""Put values into a text.

    Raises
    ------
    KeyError
        A placeholder outside optional parts has no value, or its kind does not exist.

    Examples
    --------
    >>> fill("{payer:Party} {payer:agree|pays|pay} {cost:money}.", {"payer": "arbetsgivare", "cost": 12e6}, "en")
    'Employers pay SEK\xa012.0\xa0million.'
    >>> fill("{payer:Party} {payer:agree|pays|pay}.", {"payer": ("kommun", "region")}, "en")
    'The municipality and the region pay.'
    >>> fill("{n:Words} rules, {m:words} of them met.", {"n": 3, "m": 1300}, "en")
    'Three rules, 1,300 of them met.'
    >>> fill("Priced: {names:quoted}", {"names": ("Sjukfall", "Vård, dygn")}, "en")
    'Priced: “Sjukfall”; “Vård, dygn”'
    >>> fill("Unknown key.[[ Did you mean {nearest}?]]", {"nearest": None}, "en")
    'Unknown key.'
    """

    def optional(match: re.Match[str]) -> str:
        inner = match.group(1)
        return inner if all(_given(params.get(name)) for name in placeholders(inner)) else ""

    return "".join(
        literal if name is None else _write(name, kind, params, lang)
        for literal, name, kind in _parts(_OPTIONAL.sub(optional, text))
    )


def _parts(text: str) -> Iterator[tuple[str, str | None, str]]:
    for literal, name, kind, _ in _PARSER.parse(text):
        if literal:
            yield literal, None, ""
        if name is not None:
            yield "", name, kind or ""


def _given(value: object) -> bool:
    return value is not None and value != "" and value != () and value != []


def _write(name: str, kind: str, params: Mapping[str, object], lang: Language) -> str:
    value = params[name]
    if value is None:
        return numbers.MISSING
    if kind in _NUMBER_KINDS:
        write = _NUMBER_KINDS[kind]
        items = [write(item, lang) if isinstance(item, int | float) else str(item) for item in _items(value)]
        return _joined(items)
    if kind in {"words", "Words"}:
        said = _in_words(value, lang)
        return start(said) if kind == "Words" else said
    if kind == "hash":
        return str(value)[:HASH_DIGITS]
    if kind == "reason":
        return fill(template(lang, f"reason.{value}"), params, lang)
    if kind in {"party", "Party", "party_genitive"} or kind.startswith("agree|"):
        return _parties([str(item) for item in _items(value)], kind, lang)
    if kind.startswith(("choice.", "Choice.")):
        return _choice(kind, str(value), lang)
    if kind == "inline":
        return _listed([inline(str(item)) for item in _items(value)])
    if kind == "quoted":
        return _listed([template(lang, "number.quoted").format(x=item) for item in _items(value)])
    if kind == "Start":
        return start(str(value))
    if kind == "or":
        return _joined([_plain(item, lang) for item in _items(value)], template(lang, "number.or"))
    if kind:
        raise KeyError(f"{{{name}:{kind}}}: there is no such kind of placeholder")
    return _plain(value, lang)


def _in_words(value: object, lang: Language) -> str:
    """Return a count as a word where it has one, as running text writes small numbers."""
    key = f"number.word.{value}"
    if has_template(lang, key):
        return template(lang, key)
    return numbers.count(value, lang) if isinstance(value, int | float) else str(value)


def _parties(codes: Sequence[str], kind: str, lang: Language) -> str:
    """Return parties as one phrase; what agrees with several of them is plural."""
    if len(codes) == 1:
        return _party(codes[0], kind, lang)
    if kind.startswith("agree|"):
        return kind.split("|")[2]
    names = _joined([_party(code, kind.lower(), lang) for code in codes], template(lang, "number.and"))
    return start(names) if kind == "Party" else names


def _party(code: str, kind: str, lang: Language) -> str:
    if kind.startswith("agree|"):
        _, singular, plural = kind.split("|")
        return plural if template(lang, f"party.{code}.number") == "plural" else singular
    if kind == "party_genitive":
        return template(lang, f"party.{code}.genitive")
    text = template(lang, f"party.{code}")
    return start(text) if kind == "Party" else text


def _choice(kind: str, value: str, lang: Language) -> str:
    """Return the label of a value; a measure may name its outcome after a colon, and a code outside the list stays."""
    key = f"{kind.lower()}.{value.partition(':')[0]}"
    if not has_template(lang, key):
        return value
    return inline(template(lang, key)) if kind.startswith("c") else template(lang, key)


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)


def _joined(items: Sequence[str], last_word: str | None = None) -> str:
    if last_word is None or len(items) < 2:
        return ", ".join(items)
    return f"{', '.join(items[:-1])} {last_word} {items[-1]}"


def _listed(items: Sequence[str]) -> str:
    """Join a user's own words; semicolons keep them apart where they have commas of their own."""
    return ("; " if any("," in item for item in items) and len(items) > 1 else ", ").join(items)


def _plain(value: object, lang: Language) -> str:
    if isinstance(value, bool):
        return template(lang, f"choice.yes_no.{str(value).lower()}")
    if isinstance(value, int | float):
        return numbers.number(value, lang)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _joined([_plain(item, lang) for item in value])
    return str(value)


def inline(text: str) -> str:
    """Lower the first letter of a phrase that stands inside a sentence; abbreviations and names as KiVa keep theirs.

    Examples
    --------
    >>> inline("Fall som kräver vård"), inline("QALY per person"), inline("KiVa-teamens tid")
    ('fall som kräver vård', 'QALY per person', 'KiVa-teamens tid')
    """
    word = text.partition(" ")[0].partition("-")[0]
    named = any(letter.isupper() for letter in word[1:])
    return text[0].lower() + text[1:] if text[:1].isupper() and text[1:2].islower() and not named else text


def start(text: str) -> str:
    """Raise the first letter of a phrase that begins a sentence.

    Examples
    --------
    >>> start("kommunen")
    'Kommunen'
    """
    return text[:1].upper() + text[1:]
