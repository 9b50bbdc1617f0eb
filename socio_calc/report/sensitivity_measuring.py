"""What a follow-up should measure, in sentences: the value of knowing, the follow-up plan, the value of the test."""

from __future__ import annotations

from typing import Literal

from socio_calc.analysis.followup_plan import FollowupPlan
from socio_calc.case import Fixed
from socio_calc.engine.effects import DOMAINS
from socio_calc.locale import shares
from socio_calc.report.sensitivity_facts import SensitivityFacts


def worth_measuring(facts: SensitivityFacts) -> list[str]:
    """Return what is worth measuring: what certainty is worth, where it lies, and the follow-up plan."""
    words, known = facts.words, facts.sensitivity.information
    question = "rollout" if known.decision else "case"
    decided = decision_text(facts)
    sentences = [] if decided is None else [words.t("screen.sensitivity.measure.decides", decision=decided)]
    if known.evpi <= 0.0:
        return [*sentences, words.t(f"screen.sensitivity.measure.certain.{question}"), *_still_needed(facts)]
    sentences.append(words.t(f"screen.sensitivity.measure.evpi.{question}", value=facts.money_alone(known.evpi)))
    sentences += _most(facts)
    sentences.append(_plan(facts, known.plan))
    sentences += _limit(facts, known.plan)
    if known.plan.reason is not None:
        sentences += _still_needed(facts)
    # Where no follow-up can be computed, what it would be worth is not known, and not 0.
    computed = known.plan.reason != "no-outcome"
    value, cost, net = known.test_value, known.test_cost, known.value_of_test
    if computed and value is not None and cost is not None and net is not None:
        sentences.append(_test(facts, value, cost, net))
    return sentences


def _most(facts: SensitivityFacts) -> list[str]:
    """Say what is best worth knowing: both levels of an outcome together may tell more than any assumption alone."""
    words, known = facts.words, facts.sensitivity.information
    top = known.evppi[0] if known.evppi else None
    if top is None or top.value <= 2.0 * top.se or top.value <= 0.0:
        return []
    if known.plan.outcome is not None and facts.money_alone(known.plan.most) != facts.money_alone(top.value):
        if known.plan.most > top.value:
            outcome, value = facts.outcome_name(known.plan.outcome), facts.money_alone(known.plan.most)
            return [words.t("screen.sensitivity.measure.top-levels", outcome=outcome, value=value)]
    name, value = facts.name_of(top.quantity, 90), facts.money_alone(top.value)
    return [words.t("screen.sensitivity.measure.top", name=name, value=value)]


def decision_text(facts: SensitivityFacts) -> str | None:
    """Return what is decided after the test, as inside a sentence; None where the case names no decision."""
    decision = facts.appraisal.case.decision
    if decision is None:
        return None
    return facts.words.plural(
        "screen.sensitivity.measure.decision",
        decision.cohorts_per_year,
        people=decision.participants_per_cohort,
        years=facts.words.plural("screen.years", decision.years),
        first=facts.appraisal.first_year + decision.from_year,
        party=decision.perspective,
    )


def _still_needed(facts: SensitivityFacts) -> list[str]:
    """Return why a follow-up that cannot change the decision is no waste: what the calculation does not see."""
    case, words = facts.appraisal.case, facts.words
    lasting = [outcome.holds for outcome in case.outcomes if outcome.level != "event"]
    lasting += [pathway.holds for pathway in case.pathways]
    sentences = []
    if lasting and all(hold is None or isinstance(hold, str | Fixed) for hold in lasting):
        sentences.append(words.t("screen.sensitivity.measure.fixed-duration"))
    sentences.append(words.t(f"screen.sensitivity.measure.still.{'unvalued' if case.not_valued else 'people'}"))
    return sentences


