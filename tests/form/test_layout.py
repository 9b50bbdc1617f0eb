"""The description of the form: every key of the format has a place, every place its words, every name is its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from socio_calc.case import Case, build_case, read_document
from socio_calc.case.dump import case_data
from socio_calc.case.structure import field_part
from socio_calc.form.computed import COMPUTED
from socio_calc.form.fill import fill
from socio_calc.form.headings import column_heading, column_hint, example_of
from socio_calc.form.sheets import SHEETS
from socio_calc.form.values import VALUES, choice_value, labels
from socio_calc.locale import LANGUAGES, Language, texts
from tests.form.forms import all_columns

#: Keys that the form keeps without fields of their own.
KEPT = {"pathways"}


def leaves(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Yield the key path of every value of the format, lists without their numbers."""
    for name, field in model.model_fields.items():
        key = field.alias or name
        path = f"{prefix}{key}"
        part, _ = field_part(model, key)
        if part is None or path in KEPT:
            yield path
        else:
            yield from leaves(part, f"{path}.")


def held() -> set[str]:
    """Return the key paths that fields and tables of the form hold."""
    found: set[str] = set()
    for plan in SHEETS:
        for part in plan.fields:
            found.add(part.columns[0].key.partition("=")[0])
        for table in plan.tables:
            path = "outcomes.consequences" if table.shape == "consequences" else table.path
            for column in table.columns:
                key = column.key.partition("#")[0]
                found.add(f"{path}.{key}" if path else key)
            if table.shape in ("mapping", "scenarios", "texts"):
                found.add(path)
    return found


#: Keys that stand in the form under another name, with the column that holds them.
ELSEWHERE = {
    "format": None,
    "correlations.between": "correlations.first",
    "outcomes.fades.rate": "outcomes.fades.number",
    "outcomes.fades.over": "outcomes.fades.number",
    "outcomes.fades.values": "outcomes.fades.number",
    "costs.source": "costs.amount",
    "costs.note": "costs.amount",
    "discount_rate.from": "discount_rate",
    "discount_rate.rate": "discount_rate",
    "discount_rate_health.from": "discount_rate_health",
    "discount_rate_health.rate": "discount_rate_health",
}


def test_every_key_of_the_format_has_a_field():
    has = held()
    for path in leaves(Case):
        if path not in KEPT:
            assert path in has or ELSEWHERE.get(path, path) in {*has, None}, path


def test_the_example_of_all_keys_fits_in_the_fields():
    case = build_case(read_document(Path(__file__).parents[1] / "case" / "example.yaml"))
    assert set(fill(case_data(case), "sv").kept) <= KEPT


def test_keys_are_unique_where_they_must_be_found():
    tables = [table.key for plan in SHEETS for table in plan.tables]
    fields = [column.key for plan in SHEETS for part in plan.fields for column in part.columns]
    assert max(Counter(tables + fields).values()) == 1
    for plan in SHEETS:
        for table in plan.tables:
            keys = [column.key for column in table.columns] + [column.key for column in COMPUTED[table.key]]
            assert max(Counter(keys).values()) == 1, table.key


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_column_has_its_words(lang: Any):
    words = texts(lang)
    for column in all_columns():
        assert column_heading(column, words)
        assert column_hint(column, words)
        assert isinstance(example_of(column, words), str)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_no_two_choices_of_a_list_look_the_same(lang: str):
    for name in VALUES:
        shown = [label.casefold() for label in labels(name, lang).values()]
        assert len(set(shown)) == len(shown), name
        for value, label in labels(name, lang).items():
            assert choice_value(name, label) == value


def test_lists_have_all_values_of_the_format():
    schema_values = {
        "actor": "kommun", "basis": "per_participant", "measure": "hazard_ratio", "kind": "wellbeing_loss",
        "grade": "judgement", "funding": "in_kind",
    }  # fmt: skip
    from typing import get_args

    from socio_calc.case.costs import Actor, CostType
    from socio_calc.case.outcomes import Grade, Kind, Measure

    for name, literal in (
        ("actor", Actor),
        ("cost_type", CostType),
        ("grade", Grade),
        ("kind", Kind),
        ("measure", Measure),
    ):
        assert set(VALUES[name]) == set(get_args(literal)), name
    for name, value in schema_values.items():
        assert value in VALUES[name]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_example_of_a_choice_is_one_of_its_labels(lang: Language) -> None:
    asked = [column for column in all_columns() if column.kind == "choice" and not str(column.choices).startswith("@")]
    examples = {column.key: (example_of(column, texts(lang)), str(column.choices)) for column in asked}
    given = {key: example for key, example in examples.items() if example[0]}
    assert len(given) > 20
    wrong = {key: said for key, (said, choices) in given.items() if said not in labels(choices, lang).values()}
    assert wrong == {}


def test_a_choice_may_be_told_by_its_only_beginning() -> None:
    assert choice_value("measure", "kvot") == "ratio"
    assert choice_value("measure", "Standardiserad skillnad") == "smd"
    assert choice_value("grade", "R") == "R", "one letter is a slip"
    assert choice_value("kind", "betalningsvilja (") == "wellbeing_loss"
    assert choice_value("cost_type", "per") == "personal"
    assert choice_value("basis", "per") == "per", "the beginning of two is neither"
    assert choice_value("measure", "kvoten") == "kvoten"
