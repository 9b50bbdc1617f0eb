"""A form as a document of the case reader: plain data, and for every path the cell where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from socio_calc.case import Document
from socio_calc.case.nearest import nearest
from socio_calc.form.cells import At, Column
from socio_calc.form.placing import letters
from socio_calc.form.values import labels
from socio_calc.locale import LANGUAGES
from socio_calc.problems import Place, Problem


@dataclass(frozen=True)
class FormDocument(Document):
    """A filled form as plain data.

    `places` hold row and column of every path, `cells` its whole place.

    Attributes
    ----------
    cells
        Where every path stands; a field that is empty has a place too.
    columns
        What each of those cells asks for, by its place.
    sheet_names
        Names of the sheets in their order, as this file has them.
    """

    cells: Mapping[str, At] = field(default_factory=dict)
    columns: Mapping[At, Column] = field(default_factory=dict)
    sheet_names: tuple[str, ...] = ()

    def place(self, path: str) -> Place:
        """Return the cell of a path: its own, else that of a part of it, else that of what it is part of."""
        at = self.cells.get(path) or self._below(path) or self._above(path)
        return Place(file=self.file, path=path or None) if at is None else self.place_at(at, path or None)

    def place_at(self, at: At, path: str | None = None) -> Place:
        """Return the place of a cell."""
        cell = f"{letters(at.column - 1)}{at.row}"
        return Place(self.file, at.row, at.column, path, at.sheet, cell)

    def _below(self, path: str) -> At | None:
        return next((at for known, at in self.cells.items() if known.startswith(f"{path}.")), None)

    def _above(self, path: str) -> At | None:
        known = path
        while known and known not in self.cells:
            known = known.rpartition(".")[0]
        return self.cells.get(known)

    def worded(self, problem: Problem) -> Problem:
        """Add the closed list of the cell, so that the message names choices as the form does."""
        column = self._column_at(problem.place)
        if column is None or column.choices is None or "choices" not in problem.params:
            return problem
        params = {**problem.params, "choice_list": column.choices}
        if not params.get("nearest"):
            params["nearest"] = _nearest_choice(str(params.get("value", "")), column.choices)
        return replace(problem, params=params)

    def _column_at(self, place: Place) -> Column | None:
        if place.sheet is None or place.line is None or place.column is None:
            return None
        return self.columns.get(At(place.sheet, place.line, place.column))

    def order(self, problem: Problem) -> tuple[int, int, int]:
        """Return where a problem stands in the reading order of the form."""
        place = problem.place
        sheet = self.sheet_names.index(place.sheet) if place.sheet in self.sheet_names else -1
        return sheet, place.line or 0, place.column or 0


def _nearest_choice(written: str, choices: str) -> str | None:
    """Return the value whose label is nearest to what was written, in any language."""
    found = {label: value for lang in LANGUAGES for value, label in labels(choices, lang).items()}
    return found.get(nearest(written, found) or "")