def _test(facts: SensitivityFacts, value: float, cost: float, net: float) -> str:
    """Return what the test costs, as the mean of the recalculations, and what can be learnt from it."""
    kind = "gain" if cost <= 0.0 else "nothing" if facts.written_as_nothing(value) else "more" if net > 0 else "less"
    return facts.words.t(
        f"screen.sensitivity.measure.test.{kind}",
        value=facts.money_alone(value),
        cost=facts.money_alone(abs(cost)),
        net=facts.money_alone(abs(net)),
    )


def _limit(facts: SensitivityFacts, plan: FollowupPlan) -> list[str]:
    """Return which result of the follow-up speaks for a yes, where one does."""
    if plan.outcome is None or plan.ordinary is None or plan.limit is None:
        return []
    outcome = next(outcome for outcome in facts.appraisal.stated_outcomes if outcome.id == plan.outcome)
    if DOMAINS[outcome.level] == (0.0, 1.0):
        ordinary, limit = shares((plan.ordinary, plan.limit), facts.lang)
    else:
        path = f"outcomes.{plan.outcome}.ordinary"
        ordinary, limit = facts.value_text(path, plan.ordinary), facts.value_text(path, plan.limit)
    key = f"screen.sensitivity.measure.limit.{plan.better}"
    sentences = [facts.words.t(key, outcome=facts.outcome_name(plan.outcome), ordinary=ordinary, limit=limit)]
    if not plan.enough or too_few(facts):
        sentences.append(facts.words.t("screen.sensitivity.measure.limit.chance"))
    if facts.sensitivity.information.decision is None:
        # The decision is the case itself: its costs count in full, though they are paid when the answer comes.
        sentences.append(facts.words.t("screen.sensitivity.measure.limit.all-costs"))
    elif any(item.setup for item in facts.appraisal.case.costs):
        sentences.append(facts.words.t("screen.sensitivity.measure.limit.rollout"))
    return sentences


def _plan(facts: SensitivityFacts, plan: FollowupPlan) -> str:
    words = facts.words
    if plan.reason is not None or plan.outcome is None or plan.n_per_arm is None:
        return words.t(f"screen.sensitivity.measure.not.{_why_none(facts, plan)}")
    name = "enough" if plan.enough else "more"
    outcome = facts.outcome_name(plan.outcome)
    if too_few(facts):
        needed = words.t(f"screen.sensitivity.measure.beyond.{name}", outcome=outcome, n=plan.n_per_arm)
        size, counted = people_to_measure(facts)
        return f"{needed} {words.t(f'screen.sensitivity.measure.beyond.{counted}', n=size)}"
    return words.t(
        f"screen.sensitivity.measure.plan.{name}",
        outcome=outcome,
        n=plan.n_per_arm,
        value=facts.money_alone(plan.value),
        net=None if plan.net_benefit is None else facts.money_alone(plan.net_benefit),
    )


def _why_none(facts: SensitivityFacts, plan: FollowupPlan) -> str | None:
    """Return why there is no plan: amounts cannot be planned for until the case says how much people differ."""
    left_out = {*facts.sensitivity.information.not_followed}
    amounts = any(outcome.level == "amount" and outcome.id in left_out for outcome in facts.appraisal.stated_outcomes)
    return "no-spread" if plan.reason == "no-outcome" and amounts else plan.reason


def too_few(facts: SensitivityFacts) -> bool:
    """Return whether the follow-up that is enough needs more people in each group than the applicant can reach."""
    needed = facts.sensitivity.information.plan.n_per_arm
    people, _ = people_to_measure(facts)
    # A calculation for one participant is one per person: it says nothing about how many there are.
    return needed is not None and people > 1 and needed > people


def people_to_measure(facts: SensitivityFacts) -> tuple[int, Literal["group", "participants"]]:
    """Return how many people there are to measure, and who they are: the target group where its size is stated."""
    application = facts.appraisal.case.application
    group = None if application is None else application.target_group
    if group is not None and group.size is not None:
        return group.size, "group"
    return facts.sensitivity.information.test_size, "participants"
