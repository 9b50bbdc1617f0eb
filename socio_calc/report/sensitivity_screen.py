"""The terminal result of `socio-calc sensitivity`: what matters most and what must be true, then the figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from socio_calc.analysis.break_even import BreakEvenOutcome
from socio_calc.analysis.correlations import achieved_correlations
from socio_calc.analysis.sensitivity import Sensitivity
from socio_calc.analysis.structural import Choice
from socio_calc.analysis.switching import Switching
from socio_calc.analysis.tornado import Bar
from socio_calc.locale import (
    Language,
    number,
    probability_figure,
    probability_words,
    share,
    table_money,
    unit_heading,
)
from socio_calc.locale.placeholders import start
from socio_calc.report.outcome_sentences import beyond_counted, people_sentence, reach_sentence, within_reach
from socio_calc.report.scenario_names import scenario_name
from socio_calc.report.screen_opening import times
from socio_calc.report.sensitivity_facts import AnyBar, SensitivityFacts
from socio_calc.report.sensitivity_measuring import worth_measuring
from socio_calc.report.text_layout import BLANK, Line, joined_parts, paragraph, shortened, table

MOST_COLUMNS: Final = 80
FEWEST_COLUMNS: Final = 40
#: Rows of each table; the rest stands in the files.
_ROWS: Final = 7
_NAME: Final = 36
#: Longest name inside a sentence.
_IN_SENTENCE: Final = 110


def sensitivity_screen(
    sensitivity: Sensitivity, lang: Language, width: int = MOST_COLUMNS, *, files: Sequence[Path | str] = ()
) -> tuple[Line, ...]:
    """Return the result as lines with roles, at most `width` columns (40 to 80 are used).

    Parameters
    ----------
    sensitivity
        What to tell.
    lang
        Language of all texts.
    width
        Columns of the terminal.
    files
        What was written, empty without `--out`.
    """
    facts = SensitivityFacts(sensitivity.appraisal, lang, sensitivity)
    columns = max(FEWEST_COLUMNS, min(width, MOST_COLUMNS))
    blocks = [
        [*_head(facts, columns), *_findings(facts, columns)],
        _bars(facts, columns),
        _switching(facts, columns),
        _structural(facts, columns),
        _scenarios(facts, columns),
        _shares(facts, columns),
        _sureness(facts, columns),
        _measuring(facts, columns),
        _files(facts, columns, files),
    ]
    lines: list[Line] = []
    for block in blocks:
        if block:
            lines += [BLANK, *block] if lines else block
    return tuple(lines)


# -- the answer -------------------------------------------------------------------------------------------------------


def _head(facts: SensitivityFacts, width: int) -> list[Line]:
    words, found = facts.words, facts.sensitivity
    parts = [
        words.t("screen.sensitivity.whose", party=found.perspective),
        words.plural("screen.conditions.period", found.horizon, first_year=facts.appraisal.first_year),
        words.t("screen.conditions.prices", price_year=facts.appraisal.price_year),
    ]
    if facts.unit == "million" and facts.lang == "sv":
        parts.append(words.t("screen.conditions.million"))
    title = words.t("screen.sensitivity.title", title=shortened(facts.appraisal.title, 50))
    return [*paragraph(title, width, "title"), *joined_parts(parts, width, " · ", "muted"), Line("─" * width, "rule")]


def _findings(facts: SensitivityFacts, width: int) -> list[Line]:
    return paragraph(" ".join(findings(facts)), width)


def findings(facts: SensitivityFacts) -> list[str]:
    """Return the sentences that answer first: what matters most, and what must be true."""
    words, found = facts.words, facts.sensitivity
    if not facts.moving:
        return [words.t("screen.sensitivity.certain", npv=facts.money(found.npv.base)), *_must_reach(facts)]
    sentences = [_top(facts, facts.moving[0])]
    sentences += _must_reach(facts)
    turning = sum(facts.turns(bar) for bar in facts.moving)
    if not turning:
        sign = "positive" if found.npv.base > 0 else "negative"
        sentences.append(words.t(f"screen.sensitivity.none-turns.{sign}"))
    return sentences


def _top(facts: SensitivityFacts, top: Bar) -> str:
    """Return the sentence on what matters most, with the result at both of its ends."""
    values: dict[str, object] = {
        "top": facts.name_of(top.quantity, _IN_SENTENCE),
        "npv_low": facts.money(top.npv_low, signed=True),
        "npv_high": facts.money(top.npv_high, signed=True),
    }
    if top.low_input is None or top.high_input is None:
        return facts.words.t("screen.sensitivity.top-group", **values)
    low, high = facts.ends_text(top)
    return facts.words.t("screen.sensitivity.top", **values, low=low, high=high)


def _must_reach(facts: SensitivityFacts) -> list[str]:
    """Say how large the main effect must be, and how many participants must succeed."""
    main = facts.main_outcome
    sentences = []
    if main is not None and main.alone is not None:
        sentences.append(effect_needed(facts, main, main.alone))
    reached = reached_sentence(facts)
    return sentences if reached is None else [*sentences, reached]


def reached_sentence(facts: SensitivityFacts) -> str | None:
    """Say how many participants must succeed, against the evidence; None where no outcome is counted in persons."""
    counted = facts.sensitivity.break_even.in_persons
    if counted is None or counted.number is None or counted.of is None:
        return None
    outcome = next(outcome for outcome in facts.appraisal.stated_outcomes if outcome.id == counted.outcome)
    said, possible = people_sentence(facts, outcome, counted.number, counted.of)
    if not possible:
        return said
    reached = facts.words.t(
        "screen.sensitivity.reached",
        p=probability_words(counted.reached or 0.0, facts.lang),
        percent=probability_figure(counted.reached or 0.0, facts.lang),
    )
    return f"{said} {reached}"


def effect_needed(facts: SensitivityFacts, row: BreakEvenOutcome, alone: float) -> str:
    """Return the sentence on how large one effect must be, in the natural units of its outcome where it has them."""
    words = facts.words
    outcome = next(outcome for outcome in facts.appraisal.stated_outcomes if outcome.id == row.outcome)
    name = facts.name(outcome)
    if alone <= 0.0:
        return words.t("screen.sensitivity.without-effect", outcome=name)
    reached = reach_sentence(facts, outcome, alone, "screen.sensitivity.reaches")
    if reached is not None:
        beyond = beyond_counted(facts, outcome, alone)
        return reached if beyond is None else f"{reached} {beyond}"
    found = facts.first_levels.get(outcome.id)
    if found is not None and not within_reach(found, outcome, alone):
        return words.t("screen.sensitivity.out-of-reach", outcome=name, times=times(alone, facts))
    if alone > 1.0:
        return words.t("screen.sensitivity.times", outcome=name, times=times(alone, facts))
    return words.t("screen.sensitivity.part", outcome=name, m=share(alone, facts.lang, (1.0,)))


# -- the figures ------------------------------------------------------------------------------------------------------


def _money_cell(facts: SensitivityFacts, amount: float | None) -> str:
    return table_money(amount, facts.lang, facts.unit, signed=True)


def _name_cell(facts: SensitivityFacts, key: str) -> str:
    return start(facts.name_of(key, _NAME))


def _bars(facts: SensitivityFacts, width: int) -> list[Line]:
    words, found = facts.words, facts.sensitivity
    moving = {bar.quantity for bar in facts.moving}
    groups = [bar for bar in found.groups if bar.swing > facts.least and bar.quantity not in moving]
    bars = sorted((*facts.moving[:_ROWS], *groups[:3]), key=lambda bar: -bar.swing)
    if not bars:
        return []
    low, high = (number(percentile, facts.lang) for percentile in found.percentiles)
    heading = words.t("screen.sensitivity.bars", low=low, high=high, unit=unit_heading(facts.unit, facts.lang))
    head = [words.t(f"screen.sensitivity.column.{name}") for name in ("assumption", "low-high", "at-low", "at-high")]
    rows = [_bar_cells(facts, bar) for bar in bars]
    left = len(facts.moving) - min(len(facts.moving), _ROWS)
    note = paragraph(words.t("screen.sensitivity.more", n=left), width, "muted", first="  ") if left else []
    return [*paragraph(heading, width, "heading"), *_fitted(head, rows, width), *note]


def _bar_cells(facts: SensitivityFacts, bar: AnyBar) -> list[str]:
    inputs = facts.range_text(bar.quantity, bar.low_input, bar.high_input, brief=True)
    return [_name_cell(facts, bar.quantity), inputs, _money_cell(facts, bar.npv_low), _money_cell(facts, bar.npv_high)]


def _switching(facts: SensitivityFacts, width: int) -> list[Line]:
    words, found = facts.words, facts.sensitivity
    reachable = [found.switching_of(bar.quantity) for bar in facts.moving if not bar.members]
    rows = [_switching_row(facts, row) for row in reachable if row.value is not None][:_ROWS]
    if not reachable:
        return []
    if not rows:
        return paragraph(words.t("screen.sensitivity.none-switches"), width)
    head = [words.t(f"screen.sensitivity.column.{name}") for name in ("assumption", "now", "even-at", "beyond")]
    return [
        *paragraph(words.t("screen.sensitivity.switching"), width, "heading"),
        *_fitted(head, rows, width),
    ]


def _switching_row(facts: SensitivityFacts, row: Switching) -> list[str]:
    turning = row.central if row.value is None else row.value
    central = facts.value_text(row.quantity, row.central, like=(turning,), brief=True)
    value = facts.value_text(row.quantity, turning, like=(row.central,), brief=True)
    return [_name_cell(facts, row.quantity), central, value, probability_figure(row.probability_beyond, facts.lang)]


def _structural(facts: SensitivityFacts, width: int) -> list[Line]:
    words, bars = facts.words, facts.sensitivity.structural
    lines: list[Line] = []
    if bars:
        heading = words.t("screen.sensitivity.structural", unit=unit_heading(facts.unit, facts.lang))
        head = [words.t(f"screen.sensitivity.column.{name}") for name in ("choice", "from-to", "at-first", "at-second")]
        lines += [
            *paragraph(heading, width, "heading"),
            *_fitted(head, [_bar_cells(facts, bar) for bar in bars], width),
        ]
    notable = facts.sensitivity.notable_choices
    if not notable:
        return [*lines, *paragraph(words.t("screen.sensitivity.no-choice"), width)]
    said = tuple(choice_text(facts, choice) for choice in notable)
    return [*lines, *paragraph(words.t("screen.sensitivity.choices", choices=said), width)]


def choice_text(facts: SensitivityFacts, choice: Choice) -> str:
    """Return one method choice with what the result would be."""
    path = {"horizon": "horizons"}.get(choice.choice, choice.choice)
    return facts.words.t(
        f"screen.sensitivity.choice.{choice.choice}",
        value=facts.value_text(path, choice.value),
        npv=facts.money(choice.npv, signed=True),
    )


def _scenarios(facts: SensitivityFacts, width: int) -> list[Line]:
    words, rows = facts.words, facts.sensitivity.scenarios
    if len(rows) < 2:
        return []
    heading = words.t("screen.sensitivity.scenarios", unit=unit_heading(facts.unit, facts.lang))
    head = [words.t(f"screen.sensitivity.column.{name}") for name in ("scenario", "net", "probability")]
    cells = [
        [
            shortened(scenario_name(words, row.name), _NAME),
            _money_cell(facts, row.npv),
            probability_figure(row.probability_positive, facts.lang),
        ]
        for row in rows
    ]
    return [*paragraph(heading, width, "heading"), *_fitted(head, cells, width)]


def _shares(facts: SensitivityFacts, width: int) -> list[Line]:
    words, found = facts.words, facts.sensitivity
    known = [row for row in found.indices if row.first is not None and row.total is not None]
    if not known:
        return []
    head = [words.t(f"screen.sensitivity.column.{name}") for name in ("assumption", "first", "total")]
    rows = [
        [_name_cell(facts, row.quantity), _share_cell(facts, row.first), _share_cell(facts, row.total)]
        for row in known[:5]
    ]
    lines = [*paragraph(words.t("screen.sensitivity.shares"), width, "heading"), *_fitted(head, rows, width)]
    if any(row.reason for row in found.indices):
        lines += paragraph(words.t("screen.sensitivity.grouped"), width, "muted", first="  ")
    return [*lines, *_correlations(facts, width)]


def _correlations(facts: SensitivityFacts, width: int) -> list[Line]:
    """Say which rank correlations the draws have, beside those that the case gives."""
    pairs = [
        facts.words.t(
            "screen.sensitivity.correlations.pair",
            first=facts.name_of(row.quantities[0]),
            second=facts.name_of(row.quantities[1]),
            achieved=row.achieved,
            wanted=row.wanted,
        )
        for row in achieved_correlations(facts.appraisal)
    ]
    if not pairs:
        return []
    return paragraph(facts.words.t("screen.sensitivity.correlations", pairs="; ".join(pairs)), width, first="  ")


def _share_cell(facts: SensitivityFacts, value: float | None) -> str:
    """Write an index as whole per cent: an estimate a little below 0 is 0."""
    return share(None if value is None else round(max(value, 0.0), 2), facts.lang)


def _sureness(facts: SensitivityFacts, width: int) -> list[Line]:
    words, curves = facts.words, facts.sensitivity.acceptability
    said = [
        words.t("screen.sensitivity.sure", party=row.at, p=probability_figure(row.probability, facts.lang))
        for row in curves.by_perspective
    ]
    lines = paragraph(words.t("screen.sensitivity.by-perspective", parties=tuple(said)), width)
    if curves.qaly_threshold is not None:
        text = words.t("screen.sensitivity.qaly", value=facts.money_alone(curves.qaly_threshold))
        lines += paragraph(text, width)
    return lines


def _measuring(facts: SensitivityFacts, width: int) -> list[Line]:
    heading = facts.words.t("screen.sensitivity.measure.heading")
    return [*paragraph(heading, width, "heading"), *paragraph(" ".join(worth_measuring(facts)), width)]


def _files(facts: SensitivityFacts, width: int, files: Sequence[Path | str]) -> list[Line]:
    if not files:
        return []
    folder = str(Path(files[0]).parent)
    return paragraph(facts.words.t("screen.sensitivity.files", n=len(files), folder=folder), width)


def _fitted(head: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[Line]:
    """Set a table; where it is too wide, names give way, and then each row becomes lines of its own."""
    for most in (_NAME, 28, 22, 16):
        narrow = [[shortened(row[0], most), *row[1:]] for row in rows]
        lines = table(head, narrow, width, total=False)
        if lines is not None:
            return lines
    stacked: list[Line] = []
    for row in rows:
        stacked += paragraph(row[0], width, "table_row", first="  ")
        pairs = [f"{name}: {cell}" for name, cell in zip(head[1:], row[1:], strict=True) if cell]
        stacked += joined_parts(pairs, width - 4, ", ", "table_row")
    return stacked
