"""A worksheet whose formulas go into the file as they are written."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet


class PlainSheet(Worksheet):  # type: ignore[misc]
    """A worksheet of formulas that use functions of Excel 2007 only.

    XlsxWriter looks through every formula for thirty younger functions, whose names are written otherwise in a file.
    """

    def _prepare_formula(self, formula: str, *others: Any, **options: Any) -> str:
        if formula.startswith("{"):
            return str(super()._prepare_formula(formula, *others, **options))
        return formula.removeprefix("=")
