"""Hidden marks by which a form is found again, written by the writer and looked for by the reader."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from socio_calc.form.layout import FORM_VERSION

#: Over the inputs of fields.
VALUE_MARK: Final = "value"
#: After the key of a table: the hidden row of its column keys, its example row, and the row after its last one.
COLUMNS_MARK: Final = "#columns"
EXAMPLE_MARK: Final = "#example"
END_MARK: Final = "#end"
#: Of rows that are read by people only.
STATIC: Final = "-"


def mark_of(sheet_key: str) -> str:
    """Return the hidden text that tells which sheet of which version of the form this is.

    >>> mark_of("costs")
    'socio-calc form 1 costs'
    """
    return f"socio-calc form {FORM_VERSION} {sheet_key}"


def hash_of(cells: Sequence[str]) -> str:
    """Return a short hash of the texts of an example row: what is typed over it would else be lost in silence."""
    return hashlib.sha256("\x1f".join(cells).encode("utf-8", "surrogatepass")).hexdigest()[:12]
