"""Small pieces of spreadsheet formulas: texts with values in them, choices between them, and numbers of a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from socio_calc.form.placing import TableAt

if TYPE_CHECKING:
    from socio_calc.locale import Texts

#: Sign of what is worth another look; texts have `{look}` in its place.
LOOK = "!"
_MARK = "\u27e6{}\u27e7"


def quoted(text: str) -> str:
    """Return a text as a constant of a formula.

    >>> print(quoted('Säg "ja" nu'))
    "Säg ""ja"" nu"
    """
    return '"' + text.replace('"', '""') + '"'


def said(words: Texts, key: str, **values: str) -> str:
    """Return a text of the catalogue as an expression; `values` are expressions for its placeholders."""
    text = words.t(key, **{"look": LOOK} | {name: _MARK.format(name) for name in values})
    parts = [text]
    for name, expression in values.items():
        mark = _MARK.format(name)
        spread: list[str] = []
        for part in parts:
            if part.startswith("="):
                spread.append(part)
                continue
            for at, piece in enumerate(part.split(mark)):
                if at:
                    spread.append(f"={expression}")
                spread.append(piece)
        parts = spread
    return "&".join(part[1:] if part.startswith("=") else quoted(part) for part in parts if part) or '""'


def first_true(cases: Sequence[tuple[str, str]], otherwise: str) -> str:
    """Return the expression of the first condition that holds."""
    formula = otherwise
    for condition, expression in reversed(cases):
        formula = f"IF({condition},{expression},{formula})"
    return formula


def either(*conditions: str) -> str:
    """Return whether any of some conditions holds."""
    return conditions[0] if len(conditions) == 1 else f"OR({','.join(conditions)})"


def both(*conditions: str) -> str:
    """Return whether all of some conditions hold."""
    return conditions[0] if len(conditions) == 1 else f"AND({','.join(conditions)})"


def in_kronor(expression: str) -> str:
    """Return an amount as whole kronor in the digits of the reader's own settings."""
    return f"FIXED({expression},0)"


def in_percent(expression: str) -> str:
    """Return a share as whole per cent without the sign."""
    return f"ROUND(100*{expression},0)"


@dataclass(frozen=True)
class RowCells:
    """One row of a table, for the formulas that stand in it."""

    at: TableAt
    row: int

    def __getitem__(self, key: str) -> str:
        """Return the reference of a cell of the row."""
        return self.at.cell(key, self.row)

    def central(
        self, key: str, ci95: str, looked_up: str | None = None, named: Callable[[str], str] | None = None
    ) -> str:
        """Return the central value of an uncertain number in three columns (METHOD §8).

        `ci95` is the label that makes the outer columns a study's interval; `looked_up` the value of a row of the base;
        `named` gives the value of text in the middle column.
        """
        low, mode, high, how = (self[f"{key}#{name}"] for name in ("low", "mode", "high", "how"))
        alone = mode if named is None else f"IF(ISTEXT({mode}),{named(mode)},{mode})"
        value = (
            f"IF(COUNT({low},{mode},{high})=3,IF({how}={quoted(ci95)},{mode},({low}+4*{mode}+{high})/6),"
            f'IF(AND(COUNT({low},{high})=2,{mode}=""),({low}+{high})/2,{alone}))'
        )
        if looked_up is None:
            return value
        base = self[f"{key}#{self._base(key)}"]
        return f'IF({base}<>"",{looked_up},{value})'

    def _base(self, key: str) -> str:
        return next(name for name in ("cost", "evidence", "baseline") if f"{key}#{name}" in self.at.columns)

    def is_given(self, key: str) -> str:
        """Return whether an uncertain number is filled in: its reference, its middle, or both of its limits."""
        low, mode, high = (self[f"{key}#{name}"] for name in ("low", "mode", "high"))
        ways = [f'{mode}<>""', f'AND({low}<>"",{high}<>"")']
        ways += [
            f'{self[f"{key}#{name}"]}<>""'
            for name in ("cost", "evidence", "baseline")
            if f"{key}#{name}" in self.at.columns
        ]
        return either(*ways)
