"""A case file from a few answers: runnable as it is, with every figure either from the base or marked as assumed."""

from __future__ import annotations

import json
from datetime import date
from typing import Final

from socio_calc.case import build_case, parse_document
from socio_calc.engine.build import build_plan
from socio_calc.locale import Texts
from socio_calc.reference import CostRow, ReferenceBase
from socio_calc.templates.interview import Answers
from socio_calc.templates.suggestions import LINKED, SCALE_MEAN, SCALE_SPREAD, measure_of, years_seen

#: The last year that all price indices of the base reach.
PRICE_YEAR: Final = 2024
#: Horizons that every new case shows, and the shortest longest one.
_SHORT_HORIZONS: Final = (1, 3)
_LEAST_LONGEST: Final = 5
#: From this age on mortality is counted.
_OLD: Final = 70
#: Assumed spread: of people, costs and levels that were stated, each a share of the value below and above it.
_PEOPLE_SPREAD: Final = 0.2
_COST_SPREAD: Final = (0.1, 0.2)
_LEVEL_SPREAD: Final = 0.5
#: Adjustment of an effect that was found elsewhere: cautious, likely, hopeful.
_ADJUSTMENT: Final = (0.4, 0.7, 1.0)
#: An effect that nobody has measured, as a ratio: the least, likely and strongest change of what should fall.
_UNMEASURED: Final = (0.8, 0.95, 1.0)
#: Assumed for a price of own operations: what varies with volume, what leaves the budget, what of a link is a cause.
_MARGINAL: Final = (0.4, 0.7, 0.9)
_REALISABLE: Final = (0.0, 0.2, 0.5)
_CAUSAL: Final = (0.3, 0.6, 0.9)
_GRADES: Final = ("systematic_review", "rct", "quasi_experiment", "before_after")


def draft(answers: Answers, words: Texts, today: date) -> str:
    """Return the text of a new case file.

    Parameters
    ----------
    answers
        From the interview.
    words
        Language of notes and comments.
    today
        Day of the call, until the applicant puts in the right one.
    """
    lines = [*_head(answers, words), *_costs(answers, words), *_outcome(answers, words), *_tail(answers, words, today)]
    return "\n".join(lines) + "\n"


def prove(text: str, base: ReferenceBase) -> None:
    """Read and compile a new case before it is written.

    Raises
    ------
    InputError
        When it cannot be computed.
    """
    build_plan(build_case(parse_document(text.encode(), "new.yaml")), base)


def _head(answers: Answers, words: Texts) -> list[str]:
    mark = words.t("new.copy.mark")
    longest = max(_LEAST_LONGEST, answers.years + _lasts(answers))
    low, high = (answers.participants * (1 - _PEOPLE_SPREAD), answers.participants * (1 + _PEOPLE_SPREAD))
    source = _q(words.t("new.draft.people"))
    number = f"{{low: {_n(low)}, mode: {answers.participants}, high: {_n(high)}, source: {source}}}"
    age = "" if answers.age is None else f", age: {answers.age}"
    return [
        *(f"# {line}" for line in words.t("new.draft.heading", title=answers.title, mark=mark).split("\n")),
        "format: 1",
        f"title: {_q(answers.title)}",
        f"first_year: {answers.first_year}",
        f"price_year: {PRICE_YEAR}",
        f"horizons: [{', '.join(str(year) for year in (*_SHORT_HORIZONS, longest))}]",
        "discount_rate: 0.035",
        *(["survival: sweden"] if answers.age is not None and answers.age >= _OLD else []),
        "",
        f"# {mark}: {words.t('new.draft.participants')}",
        "participants:",
        *(f"  - {{year: {year}, number: {number}{age}}}" for year in range(answers.years)),
        "",
    ]


