"""Reads one CSV table of the reference base into typed rows, collecting every broken cell as a placed problem.

The rows' dataclasses say which columns a table has; the parsers here say what a cell of each may hold. A good row
costs one call per cell; only a row that fails is read again cell by cell, to say what is wrong with each.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from socio_calc.problems import Place, Problem
from socio_calc.reference import vocabulary
from socio_calc.reference.rows import BaselineRow, CostRow, EvidenceRow, IndexRow, LifeRow, ParameterRow

Row = TypeVar("Row")
Parser = Callable[[str], Any]

_ID_SHAPE = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


class BrokenCell(ValueError):
    """A cell that cannot be read: the message code and its parameters."""

    def __init__(self, code: str, **params: object) -> None:
        self.code, self.params = code, params
        super().__init__(code)


def _required(cell: str) -> str:
    if not cell:
        raise BrokenCell("missing-required", hint="", example="")
    return cell


def _identifier(cell: str) -> str:
    if not cell or not _ID_SHAPE.issuperset(cell):
        raise BrokenCell("reference-bad-id", value=cell)
    return cell


def _text(cell: str) -> str:
    return cell


def _text_or_none(cell: str) -> str | None:
    return cell or None


def _number(cell: str) -> float:
    if not cell:
        raise BrokenCell("missing-required", hint="", example="")
    try:
        value = float(cell)
    except ValueError:
        raise BrokenCell("not-a-number", value=cell, example="1234.5") from None
    # "nan", "inf" and "1_000" are numbers to Python but not to a reader of the table.
    if not math.isfinite(value) or "_" in cell:
        raise BrokenCell("not-a-number", value=cell, example="1234.5")
    return value


def _number_or_none(cell: str) -> float | None:
    return _number(cell) if cell else None


def _year(cell: str) -> int:
    if not (len(cell) == 4 and cell.isascii() and cell.isdigit()):
        raise BrokenCell("not-a-number" if cell else "missing-required", value=cell, hint="", example="2024")
    return int(cell)


def _year_or_none(cell: str) -> int | None:
    return _year(cell) if cell else None


def _whole(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit()):
        raise BrokenCell("not-a-number" if cell else "missing-required", value=cell, hint="", example="80")
    return int(cell)


def _flag(cell: str) -> bool | None:
    if cell == "true":
        return True
    if cell == "false":
        return False
    if not cell:
        return None
    raise BrokenCell("wrong-choice", value=cell, choices=("true", "false"), nearest="true")


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.split(";")) if cell else ()


def _nearest(word: str, choices: Sequence[str]) -> str:
    # Imported here: only a misspelt word needs it, and every run pays for an import at the top.
    import difflib

    return difflib.get_close_matches(word, choices, n=1, cutoff=0.0)[0]


def _choice(choices: Sequence[str]) -> Parser:
    allowed = {choice: choice for choice in choices}

    def parse(cell: str) -> str:
        if cell in allowed:
            return allowed[cell]
        if not cell:
            raise BrokenCell("missing-required", hint="", example=choices[0])
        raise BrokenCell("wrong-choice", value=cell, choices=tuple(choices), nearest=_nearest(cell, choices))

    return parse


def _choice_or_none(choices: Sequence[str]) -> Parser:
    parse = _choice(choices)
    return lambda cell: parse(cell) if cell else None


@dataclass(frozen=True, slots=True)
class TableFormat(Generic[Row]):
    """How a table is read: its file, its row type and a parser for every column, in the order of the fields."""

    file: str
    row: type[Row]
    parsers: tuple[Parser, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The column names, in the order of the file."""
        return tuple(field.name for field in fields(self.row))  # type: ignore[arg-type]


def _format(file: str, row: type[Row], **parsers: Parser) -> TableFormat[Row]:
    # Columns without a parser of their own are free texts that may be empty.
    names = [field.name for field in fields(row)]  # type: ignore[arg-type]
    return TableFormat(file, row, tuple(parsers.get(name, _text) for name in names))


COSTS: TableFormat[CostRow] = _format(
    "reference_costs.csv",
    CostRow,
    id=_identifier,
    name_sv=_required,
    name_en=_required,
    category=_choice(vocabulary.CATEGORIES),
    per=_choice(vocabulary.PER),
    value=_number,
    low=_number_or_none,
    high=_number_or_none,
    spread=_choice_or_none(vocabulary.SPREADS),
    price_year=_year,
    index=_choice((*vocabulary.INDICES, vocabulary.NO_INDEX)),
    payer=_choice_or_none(vocabulary.ACTORS),
    payee=_choice_or_none(vocabulary.ACTORS),
    taxable=_flag,
    kind=_choice(vocabulary.KINDS),
    basis=_choice(vocabulary.BASES),
    bought=_flag,
    draw_group=_text_or_none,
    overlaps=_names,
    use=_choice(vocabulary.USES),
    confidence=_choice(vocabulary.CONFIDENCES),
    source_title=_required,
    publisher=_required,
    source_year=_year_or_none,
    url=_text,
    quote=_required,
)

