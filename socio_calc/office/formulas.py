"""Formulas that reach out of the workbook: to other files, programs, or the network."""

from __future__ import annotations

import re
from typing import Final

_STRINGS: Final = re.compile(r'"[^"]*"')
_QUOTED_SHEETS: Final = re.compile(r"'(?:[^']|'')*'")
#: `'[2]Blad 1'!A1`, `'C:\mapp\[Bok.xlsx]Blad'!A1`
_QUOTED_LINK: Final = re.compile(r"'(?:[^'\[]|'')*\[[^'\]]+\](?:[^']|'')*'!")
#: `[2]Blad1!A1` and `[2]!namn`, but not the columns of a table: `Tabell[2024]`, `Tabell[[2024],[2025]]`.
_PLAIN_LINK: Final = re.compile(r"(?<![\w\]\[])\[[^\[\]]+\][\w.]*!")
_CALLS: Final = re.compile(
    r"(?<![\w.])(?:_xl\w+\.)*(?:WEBSERVICE|RTD|DDE|CALL|REGISTER(?:\.ID)?|EXEC|IMAGE|STOCKHISTORY|FOPEN)\s*\(",
    re.IGNORECASE,
)


def reaches_out(formula: str) -> bool:
    """Say whether a formula takes something from outside the workbook or starts another program.

    A formula from a file, so functions stand there with their English names.

    Examples
    --------
    >>> reaches_out("=cmd|'/c calc'!A0"), reaches_out("=[1]Blad1!A1"), reaches_out('=WEBSERVICE("http://x")')
    (True, True, True)
    >>> reaches_out('=IF(A1="a|b",1,0)'), reaches_out("=SUM(Tabell[2024])"), reaches_out("='Blad|1'!A1")
    (False, False, False)
    """
    bare = _STRINGS.sub('""', formula)
    without_sheets = _QUOTED_SHEETS.sub("", bare)
    return (
        "|" in without_sheets
        or _QUOTED_LINK.search(bare) is not None
        or _PLAIN_LINK.search(without_sheets) is not None
        or _CALLS.search(without_sheets) is not None
    )
