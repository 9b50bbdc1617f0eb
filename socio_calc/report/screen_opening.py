"""The first sentences of the screen: the answer, how sure it is, and what it rests on."""

from __future__ import annotations

from socio_calc.appraisal import OutcomeRow
from socio_calc.case import StatedOutcome
from socio_calc.locale import number, probability_words, share
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


def outcome_unit(facts: Facts, outcome: StatedOutcome) -> str:
    """Return the key of the unit in which an outcome is counted.

    A share of people is summed over the years, so that its unit is a person only in a calculation of one year.
    """
    if outcome.level == "probability":
        return "person" if facts.years == 1 else "person-year"
    return {"event": "person", "rate": "rate", "amount": "amount"}[outcome.level]


def moved(facts: Facts, outcome: StatedOutcome) -> float | None:
    """Return by what share of its level an outcome gets better (below zero: worse), or None without a level."""
    row = facts.appraisal.outcome(outcome.id)
    if row.ordinary <= 0:
        return None
    change = row.difference / row.ordinary
    return -change if outcome.better == "lower" else change


def levels(facts: Facts, row: OutcomeRow) -> tuple[str, str]:
    """Write an outcome's two levels with as many decimals as it takes to tell them apart (two at most)."""
    decimals = 0 if min(abs(row.ordinary), abs(row.intervention)) >= 10 else 1
    texts = ("", "")
    for digits in range(decimals, 3):
        texts = (number(row.ordinary, facts.lang, digits), number(row.intervention, facts.lang, digits))
        if texts[0] != texts[1]:
            break
    return texts


def condition(facts: Facts) -> str | None:
    """Return what must be true for the result to be zero, as the end of a sentence."""
    m = facts.break_even
    if m is None:
        return None
    outcome = facts.dominant
    if outcome is not None and outcome.level in {"rate", "amount"} and (change := moved(facts, outcome)):
        row = facts.appraisal.outcome(outcome.id)
        unit = facts.words.plural(f"screen.unit.{outcome_unit(facts, outcome)}", round(row.ordinary))
        return facts.words.t(
            f"{_OPENING}.condition.{outcome.better}",
            outcome=facts.name(outcome),
            x=share(m * change, facts.lang),
            ordinary=f"{levels(facts, row)[0]} {unit}",
            years=facts.words.plural("screen.years", facts.years),
        )
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


def _outcome_sentences(
    facts: Facts, better_key: str = "outcome", none_key: str = "no-outcome-better"
) -> dict[str, object]:
    better = [(change, o) for o in facts.appraisal.stated_outcomes if (change := moved(facts, o) or 0.0) > 0]
    if not better and facts.appraisal.case.pathways:
        return {"outcome_sentence": _state_sentence(facts), "per_outcome": None}
    if not better:
        return {"outcome_sentence": facts.words.t(f"{_OPENING}.{none_key}"), "per_outcome": None}
    outcome = max(better, key=lambda pair: pair[0])[1]
    row = facts.appraisal.outcome(outcome.id)
    ordinary, intervention = levels(facts, row)
    unit = f"screen.unit.{outcome_unit(facts, outcome)}"
    sentence = facts.words.t(
        f"{_OPENING}.{better_key}",
        outcome=facts.name(outcome),
        ordinary=ordinary,
        intervention=intervention,
        unit=facts.words.plural(unit, round(row.intervention)),
    )
    each = facts.appraisal.result(f"cost_per_outcome:{outcome.id}").base
    if each is None:
        return {"outcome_sentence": sentence, "per_outcome": None}
    per = facts.words.t(f"{_OPENING}.per-outcome", cost=facts.money_alone(each), unit=facts.words.plural(unit, 1))
    return {"outcome_sentence": sentence, "per_outcome": per}


def _state_sentence(facts: Facts) -> str | None:
    """Return how the time in the state that changes most moves; whether that is better is not the program's to say."""
    rows = [row for row in facts.appraisal.outcome_rows if row.horizon == facts.years and "." in row.outcome]
    moving = max(rows, key=lambda row: abs(row.difference), default=None)
    if moving is None or not moving.difference:
        return None
    ordinary, intervention = levels(facts, moving)
    state = moving.outcome.partition(".")[2].replace("_", " ")
    return facts.words.t(f"{_OPENING}.state", state=state, ordinary=ordinary, intervention=intervention)


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
    sentences = _outcome_sentences(facts, "outcome-counted", "only-costs-none-better")
    named = names if len(names) > 1 else ()
    return facts.words.t(f"{_OPENING}.only-costs-no-price", **values, **sentences, outcomes=named)