EVIDENCE: TableFormat[EvidenceRow] = _format(
    "evidence.csv",
    EvidenceRow,
    id=_identifier,
    intervention=_required,
    intervention_sv=_required,
    outcome_sv=_required,
    outcome_en=_required,
    better=_choice_or_none(vocabulary.BETTER),
    proxy=_flag,
    country=_text_or_none,
    age_min=_number_or_none,
    age_max=_number_or_none,
    measure=_choice(vocabulary.MEASURES),
    estimate=_number_or_none,
    ci_low=_number_or_none,
    ci_high=_number_or_none,
    tau=_number_or_none,
    followup_months=_number_or_none,
    grade=_choice(vocabulary.GRADES),
    developer_run=_flag,
    adjusted=_flag,
    usable=_choice(vocabulary.USABLE),
    draw_group=_text_or_none,
    source_title=_required,
    year=_year_or_none,
    url=_required,
    quote=_required,
    confidence=_choice(vocabulary.CONFIDENCES),
)

BASELINES: TableFormat[BaselineRow] = _format(
    "baselines.csv",
    BaselineRow,
    id=_identifier,
    name_sv=_required,
    name_en=_required,
    population=_required,
    region=_required,
    age_min=_number_or_none,
    age_max=_number_or_none,
    value=_number,
    unit=_choice(vocabulary.BASELINE_UNITS),
    year=_year,
    source_title=_required,
    url=_required,
    quote=_required,
    confidence=_choice(vocabulary.CONFIDENCES),
)

PARAMETERS: TableFormat[ParameterRow] = _format(
    "parameters.csv",
    ParameterRow,
    id=_identifier,
    name_sv=_required,
    name_en=_required,
    value=_number,
    low=_number_or_none,
    high=_number_or_none,
    unit=_required,
    year=_year,
    source_title=_required,
    publisher=_required,
    url=_required,
    quote=_required,
    confidence=_choice(vocabulary.CONFIDENCES),
)

INDEX_VALUES: TableFormat[IndexRow] = _format(
    "indices.csv",
    IndexRow,
    series=_choice(vocabulary.INDICES),
    year=_year,
    value=_number,
    source_title=_required,
    url=_required,
    confidence=_choice(vocabulary.CONFIDENCES),
)

LIFE: TableFormat[LifeRow] = _format(
    "life_table_sweden.csv",
    LifeRow,
    period=_required,
    sex=_choice(vocabulary.SEXES),
    age=_whole,
    qx=_number,
    lx=_number,
    ex=_number,
)

TABLES: tuple[TableFormat[Any], ...] = (COSTS, EVIDENCE, BASELINES, PARAMETERS, INDEX_VALUES, LIFE)


@dataclass(frozen=True, slots=True)
class ReadTable(Generic[Row]):
    """The rows of a file that could be read, the line each begins on (1-based), and what is wrong with the others."""

    file: str
    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    problems: tuple[Problem, ...]


def read_table(text: str, table: TableFormat[Row], file: str | None = None, delimiter: str = ",") -> ReadTable[Row]:
    """Read the text of one CSV table.

    Parameters
    ----------
    text
        The whole file, header first.
    table
        Its format; the header must have exactly these columns, in this order.
    file
        The name used in problems; default the table's own.
    delimiter
        The sign between cells.

    Returns
    -------
    ReadTable
        All good rows and all problems: `missing-column`, `unknown-key` (a column that does not exist),
        `reference-row-width`, and per cell `missing-required`, `not-a-number`, `wrong-choice`, `reference-bad-id`.
    """
    name = file or table.file
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    columns = table.columns
    rows: list[Row] = []
    lines: list[int] = []
    problems: list[Problem] = []
    try:
        header = tuple(next(reader, ()))
        if header != columns:
            return ReadTable(name, (), (), tuple(header_problems(name, header, columns)))
        first = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(columns):
                try:
                    rows.append(table.row(*[parse(cell) for parse, cell in zip(table.parsers, cells, strict=True)]))
                    lines.append(first)
                except BrokenCell:
                    problems.extend(_cell_problems(name, first, table, cells))
            elif cells:
                params = {"found": len(cells), "expected": len(columns)}
                problems.append(Problem("reference-row-width", Place(file=name, line=first), params))
            first = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem("csv-syntax", Place(file=name, line=reader.line_num), {"detail": str(error)}))
    return ReadTable(name, tuple(rows), tuple(lines), tuple(problems))


def header_problems(file: str, header: Sequence[str], columns: Sequence[str]) -> Iterable[Problem]:
    """Yield a problem for every column that is missing or unknown, or one for columns in the wrong order."""
    place = Place(file=file, line=1)
    missing = [column for column in columns if column not in header]
    unknown = [column for column in header if column not in columns]
    for column in missing:
        yield Problem("missing-column", place, {"column": column, "columns": tuple(columns)})
    for column in unknown:
        yield Problem("unknown-key", place, {"key": column, "nearest": _nearest(column, columns)})
    if not missing and not unknown:
        yield Problem("columns-out-of-order", place, {"columns": tuple(columns)})


def _cell_problems(file: str, line: int, table: TableFormat[Any], cells: Sequence[str]) -> Iterable[Problem]:
    row_id = cells[0]
    for column, parse, cell in zip(table.columns, table.parsers, cells, strict=True):
        try:
            parse(cell)
        except BrokenCell as broken:
            place = Place(file=file, line=line, path=f"{row_id}.{column}")
            yield Problem(broken.code, place, {"label": column, **broken.params})
