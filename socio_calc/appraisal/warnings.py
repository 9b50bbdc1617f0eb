"""The warnings that a result carries (METHOD_NOTES §4), in their order there.

Each rule is a function of the appraisal that yields the warnings it gives; `RULES` is the one list of them. Limits
stand beside the rule that uses them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from socio_calc.appraisal.appraisal import Appraisal
from socio_calc.appraisal.effect_warnings import (
    certain_effects,
    effects_that_may_be_none,
    foreign_effects,
    weak_evidence,
)
from socio_calc.appraisal.gain_shares import gain_to_share
from socio_calc.appraisal.measures import TOLERANCE, DrawFigures
from socio_calc.appraisal.outcome_warnings import gain_as_cost, never_counted, outcome_worse
from socio_calc.appraisal.own_outcomes import own_outcomes
from socio_calc.appraisal.price_warnings import (
    assumed_prices,
    index_fallback,
    local_prices,
    old_prices,
    overlapping_prices,
)
from socio_calc.appraisal.result import PayerRow, ResultWarning
from socio_calc.engine.discounting import discount_factors

Found = Iterator[ResultWarning]

STANDARD_RATE = 0.035
#: Parties that nobody can make an agreement with.
WITHOUT_BUDGET = frozenset({"individ", "ovriga"})


def result_warnings(appraisal: Appraisal) -> Found:
    """Yield every warning that applies."""
    for rule in RULES:
        yield from rule(appraisal)


def _not_alone(appraisal: Appraisal) -> Found:
    yield ResultWarning("calculation-not-alone")


#: Reasons that say that a measure has no meaning here, not that something is missing; the row itself gives them.
EXPECTED_REASONS = frozenset({"no-health", "no-grant", "dominates", "pays-for-itself", "no-gain-outside"})


def _missing_measures(appraisal: Appraisal) -> Found:
    """Societal measures at the longest horizon that are null; the others say so in their own rows."""
    for row in appraisal.rows:
        if row.base is None and row.perspective == "societal" and row.horizon == appraisal.longest:
            if row.reason in EXPECTED_REASONS:
                continue
            yield ResultWarning(
                "no-result-for-measure",
                None,
                {
                    "measure": row.measure,
                    "perspective": row.perspective,
                    "reason": row.reason,
                    "outcome": _outcome_name(appraisal, row.measure.partition(":")[2]),
                    "h": row.horizon,
                },
            )


def _several_rates(appraisal: Appraisal) -> Found:
    if appraisal.figures.rate("societal", appraisal.longest).note == "several-irr":
        yield ResultWarning("several-irr")


def _clipped(appraisal: Appraisal) -> Found:
    for outcome, share in appraisal.clipped.items():
        if share > 0:
            part = "outcomes" if any(each.id == outcome for each in appraisal.plan.outcomes) else "pathways"
            params = {"share": share, "outcome": _outcome_name(appraisal, outcome)}
            yield ResultWarning("clipped-draws", f"{part}.{outcome}", params)


def _scaled(appraisal: Appraisal) -> Found:
    for pathway, share in appraisal.scaled.items():
        if share > 0:
            params = {"share": share, "pathway": _outcome_name(appraisal, pathway)}
            yield ResultWarning("row-above-one", f"pathways.{pathway}", params)


def _base_and_mean(appraisal: Appraisal) -> Found:
    row, cost = appraisal.result(), appraisal.base("pv_costs")
    if row.mean is not None and row.base is not None and abs(row.mean - row.base) > 0.05 * max(abs(row.base), cost):
        params = {"base": row.base, "mean": row.mean, "quantity": appraisal.skew_driver()}
        yield ResultWarning("base-mean-differ", None, params)


def _monte_carlo_error(appraisal: Appraisal) -> Found:
    row, cost = appraisal.result(), appraisal.base("pv_costs")
    if row.mc_error is not None and row.mean is not None and 2 * row.mc_error > 0.05 * max(abs(row.mean), cost):
        params = {"draws": appraisal.number_of_draws, "suggestion": 4 * appraisal.number_of_draws}
        yield ResultWarning("mc-error-large", None, params)


def _cut_off(appraisal: Appraisal) -> Found:
    if appraisal.share_cut > 0:
        yield ResultWarning("flows-cut-off", None, {"share": appraisal.share_cut, "h": appraisal.longest})


def _probability_low(appraisal: Appraisal) -> Found:
    row = appraisal.result()
    if row.base is not None and row.base > 0 and row.probability_positive is not None:
        if row.probability_positive < 0.7:
            yield ResultWarning("probability-low", None, {"p": row.probability_positive})


def _dominance(appraisal: Appraisal) -> Found:
    health = appraisal.result("qalys").base
    if health is None:
        return
    net_cost = -appraisal.result(view="without_health").base  # type: ignore[operator]
    if net_cost < 0 and health > 0:
        yield ResultWarning("dominates")
    elif net_cost > 0 and health < 0:
        yield ResultWarning("dominated")


def _payer_mismatch(appraisal: Appraisal) -> Found:
    total = appraisal.base("pv_costs")
    if total <= 0:
        return
    rows = appraisal.payers()
    winners = [row for row in rows if row.effects - row.cost > 0.2 * total]
    sharing: dict[PayerRow, list[PayerRow]] = {}
    for payer in rows:
        if payer.actor in WITHOUT_BUDGET or payer.cost < 0.2 * total or payer.effects >= payer.cost:
            continue
        others = [row for row in winners if row.actor != payer.actor]
        if others:
            sharing.setdefault(max(others, key=lambda row: row.net), []).append(payer)
    # Parties that pay for the same one's gain have one thing to agree on.
    for winner, payers in sharing.items():
        yield payer_mismatch(payers, winner)


def payer_mismatch(payers: Sequence[PayerRow], winner: PayerRow) -> ResultWarning:
    """Return the warning that one or more parties pay for what another gains.

    Health valued in money is told as what it is, and a cost can be shared only with a party that has a budget: nobody
    is asked to agree with the participants, or with the rest of society.
    """
    payer = tuple(row.actor for row in payers)
    back = sum(row.effects for row in payers)
    health, rest = winner.health, winner.effects - winner.health
    all_health = health > 0 and abs(rest) <= TOLERANCE * health
    params = {
        "payer": payer,
        "cost": sum(row.cost for row in payers),
        "gain": back,
        "back": back if back > 0 else None,
        "winner": winner.actor,
        "gain2": winner.effects,
        "money2": None if all_health else winner.effects,
        "health2": health if all_health else None,
        "part2": health if health > 0 and not all_health else None,
        "sharing": () if winner.actor in WITHOUT_BUDGET else (*payer, winner.actor),
    }
    return ResultWarning("payer-mismatch", None, params)


def _payback_after_grant(appraisal: Appraisal) -> Found:
    year, grant = appraisal.result("payback_year").base, appraisal.last_grant_year
    if year is not None and grant is not None and year - 1 > grant:
        params = {"y": appraisal.first_year + int(year) - 1, "g": appraisal.first_year + grant}
        yield ResultWarning("payback-after-grant", None, params)


def _grant(appraisal: Appraisal) -> Found:
    if appraisal.funder is not None:
        yield ResultWarning("grant-not-societal-gain")


def _not_cashable(appraisal: Appraisal) -> Found:
    if abs(appraisal.freed_capacity) > 1e-9 * max(abs(appraisal.base("pv_effects", "public")), 1.0):
        yield ResultWarning("not-cashable", None, {"amount": appraisal.freed_capacity})


def _production(appraisal: Appraisal) -> Found:
    gains = {
        index: float(appraisal.figures.discounted[index].sum())
        for index, line in enumerate(appraisal.figures.lines)
        if line.part != "cost"
    }
    positive = sum(value for value in gains.values() if value > 0)
    production = sum(value for index, value in gains.items() if appraisal.figures.lines[index].part == "production")
    if positive > 0 and production > 0.5 * positive:
        without = appraisal.result(view="without_production").base
        # Where there is no gain to speak of, a share of it says nothing: the amount is told.
        shared = gain_to_share(gains.values(), appraisal.base("pv_costs")) > 0
        told = {"share": production / positive} if shared else {"amount": production}
        yield ResultWarning("production-dominates", None, {**told, "npv": without})


def _equalisation(appraisal: Appraisal) -> Found:
    before, after = appraisal.local_tax
    if abs(before) > 1e-9:
        yield ResultWarning("kommun-tax-equalisation", None, {"before": before, "after": after, "kept": after})


def _not_valued(appraisal: Appraisal) -> Found:
    if appraisal.case.not_valued:
        yield ResultWarning("not-valued", None, {"list": appraisal.case.not_valued})
    else:
        yield ResultWarning("nothing-unvalued")


def _followup(appraisal: Appraisal) -> Found:
    """Follow-up that ends before the cumulative net flow turns positive; years are read from the plan's words."""
    application = appraisal.case.application
    if application is None or not application.followup:
        return
    found = [int(year) for row in application.followup for year in re.findall(r"\b(?:19|20)\d\d\b", row.when or "")]
    turning = np.nonzero(np.cumsum(appraisal.figures.net_by_year("societal")) > 0)[0]
    if found and turning.size and appraisal.first_year + int(turning[0]) > max(found):
        params = {"y1": appraisal.first_year + int(turning[0]), "y2": max(found)}
        yield ResultWarning("followup-before-gain", "application.followup", params)


