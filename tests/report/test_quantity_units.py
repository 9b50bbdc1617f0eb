"""Names and units of quantities: a reader sees what a number counts, and two quantities never have one name."""

from __future__ import annotations

from functools import cache

import pytest

from socio_calc.appraisal import Appraisal, appraise, load, quantity_name
from socio_calc.case import CostRef, follow, stated_effects
from socio_calc.locale import LANGUAGES, Language, texts
from socio_calc.reference import shipped_folder
from socio_calc.reference.vocabulary import PER
from socio_calc.report.document.assumption_list import stated_quantities
from socio_calc.report.quantity_units import Unit, unit_of
from socio_calc.report.text_layout import shortened

MODELS = sorted(path.stem for path in shipped_folder("models").glob("*.yaml"))
NO_BREAK = "\u00a0"


@cache
def appraisal_of(model: str) -> Appraisal:
    return appraise(load(shipped_folder("models") / f"{model}.yaml"), draws=64)


def written(model: str, key: str, values: tuple[float, ...], lang: Language = "sv") -> str:
    words = texts(lang)
    unit = unit_of(appraisal_of(model), key)
    return unit.write(words, "–".join(unit.digits(words, values)), 0.0).replace(NO_BREAK, " ")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("model", MODELS)
def test_no_two_quantities_of_a_model_have_one_name(model: str, lang: Language) -> None:
    appraisal = appraisal_of(model)
    names = [quantity_name(appraisal, column.key, lang) for column in appraisal.plan.columns]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_unit_of_a_price_can_be_counted(lang: Language) -> None:
    for per in PER:
        for digits, n in (("1", 1.0), ("2", 2.0)):
            assert digits in Unit(f"per-unit.{per}").write(texts(lang), digits, n)


@pytest.mark.parametrize("model", MODELS)
def test_effects_say_their_measure_and_hours_that_they_are_hours(model: str) -> None:
    appraisal = appraisal_of(model)
    for stated in stated_effects(appraisal.case):
        text = written(model, stated.path, (0.5, 0.75))
        measure = stated.effect.measure
        wanted = {"odds_ratio": "oddskvot ", "ratio": "kvot ", "hazard_ratio": "hasardkvot ", "smd": "standardavvik"}
        if measure in wanted:
            assert wanted[measure] in text
        elif measure == "difference" and stated.level in ("probability", "event"):
            assert text == "50–75 procentenheter"
    for number, item in enumerate(appraisal.case.costs):
        if item.hours is not None:
            assert "timmar" in written(model, f"costs.{number}.hours", (10.0, 20.0))


@pytest.mark.parametrize("model", MODELS)
def test_a_price_of_another_year_says_which(model: str) -> None:
    appraisal = appraisal_of(model)
    for stated in stated_quantities(appraisal.case):
        price = follow(stated.quantity, appraisal.case.quantities)
        if isinstance(price, CostRef) and stated.path.rpartition(".")[2] in ("price", "amount", "wage"):
            row = appraisal.reference.costs[price.cost]
            own = getattr(stated.inside[-1], "price_year", None)
            year = row.price_year if own is None else own
            told = f"i {year} års priser" in written(model, stated.path, (1.0, 2.0))
            assert told == (year != appraisal.price_year)


def test_a_range_has_the_decimals_of_its_largest_number_and_both_ends_differ() -> None:
    words = texts("sv")
    assert Unit().digits(words, (1.034, 1.4)) == ("1,03", "1,40")
    assert Unit().digits(words, (0.201, 0.446)) == ("0,20", "0,45")
    assert Unit().digits(words, (1.2001, 1.1999)) == ("1,2001", "1,1999")
    assert Unit("people", kind="people").digits(words, (33.8, 46.2)) == ("34", "46")


def test_a_cut_name_keeps_both_its_quotation_marks() -> None:
    for most in range(24, 60):
        cut = shortened("the level under ordinary practice of “Fall som kräver vård (alla slag)”", most)
        assert cut.count("“") == cut.count("”") and len(cut) <= most
