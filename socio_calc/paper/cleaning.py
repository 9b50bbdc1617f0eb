"""What every text of a document passes through: nothing that a reader's program might obey, no personal data."""

from __future__ import annotations

from socio_calc.case.personal_data import redacted
from socio_calc.locale import printable


def cleaned(text: str) -> str:
    r"""Return a text without control characters, marks of text direction and personal data.

    >>> cleaned("Ring\x07 070-123 45 67")
    'Ring  •••'
    """
    return redacted(printable(text))
