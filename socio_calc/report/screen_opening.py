"""The first sentences of the screen: the answer, how sure it is, and what it rests on."""

from __future__ import annotations

from socio_calc.analysis.components import HEALTH, parts_present
from socio_calc.locale import adding_up, number, probability_words, share
from socio_calc.report.net_cost import NetCost, net_cost_per
from socio_calc.report.outcome_figures import PER, decimals_that_add_up
from socio_calc.report.outcome_sentences import each_step, headline, outcome_sentence, reach_sentence
from socio_calc.report.screen_facts import Facts
from socio_calc.report.screen_variants import LIMITS, Variant, signs_differ, unequal_parties

_OPENING = "screen.opening"


def opening(facts: Facts, variant: Variant) -> str:
    """Return the opening of a variant as one paragraph."""
    if variant == "only_costs":
        return _only_costs(facts)
    if variant == "not_responsible":
        return _not_responsible(facts)
    words = facts.words
    npv = facts.npv or 0.0
    values: dict[str, object] = {
        "npv": facts.money(npv),
        "loss": facts.money(-npv),
        "npv_signed": facts.money(npv, signed=True),
        "mean_signed": facts.money(facts.mean, signed=True, error=facts.error),
        "years": words.plural("screen.years", facts.years),
        "cost_phrase": _cost_phrase(facts),
        "gain_phrase": _gain_phrase(facts, variant),
        "p_words": _p_words(facts),
        "top": facts.top_quantity,
    }
    if variant == "near_zero" and signs_differ(facts):
        return words.t(f"{_OPENING}.signs-differ", **values, skew=facts.skew_quantity)
    if variant == "clear_gain":
        return words.t(f"{_OPENING}.clear-gain", **values, early=_early(facts), weak=_weak(facts))
    if variant == "uncertain_gain":
        certainty = "uncertain" if (facts.probability or 0.0) >= LIMITS.fair else "very-uncertain"
        return words.t(f"{_OPENING}.{certainty}-gain", **values)
    if variant == "split":
        return _split(facts, values)
    if variant == "clear_loss":
        return words.t(f"{_OPENING}.clear-loss", **values, **_outcome_sentences(facts))
    return words.t(f"{_OPENING}.{variant.replace('_', '-')}", **values)


def condition(facts: Facts) -> str | None:
    """Return what must be true for the result to be zero, as the end of a sentence."""
    m = facts.break_even
    if m is None:
        return None
    outcome = facts.dominant
    if outcome is not None and outcome.level in {"rate", "amount"}:
        reached = reach_sentence(facts, outcome, m, f"{_OPENING}.condition")
        if reached is not None:
            return reached
    if m > 1:
        return facts.words.t(f"{_OPENING}.condition.times", times=times(m, facts))
    return facts.words.t(f"{_OPENING}.condition.share", m=share(m, facts.lang))


def times(m: float, facts: Facts) -> str:
    """Write how many times as large: whole from ten, else one decimal where it is needed, never rounded down to 1."""
    for digits in (0 if m >= 10 or abs(m - round(m)) < 0.05 else 1, 1, 2, 3):
        text = number(m, facts.lang, digits)
        if text != number(1.0, facts.lang, digits):
            break
    return text


def _cost_phrase(facts: Facts) -> str:
    if facts.cost <= 0:
        return facts.words.t("screen.cost.saves", cost=facts.money(-facts.cost))
    return facts.words.t("screen.cost.spends", cost=facts.money(facts.cost))


def _gain_phrase(facts: Facts, variant: Variant) -> str:
    if facts.gain < 0:
        return facts.words.t("screen.gain.adds-cost", gain=facts.money(-facts.gain))
    key = "gives-society" if variant == "clear_gain" else "gives"
    return facts.words.t(f"screen.gain.{key}", gain=facts.money(facts.gain))


def _p_words(facts: Facts) -> str | None:
    if facts.certain or facts.probability is None:
        return None
    return probability_words(facts.probability, facts.lang)


def _early(facts: Facts) -> str | None:
    year, last = facts.payback_year, facts.appraisal.last_grant_year
    if year is None or last is None or year - 1 > last:
        return None
    return facts.words.t(f"{_OPENING}.early", year=year, calendar=facts.calendar(year))


def _weak(facts: Facts) -> str | None:
    return facts.words.t("warning.positive-not-proof") if facts.only_weak_evidence else None


