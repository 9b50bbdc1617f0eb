"""Whatever stands in the cells, the program answers in words: never with a fault of its own."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from socio_calc.form.cells import At
from socio_calc.form.values import VALUES
from socio_calc.locale import render_all
from socio_calc.problems import InputError
from tests.form.forms import Edited, all_columns, empty_form, form_of_model

MODEL = "styrka-hela-livet"
WORDS = [
    "1.234", "15 %", "x", "ja", "talet ledda_timmar", "talet ", "1; 2; 3", "3; 2; 1", "3 av 2", "medel 0; sd 1; gamma",
    "yaml: {low: 1}", "yaml: []", "yaml: {a: {b: c}}", "yaml:", "yaml: null", "öppet", "0: 3 %; 31: x", ":", ";",
    "2025",
    "pris nej", "evidens falls-ex-rate-all", "statistik x", "falls", "år för år: ", "år för år: 1; a", "[x]", "=1+1",
    "Belopp: x", "Pris per enhet: y\nz", "\u202e", "\x07", "e\u0301", "-", "1e9", "99999999999999999999", "0,0",
]  # fmt: skip
VALUE = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from([value for values in VALUES.values() for value in values]),
    st.text(max_size=12),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
    st.just(date(2025, 1, 1)),
    st.just(datetime(2025, 1, 1, 12, 30)),
)
FEW = settings(
    max_examples=60, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate), deadline=None
)


def cells_of(form: Edited) -> list[At]:
    """Return every input cell of the fields and of the first rows of the tables."""
    found = []
    for column in all_columns():
        if any(form.rows(name, column.key) for name in form.names):
            found.append(form.field(column.key))
    from socio_calc.form.sheets import SHEETS

    for plan in SHEETS:
        for table in plan.tables:
            count = 1 if table.shape == "one" else 4
            found += [form.cell(table.key, number, column.key) for number in range(count) for column in table.columns]
    return [at for at in found if at.sheet != "Listor"]


FULL, EMPTY = cells_of(Edited(form_of_model(MODEL))), cells_of(Edited(empty_form()))


def answered(form: Edited) -> None:
    """Open a form; what is wrong must come out in words, in both languages, at a cell."""
    try:
        form.case()
    except InputError as error:
        for lang in ("sv", "en"):
            assert render_all(error.problems, lang)  # type: ignore[arg-type]
        assert all(problem.place.sheet for problem in error.problems), error.problems


@FEW
@given(st.lists(st.tuples(st.sampled_from(FULL), VALUE), min_size=1, max_size=12))
def test_a_full_form_with_odd_cells(changes: list[tuple[At, object]]):
    form = Edited(form_of_model(MODEL))
    for at, value in changes:
        form.put(at, value)
    answered(form)


@FEW
@given(st.lists(st.tuples(st.sampled_from(EMPTY), VALUE), min_size=1, max_size=25))
def test_an_empty_form_with_odd_cells(changes: list[tuple[At, object]]):
    form = Edited(empty_form())
    for at, value in changes:
        form.put(at, value)
    answered(form)
