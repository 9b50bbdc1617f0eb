"""Prices of one's own: a CSV file that adds rows to the base or puts others in the place of its rows.

The file has the columns of `reference_costs.csv`, as many of them as are needed and in any order. A row whose id the
base has is an override: what it leaves empty of the description (name, unit, payer, index, …) is the base's, but value,
price year, source and spread are always its own. Files from a Swedish Excel, with semicolons and decimal commas, are
read too.
"""

from __future__ import annotations

import csv
import hashlib
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Final

from socio_calc.problems import InputError, Place, Problem, file_reason
from socio_calc.reference.base import LocalFile, LocalPrice, ReferenceBase
from socio_calc.reference.checks import cost_problems, repeated_ids
from socio_calc.reference.indices import IndexYearError
from socio_calc.reference.prices import price_in
from socio_calc.reference.rows import CostRow
from socio_calc.reference.tables import COSTS, BrokenCell, ReadTable, header_problems
from socio_calc.reference.vocabulary import OVERLAPS_EVERYTHING

#: Largest file of local prices, bytes.
_MAX_BYTES: Final = 1_000_000
_NEEDED: Final = ("id", "value", "price_year", "source_title")
# What an override may leave to the row that it stands for; never the number, its year, its spread or its source.
_DESCRIPTION: Final = (
    "name_sv",
    "name_en",
    "category",
    "per",
    "index",
    "payer",
    "payee",
    "taxable",
    "kind",
    "bought",
    "draw_group",
    "overlaps",
    "use",
)
# Texts that a shipped row must have but a local one may leave out.
_MAY_BE_EMPTY: Final = ("name_en", "publisher", "quote")
_NUMBERS: Final = ("value", "low", "high")
_SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")


def with_local_prices(base: ReferenceBase, path: Path) -> ReferenceBase:
    """Return the base with the prices of a local file; what changed stands in its `local_prices`.

    Parameters
    ----------
    base
        The reference base, unchanged by this.
    path
        A CSV file, UTF-8, separated by commas or semicolons, header first; columns as in `reference_costs.csv`, of
        which id, value, price_year and source_title are always needed, and for a new id also name_sv, category, per,
        index, payer (not for health), kind, basis, use and confidence. An override needs basis and confidence too.

    Raises
    ------
    InputError
        With every broken row: what `load_reference` tests, and `local-price-unit-differs` or `local-price-kind-differs`
        where an override means something else than the row it stands for.
    """
    return with_local_content(base, path.name, _read(path))


def with_local_content(base: ReferenceBase, name: str, content: bytes) -> ReferenceBase:
    """Return the base with local prices that have been read already, such as those that a report carries.

    Parameters
    ----------
    base
        The reference base, unchanged by this.
    name, content
        What messages call the file, and its bytes; else as `with_local_prices`.

    Raises
    ------
    InputError
        As `with_local_prices`.
    """
    text = _decoded(name, content)
    delimiter = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    rows: list[CostRow] = []
    lines: list[int] = []
    problems: list[Problem] = []
    try:
        header = tuple(name.strip() for name in next(reader, ()))
        problems.extend(_wrong_columns(name, header))
        if problems:
            raise InputError(problems)
        first = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(header):
                given = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
                row, broken = _read_row(base, given, name, first, decimal_comma=delimiter == ";")
                problems.extend(broken)
                if row is not None:
                    rows.append(row)
                    lines.append(first)
            elif any(cells):
                params = {"found": len(cells), "expected": len(header)}
                problems.append(Problem("reference-row-width", Place(file=name, line=first), params))
            first = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem("csv-syntax", Place(file=name, line=reader.line_num), {"detail": str(error)}))
    table = ReadTable(name, tuple(rows), tuple(lines), ())
    problems.extend(repeated_ids(table))
    problems.extend(cost_problems(table, base.indices))
    problems.extend(_against_the_base(base, table))
    if problems:
        raise InputError(problems)
    costs = _joined(base.costs, rows)
    digest = hashlib.sha256(base.sha256.encode() + b"\0" + content).hexdigest()
    return replace(
        base,
        costs=costs,
        sha256=digest,
        local_prices=tuple(_changes(base, rows)),
        local_files=(*base.local_files, LocalFile(name, content)),
    )