def _split(facts: Facts, values: dict[str, object]) -> str:
    parties = unequal_parties(facts)
    if parties is None:
        raise ValueError("a result without unequal parties has no opening of the variant split")
    loser, winner = parties
    net = {row.actor: row.net for row in facts.payers}
    probability = 1.0 if facts.probability is None else facts.probability
    level = "fair" if probability >= LIMITS.sure else "low" if probability >= LIMITS.fair else "very-low"
    unbudgeted = facts.words.t(f"{_OPENING}.split.unbudgeted", winner=winner) if winner == "individ" else None
    return facts.words.t(
        f"{_OPENING}.split",
        **values,
        certainty=facts.words.t(f"{_OPENING}.certainty.{level}"),
        loser=loser,
        lost=facts.money(-net[loser]),
        winner=winner,
        won=facts.money(net[winner]),
        unbudgeted=unbudgeted,
    )


def _outcome_sentences(facts: Facts, none_key: str = "no-outcome-better") -> dict[str, object]:
    """Return the sentence on the outcome best worth naming, and on what a step of it costs where that can be told."""
    outcome = headline(facts)
    if outcome is None and facts.appraisal.case.pathways:
        return {"outcome_sentence": _state_sentence(facts), "per_outcome": None, "not_all": None}
    if outcome is None:
        return {"outcome_sentence": facts.words.t(f"{_OPENING}.{none_key}"), "per_outcome": None, "not_all": None}
    not_all = facts.words.t(f"{_OPENING}.not-all") if none_key == "no-outcome-better" else None
    values = {"outcome_sentence": outcome_sentence(facts, outcome), "not_all": not_all}
    each = net_cost_per(facts.appraisal, outcome.id)
    if not isinstance(each, NetCost):
        return {**values, "per_outcome": None}
    healthy = parts_present(facts.appraisal) & HEALTH
    per = facts.words.t(
        f"{_OPENING}.net-cost{'-of-outcome' if healthy else ''}",
        cost=facts.money_alone(each.base),
        each=each_step(facts.words, outcome, facts.years),
        interval=each.interval(facts.lang),
    )
    return {**values, "per_outcome": per}


def _state_sentence(facts: Facts) -> str | None:
    """Return how the time in the state that changes most moves; whether that is better is not the program's to say."""
    rows = [row for row in facts.appraisal.outcome_rows if row.horizon == facts.years and "." in row.outcome]
    moving = max(rows, key=lambda row: abs(row.difference), default=None)
    if moving is None or not moving.difference:
        return None
    ordinary, intervention, _ = _per_hundred(facts, moving.ordinary, moving.intervention)
    state = moving.outcome.partition(".")[2].replace("_", " ")
    return facts.words.t(f"{_OPENING}.state", state=state, ordinary=ordinary, intervention=intervention)


def _per_hundred(facts: Facts, ordinary: float, intervention: float) -> tuple[str, str, str]:
    """Write two sums and their difference for 100 participants."""
    scale = PER / facts.participants if facts.participants > 0 else 1.0
    before, after = scale * ordinary, scale * intervention
    return adding_up(before, after, facts.lang, decimals_that_add_up(before, after))


def _not_responsible(facts: Facts) -> str:
    words = facts.words
    condition_text = condition(facts)
    break_even = None
    if condition_text is not None:
        outcome = facts.dominant
        hint = None if outcome is None else words.t(f"{_OPENING}.followup", outcome=facts.name(outcome))
        break_even = words.t(f"{_OPENING}.not-responsible.break-even", condition=condition_text, hint=hint)
    return words.t(f"{_OPENING}.not-responsible", reason=_why_not(facts), break_even=break_even)


def _why_not(facts: Facts) -> str:
    words = facts.words
    row = facts.appraisal.result("npv")
    if row.base is None:
        return words.t(f"{_OPENING}.not-responsible.null", reason=row.reason, perspective="societal", h=facts.years)
    clipped = facts.most_clipped
    if clipped is not None and clipped[1] > LIMITS.most_clipped:
        return words.t(f"{_OPENING}.not-responsible.clipped", outcome=facts.name(clipped[0]), share=clipped[1])
    names = tuple(facts.name(outcome) for outcome in facts.unsupported)
    return words.t(f"{_OPENING}.not-responsible.judgement", outcome=names)


def _only_costs(facts: Facts) -> str:
    names = tuple(facts.name(outcome) for outcome in facts.appraisal.stated_outcomes)
    values = {"cost": facts.money(facts.cost), "years": facts.words.plural("screen.years", facts.years)}
    if not names:
        return facts.words.t(f"{_OPENING}.only-costs", **values)
    sentences = _outcome_sentences(facts, "only-costs-none-better")
    # What has a price and no gain is not what the sentence speaks of.
    unpriced = tuple(facts.name(one) for one in facts.appraisal.stated_outcomes if not one.consequences)
    named = unpriced if len(names) > 1 else ()
    return facts.words.t(f"{_OPENING}.only-costs-no-price", **values, **sentences, outcomes=named)
