"""Differences of a submitted workbook as findings of the check: what, how much it matters, where, and what it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from socio_calc.office import coordinate_of
from socio_calc.problems import Place as Where
from socio_calc.report.workbook.input_rows import LABEL, PATH, THIRD, VALUE
from socio_calc.review.finding import Effect, Finding, Severity
from socio_calc.review.submitted.comparison import Difference, Sheets, plain
from socio_calc.review.submitted.formulas import FormulaError, Node, Number, Quoted, read_formula
from socio_calc.review.submitted.recalculate import Place, Value, computed, formulas_of

SEVERITIES: Final[Mapping[str, Severity]] = {
    "sheet-removed": "warning",
    "sheet-added": "note",
    "sheet-hidden": "warning",
    "rows-hidden": "warning",
    "columns-hidden": "warning",
    "row-added": "warning",
    "row-removed": "warning",
    "rearranged": "serious",
    "formula": "serious",
    "input": "warning",
    "number": "serious",
    "text": "warning",
    "added": "note",
    "value": "serious",
    "stale": "warning",
    "no-values": "note",
    "unreadable": "warning",
    "name": "warning",
}
#: Defined names of the net present values that an effect is told for.
SOCIETAL: Final = "nuvarde_samhalle"
#: Cells of the same kind in one sheet that are named one by one; the rest are only counted.
_NAMED: Final = 25
#: Changes whose effect is computed; each takes a recalculation of the workbook.
_COMPUTED: Final = 40
#: Longest text of a stranger that a finding repeats.
_LONGEST: Final = 90


def findings_of(
    differences: Iterable[Difference], written: Sheets, file: str, inputs_sheet: str, applicant: str | None
) -> tuple[Finding, ...]:
    """Return differences as findings, in the order of the sheets.

    Parameters
    ----------
    differences
        From `compare`.
    written
        The workbook as the program writes it: an effect is the difference that one change makes to it.
    file, inputs_sheet
        Name of the submitted file, and of the sheet of inputs in its language.
    applicant
        Actor that the owner of the application belongs to, None where it is not told.
    """
    told: dict[tuple[str, str], int] = {}
    left = _COMPUTED
    found = []
    for difference in differences:
        kind = _kind(difference, inputs_sheet)
        told[kind, difference.sheet] = told.get((kind, difference.sheet), 0) + 1
        if told[kind, difference.sheet] > _NAMED:
            continue
        effect = None
        if kind in ("input", "number", "formula") and left:
            effect = _effect(difference, written, applicant)
            left -= 1
        place = Where(file=file, sheet=difference.sheet or None, cell=difference.cell, path=_path(difference, written))
        params = _params(difference, kind, written)
        found.append(Finding(f"report-{kind}", "finding", SEVERITIES[kind], place, params, effect=effect))
    return tuple(found)


def _kind(difference: Difference, inputs_sheet: str) -> str:
    """Return the kind of finding: a number among the inputs is one that a reader may change, and says so."""
    among_inputs = difference.sheet == inputs_sheet and VALUE < difference.column <= THIRD + 1
    return "input" if difference.kind == "number" and among_inputs else difference.kind


def cell_name(difference: Difference) -> str | None:
    """Return a cell with its sheet."""
    return difference.sheet if difference.cell is None else f"{difference.sheet}!{difference.cell}"


def _params(difference: Difference, kind: str, written: Sheets) -> dict[str, object]:
    params: dict[str, object] = {
        "sheet": difference.sheet,
        "cell": cell_name(difference),
        "row": difference.row,
        "n": difference.count,
        "before": _shown(difference.written),
        "found": _shown(difference.found),
    }
    if kind == "input":
        label, owner = _beside(difference, written, LABEL), _owner(difference, written)
        params["label"] = cell_name(difference) if label is None else f"{label} ({owner})" if owner else label
    return params


def _shown(value: Value) -> float | str | None:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return float(f"{value:.9g}")
    return value if value is None or len(value) <= _LONGEST else f"{value[:_LONGEST]}…"


def _beside(difference: Difference, written: Sheets, column: int) -> str | None:
    """Return the text of a column (from 0) in the written row of a difference."""
    if difference.origin is None:
        return None
    value = plain(written.cell((difference.origin[0], difference.origin[1], column + 1)))
    return value if isinstance(value, str) else None


def _owner(difference: Difference, written: Sheets) -> str | None:
    """Return the heading that an input stands under: its cost, outcome, consequence or section."""
    if difference.origin is None:
        return None
    sheet, row, _ = difference.origin
    for above in range(row - 1, 0, -1):
        heading = plain(written.cell((sheet, above, LABEL + 1)))
        alone = all(plain(written.cell((sheet, above, column + 1))) is None for column in (VALUE, PATH))
        if isinstance(heading, str) and alone and written.cell((sheet, above, VALUE + 1)).formula is None:
            return heading
    return None


def _path(difference: Difference, written: Sheets) -> str | None:
    """Return the path of the case that an input stands for; rows of the base have none."""
    path = _beside(difference, written, PATH) if difference.kind in ("number", "formula") else None
    return path if path and ":" not in path and " " not in path else None


def _effect(difference: Difference, written: Sheets, applicant: str | None) -> Effect | None:
    """Return what putting one change right does to the net present values, None where that cannot be computed."""
    if difference.origin is None:
        return None
    after = _with_change(difference, difference.origin, written)
    if after is None:
        return None
    societal = _difference(written, after, SOCIETAL)
    if societal is None:
        return None
    own = None if applicant is None else _difference(written, after, f"nuvarde_{applicant}")
    return Effect(societal, own)


def _with_change(difference: Difference, place: Place, written: Sheets) -> Mapping[Place, object] | None:
    """Return what the formulas of the written workbook give when one cell is as it was submitted."""
    inputs, trees = dict(written.inputs), dict(written.trees)
    tree = _tree_of(difference.found, place[0])
    inputs.pop(place, None)
    trees.pop(place, None)
    if isinstance(tree, Number | Quoted):
        inputs[place] = tree.value
    elif tree is not None:
        trees[place] = tree
    elif difference.found is not None:
        return None
    return {**inputs, **computed(formulas_of(trees, written.names), inputs)}


def _tree_of(found: Value, sheet: str) -> Node | None:
    if isinstance(found, float):
        return Number(found)
    if isinstance(found, str) and found.startswith("="):
        try:
            return read_formula(found, sheet)
        except FormulaError:
            return None
    return Quoted(found) if isinstance(found, str) else None


def _difference(written: Sheets, after: Mapping[Place, object], name: str) -> float | None:
    place = written.named(name)
    before = written.result(name)
    value = None if place is None else after.get(place)
    return before - value if before is not None and isinstance(value, float) else None


def input_cells(written: Sheets, sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the cell of every value of the case on the sheet of inputs."""
    inputs = written.book.sheet(sheet)
    if inputs is None:
        return
    for (row, column), cell in inputs.cells.items():
        path = plain(cell)
        if column == PATH + 1 and isinstance(path, str):
            yield path, coordinate_of(row, VALUE + 1)