def _read(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _refusal("file-unreadable", path, reason="folder" if path.is_dir() else "no-file")
        if status.st_size > _MAX_BYTES:
            raise _refusal("too-large", path, size=status.st_size, limit=_MAX_BYTES)
        return path.read_bytes()
    except FileNotFoundError:
        raise _refusal("file-not-found", path, folder=str(path.parent.absolute()), nearest="") from None
    except (OSError, ValueError) as error:
        raise _refusal("file-unreadable", path, reason=file_reason(error)) from None


def _refusal(code: str, path: Path, **params: object) -> InputError:
    name = path.name or str(path)
    return InputError([Problem(code, Place(file=name), {"file": name, **params})])


def _decoded(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError([Problem("file-not-utf8", Place(file=name), {"file": name})]) from None


def _wrong_columns(file: str, header: Sequence[str]) -> Iterator[Problem]:
    expected = tuple(name for name in COSTS.columns if name in header or name in _NEEDED)
    for problem in header_problems(file, header, expected):
        if problem.code == "unknown-key":
            # The nearest name among all columns, not only among those that this file has.
            yield from header_problems(file, (*COSTS.columns, str(problem.params["key"])), COSTS.columns)
        elif problem.code == "missing-column":
            yield problem
    repeated = {name for name in header if header.count(name) > 1}
    for name in sorted(repeated):
        yield Problem("duplicate-key", Place(file=file, line=1), {"key": name, "line_a": 1, "line_b": 1})


def _read_row(
    base: ReferenceBase, given: Mapping[str, str], file: str, line: int, *, decimal_comma: bool
) -> tuple[CostRow | None, list[Problem]]:
    row_id = given.get("id", "")
    replaced = base.costs.get(row_id)
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for field, parse in zip(fields(CostRow), COSTS.parsers, strict=True):
        cell = given.get(field.name, "")
        try:
            if not cell and replaced is not None and field.name in _DESCRIPTION:
                values[field.name] = getattr(replaced, field.name)
            elif not cell and field.name in _MAY_BE_EMPTY:
                values[field.name] = given.get("name_sv", "") if field.name == "name_en" else ""
            else:
                plain = _decimal_point(cell) if decimal_comma and field.name in _NUMBERS else cell
                values[field.name] = parse(plain)
        except BrokenCell as broken:
            place = Place(file=file, line=line, path=f"{row_id}.{field.name}")
            problems.append(Problem(broken.code, place, {"label": field.name, **broken.params}))
    return (None if problems else CostRow(**values)), problems  # type: ignore[arg-type]


def _decimal_point(cell: str) -> str:
    """Return a number written the Swedish way (1 234,5) with a decimal point."""
    digits = _SPACES.sub("", cell)
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+", digits):
        # A single group of three after a point is thousands to a Swede and decimals to the file's other programs.
        whole, decimals = digits.replace(".", ""), digits.replace(".", ",", 1)
        raise BrokenCell(
            "ambiguous-number", value=cell, reading_a=whole, reading_b=decimals, write_a=whole, write_b=decimals
        )
    if "." in digits and "," in digits:
        raise BrokenCell("not-a-number", value=cell, example="1234,5")
    return digits.replace(",", ".")


def _against_the_base(base: ReferenceBase, table: ReadTable[CostRow]) -> Iterator[Problem]:
    local = {row.id for row in table.rows}
    for row, line in zip(table.rows, table.lines, strict=True):
        place = Place(file=table.file, line=line, path=row.id)
        replaced = base.costs.get(row.id)
        if replaced is not None and replaced.per != row.per:
            yield Problem("local-price-unit-differs", place, {"id": row.id, "local": row.per, "base": replaced.per})
        if replaced is not None and replaced.kind != row.kind:
            yield Problem("local-price-kind-differs", place, {"id": row.id, "local": row.kind, "base": replaced.kind})
        for name in row.overlaps:
            if name != OVERLAPS_EVERYTHING and (name == row.id or (name not in base.costs and name not in local)):
                yield Problem("reference-unknown-overlap", place, {"id": row.id, "other": name})


def _joined(costs: Mapping[str, CostRow], rows: Sequence[CostRow]) -> dict[str, CostRow]:
    joined = {**costs, **{row.id: row for row in rows}}
    for row in rows:
        # An overlap holds both ways, but a local file need not repeat the rows of the base to say so.
        for name in row.overlaps:
            other = joined.get(name)
            if other is not None and row.id not in other.overlaps and OVERLAPS_EVERYTHING not in other.overlaps:
                joined[name] = replace(other, overlaps=(*other.overlaps, row.id))
    return joined


def _changes(base: ReferenceBase, rows: Sequence[CostRow]) -> Iterator[LocalPrice]:
    for row in rows:
        replaced = base.costs.get(row.id)
        ratio = None
        if replaced is not None:
            try:
                ratio = row.value / price_in(base, replaced, row.price_year)
            except IndexYearError:
                # A price of a year that the base's row cannot be converted to is still a good price.
                ratio = None
        yield LocalPrice(row, replaced, ratio)
