"""LibreOffice computes every cell as it is stored, and after changes what the engine computes of the changed case."""

from __future__ import annotations

import math
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

import socio_calc
from socio_calc.appraisal import Appraisal, load
from socio_calc.case import Case
from socio_calc.case.dump import case_data
from socio_calc.engine.ledger import PERSPECTIVES
from socio_calc.problems import InputError
from socio_calc.reference import load_reference
from socio_calc.report.workbook import NET_NAMES, write_workbook
from socio_calc.report.workbook.input_rows import FIRST, SECOND, THIRD, VALUE
from tests.report.libreoffice import converted, required
from tests.report.workbook_cases import EVERYTHING, MODELS, appraised, built, random_cases
from tests.report.workbook_changes import Edit, apply, everything_changed, put, rows_by_path

pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]

_UNCHANGED_RANDOM = 5
_CHANGED_RANDOM = 10


@dataclass
class Files:
    """Workbooks that wait for LibreOffice, and what it made of them."""

    folder: Path
    waiting: dict[str, Path] = field(default_factory=dict)
    done: dict[str, Path] = field(default_factory=dict)
    books: dict[str, Workbook] = field(default_factory=dict)

    def add(self, name: str, appraisal: Appraisal) -> Path:
        path = self.folder / f"{name}.xlsx"
        write_workbook(appraisal, path)
        self.waiting[name] = path
        return path

    def opened(self, name: str) -> Workbook:
        """Return a recalculated workbook."""
        if name not in self.books:
            self.books[name] = openpyxl.load_workbook(self.done[name], data_only=True)
        return self.books[name]

    def recalculate(self) -> None:
        """Start LibreOffice once for all: starting is what takes time."""
        results = converted(list(self.waiting.values()), self.folder)
        self.done = dict(zip(self.waiting, results, strict=True))


# -- as computed ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Files:
    files = Files(tmp_path_factory.mktemp("unchanged"))
    for path in sorted(MODELS.glob("*.yaml")):
        files.add(path.stem, appraised(load(path)))
    files.add("everything", appraised(built(EVERYTHING)))
    for number, case in enumerate(random_cases(_UNCHANGED_RANDOM, seed=11)):
        files.add(f"random-{number}", appraised(case))
    files.recalculate()
    return files


