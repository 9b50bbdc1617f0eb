"""The compiled message catalogues: from a language and a key to a template, nothing filled in.

Domains are loaded when one of their keys is first asked for, so that a short command never reads the texts of the form
or of the report.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Final, Literal

Language = Literal["sv", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("sv", "en")

# The first word of a key decides which file it stands in.
DOMAINS: Final[dict[str, tuple[str, ...]]] = {
    "messages": (
        "message",
        "place",
        "problem",
        "warning",
        "reason",
        "number",
        "probability",
        "party",
        "quantity",
    ),
    "fields": ("label", "hint", "example", "written"),
    "choices": ("choice",),
    "screen": ("screen", "cli"),
    "report": ("chart", "workbook", "report", "term"),
    "check": ("check", "trap"),
    "protocol": ("protocol", "letter", "passport", "compare"),
    "form": ("form",),
    "annex": ("annex",),
    "document": ("document",),
    "explain": ("explain",),
    "models": ("models", "new"),
}
_DOMAIN_OF: Final = {prefix: domain for domain, prefixes in DOMAINS.items() for prefix in prefixes}
_FOLDER: Final = Path(__file__).parent


@cache
def _load(lang: Language, domain: str) -> GNUTranslations:
    with (_FOLDER / lang / "LC_MESSAGES" / f"{domain}.mo").open("rb") as file:
        return GNUTranslations(file)


def _catalogue(lang: Language, key: str) -> GNUTranslations:
    if lang not in LANGUAGES:
        raise KeyError(f"no texts in language {lang!r}")
    domain = _DOMAIN_OF.get(key.partition(".")[0])
    if domain is None:
        raise KeyError(key)
    return _load(lang, domain)


def template(lang: Language, key: str, n: int = 1) -> str:
    """Return the text behind a key with its placeholders still open.

    Parameters
    ----------
    lang : {"sv", "en"}
    key : str
        Dotted key, for instance ``"screen.files"``.
    n : int
        The number that decides the plural form; texts without plural forms ignore it.

    Raises
    ------
    KeyError
        The key stands in no catalogue. gettext would give the key back; a user must never read one.

    Examples
    --------
    >>> template("en", "number.decimal")
    '.'
    """
    catalogue = _catalogue(lang, key)
    text = catalogue.ngettext(key, key, n)
    if text == key:
        text = catalogue.gettext(key)
    if text == key:
        raise KeyError(key)
    return text


def has_template(lang: Language, key: str) -> bool:
    """Say whether a key has a text."""
    try:
        template(lang, key)
    except KeyError:
        return False
    return True
