"""What a follow-up should measure, in sentences: the value of knowing, the follow-up plan, the value of the test."""

from __future__ import annotations

from socio_calc.analysis.followup_plan import FollowupPlan
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
    path = f"outcomes.{plan.outcome}.ordinary"
    ordinary, limit = facts.value_text(path, plan.ordinary), facts.value_text(path, plan.limit)
    key = f"screen.sensitivity.measure.limit.{plan.better}"
    return [facts.words.t(key, outcome=facts.outcome_name(plan.outcome), ordinary=ordinary, limit=limit)]


def _plan(facts: SensitivityFacts, plan: FollowupPlan) -> str:
    words = facts.words
    if plan.reason is not None or plan.outcome is None or plan.n_per_arm is None:
        return words.t(f"screen.sensitivity.measure.not.{plan.reason}")
    name = "enough" if plan.enough else "more"
    return words.t(
        f"screen.sensitivity.measure.plan.{name}",
        outcome=facts.outcome_name(plan.outcome),
        n=plan.n_per_arm,
        value=facts.money_alone(plan.value),
        net=None if plan.net_benefit is None else facts.money_alone(plan.net_benefit),
    )
