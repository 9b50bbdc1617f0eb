"""Values of a case in words, in every form that a number may be written in."""

import pytest

from socio_calc.locale import texts
from socio_calc.review.assumptions import assumptions
from socio_calc.review.field_value import field_value
from socio_calc.review.value_words import value_in_words
from tests.review.cases import SOURCE, changed, scene_of
from tests.review.reviewed import OUT, A
from tests.review.test_traps_pathways import BASE, WAY

ORDINARY, PRICE = f"{OUT}.ordinary", f"{OUT}.consequences.0.price"


@pytest.fixture(scope="module")
def scene():
    return scene_of(changed({"quantities": {"own_level": {"low": 0.1, "high": 0.2}}, ORDINARY: {"ref": "own_level"}}))


@pytest.mark.parametrize(
    ("path", "written", "sv", "en"),
    [
        (ORDINARY, 0.25, "25\u00a0%", "25%"),
        (ORDINARY, 0.125, "12,5\u00a0%", "12.5%"),
        (ORDINARY, {"low": 0.2, "mode": 0.25, "high": 0.3}, "25\u00a0% (20–30)", "25% (20–30)"),
        (ORDINARY, {"low": 0.2, "high": 0.3}, "20–30\u00a0%", "20–30%"),
        (ORDINARY, {"events": 17, "of": 100}, "17 av 100 (17\u00a0%)", "17 of 100 (17%)"),
        (ORDINARY, [0.2, 0.1], "20\u00a0%, 10\u00a0%", "20%, 10%"),
        (ORDINARY, {"ref": "own_level"}, "own level: 10–20\u00a0%", "own level: 10–20%"),
        (
            PRICE,
            {"mean": 1000, "sd": 50},
            "1\u00a0000\u00a0kr (standardavvikelse 50)",
            "SEK 1,000 (standard deviation 50)",
        ),
        (PRICE, {"low": -5, "high": 5}, "−5 till 5\u00a0kr", "SEK −5 to 5"),
        (
            PRICE,
            {"dist": "discrete", "values": [1, 2], "weights": [0.3, 0.7]},
            "1\u00a0kr, 2\u00a0kr med vikterna 0,3, 0,7",
            "SEK 1, SEK 2 with the weights 0.3, 0.7",
        ),
        (f"{OUT}.effect.value", {"estimate": 0.8, "ci": [0.7, 0.9]}, "0,8 (0,7–0,9)", "0.8 (0.7–0.9)"),
        (f"{OUT}.effect_on", "completers", "de som fullföljde", "those who completed"),
        (f"{OUT}.holds", 2, "2 år", "2 years"),
        ("first_year", 2020, "2020", "2020"),
        (f"{A}.existing_activity", False, "nej", "no"),
        (f"{A}.mechanism", "ord " * 100, ("ord " * 30)[:119].rstrip() + "…", ("ord " * 30)[:119].rstrip() + "…"),
        (ORDINARY, None, "–", "–"),
    ],
)
def test_values_are_written_as_their_field_needs(scene, path, written, sv, en):
    assert value_in_words(path, written, scene, texts("sv")) == sv
    assert value_in_words(path, written, scene, texts("en")) == en


def test_rows_of_the_base_are_named_with_their_value(scene):
    said = value_in_words(PRICE, {"cost": "hospital-day"}, scene, texts("sv"))
    row = scene.base.costs["hospital-day"]
    assert said.endswith(row.name_sv[1:]) and "kr" in said
    level = value_in_words(ORDINARY, {"baseline": "dyslexia-se"}, scene, texts("en"))
    assert level.startswith("6.5%") and "dyslexia" in level


def test_parts_of_a_case_are_no_single_value(scene):
    words = texts("sv")
    assert field_value(ORDINARY, scene, words) == "own level: 10–20\u00a0%"
    assert field_value(f"{OUT}.effect", scene, words) == "0,8 (0,7–0,9)"
    assert field_value("costs", scene, words) is None and field_value(OUT, scene, words) is None
    assert field_value("outcomes.other.lag", scene, words) is None and field_value("no.such", scene, words) is None


def test_the_log_holds_every_transition_and_start():
    counts = {"counts": {"hemma": 17, "borta": 83}}
    log = {item.path: item for item in assumptions(scene_of(changed({f"{WAY}.transitions.borta": counts}, BASE)), "sv")}
    assert log[f"{WAY}.start.borta"].value == "100\u00a0%"
    assert log[f"{WAY}.transitions.borta.counts.hemma"].value == "17"
    plain = {item.path: item for item in assumptions(scene_of(BASE), "en")}
    moved = plain[f"{WAY}.transitions.borta.hemma"]
    assert moved.value == "25% (20–30)" and moved.source == SOURCE and moved.swing > 0
