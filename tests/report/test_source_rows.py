"""The rows of the base that a report names: those that decide a figure, with how sure they are in words."""

from __future__ import annotations

import pytest

from socio_calc.appraisal import Appraisal, appraise, load
from socio_calc.locale import LANGUAGES, texts
from socio_calc.reference import EvidenceRow, shipped_folder
from socio_calc.report.source_rows import confidence_of, default_taxes, source_rows, taxes_used

NOTHING_TAXED = ("kiva", "vgr-foraldrar", "vgr-lasning-och-sprak", "vgr-psykisk-halsa")
MODELS = tuple(sorted(path.stem for path in shipped_folder("models").glob("*.yaml")))


def computed(name: str) -> Appraisal:
    return appraise(load(shipped_folder("models") / f"{name}.yaml"), draws=64)


@pytest.mark.parametrize("name", NOTHING_TAXED)
def test_no_tax_is_a_source_where_nothing_is_taxed(name: str) -> None:
    appraisal = computed(name)
    assert not any(line.taxed or line.kind in ("production", "production_loss") for line in appraisal.plan.lines)
    assert taxes_used(appraisal) <= {"employer_contribution"}
    assert not any("income-tax" in row.id or "equalisation" in row.id for row in source_rows(appraisal))


def test_taxes_that_split_the_value_of_work_are_sources() -> None:
    appraisal = computed("skolnarvaro")
    ids = {row.id for row in source_rows(appraisal)}
    assert {"income-tax-municipality-gavle", "equalisation-municipal-gavleborg"} <= ids
    assert len(default_taxes(appraisal)) == 7


def test_a_rate_that_the_case_states_is_no_row_of_the_base() -> None:
    appraisal = computed("steget")
    assert appraisal.case.taxes.municipal is not None
    assert "municipal" not in default_taxes(appraisal)


@pytest.mark.parametrize("name", MODELS)
def test_every_row_says_in_both_languages_how_sure_it_is(name: str) -> None:
    for row in source_rows(computed(name)):
        said = [confidence_of(row, texts(lang)) for lang in LANGUAGES]
        assert said[0] != said[1]
        assert not any(word in text.split() for text in said for word in ("high", "medium", "low"))
        assert not isinstance(row, EvidenceRow) or all(". " in text for text in said)
