"""The rest of the screen: conditions, what must be true, what is not valued, what to know, and what comes next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from socio_calc.appraisal import ResultWarning, warning_message
from socio_calc.appraisal.warnings import WITHOUT_BUDGET, payer_mismatch
from socio_calc.case import RateStep, StatedOutcome
from socio_calc.locale import printable, share
from socio_calc.report.outcome_sentences import beyond_counted, people_sentence, reach_sentence, within_reach
from socio_calc.report.screen_facts import Facts
from socio_calc.report.screen_opening import times
from socio_calc.report.screen_variants import LIMITS, Variant, unequal_parties
from socio_calc.report.text_layout import Line, joined_parts, paragraph, shortened

_MOST_FILES: Final = 3
_LONGEST_TITLE: Final = 150
_LONGEST_ITEM: Final = 60

# The order of the warnings: what may be a mistake first, then what moves the answer, then what every report says.
_ORDER: Final = (
    "outcome-worse",
    "effect-never-counted",
    "gain-as-cost",
    "overlapping-prices",
    "small-group-privacy",
    "payer-mismatch",
    "effect-includes-null",
    "certain-effect",
    "positive-not-proof",
    "early-not-always",
    "row-above-one",
    "clipped-draws",
    "own-outcome",
    "base-mean-differ",
    "mc-error-large",
    "probability-low",
    "few-participants",
    "payback-after-grant",
    "followup-before-gain",
    "production-dominates",
    "foreign-effect-unadjusted",
    "local-price-higher",
    "local-price-lower",
    "local-price",
    "zero-width-interval",
    "rate-changed",
    "tax-factor-on",
    "set-up-cost-spread",
    "index-fallback",
    "old-price",
    "flows-cut-off",
    "several-irr",
    "dominates",
    "dominated",
    "grant-not-societal-gain",
    "assumed-price-range",
)
# Said elsewhere on the screen, or (a measure that does not exist) a footnote of the tables of the report.
_SAID_ELSEWHERE: Final = frozenset(
    {
        "calculation-not-alone",
        "no-result-for-measure",
        "not-valued",
        "nothing-unvalued",
        "negative-not-bad",
        "version-stamp",
        "not-cashable",
        "kommun-tax-equalisation",
    }
)


@dataclass(frozen=True)
class Surroundings:
    """What the screen must know of the command that shows it.

    Attributes
    ----------
    case_file
        The case as the user named it.
    written
        Files that were written, as the user would name them; empty without `--out`.
    commands
        The commands that this version of the program has: no other is recommended.
    """

    case_file: str
    written: Sequence[str] = ()
    commands: Collection[str] = ("run",)


def conditions(facts: Facts, width: int) -> list[Line]:
    """Return block A: the title, and on what terms the result holds."""
    title = paragraph(shortened(facts.appraisal.title, _LONGEST_TITLE), width, "title")
    return [*title, *joined_parts(condition_parts(facts), width, " · ", "muted")]


def condition_parts(facts: Facts) -> list[str]:
    """Return on what terms the result holds, each in a few words."""
    words, appraisal = facts.words, facts.appraisal
    case = appraisal.case
    parts = [
        words.plural("screen.conditions.period", facts.years, first_year=appraisal.first_year),
        words.t("screen.conditions.prices", price_year=appraisal.price_year),
        words.t("screen.conditions.rate", rate=rate_text(facts, case.discount_rate)),
    ]
    if case.discount_rate_health is not None:
        parts.append(words.t("screen.conditions.rate-health", rate=rate_text(facts, case.discount_rate_health)))
    parts.append(words.plural("screen.conditions.draws", appraisal.number_of_draws))
    parts.append(words.t(f"screen.conditions.timing.{case.timing}"))
    if facts.unit == "million" and facts.lang == "sv":
        parts.append(words.t("screen.conditions.million"))
    return parts


def rate_text(facts: Facts, rate: float | tuple[RateStep, ...]) -> str:
    """Write a discount rate with the years in which it changes."""
    if not isinstance(rate, tuple):
        return share(rate, facts.lang)
    first, *later = rate
    steps = [
        facts.words.t("screen.conditions.rate-step", rate=share(step.rate, facts.lang), year=step.from_)
        for step in later
    ]
    return ", ".join([share(first.rate, facts.lang), *steps])


def must_hold(facts: Facts, variant: Variant, width: int) -> list[Line]:
    """Return block E: what must be true for the intervention to break even."""
    if variant in {"only_costs", "not_responsible"}:
        return []
    words = facts.words
    lines = paragraph(words.t("screen.holds.heading"), width, "heading")
    sentences = must_hold_sentences(facts)
    if variant == "split" and (agree := agreement(facts)):
        sentences.append(agree)
    for sentence in sentences:
        lines += paragraph(sentence, width, "text", first="  ")
    return lines


def agreement(facts: Facts) -> str:
    """Return the advice to agree on the cost, empty where nobody who gains has a budget to share it from."""
    parties = unequal_parties(facts)
    if parties is None or parties[1] in WITHOUT_BUDGET:
        return ""
    return facts.words.t("screen.holds.agree", sharing=parties)


def must_hold_sentences(facts: Facts, *, participants: bool = True) -> list[str]:
    """Return what must be true for gains to cover costs: the share of the effects, and how many must succeed.

    `participants` says whether those who must succeed are counted here.
    """
    words = facts.words
    if (worse := facts.worse) is not None:
        return [words.t("screen.holds.worse", outcome=facts.name(worse))]
    row = facts.appraisal.result("break_even_effect")
    m = row.base
    if m is None:
        return [words.t("screen.holds.none", reason=row.reason, perspective="societal", h=facts.years)]
    if m > 1:
        sentences = [words.t("screen.holds.times", times=times(m, facts))]
    else:
        sentences = [words.t("screen.holds.share", m=share(m, facts.lang))]
    outcome = facts.dominant
    if outcome is None:
        return sentences if any_can_reach(facts, m) else [f"{sentences[0]} {words.t('screen.holds.not-possible')}"]
    if outcome.level == "rate" and not _can_reach(facts, outcome, m):  # of persons, `people_sentence` says it
        return [f"{sentences[0]} {words.t('screen.holds.not-possible')}"]
    if (beyond := beyond_counted(facts, outcome, m)) is not None:
        sentences = [f"{sentences[0]} {beyond}"]
    if outcome.level in {"rate", "amount"}:
        reached = reach_sentence(facts, outcome, m, "screen.holds.reach") if m <= 1 else None
        return sentences if reached is None else [*sentences, reached]
    needed = facts.appraisal.result(f"break_even_number:{outcome.id}").base
    if participants and needed is not None:
        sentences.append(people_sentence(facts, outcome, round(needed), facts.participants)[0])
    return sentences


def _can_reach(facts: Facts, outcome: StatedOutcome, m: float) -> bool:
    """Whether an outcome can reach what m times its assumed change leads to; true where no first year tells."""
    found = facts.first_levels.get(outcome.id)
    return found is None or within_reach(found, outcome, m)


def any_can_reach(facts: Facts, m: float) -> bool:
    """Whether any outcome with a gain can reach what m times its assumed change leads to."""
    gaining = [outcome for outcome in facts.appraisal.stated_outcomes if outcome.id in facts.gain_by_outcome]
    return not gaining or any(_can_reach(facts, outcome, m) for outcome in gaining)


def not_valued(facts: Facts, width: int, most: int) -> list[Line]:
    """Return block F: the effects without a price, the first `most` by name."""
    names = tuple(shortened(name, _LONGEST_ITEM) for name in facts.appraisal.case.not_valued)
    if not names:
        text = facts.words.t("warning.nothing-unvalued")
    elif len(names) <= most:
        text = facts.words.t("screen.unvalued", list=names)
    else:
        text = facts.words.plural("screen.unvalued-more", len(names) - most, list=names[:most])
    return paragraph(text, width)


def worth_knowing(facts: Facts, variant: Variant, width: int, most: int, *, written: bool) -> list[Line]:
    """Return block G: the most important warnings, one of each kind, and how many more there are and where."""
    words = facts.words
    where = "" if written else "-unwritten"
    warnings = _ordered(facts, variant)
    shown: list[ResultWarning] = []
    for warning in warnings:
        if len(shown) < most and warning.code not in {other.code for other in shown}:
            shown.append(warning)
    left = len(warnings) - len(shown)
    if not shown:
        return paragraph(words.plural(f"screen.know.only{where}", left), width) if left else []
    lines = paragraph(words.t("screen.know.heading"), width, "heading")
    for warning in shown:
        text = warning_message(facts.appraisal, warning, facts.lang)
        lines += paragraph(text, width, "text", first="  • ", rest="    ")
    if left:
        lines += paragraph(words.plural(f"screen.know.more{where}", left), width, "text", first="  ")
    return lines


def _ordered(facts: Facts, variant: Variant) -> list[ResultWarning]:
    said = set(_SAID_ELSEWHERE)
    if variant == "split":
        said.add("payer-mismatch")
    if variant == "clear_gain" and facts.only_weak_evidence:
        said.add("positive-not-proof")
    warnings = [warning for warning in facts.appraisal.warnings if warning.code not in said]
    if variant in {"clear_loss", "uncertain_loss"}:
        warnings += unequal_mismatch(facts, warnings)
    return sorted(warnings, key=lambda warning: _ORDER.index(warning.code))


def unequal_mismatch(facts: Facts, warnings: Sequence[ResultWarning]) -> list[ResultWarning]:
    """Say of what is no warning of the result, too, that one party pays what another gains."""
    parties = unequal_parties(facts)
    if parties is None or any(warning.code == "payer-mismatch" for warning in warnings):
        return []
    rows = {row.actor: row for row in facts.payers}
    payer, winner = (rows[actor] for actor in parties)
    return [payer_mismatch((payer,), winner)]


def ending(facts: Facts, variant: Variant, width: int, surroundings: Surroundings) -> list[Line]:
    """Return block H: the caution, what was written, the next command and the stamp."""
    words, appraisal = facts.words, facts.appraisal
    lines = paragraph(words.t("screen.caution"), width)
    if surroundings.written:
        files = ", ".join(surroundings.written[:_MOST_FILES])
        left = len(surroundings.written) - _MOST_FILES
        text = words.t("screen.written", files=files)
        lines += paragraph(text if left <= 0 else words.plural("screen.written-more", left, files=files), width)
    lines += _next(facts, variant, width, surroundings)
    stamp = words.t("screen.stamp", version=appraisal.version, hash=appraisal.reference_sha256[:8], seed=appraisal.seed)
    return [*lines, *paragraph(stamp, width, "muted")]


def _next(facts: Facts, variant: Variant, width: int, surroundings: Surroundings) -> list[Line]:
    probability = facts.probability
    undecided = probability is not None and LIMITS.surely_not < probability < LIMITS.sure
    candidates = (
        ("evidence", variant == "only_costs"),
        ("run", not surroundings.written),
        ("sensitivity", undecided),
        ("check", facts.appraisal.case.application is not None),
        ("explain", True),
    )
    name = next((name for name, fits in candidates if fits and name in surroundings.commands), None)
    if name is None:
        return []
    words, key = facts.words, f"screen.next.{name}"
    case = f'"{surroundings.case_file}"' if " " in surroundings.case_file else surroundings.case_file
    command = printable(words.t(key, case=case, word=_search_word(facts)))
    hint = words.t(f"{key}.hint") if words.has(f"{key}.hint") else ""
    line = words.t("screen.next", command=f"{command}   {hint}".rstrip())
    if len(line) <= width:
        return [Line(line, "text")]
    # A command is never broken in two: it is there to be copied, and the terminal wraps it where it must.
    return [Line(text, "text") for text in (words.t("screen.next", command="").rstrip(), f"  {command}")]


def _search_word(facts: Facts) -> str:
    case = facts.appraisal.case
    words = (case.outcomes[0].name if case.outcomes else case.title).split()
    return "".join(char for char in words[0].lower() if char.isalnum()) or words[0]
