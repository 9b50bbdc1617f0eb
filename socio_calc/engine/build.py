"""From a case and the reference base to a plan (METHOD §1–5, §8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from socio_calc.case import Case, Effect, OwnOutcome, Ref, check_own_outcomes
from socio_calc.engine import effects
from socio_calc.engine.columns import Register
from socio_calc.engine.correlations import build_copula
from socio_calc.engine.discounting import discount_factors
from socio_calc.engine.ledger import Taxes
from socio_calc.engine.pathways import follow
from socio_calc.engine.plan import Cohort, Line, OutcomePlan, Plan
from socio_calc.engine.plan_costs import cost_lines
from socio_calc.engine.plan_outcomes import consequence_lines, outcome_plan
from socio_calc.engine.plan_own_outcomes import check_own_functions, own_consequence_lines, own_outcome_plan
from socio_calc.engine.plan_pathways import pathway_plan
from socio_calc.engine.terms import Course, FloatArray, OwnCourse
from socio_calc.engine.transitions import Transitions
from socio_calc.engine.values import FactorValues
from socio_calc.engine.workshop import Workshop
from socio_calc.problems import InputError
from socio_calc.reference import ReferenceBase

#: Tax parameters that a case may leave to the base (CASE_FORMAT).
TAX_DEFAULTS = {
    "employer_contribution": "employer-contribution",
    "municipal": "income-tax-municipality-gavle",
    "regional": "income-tax-region-gavleborg",
    "basic_allowance_share": "basic-allowance-share",
    "job_tax_credit_share": "job-tax-credit-share",
    "equalisation_municipal": "equalisation-municipal-gavleborg",
    "equalisation_regional": "equalisation-regional-gavleborg",
}


def build_plan(case: Case, base: ReferenceBase, own: Sequence[OwnOutcome] = ()) -> Plan:
    """Compile a case, with outcomes of the analyst's own behind those that it has.

    Raises
    ------
    InputError
        With every problem that needs the base or the central values to be seen: unknown ids, years outside an index,
        an evidence row of another measure, a central level outside its domain.
    OwnOutcomeError
        When the function of an own outcome does not keep its contract.
    """
    if own and (problems := check_own_outcomes(case, own)):
        raise InputError(problems)
    years = max(case.horizons)
    register = Register(base, case.quantities, _ratio_names(case))
    for name, quantity in case.quantities.items():
        if not hasattr(quantity, "cost") and not hasattr(quantity, "evidence") and not hasattr(quantity, "baseline"):
            register.number(Ref(ref=name), f"quantities.{name}")
    shop = Workshop(case, base, register, years, _taxes(case, base))
    public_funds_factor = register.number(case.public_funds_factor, "public_funds_factor")
    if case.health_value is not None:
        value, row = register.price(case.health_value, "health_value")
        factor = shop.conversion(row.index, row.price_year, "health_value") if row is not None else 1.0
        shop.health_value = value.scaled(factor)
    shop.cohorts = _cohorts(shop)
    shop.completion = register.number(case.completion, "completion")
    lines: list[Line] = list(cost_lines(shop))
    outcomes: list[OutcomePlan] = []
    for outcome in case.outcomes:
        compiled = outcome_plan(shop, outcome)
        outcomes.append(compiled)
        lines.extend(consequence_lines(shop, outcome, compiled))
    for pathway in case.pathways:
        followed, following = pathway_plan(shop, pathway)
        shop.pathways.append(followed)
        lines.extend(following)
    for added in own:
        # After all that the case has: its own draws stay as they are.
        compiled = own_outcome_plan(shop, added)
        outcomes.append(compiled)
        lines.extend(own_consequence_lines(shop, added, compiled))
    plan = Plan(
        years=years,
        first_year=case.first_year,
        price_year=case.price_year,
        horizons=tuple(sorted(case.horizons)),
        first_rate=rate_steps(case.discount_rate)[0][1],
        discount=discount_factors(rate_steps(case.discount_rate), years, case.timing),
        discount_health=discount_factors(
            rate_steps(case.discount_rate if case.discount_rate_health is None else case.discount_rate_health),
            years,
            case.timing,
        ),
        taxes=shop.taxes,
        public_funds_factor=public_funds_factor,
        health_value=shop.health_value,
        completion=shop.completion,
        cohorts=shop.cohorts,
        lines=tuple(lines),
        outcomes=tuple(outcomes),
        pathways=tuple(shop.pathways),
        columns=tuple(register.columns),
        streams=1 + max((column.stream for column in register.columns), default=-1),
        factors=tuple(register.factors),
        changes=tuple(shop.changes),
        cells=tuple(register.cells),
        shapes=tuple(shop.shapes),
        notices=tuple(register.notices),
        costs_used={key: tuple(paths) for key, paths in register.costs_used.items()},
        evidence_used={key: tuple(paths) for key, paths in register.evidence_used.items()},
        baselines_used={key: tuple(paths) for key, paths in register.baselines_used.items()},
        evidence_years={
            key: months / 12.0
            for key in register.evidence_used
            if (months := base.evidence[key].followup_months) is not None
        },
        copula=build_copula(case, register),
        own=tuple(shop.own),
    )
    if not register.problems:
        _check_domains(plan, register)
        _check_pathways(plan, register)
    if register.problems:
        raise InputError(register.problems)
    check_own_functions(plan)
    return replace(plan, certain_courses=_certain_courses(plan))


def _ratio_names(case: Case) -> frozenset[str]:
    """Return the named quantities that stand as the value of a ratio measure: their intervals are lognormal."""
    stated: list[Effect] = [outcome.effect for outcome in case.outcomes]
    stated += [effect for pathway in case.pathways for effect in pathway.effects]
    return frozenset(
        effect.value.ref
        for effect in stated
        if isinstance(effect.value, Ref) and effect.measure in effects.RATIO_MEASURES
    )


def rate_steps(rate: object) -> Sequence[tuple[int, float]]:
    """Return a case's discount rate as steps (first year, rate): one number is one step from year 0."""
    if isinstance(rate, int | float):
        return [(0, float(rate))]
    return [(step.from_, step.rate) for step in rate]  # type: ignore[attr-defined]


