"""The fast path against the yearly evaluation, draw by draw at the same drawn values (METHOD §1–5, §7).

The fast path adds up accounts in blocks, with series in closed form; the yearly one follows one draw through every
line and year. They must agree to 1e-9 of the size of the draw's entries.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from socio_calc.appraisal.measures import DrawFigures
from socio_calc.case import Case, CostItem, Counts, Fade, Fixed, Moments, Pert, Uniform
from socio_calc.engine.build import build_plan
from socio_calc.engine.closed import geometric_sums
from socio_calc.engine.ledger import ACTORS, PUBLIC
from socio_calc.engine.program import PUBLIC_FUNDS, Account
from socio_calc.engine.simulate import Simulation
from socio_calc.engine.values import FactorValues
from socio_calc.engine.yearly import flows_at
from socio_calc.reference import load_reference
from tests.strategies import cases

POINTS = np.array([0, 21, 63])


def accounts_by_year(figures: DrawFigures) -> Iterator[tuple[Account, np.ndarray]]:
    """Yield the discounted course of every account of one draw, from its ledger lines; shape (years,)."""
    plan, flows = figures.plan, figures.flows
    for line in figures.lines:
        for actor, entries in zip(ACTORS, line.discounted, strict=True):
            if entries.any():
                yield (line.part, PUBLIC_FUNDS if line.kind == "public_funds" else actor), entries
    for row, line in enumerate(plan.lines):
        yield ("qaly", "individ"), flows.qalys[row] * plan.discount_health
        yield ("qaly_undiscounted", "individ"), flows.qalys[row]
        weighted = line.entries.get("individ", 0.0) * flows.weighted[row]
        yield ("weights", "individ"), weighted * plan.discount_of(line)
        if line.grant:
            yield ("grant", "societal"), -sum(line.entries.values()) * flows.amounts[row] * plan.discount
        if line.payer in PUBLIC and line.kind == "resource_cost" and not line.is_cost:
            gains = np.maximum(-flows.amounts[row], 0.0) * plan.discount
            yield ("cash", line.payer), -(1.0 - flows.realisable[row]) * gains


def disagreements(case: Case) -> list[tuple[int, Account, int, float, float]]:
    """Return (draw, account, horizon, fast, yearly) wherever the two ways differ."""
    simulation = Simulation(build_plan(case, load_reference()), 64, seed=3)
    plan, program = simulation.plan, simulation.program
    (chunk,) = simulation.chunks()
    assert chunk.accounts == program.drawn_accounts
    found = []
    for index, x in zip(POINTS, simulation.draws_at(POINTS).T, strict=True):
        fast = {account: values.copy() for account, values in program.constants().items()}
        for row, account in enumerate(chunk.accounts):
            fast[account] = fast.get(account, 0.0) + chunk.values[row, :, index]
        wanted: dict[Account, np.ndarray] = {}
        sizes: dict[Account, float] = {}
        figures = DrawFigures(plan, flows_at(plan, FactorValues(plan, x[:, None])))
        for account, course in accounts_by_year(figures):
            wanted[account] = wanted.get(account, 0.0) + course
            sizes[account] = sizes.get(account, 0.0) + float(np.abs(course).sum())
        # What cancels between lines of one account keeps the rounding of its terms.
        whole = float(np.abs(figures.discounted).sum())
        for account in wanted.keys() | fast.keys():
            course = wanted.get(account, np.zeros(plan.years))
            slack = 1e-9 * sizes.get(account, 0.0) + 1e-13 * whole
            for place, horizon in enumerate(plan.horizons):
                mine = float(fast.get(account, np.zeros(len(plan.horizons)))[place])
                theirs = float(course[:horizon].sum())
                if not abs(mine - theirs) <= slack:
                    found.append((int(index), account, horizon, mine, theirs))
    return found


@settings(max_examples=40)
@given(cases(min_outcomes=1))
def test_random_plans(case: Case) -> None:
    assert disagreements(case) == []


UNCERTAIN_RATE = (Uniform(low=0.0, high=1.0), Counts(events=1, of=4), Moments(mean=0.3, sd=0.1, dist="beta"))
RATES = st.sampled_from((*UNCERTAIN_RATE, Pert(low=0.0, mode=0.0, high=1e-5), Fixed(value=0), Fixed(value=1)))
HOLDS = st.sampled_from((Fixed(value=0), Fixed(value=3), Uniform(low=-1.0, high=9.0), Pert(low=0, mode=2, high=14)))
GROWTHS = st.sampled_from((Fixed(value=0), Fixed(value=0.02), Uniform(low=-0.05, high=0.05)))
LISTS = st.sampled_from(((Fixed(value=1),), (Uniform(low=0, high=1), Fixed(value=0.2), Uniform(low=0.1, high=0.4))))


@settings(max_examples=40)
@given(cases(min_outcomes=1, max_outcomes=2), RATES, HOLDS, GROWTHS, LISTS)
def test_uncertain_holds_fades_growth_and_lists(case: Case, rate, holds, growth, marginal) -> None:  # type: ignore[no-untyped-def]
    """What is only now and then drawn at random: every outcome fades exponentially at an uncertain rate."""
    outcomes = tuple(
        outcome
        if outcome.level == "event"
        else outcome.model_copy(
            update={
                "fades": Fade(shape="exponential", rate=rate),
                "holds": holds,
                "consequences": tuple(
                    item.model_copy(update={"growth": growth, "marginal": marginal})
                    if item.kind == "resource_cost"
                    else item
                    for item in outcome.consequences
                ),
            }
        )
        for outcome in case.outcomes
    )
    assert disagreements(case.model_copy(update={"outcomes": outcomes, "correlations": ()})) == []


def test_cash_where_only_the_realisable_share_is_uncertain() -> None:
    """No flow varies between draws, and still what leaves the budget does."""
    case = _certain(realisable=Uniform(low=0.0, high=1.0))
    assert disagreements(case) == []


def test_a_grant_for_something_that_replaces() -> None:
    paid = {"basis": "total", "years": (0,), "funding": "grant", "funder": "region"}
    uncertain = Uniform(low=10_000, high=50_000)
    items = (
        CostItem(name="Kurs", actor="kommun", amount=Uniform(low=100_000, high=200_000), **paid),
        CostItem(name="Det som ersätts", actor="kommun", amount=uncertain, replaces=True, **paid),
    )
    assert disagreements(_certain().model_copy(update={"costs": items})) == []


def test_cash_where_nothing_happens_in_time() -> None:
    assert disagreements(_certain(realisable=Fixed(value=0.5), delay=30)) == []


def _certain(**consequence: object) -> Case:
    return Case.model_validate(
        {
            "format": 1,
            "title": "Säker",
            "first_year": 2025,
            "price_year": 2024,
            "horizons": [1, 3],
            "participants": [{"year": 0, "number": 100}],
            "outcomes": [
                {
                    "id": "falls",
                    "name": "Fall",
                    "level": "rate",
                    "better": "lower",
                    "ordinary": 1.0,
                    "effect": {"measure": "ratio", "value": 0.5},
                    "holds": 1,
                    "evidence": {"grade": "rct", "sources": ["Källa"]},
                    "consequences": [
                        {"name": "Vård", "price": 100, "kind": "resource_cost", "payer": "kommun", **consequence}
                    ],
                }
            ],
        }
    )


# --- the series -------------------------------------------------------------------------------------------------------


@given(st.floats(-0.5, 1.5), st.lists(st.integers(0, 60), min_size=1, max_size=5))
@example(1.0, [0, 1, 60])
@example(1.0 - 9.99e-5, [60, 2])
@example(1.0 + 1e-4, [60])
def test_truncated_geometric_series(x: float, lengths: list[int]) -> None:
    found = geometric_sums(np.array([x]), tuple(lengths))[:, 0]
    expected = [sum(x**k for k in range(n)) for n in lengths]
    assert found.tolist() == pytest.approx(expected, rel=1e-10)
