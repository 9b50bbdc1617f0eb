"""What a follow-up should measure, in sentences: the value of knowing, the follow-up plan, the value of the test."""

from __future__ import annotations

from typing import Literal

from socio_calc.analysis.followup_plan import FollowupPlan
from socio_calc.engine.effects import DOMAINS
from socio_calc.locale import shares
from socio_calc.report.sensitivity_facts import SensitivityFacts


def worth_measuring(facts: SensitivityFacts) -> list[str]:
    """Return what is worth measuring: what certainty is worth, where it lies, and the follow-up plan."""
    words, known = facts.words, facts.sensitivity.information
    question = "rollout" if known.decision else "case"
    if known.evpi <= 0.0:
        return [words.t(f"screen.sensitivity.measure.certain.{question}")]
    sentences = [words.t(f"screen.sensitivity.measure.evpi.{question}", value=facts.money_alone(known.evpi))]
    top = known.evppi[0] if known.evppi else None
    if top is not None and top.value > 2.0 * top.se and top.value > 0.0:
        sentences.append(
            words.t(
                "screen.sensitivity.measure.top",
                name=facts.name_of(top.quantity, 90),
                value=facts.money_alone(top.value),
            )
        )
    sentences.append(_plan(facts, known.plan))
    sentences += _limit(facts, known.plan)
    if known.value_of_test is not None and known.test_value is not None and known.test_cost is not None:
        worth = "more" if known.value_of_test > 0 else "less"
        sentences.append(
            words.t(
                f"screen.sensitivity.measure.test.{worth}",
                value=facts.money_alone(known.test_value),
                cost=facts.money_alone(known.test_cost),
                net=facts.money_alone(abs(known.value_of_test)),
            )
        )
    return sentences


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
    if facts.sensitivity.information.decision is None:
        # The decision is the case itself: its costs count in full, though they are paid when the answer comes.
        sentences.append(facts.words.t("screen.sensitivity.measure.limit.all-costs"))
    elif any(item.setup for item in facts.appraisal.case.costs):
        sentences.append(facts.words.t("screen.sensitivity.measure.limit.rollout"))
    return sentences


def _plan(facts: SensitivityFacts, plan: FollowupPlan) -> str:
    words = facts.words
    if plan.reason is not None or plan.outcome is None or plan.n_per_arm is None:
        return words.t(f"screen.sensitivity.measure.not.{plan.reason}")
    name = "enough" if plan.enough else "more"
    outcome = facts.outcome_name(plan.outcome)
    if too_few(facts):
        needed = words.t(f"screen.sensitivity.measure.beyond.{name}", outcome=outcome, n=plan.n_per_arm)
        size, counted = within_reach(facts)
        return f"{needed} {words.t(f'screen.sensitivity.measure.beyond.{counted}', n=size)}"
    return words.t(
        f"screen.sensitivity.measure.plan.{name}",
        outcome=outcome,
        n=plan.n_per_arm,
        value=facts.money_alone(plan.value),
        net=None if plan.net_benefit is None else facts.money_alone(plan.net_benefit),
    )


def too_few(facts: SensitivityFacts) -> bool:
    """Return whether the follow-up that is enough needs more people in each group than the applicant can reach."""
    needed = facts.sensitivity.information.plan.n_per_arm
    people, _ = within_reach(facts)
    # A calculation for one participant is one per person: it says nothing about how many there are.
    return needed is not None and people > 1 and needed > people


def within_reach(facts: SensitivityFacts) -> tuple[int, Literal["group", "participants"]]:
    """Return how many people there are to measure, and who they are: the target group where its size is stated."""
    application = facts.appraisal.case.application
    group = None if application is None else application.target_group
    if group is not None and group.size is not None:
        return group.size, "group"
    return facts.sensitivity.information.test_size, "participants"
