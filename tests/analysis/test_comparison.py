"""Two cases explained: hand-worked parts, sums that hold, changes that belong together, bases, and what turns."""

from __future__ import annotations

import copy
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from socio_calc.analysis.case_changes import case_changes, quiet_changes
from socio_calc.analysis.comparison import Comparison, compare
from socio_calc.appraisal import OpenedCase, open_case
from socio_calc.case.dump import case_data, dump_data
from socio_calc.problems import InputError
from socio_calc.reference import ReferenceBase, load_reference

MODELS = Path(__file__).parents[2] / "models"
#: 10 participants at 100 SEK each, and 4 events fewer of 1,000 SEK: −1,000 + 4,000, all in the first year.
SMALL: dict[str, Any] = {
    "format": 1,
    "title": "Liten",
    "first_year": 2025,
    "price_year": 2024,
    "horizons": [1],
    "participants": [{"year": 0, "number": 10}],
    "costs": [{"name": "Ledare", "actor": "kommun", "amount": 100, "basis": "per_participant"}],
    "outcomes": [
        {
            "id": "fall", "name": "Fall", "level": "rate", "better": "lower", "ordinary": 0.8,
            "effect": {"measure": "difference", "value": -0.4}, "holds": 1,
            "evidence": {"grade": "rct", "sources": ["Studie"]},
            "consequences": [
                {"name": "Vård", "price": 1000, "kind": "resource_cost", "payer": "region", "price_year": 2024}
            ],
        }
    ],
}  # fmt: skip


@pytest.fixture
def opened(tmp_path: Path) -> Any:
    count = iter(range(100))

    def open_data(data: dict[str, Any], base: ReferenceBase | None = None) -> OpenedCase:
        path = tmp_path / f"{next(count)}.yaml"
        path.write_text(dump_data(data))
        return open_case(path, base)

    return open_data


def changed(**paths: Any) -> dict[str, Any]:
    """Return the small case with some of its keys replaced, `costs__0__amount` for a place inside."""
    data = copy.deepcopy(SMALL)
    for name, value in paths.items():
        *above, last = name.split("__")
        part: Any = data
        for step in above:
            part = part[int(step)] if step.isdecimal() else part[step]
        part[int(last) if last.isdecimal() else last] = value
    return data


def parts(comparison: Comparison) -> dict[tuple[str, ...], float]:
    return {step.changes[0].paths: step.amount for step in comparison.steps}


def test_two_changes_of_a_product_share_what_both_do(opened: Any) -> None:
    """Cost −100·10 → −150·20 and gain 4,000 → 8,000: worked by hand over both orders.

    Amount first: −500, then number −1,500 + 4,000. Number first: −1,000 + 4,000, then amount −1,000.
    """
    after = opened(changed(costs__0__amount=150, participants__0__number=20))
    comparison = compare(opened(SMALL), after, draws=8)
    assert comparison.before.npv == pytest.approx(3000)
    assert comparison.after.npv == pytest.approx(5000)
    assert parts(comparison) == {
        ("participants.0.number",): pytest.approx(2750),
        ("costs.0.amount",): pytest.approx(-750),
    }
    assert comparison.exact and comparison.flips == ()


def test_nothing_differs_from_itself(opened: Any) -> None:
    comparison = compare(opened(SMALL), opened(SMALL), draws=8)
    assert comparison.steps == () and comparison.quiet == () and comparison.difference == 0.0


def test_words_are_no_changes_of_numbers(opened: Any) -> None:
    data = changed(title="Annan", outcomes__0__name="Fallolyckor")
    data["costs"][0]["note"] = "ny text"
    comparison = compare(opened(SMALL), opened(data), draws=8)
    assert comparison.steps == ()
    assert comparison.quiet == ("title", "costs", "outcomes")


def test_items_come_and_go_as_one_change_each_and_leave_the_others_alone(opened: Any) -> None:
    data = copy.deepcopy(SMALL)
    data["costs"].insert(0, {"name": "Lokal", "actor": "region", "amount": 70, "basis": "total", "years": [0]})
    data["outcomes"][0]["consequences"].append(
        {"name": "Omsorg", "price": 50, "kind": "resource_cost", "payer": "kommun", "price_year": 2024}
    )
    comparison = compare(opened(SMALL), opened(data), draws=8)
    assert parts(comparison) == {
        ("outcomes.fall.consequences.1",): pytest.approx(200),
        ("costs.0",): pytest.approx(-70),
    }
    assert [step.changes[0].kind for step in comparison.steps] == ["added", "added"]
    back = compare(opened(data), opened(SMALL), draws=8)
    assert {step.changes[0].kind for step in back.steps} == {"removed"}
    assert back.difference == pytest.approx(-comparison.difference)


def test_a_renamed_item_is_the_same_item(opened: Any) -> None:
    data = changed(costs__0__name="Gruppledare", costs__0__amount=120)
    comparison = compare(opened(SMALL), opened(data), draws=8)
    assert parts(comparison) == {("costs.0.amount",): pytest.approx(-200)}