def _set_up(appraisal: Appraisal) -> Found:
    total = appraisal.base("pv_costs")
    if total <= 0 or len(appraisal.case.participants) >= 3:
        return
    costs = [line for line in appraisal.figures.lines if line.source == "cost" and line.kind != "public_funds"]
    for item, line in zip(appraisal.case.costs, costs, strict=True):
        if item.basis == "total" and -float(line.discounted.sum()) > 0.25 * total:
            yield ResultWarning("set-up-cost-spread")
            return


def _participants(appraisal: Appraisal) -> Found:
    numbers = [
        float(value)
        for value in (
            _central(appraisal, cohort.number.coefficient, cohort.number.factors) for cohort in appraisal.plan.cohorts
        )
    ]
    if numbers and sum(numbers) < 20:
        yield ResultWarning("few-participants", "participants", {"n": round(sum(numbers))})
    if any(number < 5 for number in numbers):
        yield ResultWarning("small-group-privacy", "participants")


def _rate_changed(appraisal: Appraisal) -> Found:
    plan = appraisal.plan
    timing, rate = appraisal.case.timing, appraisal.case.discount_rate
    standard = discount_factors([(0, STANDARD_RATE)], plan.years, timing)
    if np.allclose(standard, plan.discount, rtol=1e-12, atol=0.0):
        return
    health = plan.discount_health if appraisal.case.discount_rate_health is not None else standard
    figures = DrawFigures(replace(plan, discount=standard, discount_health=health), appraisal.flows_base)
    net = figures.pv("societal", plan.years, figures.lines_of("all"))[0]
    shown = rate if isinstance(rate, float) else tuple(step.rate for step in rate)
    yield ResultWarning("rate-changed", "discount_rate", {"r": shown, "npv": net})