def _taxes(case: Case, base: ReferenceBase) -> Taxes:
    given = case.taxes

    def value(name: str, own: float | None) -> float:
        return base.parameters[TAX_DEFAULTS[name]].value if own is None else own

    return Taxes(
        employer_contribution=value("employer_contribution", given.employer_contribution),
        municipal=value("municipal", given.municipal),
        regional=value("regional", given.regional),
        basic_allowance_share=value("basic_allowance_share", given.basic_allowance_share),
        job_tax_credit_share=value("job_tax_credit_share", given.job_tax_credit_share),
        equalisation_municipal=value("equalisation_municipal", given.equalisation.municipal),
        equalisation_regional=value("equalisation_regional", given.equalisation.regional),
    )


def _cohorts(shop: Workshop) -> tuple[Cohort, ...]:
    case, table = shop.case, shop.base.life_table
    cohorts = []
    for index, cohort in enumerate(case.participants):
        path = f"participants.{index}"
        alive = np.ones(shop.years + 1)
        if case.survival == "sweden" and cohort.age is not None:
            if cohort.share_women is None:
                alive = effects.survival_curve(table.q_both, table.q_both, cohort.age, 1.0, shop.years)
            else:
                alive = effects.survival_curve(table.q_women, table.q_men, cohort.age, cohort.share_women, shop.years)
        number = shop.register.number(cohort.number, f"{path}.number")
        cohorts.append(Cohort(cohort.year, number, alive, cohort.weight, path))
    return tuple(cohorts)


def _check_domains(plan: Plan, register: Register) -> None:
    """Refuse central values that need clipping (METHOD §4)."""
    values = FactorValues(plan, plan.central[:, None])
    for change in plan.changes:
        ordinary, level, _ = values.levels(change)
        low, high = effects.DOMAINS[change.level]
        for value, path in ((ordinary, change.path), (level, f"outcomes.{change.outcome}.effect.value")):
            if not low <= float(value[0]) <= high:
                register.problem(
                    "level-out-of-range",
                    path,
                    value=float(value[0]),
                    min=low,
                    max=high,
                    ordinary=float(ordinary[0]),
                    effect=float(values.product(change.value)[0]),
                    outcome=change.outcome,
                )


def _check_pathways(plan: Plan, register: Register) -> None:
    """Refuse central probabilities that need limiting, and rows above 1 in the base case (METHOD §6)."""
    values = FactorValues(plan, plan.central[:, None])
    for pathway in plan.pathways:
        shape = None if pathway.shape is None else values.strength(pathway.shape)[:, :1]
        transitions = Transitions(pathway, values.product, shape)
        follow(pathway, transitions, plan.years, 1, ())
        for index, (level, before) in transitions.limited.items():
            move = pathway.transitions[index]
            register.problem(
                "level-out-of-range",
                move.path if move.value_path is None or level == before else move.value_path,
                value=level,
                min=0.0,
                max=1.0,
                ordinary=before,
                effect=None if move.value is None else float(values.product(move.value)[0]),
                outcome=f"{pathway.states[move.source]} → {pathway.states[move.target]}",
            )
        for source, total in transitions.above.items():
            state = pathway.states[source]
            register.problem("row-above-one", f"{pathway.path}.transitions.{state}", total=total, state=state)


def _certain_courses(plan: Plan) -> Mapping[Course | OwnCourse, FloatArray]:
    """Return the courses in which nothing is uncertain, by year since entry: no draw needs to follow them again."""
    values = FactorValues(plan, plan.central[:, None])
    terms = [term for line in plan.lines for term in (*line.terms, *line.weighted_terms, *line.qaly_terms)]
    terms += [term for state in plan.states for term in state.difference_terms]
    terms += [term for outcome in plan.outcomes for term in outcome.difference_terms]
    kinds = (Course, OwnCourse)
    courses = {shape for term in terms if isinstance(shape := term.shape, kinds) and not shape.uncertain}
    return {course: values.strength(course)[:, 0] for course in courses}
