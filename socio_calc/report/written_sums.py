"""Whether the amounts of a table add up as they are written: each is rounded by itself, and a reader sums them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from socio_calc.locale import MISSING, Language
from socio_calc.locale.catalogue import template
from socio_calc.locale.numbers import MINUS

#: What a written number has for the reader's eye alone.
_BLANKS: Final = str.maketrans("", "", "\u00a0 +")


def written_amount(cell: str, lang: Language) -> Decimal:
    """Return the number that a cell of a table shows; an empty cell and a dash count as nothing.

    Examples
    --------
    >>> written_amount("−1,2", "sv"), written_amount("+1,235,000", "en"), written_amount("–", "sv")
    (Decimal('-1.2'), Decimal('1235000'), Decimal('0'))
    """
    if cell in ("", MISSING):
        return Decimal(0)
    bare = (
        cell.replace(template(lang, "number.group"), "")
        .replace(template(lang, "number.decimal"), ".")
        .translate(_BLANKS)
    )
    return Decimal(bare.replace(MINUS, "-"))


def written_equal(left: Sequence[str], right: Sequence[str], lang: Language) -> bool:
    """Return whether two sides of a sum are equal as their cells are written.

    Examples
    --------
    >>> written_equal(["0,7", "1,4", "0,1"], ["2,1"], "sv"), written_equal(["0.8", "1.4"], ["2.2"], "en")
    (False, True)
    """
    zero = Decimal(0)
    return sum((written_amount(cell, lang) for cell in left), zero) == sum(
        (written_amount(cell, lang) for cell in right), zero
    )


def rows_add_up(rows: Sequence[Sequence[str]], total: Sequence[str], lang: Language) -> bool:
    """Return whether every column of some rows of amounts adds up to the row below them as it is written.

    Examples
    --------
    >>> rows_add_up([["1", "2"], ["3", "4"]], ["4", "6"], "en"), rows_add_up([["1"], ["3"]], ["5"], "en")
    (True, False)
    """
    return all(written_equal(column, [whole], lang) for *column, whole in zip(*rows, total, strict=True))