def _tax_factor(appraisal: Appraisal) -> Found:
    factor = appraisal.flows_base.public_funds_factor
    if factor != 1.0:
        figures = DrawFigures(appraisal.plan, replace(appraisal.flows_base, public_funds_factor=1.0))
        net = figures.pv("societal", appraisal.longest, figures.lines_of("all"))[0]
        yield ResultWarning("tax-factor-on", "public_funds_factor", {"f": factor, "npv": net})


def _stamp(appraisal: Appraisal) -> Found:
    params = {"version": appraisal.version, "reference_sha256": appraisal.reference_sha256, "seed": appraisal.seed}
    yield ResultWarning("version-stamp", None, params)


RULES: tuple[Callable[[Appraisal], Found], ...] = (
    _not_alone,
    _missing_measures,
    _several_rates,
    _clipped,
    _scaled,
    _base_and_mean,
    _monte_carlo_error,
    assumed_prices,
    certain_effects,
    _cut_off,
    outcome_worse,
    never_counted,
    gain_as_cost,
    own_outcomes,
    _probability_low,
    weak_evidence,
    effects_that_may_be_none,
    _dominance,
    _payer_mismatch,
    _payback_after_grant,
    _grant,
    _not_cashable,
    _production,
    _equalisation,
    _not_valued,
    old_prices,
    index_fallback,
    overlapping_prices,
    local_prices,
    foreign_effects,
    _followup,
    _set_up,
    _participants,
    _rate_changed,
    _tax_factor,
    _stamp,
)


def _outcome_name(appraisal: Appraisal, id: str) -> str | None:
    names = {outcome.id: outcome.name for outcome in appraisal.plan.outcomes}
    return names.get(id) or next((each.name for each in appraisal.plan.pathways if each.id == id), None)


def _central(appraisal: Appraisal, coefficient: float, factors: tuple[int, ...]) -> float:
    result = coefficient
    for factor in factors:
        result *= appraisal.plan.central[appraisal.plan.factors[factor].column]
    return result
