"""Another effect, other parties, deaths and prices: what must happen to the figures (see `test_metamorphic`)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socio_calc.appraisal.measures import TOLERANCE, DrawFigures
from socio_calc.case import Case, Equalisation, Fixed, Ref, Taxes
from socio_calc.engine.ledger import ACTORS, PERSPECTIVES, PUBLIC
from socio_calc.engine.values import FactorValues
from socio_calc.engine.yearly import flows_at
from socio_calc.reference import LifeTable, load_reference
from tests.properties import changes
from tests.properties.agreement import SUMS
from tests.properties.figures import (
    SLACK,
    drawn,
    drawn_property_of,
    figures_of,
    independent,
    property_of,
    unequal,
)
from tests.strategies import cases
from tests.strategy_parts import numbers

ONE, NONE = Fixed(value=1), Fixed(value=0)
OFF = {"public_funds_factor": ONE}


# --- effects ----------------------------------------------------------------------------------------------------------


@drawn_property_of
@given(independent(min_outcomes=1), st.sampled_from((("ratio", ONE), ("difference", NONE))))
def test_without_an_effect_the_net_value_is_minus_the_cost(case: Case, effect: tuple[str, Fixed]) -> None:
    idle = changes.with_effect(case, *effect)
    figures, appraisal = figures_of(idle), drawn(idle, 64)
    for key, value in figures.sums.items():
        if key[3] == "pv_effects":
            assert value == 0.0
            net, cost = (figures.sums[(*key[:3], name)] for name in ("npv", "pv_costs"))
            assert abs(net + cost) <= SLACK * figures.size
    for horizon in case.horizons:
        row, cost = appraisal.result(horizon=horizon), appraisal.result("pv_costs", horizon=horizon)
        assert row.mean == pytest.approx(-cost.mean, rel=1e-12)
        assert row.sd == pytest.approx(cost.sd, rel=1e-9)
    assert all(row.difference == 0 and row.difference_p95 == 0 for row in appraisal.outcome_rows)


# More of one transition may mean less of what it leads away from: of pathways nothing of the kind is true.
@property_of
@given(independent(min_outcomes=1, max_pathways=0), st.lists(numbers(0, 1), min_size=2, max_size=4))
def test_a_larger_effect_gives_no_smaller_gain(case: Case, ratios: list[float]) -> None:
    """Fewer of what costs: each payer gains at least as much, whatever the level, the fade and the adjustments."""
    costly = changes.with_consequences(
        changes.with_kinds(case, "resource_cost"),
        lambda item: item.model_copy(update={"quantity": Fixed(value=abs(item.quantity.central))}),
    )
    gains = [
        figures_of(changes.with_effect(costly, "ratio", Fixed(value=ratio))) for ratio in sorted(ratios, reverse=True)
    ]
    for smaller, larger in pairwise(gains):
        for perspective in PERSPECTIVES:
            for horizon in case.horizons:
                less, more = (f.sum("pv_effects", perspective, horizon) for f in (smaller, larger))
                assert more >= less - SLACK * larger.size
                assert more >= 0


@drawn_property_of
@given(independent())
def test_ordinary_practice_against_itself_is_nothing(case: Case) -> None:
    """Every cost falls away as it comes, each draw of it too, and no outcome moves."""
    split = changes.split_costs(changes.with_costs(case, lambda i: i.model_copy(update={"quantity": Fixed(value=2)})))
    costs = tuple(
        item.model_copy(update={"replaces": index % 2 == 1, "quantity": ONE}) for index, item in enumerate(split.costs)
    )
    same = changes.with_effect(split.model_copy(update={"costs": costs}), "ratio", ONE)
    figures = figures_of(same)
    assert all(value == 0.0 for value in figures.sums.values())
    net = drawn(same, 64).net_draws()
    assert np.abs(net).max(initial=0.0) <= 1e-6 * (1 + figures.size)


@property_of
@given(independent(min_outcomes=1), numbers(0, 1))
def test_displacement_takes_its_share_of_work_and_transfers_alone(case: Case, share: float) -> None:
    def with_share(value: float) -> Case:
        return changes.with_sources(case, lambda source: source.model_copy(update={"displacement": Fixed(value=value)}))

    whole, less = figures_of(with_share(0)), figures_of(with_share(share))
    for line, amount, other in zip(
        whole.draw.plan.lines, whole.draw.flows.amounts, less.draw.flows.amounts, strict=True
    ):
        left = 1 - share if line.kind in ("production", "production_loss", "transfer") and not line.is_cost else 1.0
        np.testing.assert_allclose(other, left * amount, rtol=1e-12, atol=1e-9)


# --- the ledger -------------------------------------------------------------------------------------------------------


@drawn_property_of
@given(cases())
def test_the_actors_add_up_to_society_in_every_draw(case: Case) -> None:
    appraisal = drawn(case, 64)
    net = {perspective: appraisal.net_draws(perspective) for perspective in PERSPECTIVES}
    size = 1 + max(np.abs(draws).max() for draws in net.values())
    np.testing.assert_allclose(sum(net[actor] for actor in ACTORS), net["societal"], atol=1e-9 * size)
    np.testing.assert_allclose(sum(net[actor] for actor in PUBLIC), net["public"], atol=1e-9 * size)
    # The same for the yearly evaluation of single draws, which builds the ledger line by line.
    for x in appraisal.simulation.draws_at(np.array([0, 9, 63])).T:
        figures = DrawFigures(appraisal.plan, flows_at(appraisal.plan, FactorValues(appraisal.plan, x[:, None])))
        every = figures.lines_of("all")
        total, gross = figures.pv("societal", appraisal.longest, every, 0.0)
        parts = sum(figures.pv(actor, appraisal.longest, every, 0.0)[0] for actor in ACTORS)
        assert abs(parts - total) <= 1e-12 * gross


@property_of
@given(cases())
def test_the_years_add_up_to_the_total(case: Case) -> None:
    appraisal = drawn(case, 8)
    size = figures_of(case).size
    plan = appraisal.plan
    for actor in ACTORS:
        by_year = appraisal.costs_by_year[actor] + appraisal.gains_by_year[actor]
        for horizon in case.horizons:
            found = appraisal.result("npv", actor, horizon).base
            assert abs(float(by_year[:horizon].sum()) - found) <= SLACK * size
            rows = [row for row in appraisal.flow_rows if row.actor == actor and row.year < horizon]
            factors = {True: plan.discount_health, False: plan.discount}
            listed = sum(row.base * factors[row.kind == "health"][row.year] for row in rows)
            assert abs(listed - found) <= SLACK * size


@drawn_property_of
@given(independent(min_outcomes=1))
def test_transfers_cancel(case: Case) -> None:
    only = changes.with_kinds(case.model_copy(update=OFF), "transfer")
    figures = figures_of(only)
    for horizon in case.horizons:
        assert figures.sum("pv_effects", horizon=horizon) == 0.0
    appraisal = drawn(only, 64)
    assert abs(appraisal.result("pv_effects").mean) <= SLACK * (1 + 100 * figures.size)


@property_of
@given(independent(min_outcomes=1), st.tuples(*[numbers(0, 0.4)] * 5))
def test_production_splits_to_its_whole_whatever_the_taxes(case: Case, shares: tuple[float, ...]) -> None:
    employer, municipal, regional, allowance, credit = shares
    only = changes.with_kinds(case.model_copy(update={**OFF, "costs": ()}), "production", "production_loss")
    other = Taxes(
        employer_contribution=employer,
        municipal=municipal,
        regional=regional,
        basic_allowance_share=allowance,
        job_tax_credit_share=credit,
        equalisation=Equalisation(municipal=municipal / 2, regional=regional / 3),
    )
    before, after = figures_of(only), figures_of(only.model_copy(update={"taxes": other}))
    assert unequal(after, before, only=lambda key: key[1] == "societal" and key[3] == "pv_effects") == []
    whole = sum(
        float(amount @ after.draw.plan.discount) * (1 if line.kind == "production" else -1)
        for line, amount in zip(after.draw.plan.lines, after.draw.flows.amounts, strict=True)
    )
    assert abs(after.sum("pv_effects") - whole) <= SLACK * after.size


@property_of
@given(independent(min_outcomes=1), numbers(0, 0.3), numbers(0, 0.2))
def test_equalisation_only_moves_money_between_public_parties(case: Case, municipal: float, regional: float) -> None:
    def with_rates(m: float, r: float) -> Case:
        taxes = case.taxes.model_copy(update={"equalisation": Equalisation(municipal=m, regional=r)})
        return case.model_copy(update={"taxes": taxes})

    off, on = figures_of(with_rates(0, 0)), figures_of(with_rates(municipal, regional))
    moved = ("kommun", "region", "stat")
    untouched = lambda key: key[1] not in moved and key[3] != "npv_cash"  # noqa: E731
    assert unequal(on, off, only=untouched) == []
    taxed = sum(
        line.taxed * float(amount @ off.draw.plan.discount)
        for line, amount in zip(off.draw.plan.lines, off.draw.flows.amounts, strict=True)
    )
    for actor, taken in (("kommun", municipal), ("region", regional), ("stat", -municipal - regional)):
        change = on.sum("npv", actor) - off.sum("npv", actor)
        assert abs(change + taken * taxed) <= SLACK * (on.size + off.size)


@property_of
@given(independent(), numbers(1, 2))
def test_public_funds_add_their_share_of_the_public_net(case: Case, factor: float) -> None:
    off = figures_of(case.model_copy(update=OFF))
    assert all(line.kind != "public_funds" for line in off.draw.lines), "a factor of 1 books nothing"
    on = figures_of(case.model_copy(update={"public_funds_factor": Fixed(value=factor)}))
    for (view, perspective, horizon, measure), value in on.sums.items():
        if perspective in ("societal", "ovriga") and measure in ("npv", "pv_costs", "pv_effects"):
            extra = (factor - 1) * off.sums[view, "public", horizon, measure]
            assert abs(value - off.sums[view, perspective, horizon, measure] - extra) <= SLACK * (on.size + off.size)
        elif measure != "npv_weighted":
            assert abs(value - off.sums[view, perspective, horizon, measure]) <= SLACK * off.size
    # The marginal value of public funds leaves the line out.
    assert (
        on.values["all", "societal", max(case.horizons), "mvpf"]
        == off.values["all", "societal", max(case.horizons), "mvpf"]
    )


@property_of
@given(independent())
def test_who_funds_a_cost_does_not_change_its_size(case: Case) -> None:
    own = changes.with_costs(
        case.model_copy(update=OFF), lambda i: i.model_copy(update={"funding": "in_kind", "funder": None})
    )
    granted = changes.with_costs(own, lambda i: i.model_copy(update={"funding": "grant", "funder": "region"}))
    before, after = figures_of(own), figures_of(granted)
    assert unequal(after, before, only=lambda key: key[1] == "societal") == []
    for actor in ACTORS:
        wanted = before.sum("pv_costs") if actor == "region" else 0.0
        assert abs(after.sum("pv_costs", actor) - wanted) <= SLACK * before.size


@property_of
@given(independent())
def test_the_views_add_up(case: Case) -> None:
    figures = figures_of(case)
    for (view, perspective, horizon, measure), value in figures.sums.items():
        if measure == "npv":
            parts = (figures.sums[view, perspective, horizon, name] for name in ("pv_effects", "pv_costs"))
            effects, costs = parts
            assert abs(effects - costs - value) <= SLACK * figures.size
            rest = figures.sums["all", perspective, horizon, "npv"] - value
            left_out = {"all": (), "without_production": ("production",), "without_health": ("health", "wellbeing")}
            rows = [ACTORS.index(actor) for actor in PERSPECTIVES[perspective]]
            lines = [line for line in figures.draw.lines if line.part in left_out[view]]
            dropped = sum(float(line.discounted[rows, :horizon].sum()) for line in lines)
            assert abs(rest - dropped) <= SLACK * figures.size


@property_of
@given(independent(min_outcomes=1), numbers(0, 3))
def test_equal_weights_weigh_what_participants_gain(case: Case, weight: float) -> None:
    def weighted(value: float) -> Case:
        cohorts = tuple(cohort.model_copy(update={"weight": value}) for cohort in case.participants)
        return case.model_copy(update={"participants": cohorts})

    plain, heavy = figures_of(weighted(1.0)), figures_of(weighted(weight))
    for horizon in case.horizons:
        net = plain.sum("npv", horizon=horizon)
        assert plain.sum("npv_weighted", horizon=horizon) == net
        # The λ line is no effect entry on individuals.
        wanted = net + (weight - 1) * plain.sum("pv_effects", "individ", horizon)
        assert abs(heavy.sum("npv_weighted", horizon=horizon) - wanted) <= SLACK * 4 * plain.size
    assert unequal(heavy, plain, only=lambda key: key[3] != "npv_weighted") == []


# --- mortality and prices ---------------------------------------------------------------------------------------------


@property_of
@given(independent(survival=True))
def test_a_life_table_without_deaths_is_no_life_table(case: Case) -> None:
    young = tuple(cohort.model_copy(update={"age": min(cohort.age or 0, 80)}) for cohort in case.participants)
    mortal = case.model_copy(update={"participants": young})
    immortal = replace(load_reference(), life_table=LifeTable("none", *[(0.0,) * 101] * 3))
    found = figures_of(mortal, immortal)
    without = changes.without_life_table(mortal)
    plain = figures_of(without)
    none_alive = changes.with_sources(without, lambda source: source.model_copy(update={"survival": None}))
    assert unequal(found, plain) == []
    assert unequal(found, figures_of(none_alive)) == []


@property_of
@given(independent(survival=True))
def test_deaths_never_leave_more_people(case: Case) -> None:
    with_deaths, without = figures_of(case), figures_of(changes.without_life_table(case))
    alive, all_there = (np.abs(figures.draw.flows.ordinary) for figures in (with_deaths, without))
    assert np.all(alive <= all_there * (1 + 1e-12) + 1e-12)


@property_of
@given(independent(), st.sampled_from(("kpif", "kpi")), st.integers(2008, 2024))
def test_an_older_price_is_the_price_times_its_index(case: Case, series: str, year: int) -> None:
    old = {"price_year": year, "index": series}

    def dated(item):  # type: ignore[no-untyped-def]
        named = [getattr(item, key, None) for key in ("amount", "wage", "price")]
        return item if all(price is None for price in named) else item.model_copy(update=old)

    converted = changes.with_consequences(changes.with_costs(case, dated), dated)
    factor = load_reference().indices[series].factor(year, case.price_year)
    by_hand = changes.in_other_money(case, factor).model_copy(update={"health_value": case.health_value})
    found, wanted = figures_of(converted), figures_of(by_hand)
    assert found.sums.keys() == wanted.sums.keys()
    for key, value in found.sums.items():
        assert abs(value - wanted.sums[key]) <= SLACK * found.size, key


@property_of
@given(independent(min_outcomes=1))
def test_a_named_quantity_in_place_is_the_same_base_case(case: Case) -> None:
    def written_out(quantity):  # type: ignore[no-untyped-def]
        return case.quantities[quantity.ref] if isinstance(quantity, Ref) else quantity

    costs = changes.with_costs(
        case, lambda i: i.model_copy(update={k: written_out(getattr(i, k)) for k in ("amount",)})
    )
    plain = changes.with_consequences(costs, lambda i: i.model_copy(update={"price": written_out(i.price)}))
    figures = figures_of(case)
    after = figures_of(plain.model_copy(update={"quantities": {}})).values
    for key, value in figures.values.items():
        if value is None or after[key] is None:
            assert after[key] is value
        elif key[3] in SUMS:
            assert abs(after[key] - value) <= SLACK * figures.size
        else:
            assert after[key] == pytest.approx(value, rel=1e-6, abs=TOLERANCE)
