"""A copy of a form with a coloured note at every cell that has a problem."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from socio_calc.locale import Language, render_problem, texts
from socio_calc.office import position_of, read_workbook, to_openpyxl
from socio_calc.problems import Problem

_RED: Final = "FFFF9A9A"
_TAB: Final = "C00000"
_WIDTH: Final = 420
_LINE: Final = 18
_AUTHOR: Final = "socio-calc"


def marked_copy(path: Path, problems: Sequence[Problem], lang: Language) -> tuple[bytes, int]:
    """Return a copy of a form in which every wrong cell is red and has a note, and how many cells were marked.

    Parameters
    ----------
    path
        The form; it stays as it is.
    problems
        What is wrong, with sheets and cells; several at one cell share its note.
    lang
        Language of the notes.

    Raises
    ------
    InputError
        The form cannot be opened safely.
    """
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    words = texts(lang)
    book = to_openpyxl(read_workbook(path))
    said: dict[tuple[str, str], list[str]] = {}
    for problem in problems:
        place = problem.place
        if place.sheet is not None and place.cell is not None:
            # The first line of a block is the place, which the note has itself.
            lines = render_problem(problem, lang).split("\n")[1:]
            said.setdefault((place.sheet, place.cell), []).append("\n".join(line.strip() for line in lines))
    for (sheet, coordinate), notes in said.items():
        page = book[sheet]
        row, column = position_of(coordinate)
        cell = page.cell(row, column)
        text = "\n\n".join(notes)
        cell.fill = PatternFill("solid", start_color=_RED, end_color=_RED)
        cell.comment = Comment(text, _AUTHOR, height=_LINE * (3 + len(text) // 45 + text.count("\n")), width=_WIDTH)
        page.sheet_properties.tabColor = _TAB
    first = book.worksheets[0]
    first["B4"] = words.plural("form.marked", len(said))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue(), len(said)
