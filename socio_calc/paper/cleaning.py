"""What every text of a document passes through: nothing that a reader's program might obey, no personal data."""

from __future__ import annotations

import re
from typing import Final

from socio_calc.case.personal_data import redacted
from socio_calc.locale import printable

#: Blanks inside a number, and between a number and its unit: no line ends there.
_INSIDE: Final = re.compile(r" (?:(?<=\d )(?=\d{3}(?!\d)|(?:kr|mkr|tkr|mnkr|kronor|%)(?!\w))|(?<=\bSEK )(?=\d))")


def cleaned(text: str) -> str:
    r"""Return a text without control characters, marks of text direction and personal data.

    >>> cleaned("Ring\x07 070-123 45 67")
    'Ring  •••'
    """
    return redacted(printable(text))


def unbroken(text: str) -> str:
    r"""Return a text in which no line ends inside a number, or between a number and its unit.

    >>> unbroken("40 450 kr × 12, SEK 500 i 3 år"), unbroken("5 kronor")
    ('40\xa0450\xa0kr × 12, SEK\xa0500 i 3 år', '5\xa0kronor')
    """
    return _INSIDE.sub("\u00a0", text)
