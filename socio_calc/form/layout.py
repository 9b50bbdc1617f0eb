"""The form as data: which sheets it has, which fields and tables stand on them, and which keys of the case they hold.

Writer and reader both follow this description; nothing else says where a key of the case file stands in the form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from socio_calc.form.cells import Column
from socio_calc.form.part import Part

#: Version of the form: raised when fields are renamed or taken away, so that an older form is never misread.
FORM_VERSION: Final = 1
#: How the rows of a table lie in the case file.
Shape = Literal["list", "texts", "one", "mapping", "scenarios", "costs", "consequences"]


@dataclass(frozen=True)
class Fields:
    """Fields under a heading, one on each row.

    `heading` names its text in the catalogue (`form.heading.HEADING`); `notes` are texts under it (`form.note.NOTE`).
    """

    heading: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """Rows with the same columns.

    Attributes
    ----------
    key
        Name of the table, hidden in every one of its rows.
    heading
        As for `Fields`.
    path
        Key of the case file whose items the rows are; empty for a number that stands alone.
    shape
        `list`: items; `texts`: a list of texts; `one`: one row for one key; `mapping`: names of the writer's own with
        one value each; `scenarios`: names with a value for each path; `costs`: items that two tables share;
        `consequences`: items of the outcome that the first column names.
    rows, spare
        Rows that an empty form has, and empty rows that a filled one has at least.
    groups
        Headings over columns, from the column with a key: (first column, text `form.group.TEXT`).
    example
        What the example row holds, by column: a text `form.example.…` where it begins with `form.`, else the example
        of the label is shown.
    """

    key: str
    heading: str
    path: str
    shape: Shape
    parts: tuple[Part, ...]
    rows: int = 1
    spare: int = 0
    notes: tuple[str, ...] = ()
    groups: tuple[tuple[str, str], ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """All input columns, in order."""
        return tuple(column for part in self.parts for column in part.columns)


Block = Fields | Table


@dataclass(frozen=True)
class SheetPlan:
    """One sheet: its name in the catalogue (`form.sheet.KEY`) and what stands on it."""

    key: str
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the sheet."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def fields(self) -> tuple[Part, ...]:
        """The fields of the sheet."""
        return tuple(part for block in self.blocks if isinstance(block, Fields) for part in block.parts)