def test_every_cell_is_computed_as_it_is_stored(unchanged: Files) -> None:
    compared = 0
    for name, path in unchanged.waiting.items():
        stored = openpyxl.load_workbook(path, data_only=True)
        recalculated = unchanged.opened(name)
        for sheet in openpyxl.load_workbook(path):
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type != "f":
                        continue
                    before = stored[sheet.title][cell.coordinate].value
                    after = recalculated[sheet.title][cell.coordinate].value
                    where = f"{name} {sheet.title}!{cell.coordinate} {cell.value}: {before!r}, {after!r}"
                    if isinstance(before, str):
                        assert before == after, where
                    else:
                        assert isinstance(after, int | float), where
                        assert math.isclose(before, after, rel_tol=1e-9, abs_tol=1e-9), where
                    compared += 1
    assert compared > 10_000


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_nothing_is_too_wide_for_its_column(tmp_path: Path, lang: str) -> None:
    required("soffice")
    reader = required("pdftotext")
    path = tmp_path / "book.xlsx"
    write_workbook(appraised(load(MODELS / "styrka-hela-livet.yaml")), path, lang)  # type: ignore[arg-type]
    (pdf,) = converted([path], tmp_path, "pdf")
    text = subprocess.run([reader, "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    assert "Styrka hela livet" in text
    assert "###" not in text
    assert "Err:" not in text and "#N/A" not in text and "#VALUE" not in text


# -- after changes ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Typed:
    """A change by hand: a cell of the sheet of inputs by path and column, and the same by path in the case's data."""

    path: str
    column: int
    value: float
    field: str = ""
    written: object = None


#: Changes that go into one workbook together.
TYPED: dict[str, tuple[Typed, ...]] = {
    "rate": (Typed("discount_rate.0.rate", VALUE, 0.06),),
    "horizons": (
        Typed("horizons.0", VALUE, 4),
        Typed("horizons.2", VALUE, 8),
        Typed("discount_rate.1.rate", FIRST, 2, "discount_rate.1.from"),
        Typed("timing", VALUE, 1, "timing", "end"),
    ),
    "taxes": (
        Typed("taxes.regional", VALUE, 0.1),
        Typed("taxes.equalisation.municipal", VALUE, 0.0),
        Typed("participants.0.number", FIRST, 10, "participants.0.number.low"),
        Typed("participants.0.number", THIRD, 400, "participants.0.number.high"),
        Typed("participants.0.weight", VALUE, 2.5),
    ),
    "price": (Typed("quantities.vardpris", SECOND, 55_000, "quantities.vardpris.mode"),),
    "effect": (
        Typed("outcomes.fall.effect.value", VALUE, 0.65, "outcomes.fall.effect.value.estimate"),
        Typed("outcomes.fall.holds", THIRD, 9, "outcomes.fall.holds.high"),
        Typed("outcomes.fall.consequences.0.marginal.1", VALUE, 0.2),
        Typed("outcomes.fall.consequences.0.delay", VALUE, 3),
        Typed("outcomes.intyg.lag", VALUE, 1),
    ),
    "states": (
        Typed("pathways.skola.start.studerar", VALUE, 0.5),
        Typed("pathways.skola.start.utanfor", VALUE, 0.5),
        Typed("pathways.skola.transitions.studerar.utanfor.1", VALUE, 0.2),
        Typed(
            "pathways.skola.transitions.studerar.paus.rate",
            THIRD,
            0.3,
            "pathways.skola.transitions.studerar.paus.rate.high",
        ),
        Typed("pathways.skola.transitions.utanfor.studerar.0.rate", VALUE, 0.3),
        Typed("pathways.skola.transitions.paus.counts.utanfor", VALUE, 60),
        Typed("pathways.skola.effects.1.value", VALUE, 0.1),
        Typed("pathways.skola.holds", VALUE, 4),
        Typed("pathways.skola.displacement", VALUE, 0.5),
        Typed("pathways.skola.consequences.4.delay", VALUE, 1),
        Typed("pathways.boende.transitions.hemma.boende", SECOND, 40, "pathways.boende.transitions.hemma.boende.of"),
        Typed("timing", VALUE, 1, "timing", "end"),
    ),
    "people": (
        Typed("participants.1.age", VALUE, 95),
        Typed("participants.1.year", VALUE, 4),
        Typed("costs.1.growth", VALUE, 0.02),
        Typed("public_funds_factor", FIRST, 1, "public_funds_factor.low"),
        Typed("public_funds_factor", SECOND, 1, "public_funds_factor.mode"),
        Typed("public_funds_factor", THIRD, 1, "public_funds_factor.high"),
    ),
}


@dataclass(frozen=True)
class Changed:
    """What the engine computes of the case and of the changed case, and how many cells were changed."""

    name: str
    before: Appraisal
    engine: Appraisal
    cells: int = 0


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Files, list[Changed]]:
    files = Files(tmp_path_factory.mktemp("changed"))
    wanted = [*_typed(files), *_base_rows(files), *_random(files), *_models(files)]
    files.recalculate()
    return files, wanted


def _typed(files: Files) -> Iterator[Changed]:
    base = appraised(built(EVERYTHING))
    for name, changes in TYPED.items():
        data = case_data(built(EVERYTHING))
        for change in changes:
            put(data, change.field or change.path, change.value if change.written is None else change.written)

        def edits(sheet: Worksheet, changes: tuple[Typed, ...] = changes) -> list[Edit]:
            rows = rows_by_path(sheet)
            return [Edit(rows[change.path], change.column, change.value) for change in changes]

        _edit(files.add(name, base), edits)
        yield Changed(name, base, appraised(built(data)))


def _base_rows(files: Files) -> Iterator[Changed]:
    """Change a price of the reference base and an index value, as the workbook lets its reader do."""
    base = load_reference()
    case = built(EVERYTHING)
    before = appraised(case)
    path = files.add("base-rows", before)
    row = base.costs["own-car-km"]
    series = base.indices["kpif"]
    values = {**series.values, 2019: series.values[2019] * 1.1}
    other = replace(
        base,
        costs={**base.costs, row.id: replace(row, value=row.value * 3, low=None, high=None, spread=None)},
        indices={**base.indices, "kpif": replace(series, values=values)},
    )

    def edits(sheet: Worksheet) -> list[Edit]:
        rows = rows_by_path(sheet)
        return [
            Edit(rows["cost:own-car-km"], VALUE, row.value * 3),
            Edit(rows["index:kpif:2019"], VALUE, values[2019]),
        ]

    assert row.spread not in ("range", "assumed"), "the cell of the price holds its value"
    _edit(path, edits)
    yield Changed("base-rows", before, socio_calc.appraise(case, draws=64, reference=other))


def _random(files: Files) -> Iterator[Changed]:
    """Change every number of random cases at once."""
    for number, case in enumerate(random_cases(_CHANGED_RANDOM, seed=23)):
        yield from _all_changed(files, f"random-{number}", case)


def _models(files: Files) -> Iterator[Changed]:
    for path in sorted(MODELS.glob("*.yaml")):
        yield from _all_changed(files, path.stem, load(path))


def _all_changed(files: Files, name: str, case: Case) -> Iterator[Changed]:
    before = appraised(case)
    path = files.add(name, before)
    book = openpyxl.load_workbook(path)
    data, edits = everything_changed(case_data(case), book["Indata"])
    try:
        engine = appraised(built(data))
    except InputError:
        del files.waiting[name]
        return
    apply(edits, book["Indata"])
    book.save(path)
    yield Changed(name, before, engine, len(edits))


def _edit(path: Path, edits: Callable[[Worksheet], list[Edit]]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["Indata"]
    apply(edits(sheet), sheet)
    book.save(path)


def test_changed_inputs_give_what_the_engine_gives(changed: tuple[Files, list[Changed]]) -> None:
    files, wanted = changed
    random = [change for change in wanted if change.name.startswith("random")]
    assert len(random) >= _CHANGED_RANDOM - 2
    assert sum(change.cells for change in random) > 200
    for change in wanted:
        book = files.opened(change.name)
        engine = change.engine
        size = max(abs(engine.base("pv_costs")) + abs(engine.base("pv_effects")), 1.0)
        for name, perspective in NET_NAMES.items():
            sheet, cell = book.defined_names[name].attr_text.split("!")
            found = book[sheet.strip("'$")][cell.replace("$", "")].value
            expected = engine.base("npv", perspective)
            assert found == pytest.approx(expected, rel=1e-9, abs=1e-9 * size), (change.name, name)


def test_changed_inputs_change_every_table_of_the_results(changed: tuple[Files, list[Changed]]) -> None:
    files, wanted = changed
    for change in wanted:
        sheet = files.opened(change.name)["Resultat"]
        tables = _tables(sheet)
        for measure, heading in (
            ("npv", "Nettonuvärde"),
            ("pv_costs", "Kostnad (nuvärde)"),
            ("pv_effects", "Nytta (nuvärde)"),
            ("bcr", "Nytta per satsad krona (nyttokostnadskvot)"),
            ("break_even_effect", "Effekt som krävs för att gå jämnt upp"),
        ):
            for who, row in zip(PERSPECTIVES, tables[heading], strict=True):
                for horizon, found in zip(change.engine.horizons, row, strict=True):
                    expected = change.engine.result(measure, who, horizon).base
                    if measure == "bcr" and expected is not None and expected < 0:
                        expected = None  # a dash, as in the document
                    where = (change.name, measure, who, horizon)
                    if expected is None:
                        assert found == "–", where
                    else:
                        size = abs(change.engine.base("pv_costs")) + abs(change.engine.base("pv_effects"))
                        allowed = 1e-9 * max(size, 1.0) if measure.startswith(("npv", "pv")) else 1e-9
                        assert found == pytest.approx(expected, rel=1e-8, abs=allowed), where


def test_checks_tell_changed_inputs_from_errors(changed: tuple[Files, list[Changed]]) -> None:
    files, wanted = changed
    for change in wanted:
        sheet = files.opened(change.name)["Kontroller"]
        status = {row[0].value: row[4].value for row in sheet.iter_rows(min_row=5) if row[4].value}
        assert "FEL" not in status.values(), change.name
        moved = any(abs(change.engine.base("npv", who) - change.before.base("npv", who)) > 1.0 for who in PERSPECTIVES)
        assert not moved or "ändrad" in status.values(), change.name


def _tables(sheet: Worksheet) -> dict[str, list[list[Any]]]:
    """Return the rows of numbers of each table by its heading."""
    tables: dict[str, list[list[Any]]] = {}
    heading, rows = "", []
    for row in sheet.iter_rows(values_only=True):
        if row[0] and not any(value not in (None, "") for value in row[1:]):
            heading, rows = (heading, rows) if heading and not rows and row[0] not in _HEADINGS else (str(row[0]), [])
            tables.setdefault(heading, rows)
        elif row[0] and row[0] != "Part":
            tables[heading].append([value for value in row[1:] if value not in (None, "")])
    return tables


_HEADINGS = frozenset({"Nettonuvärde", "Kostnad (nuvärde)", "Nytta (nuvärde)", "Effekt som krävs för att gå jämnt upp"})
