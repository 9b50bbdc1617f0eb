"""Reading a filled form: fields are found by their hidden keys, whatever rows or columns have moved.

Nothing that a person typed is passed over in silence: what stands where the form does not read is a problem of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from socio_calc.case.paths import path_of
from socio_calc.form.cells import At, Column, get_at, put_at, steps_of
from socio_calc.form.document import FormDocument
from socio_calc.form.gather import gather
from socio_calc.form.kept import read_kept
from socio_calc.form.locate import KeptLines, locate
from socio_calc.form.placing import letters
from socio_calc.office import Workbook, read_workbook
from socio_calc.problems import InputError, Place, Problem

_MISREAD_VALUE: Final = 60
#: Columns of an uncertain number that have a label of their own.
_NUMBERS: Final = ("low", "mode", "high")


def read_form(path: Path | str) -> FormDocument:
    """Read a filled form.

    Returns
    -------
    FormDocument
        The plain data of a case with the cell of every value; its `problems` are those of the form itself.

    Raises
    ------
    InputError
        The file is not safe to open, no form of ours, of another version, or lacks a sheet.
    """
    return form_document(read_workbook(Path(path)))


def form_document(book: Workbook) -> FormDocument:
    """Return the document of a workbook that was found safe to read; see `read_form`."""
    located = locate(book)
    found = gather(located.rows)
    cells = {path_of(steps, found.data): at for steps, at in found.places.items()}
    problems = list(located.problems)
    kept = _add_kept(located.kept, book, found.data, cells, problems)
    for misread in found.misread:
        at = misread.at
        place = Place(book.file, at.row, at.column, None, at.sheet, _cell(at))
        problems.append(Problem(misread.code, place, {"value": misread.value[:_MISREAD_VALUE]}))
    for steps, at in located.starts.items():
        cells.setdefault(path_of(steps, found.data), at)
    cells |= {path: at for path, at in kept.items() if path not in cells}
    document = FormDocument(
        data=found.data,
        places={path: (at.row, at.column) for path, at in cells.items()},
        file=book.file,
        sha256=book.sha256,
        text="",
        problems=tuple(_named(problem, cells, located.columns) for problem in problems),
        cells=cells,
        columns=located.columns,
        sheet_names=tuple(sheet.name for sheet in book.sheets),
    )
    return document


def _named(problem: Problem, cells: Mapping[str, At], columns: Mapping[At, Column]) -> Problem:
    """Return a problem of a cell with the path of the field, so that its message names it."""
    place = problem.place
    if place.path is not None or place.sheet is None or place.line is None or place.column is None:
        return problem
    here = At(place.sheet, place.line, place.column)
    paths = [path for path, at in cells.items() if at == here]
    named = max(paths, key=lambda path: (path.rpartition(".")[2] in _NUMBERS, -len(path)), default=None)
    if named is None and here in columns and not columns[here].label.startswith("form."):
        named = columns[here].label
    return replace(problem, place=replace(place, path=named))


def _cell(at: At) -> str:
    return f"{letters(at.column - 1)}{at.row}"


def _add_kept(
    kept: KeptLines | None, book: Workbook, data: dict[str, Any], cells: dict[str, At], problems: list[Problem]
) -> dict[str, At]:
    """Add what the form keeps without fields; a key that both have is a problem."""
    if kept is None:
        return {}
    try:
        document = read_kept(kept.mark, list(kept.lines), book.file)
    except InputError as error:
        for problem in error.problems:
            at = kept.at(problem.place.line or 1)
            place = Place(book.file, at.row, at.column, problem.place.path, at.sheet, _cell(at))
            problems.append(Problem(problem.code, place, problem.params))
        return {}
    found = {path: kept.at(line) for path, (line, _) in document.places.items()}
    for key in _keys(document.data):
        steps = steps_of(key)
        if get_at(data, steps) is not None:
            at = found.get(key, kept.at(1))
            place = Place(book.file, at.row, at.column, key, at.sheet, _cell(at))
            problems.append(Problem("form-kept-twice", place, {"key": key}))
        else:
            put_at(data, key, get_at(document.data, steps))
    return found


def _keys(data: Mapping[str, Any]) -> list[str]:
    keys: list[str] = []
    for key, value in data.items():
        keys += [f"{key}.{below}" for below in value] if key == "application" and isinstance(value, dict) else [key]
    return keys