def test_fields_that_say_one_thing_are_one_change() -> None:
    before = changed()
    after = changed()
    after["costs"][0] |= {"funding": "grant", "funder": "region"}
    after["outcomes"][0]["consequences"][0] |= {"price": 900, "payer": "kommun"}
    changes, _ = case_changes(before, after)
    assert [change.paths for change in changes] == [
        ("costs.0.funding", "costs.0.funder"),
        ("outcomes.fall.consequences.0.price", "outcomes.fall.consequences.0.payer"),
    ]


def test_changes_that_only_make_sense_together_are_one_step(opened: Any) -> None:
    data = changed(costs__0__amount={"ref": "lon"})
    data["quantities"] = {"lon": {"low": 100, "mode": 200, "high": 300}}
    data["discount_rate"] = 0.05
    comparison = compare(opened(SMALL), opened(data), draws=8)
    together = next(step for step in comparison.steps if len(step.changes) == 2)
    assert {change.paths[0] for change in together.changes} == {"costs.0.amount", "quantities.lon"}
    assert together.amount == pytest.approx(-1000)
    alone = next(step for step in comparison.steps if len(step.changes) == 1)
    assert alone.changes[0].paths == ("discount_rate",) and alone.amount == 0.0


def test_an_effect_that_needs_another_level_goes_with_it(opened: Any) -> None:
    """−0.4 of 0.8 is possible, and so is −0.9 of 1.2, but not −0.9 of 0.8."""
    data = changed(outcomes__0__ordinary=1.2, outcomes__0__effect={"measure": "difference", "value": -0.9})
    comparison = compare(opened(SMALL), opened(data), draws=8)
    assert len(comparison.steps) == 1 and len(comparison.steps[0].changes) == 2
    assert comparison.steps[0].amount == pytest.approx(5000)


def test_parts_add_up_in_a_real_case_with_many_changes(opened: Any) -> None:
    before = case_data(open_case(MODELS / "ips.yaml").case)
    before.pop("scenarios", None)
    after = copy.deepcopy(before)
    after |= {"discount_rate": 0.05, "timing": "end", "survival": "none", "completion": 0.7}
    after["participants"][0]["number"] = 35
    for number, item in enumerate(after["costs"]):
        item["growth"] = 0.01 * (number + 1)
    after["outcomes"][0] |= {"displacement": 0.4, "evidence_adjustment": 0.9, "holds": 2}
    comparison = compare(opened(before), opened(after), draws=64)
    assert not comparison.exact and len(comparison.steps) > 10
    assert math.fsum(step.amount for step in comparison.steps) == pytest.approx(comparison.difference, rel=1e-9)
    assert [abs(step.amount) for step in comparison.steps] == sorted(
        (abs(step.amount) for step in comparison.steps), reverse=True
    )


def test_two_bases_are_compared_row_by_row(opened: Any) -> None:
    base = load_reference()
    price, index = base.costs["primary-care-digital-doctor-contact"], base.indices["kpif"]
    other = replace(
        base,
        costs={**base.costs, price.id: replace(price, value=price.value * 2)},
        indices={**base.indices, "kpi": replace(base.indices["kpi"], values={**index.values, 2024: 1.0})},
    )
    data = changed()
    data["outcomes"][0]["consequences"] = [{"name": "Kontakt", "price": {"cost": price.id}}]
    comparison = compare(opened(data, base), opened(data, other), draws=8)
    assert parts(comparison) == {(f"costs:{price.id}", "value"): pytest.approx(comparison.difference)}
    (change,) = comparison.steps[0].changes
    assert (change.kind, change.before, change.after) == ("base", price.value, price.value * 2)
    assert comparison.difference == pytest.approx(4 * price.value)


def test_what_turns_is_named(opened: Any) -> None:
    worse = opened(changed(costs__0__amount={"low": 380, "mode": 500, "high": 600}))
    better = opened(changed(costs__0__amount={"low": 100, "mode": 200, "high": 420}))
    assert compare(better, worse, draws=64).flips == ("npv", "probability", "break_even")
    assert compare(better, better, draws=64).flips == ()
    kommun = compare(better, worse, perspective="kommun", draws=64)
    assert kommun.perspective == "kommun" and kommun.flips == () and kommun.before.npv < 0


def test_the_horizon_is_one_that_both_reach(opened: Any) -> None:
    longer = opened(changed(horizons=[1, 5]))
    assert compare(opened(SMALL), longer, draws=8).horizon == 1
    assert compare(longer, longer, horizon=3, draws=8).horizon == 3
    with pytest.raises(InputError) as caught:
        compare(opened(SMALL), longer, horizon=5, draws=8)
    assert [problem.code for problem in caught.value.problems] == ["compare-horizon"]


def test_quiet_changes_name_the_part() -> None:
    assert quiet_changes(SMALL, changed(first_year=2026)) == ()
    assert quiet_changes(SMALL, {**SMALL, "not_valued": ["Oro"]}) == ("not_valued",)
