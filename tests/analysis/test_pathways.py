"""Questions about a case with pathways: its numbers are asked about like all others."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from socio_calc.analysis.focus import Focus, PresentValue, ordinary_draws
from socio_calc.analysis.information import information
from socio_calc.analysis.limits import limits, places
from socio_calc.analysis.sensitivity import sensitivity
from socio_calc.appraisal import Appraisal, appraise
from tests.engine.pathway_cases import case, pathway

WAY = pathway(
    transitions={
        "school": {"done": {"low": 0.2, "high": 0.4}, "out": {"rate": {"low": 0.05, "high": 0.15}}, "rest": "school"},
        "out": {"counts": {"school": 12, "out": 88}},
    },
    effects=[
        {"from": "school", "to": "out", "measure": "ratio", "value": {"ref": "effect"}},
        {"from": "out", "to": "school", "measure": "difference", "value": {"low": 0, "high": 0.1}},
    ],
)
COSTS = [{"name": "Staff", "actor": "kommun", "amount": 260, "basis": "per_participant"}]
DECISION = {
    "perspective": "societal", "participants_per_cohort": 30, "cohorts_per_year": 2, "from_year": 2, "years": 5,
}  # fmt: skip


@cache
def whole(decision: bool = False) -> Appraisal:
    around = {
        "quantities": {"effect": {"estimate": 0.6, "ci": [0.4, 0.9]}},
        "participants": [{"year": 0, "number": 60}],
        "costs": COSTS,
        "scenarios": {"kort": {"pathways.school.holds": 1, "pathways.school.transitions.school.done": 0.5}},
        **({"decision": DECISION} if decision else {}),
    }
    return appraise(case(WAY, **around), draws=4096)


def test_every_quantity_has_a_bar_and_a_switching_value() -> None:
    appraisal = whole()
    found = sensitivity(appraisal)
    keys = {column.key for column in appraisal.plan.columns}
    assert {bar.quantity for bar in found.bars} == keys
    assert {row.quantity for row in found.switching} == keys
    assert len(keys) == 6
    (holds,) = [bar for bar in found.structural if bar.quantity == "pathways.school.holds"]
    assert (holds.low_input, holds.high_input) == (1.0, 3.0)
    for value, npv in ((1.0, holds.npv_low), (3.0, holds.npv_high)):
        changed = pathway(**{**WAY, "holds": value})
        again = appraisal.case.model_copy(update={"pathways": case(changed, quantities={"effect": 1}).pathways})
        assert appraise(again, draws=8).base() == pytest.approx(npv, rel=1e-12)
    (kort,) = [row for row in found.scenarios if row.name == "kort"]
    assert kort.npv != found.npv.base


@pytest.mark.parametrize(
    ("key", "low", "high"),
    [
        ("pathways.school.transitions.school.done", 0.0, 1.0),
        ("pathways.school.transitions.school.out.rate", 0.0, np.inf),
        ("pathways.school.transitions.out.counts.school", 0.0, np.inf),
        ("quantities.effect", 0.0, np.inf),
        ("pathways.school.effects.1.value", -np.inf, np.inf),
    ],
)
def test_how_far_a_quantity_can_go(key: str, low: float, high: float) -> None:
    focus = Focus(whole(), "societal", 10)
    (column,) = [column for column in focus.plan.columns if column.key == key]
    assert limits(focus, column) == (low, high)


def test_where_a_named_effect_stands() -> None:
    assert places(whole(), "quantities.effect") == ("pathways.school.effects.0.value",)


def test_what_knowing_is_worth() -> None:
    found = information(whole(), sizes=[50])
    assert found.evpi > 0
    assert {row.quantity for row in found.evppi} == {column.key for column in whole().plan.columns}
    # Follow-ups are of outcomes: a case without any has none that can be computed.
    assert (found.plan.reason, found.evsi) == ("no-outcome", ())


def test_the_roll_out_is_one_cohort_of_the_same_pathway() -> None:
    """Cost and gains are in proportion to participants, so that its net benefit is half that of the case's sixty."""
    own, rolled = information(whole(), sizes=[50]), information(whole(decision=True), sizes=[50])
    assert rolled.net_benefit == pytest.approx(own.net_benefit / 2.0, rel=1e-12)
    assert rolled.cohorts == pytest.approx(2 * sum(1.035**-k for k in range(2, 7)))


def test_present_values_in_pieces_are_those_of_the_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    appraisal = whole()
    net = PresentValue(appraisal.plan, "societal", [10])
    x = ordinary_draws(appraisal.simulation)
    expected = appraisal.net_draws()
    np.testing.assert_allclose(net(x), expected, rtol=1e-9)
    monkeypatch.setattr("socio_calc.engine.simulate.PATHWAY_MEMORY", 300 * appraisal.plan.bytes_per_draw)
    np.testing.assert_allclose(net(x), expected, rtol=1e-9)
