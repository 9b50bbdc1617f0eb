"""Running a report's case again from its passport: with the base that the report used, and with the base of today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from socio_calc.appraisal import Appraisal, OpenedCase, appraise
from socio_calc.appraisal.base_rows import rows_of_base
from socio_calc.appraisal.opening import placed
from socio_calc.case import Document, build_case, parse_document
from socio_calc.problems import InputError, Place, Problem
from socio_calc.reference import BaselineRow, CostRow, EvidenceRow, ParameterRow, ReferenceBase, load_reference
from socio_calc.reference.local_prices import with_local_content
from socio_calc.report.passport import Passport, PassportError

_ROW_TYPES: Final[Mapping[str, Any]] = {
    "costs": CostRow,
    "evidence": EvidenceRow,
    "baselines": BaselineRow,
    "parameters": ParameterRow,
}


@dataclass(frozen=True)
class RowChange:
    """A row of the base that is not what it was: its table and id, and the columns that differ, before and now.

    `now` is None where the base no longer has the row.
    """

    table: str
    id: str
    before: Mapping[str, Any]
    now: Mapping[str, Any] | None


@dataclass(frozen=True)
class Bases:
    """The base of today with the report's local prices, the base as the report used it, and what differs."""

    today: ReferenceBase
    recorded: ReferenceBase
    changes: tuple[RowChange, ...]


def bases_of(passport: Passport, reference: ReferenceBase | None = None) -> Bases:
    """Return the bases that a report can be run again with.

    Parameters
    ----------
    passport
        Of the report.
    reference
        The base of today; None is the shipped one.

    Raises
    ------
    InputError
        The local prices of the passport cannot be read.
    PassportError
        Its rows are none that a report of ours can have (`edited`).
    """
    today = load_reference() if reference is None else reference
    shipped = today.tables_sha256
    for file in passport.prices:
        today = with_local_content(today, file.name, file.text.encode())
    try:
        changes = _changes(passport, today)
        recorded = _as_recorded(passport, today, changes)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise PassportError("edited") from error
    if changes and shipped == passport.tables_sha256:
        raise PassportError("edited")  # it names this very base, and says that the base holds something else
    return Bases(today, recorded, changes)


def _changes(passport: Passport, base: ReferenceBase) -> tuple[RowChange, ...]:
    now = rows_of_base(base, passport.rows)
    found = []
    for table, rows in now.items():
        for id, columns in rows.items():
            before = passport.rows[table][id]
            if columns is None:
                found.append(RowChange(table, id, dict(before), None))
                continue
            differing = [name for name in before if before[name] != columns[name]]
            if differing:
                was, is_ = ({name: part[name] for name in differing} for part in (before, columns))
                found.append(RowChange(table, id, was, is_))
    return tuple(found)


def _as_recorded(passport: Passport, base: ReferenceBase, changes: tuple[RowChange, ...]) -> ReferenceBase:
    """Return a base whose rows have the recorded numbers, under the name of the base that was used.

    Words of rows that are gone are their ids.
    """
    tables: dict[str, dict[str, Any]] = {}
    for change in changes:
        recorded = passport.rows[change.table][change.id]
        if change.table == "life_table":
            continue  # its numbers are not recorded: what they change is told, not undone
        if change.table != "indices":
            _check_words(recorded, getattr(base, change.table))
        held = tables.setdefault(change.table, dict(getattr(base, change.table)))
        if change.table == "indices":
            series = {int(year): float(value) for year, value in recorded.items()}
            held[change.id] = replace(held[change.id], values=series, first=min(series), last=max(series))
        elif change.id in held:
            held[change.id] = replace(held[change.id], **recorded)
        else:
            held[change.id] = _row(_ROW_TYPES[change.table], change.id, recorded)
    return replace(
        base,
        sha256=passport.reference_sha256,
        tables_sha256=passport.tables_sha256,
        version=passport.base_version,
        **tables,  # type: ignore[arg-type]
    )


def _check_words(recorded: Mapping[str, Any], table: Mapping[str, Any]) -> None:
    """Refuse a row that says what no row of its table says: the kind of a price, who pays it, a measure.

    Raises
    ------
    ValueError
        It does.
    """
    for name, value in recorded.items():
        if (
            isinstance(value, str)
            and name != "draw_group"
            and all(getattr(row, name) != value for row in table.values())
        ):
            raise ValueError(name)


def _row(kind: Any, id: str, recorded: Mapping[str, Any]) -> Any:
    values: dict[str, Any] = {}
    for field in fields(kind):
        values[field.name] = recorded.get(field.name, None if "None" in str(field.type) else "")
        if field.name in ("id", "name_sv", "name_en", "outcome_sv", "outcome_en"):
            values[field.name] = id
        elif field.name == "overlaps":
            values[field.name] = ()
    return kind(**values)


def open_passport(passport: Passport, file: str, base: ReferenceBase) -> OpenedCase:
    """Return the case that a passport carries, as if it had been read from `file`.

    Raises
    ------
    InputError
        The text is no case, or the case is not all that the report was computed from.
    """
    if passport.own:
        raise own_outcomes_missing(file, [name for name, _ in passport.own])
    document: Document = parse_document(passport.case_text.encode(), file)
    try:
        case = build_case(document)
    except InputError as error:
        raise InputError(placed(error.problems, document)) from None
    return OpenedCase(case, replace(document, sha256=passport.case_sha256), base)


def own_outcomes_missing(file: str, names: Sequence[str]) -> InputError:
    """Return the refusal of a report some of whose outcomes are computed by functions that it does not carry."""
    params = {"file": Path(file).name, "outcomes": tuple(names)}
    return InputError([Problem("report-own-outcomes", Place(file=file), params)])


def run_again(passport: Passport, opened: OpenedCase, *, draws: int | None = None) -> Appraisal:
    """Return the appraisal of a report's case with the report's seed, draws and sampler.

    Raises
    ------
    InputError
        The case cannot be computed.
    """
    return appraise(
        opened.case,
        draws=passport.draws if draws is None else draws,
        seed=passport.seed,
        sampler=passport.sampler,  # type: ignore[arg-type]
        horizons=passport.horizons,
        reference=opened.reference,
        case_sha256=passport.case_sha256,
    )