def _costs(answers: Answers, words: Texts) -> list[str]:
    mark = words.t("new.copy.mark")
    years = f"[{', '.join(str(year) for year in range(answers.years))}]"
    lines = [f"# {mark}: {words.t('new.draft.costs')}", "costs:"]
    if answers.grant:
        lines += [
            f"  - name: {_q(words.t('new.draft.cost-grant'))}",
            f"    actor: {answers.actor}",
            *_party(answers),
            f"    amount: {_n(answers.grant)}",
            "    basis: per_year",
            f"    years: {years}",
            "    funding: grant",
            "    funder: region",
        ]
    own = answers.yearly_cost - answers.grant
    if own > 0:
        low, high = (own * (1 - _COST_SPREAD[0]), own * (1 + _COST_SPREAD[1]))
        lines += [
            f"  - name: {_q(words.t('new.draft.cost-own'))}",
            f"    actor: {answers.actor}",
            *_party(answers),
            "    amount:",
            f"      low: {_n(low)}",
            f"      mode: {_n(own)}",
            f"      high: {_n(high)}",
            f"      source: {_q(words.t('new.draft.cost-source'))}",
            "    basis: per_year",
            f"    years: {years}",
            "    funding: cofinancing",
        ]
    return [*lines, ""]


def _party(answers: Answers) -> list[str]:
    """Name the party that bears a cost, where an application lists the parties."""
    return [] if answers.fund is None else [f"    organisation: {_q(answers.organisation)}"]


def _outcome(answers: Answers, words: Texts) -> list[str]:
    mark = words.t("new.copy.mark")
    lasts = _lasts(answers)
    return [
        "outcomes:",
        "  - id: outcome",
        f"    name: {_q(answers.outcome)}",
        f"    level: {answers.level}",
        f"    better: {answers.better}",
        f"    # {mark}: {words.t('new.copy.ordinary')}",
        *_ordinary(answers, words),
        *_effect(answers, words),
        f"    holds: {lasts}                            # {words.t('new.draft.lasts')}",
        f"    lasts: {lasts}",
        *_evidence(answers, words),
        *_consequences(answers, words),
        "",
    ]


def _ordinary(answers: Answers, words: Texts) -> list[str]:
    if answers.baseline is not None:
        return [f"    ordinary: {{baseline: {answers.baseline.id}}}"]
    value = answers.ordinary or 0.0
    if _is_scale(answers):
        low, high, key = SCALE_MEAN - SCALE_SPREAD / 2, SCALE_MEAN + SCALE_SPREAD / 2, "ordinary-scale"
    else:
        low, high, key = value * (1 - _LEVEL_SPREAD), value * (1 + _LEVEL_SPREAD), "ordinary-own"
        if answers.level == "probability":
            high = min(high, (1 + value) / 2)
    return [
        "    ordinary:",
        f"      low: {_n(low)}",
        f"      mode: {_n(value)}",
        f"      high: {_n(high)}",
        f"      source: {_q(words.t(f'new.draft.{key}'))}",
    ]


def _effect(answers: Answers, words: Texts) -> list[str]:
    if answers.effect is not None:
        row = answers.effect
        spread = f", sd: {SCALE_SPREAD}" if row.measure == "smd" else ""
        low, mode, high = _ADJUSTMENT
        return [
            f"    effect: {{measure: {measure_of(row)}, value: {{evidence: {row.id}}}{spread}}}",
            "    evidence_adjustment:",
            f"      low: {low}",
            f"      mode: {mode}",
            f"      high: {high}",
            f"      source: {_q(words.t('new.draft.adjustment'))}",
        ]
    low, mode, high = _UNMEASURED
    measure, values = "ratio", (low, mode, high)
    if answers.better == "higher":
        # The same change of what is left to gain: a ratio above 1 could pass the whole.
        measure, values = ("odds_ratio" if answers.level == "probability" else "ratio"), (1 / high, 1 / mode, 1 / low)
    return [
        "    effect:",
        f"      measure: {measure}",
        "      value:",
        *(f"        {name}: {_n(value)}" for name, value in zip(("low", "mode", "high"), values, strict=True)),
        f"        source: {_q(words.t('new.draft.effect-own'))}",
    ]


def _evidence(answers: Answers, words: Texts) -> list[str]:
    row = answers.effect
    if row is None:
        return ["    evidence:", "      grade: judgement", f"      sources: [{_q(words.t('new.draft.no-study'))}]"]
    grade = row.grade if row.grade in _GRADES else "judgement"
    year = "" if row.year is None else f" {row.year}"
    source = f"{row.source_title}{year}, {row.url}"
    return ["    evidence:", f"      grade: {grade}", f"      sources: [{_q(source)}]"]


def _consequences(answers: Answers, words: Texts) -> list[str]:
    if not answers.prices:
        return [f"    # {words.t('new.draft.no-price')}"]
    lines = ["    consequences:"]
    for row in answers.prices:
        lines += _consequence(row, answers.per_outcome, words)
    return lines


def _consequence(row: CostRow, quantity: float, words: Texts) -> list[str]:
    spread = (quantity * (1 - _LEVEL_SPREAD), quantity, quantity * (1 + _LEVEL_SPREAD))
    lines = [
        f"      - name: {_q(row.name_sv if words.lang == 'sv' else row.name_en)}",
        f"        price: {{cost: {row.id}}}",
        *_spread("quantity", spread, words.t("new.draft.per-outcome")),
    ]
    if not row.bought:
        lines += _spread("marginal", _MARGINAL, words.t("new.draft.marginal"))
        lines += _spread("realisable", _REALISABLE, words.t("new.draft.realisable"))
    if row.category in LINKED:
        lines.append("        link: observational")
        lines += _spread("causal_share", _CAUSAL, words.t("new.draft.causal"))
    return lines


def _spread(key: str, values: tuple[float, float, float], source: str) -> list[str]:
    """Write an assumed quantity of a consequence."""
    low, mode, high = (_n(value) for value in values)
    return [
        f"        {key}:",
        f"          low: {low}",
        f"          mode: {mode}",
        f"          high: {high}",
        f"          source: {_q(source)}",
    ]


def _tail(answers: Answers, words: Texts, today: date) -> list[str]:
    mark = words.t("new.copy.mark")
    weak, strong = ("0.4", "1") if answers.effect is not None else ("1", _n(_strongest(answers)))
    path = "outcomes.outcome.evidence_adjustment" if answers.effect is not None else "outcomes.outcome.effect.value"
    lines = [
        "scenarios:",
        f"  cautious: {{{path}: {weak}}}",
        f"  hopeful: {{{path}: {strong}}}",
        "",
        f"# {mark}: {words.t('new.copy.decision')}",
        f"decision: {{perspective: societal, participants_per_cohort: {answers.participants}, cohorts_per_year: 1,"
        f" from_year: {answers.years}, years: 10}}",
        "",
        # As a comment: what nobody has replaced must not reach a report.
        f"# {mark}: {words.t('new.draft.not-valued-comment')}",
        f"# not_valued: [{_q(words.t('new.draft.not-valued'))}]",
    ]
    if answers.fund is not None:
        lines += ["", *_application(answers, words, today)]
    return lines


def _application(answers: Answers, words: Texts, today: date) -> list[str]:
    mark = words.t("new.copy.mark")
    last = answers.first_year + answers.years - 1
    start = today if answers.first_year == today.year else date(answers.first_year, 1, 1)
    applied = ", ".join(f"{answers.first_year + year}: {_n(answers.grant)}" for year in range(answers.years))
    return [
        f"# {mark}: {words.t('new.draft.application')}",
        "application:",
        f"  fund: {answers.fund}",
        # Nothing starts before the call that pays for it has been made.
        f"  call: {min(today, start).isoformat()}                     # {mark}: {words.t('new.copy.call')}",
        "  stage: utformning",
        f"  owner: {_q(answers.organisation)}",
        "  organisations:",
        f"    - {{name: {_q(answers.organisation)}, sector: {answers.actor}}}",
        f"  start: {start.isoformat()}                    # {mark}: {words.t('new.copy.dates')}",
        f"  end: {last}-12-31",
        f"  applied: {{{applied}}}",
    ]


def _strongest(answers: Answers) -> float:
    low = _UNMEASURED[0]
    return low if answers.better == "lower" else 1 / low


def _lasts(answers: Answers) -> int:
    return 1 if answers.effect is None else years_seen(answers.effect)


def _is_scale(answers: Answers) -> bool:
    return answers.effect is not None and answers.effect.measure == "smd"


def _q(text: str) -> str:
    """Write a text so that YAML reads it back as it is."""
    return json.dumps(text, ensure_ascii=False)


def _n(value: float) -> str:
    """Write a number without a tail of digits that nobody stated."""
    rounded = float(f"{value:.4g}") if abs(value) < 1000 else float(round(value))
    return str(int(rounded)) if rounded == int(rounded) else repr(rounded)
