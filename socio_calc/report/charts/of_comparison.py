"""The chart of a comparison: from the one result to the other, a bar for each change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from socio_calc.analysis.comparison import Comparison
from socio_calc.locale import Language
from socio_calc.report.charts.chart import Chart
from socio_calc.report.charts.facts import ChartFacts
from socio_calc.report.charts.style import BAR, INK, NARROW_BAND
from socio_calc.report.charts.waterfall import Bar, draw_bars
from socio_calc.report.text_layout import shortened

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME: Final = "compare"
#: Changes with a bar of their own; the rest share one.
_MOST: Final = 6
#: Names of changes are longer than those of parties: their room, inches, and their lines.
_NAME_ROOM: Final = 3.3
_NAME_LINES: Final = 2
_LONGEST_NAME: Final = 70


def draw_comparison(comparison: Comparison, names: Sequence[str], lang: Language = "sv") -> Chart:
    """Return the chart of a comparison.

    Parameters
    ----------
    comparison
        What was compared.
    names
        What each step is called, in the order of `comparison.steps`.
    lang
        Language of all texts.
    """
    facts = ChartFacts(comparison.appraisals[1], lang)
    bars = _bars(comparison, names, facts)
    title = _title(comparison, names, facts)
    steps = [
        facts.words.t("compare.chart.alt-step", name=bar.name, amount=facts.money(bar.amount, signed=True))
        for bar in bars
        if not bar.total
    ]
    alt = facts.words.t(
        "compare.chart.alt",
        before=facts.money(comparison.before.npv),
        after=facts.money(comparison.after.npv),
        steps=" ".join(steps),
    )
    return Chart(NAME, title, alt, lang, partial(_draw, comparison, facts, title, bars))


def _draw(comparison: Comparison, facts: ChartFacts, title: str, bars: Sequence[Bar]) -> Figure:
    words = facts.words
    subtitle = words.t(
        "compare.chart.subtitle",
        perspective=comparison.perspective,
        years=words.plural("screen.years", comparison.horizon),
    )
    return draw_bars(facts, title, subtitle, bars, name_room=_NAME_ROOM, name_lines=_NAME_LINES)


def _title(comparison: Comparison, names: Sequence[str], facts: ChartFacts) -> str:
    before, after = comparison.before.npv, comparison.after.npv
    if "npv" in comparison.flips:
        turning = [
            name
            for name, step in zip(names, comparison.steps, strict=True)
            if (before + step.amount > 0) == (after > 0)
        ]
        if len(turning) == 1:
            return facts.words.t("compare.chart.title.turns", name=shortened(turning[0], _LONGEST_NAME))
    key = "same" if before == after else "more" if after > before else "less"
    return facts.words.t(f"compare.chart.title.{key}", before=facts.money(before), after=facts.money(after))


def _bars(comparison: Comparison, names: Sequence[str], facts: ChartFacts) -> list[Bar]:
    words, before, after = facts.words, comparison.before.npv, comparison.after.npv
    moving = [(name, step.amount) for name, step in zip(names, comparison.steps, strict=True) if step.amount != 0.0]
    shown = moving if len(moving) <= _MOST else moving[: _MOST - 1]
    rest = moving[len(shown) :]
    listed = list(shown)
    if rest:
        listed.append((words.plural("compare.chart.rest", len(rest)), sum(amount for _, amount in rest)))
    bars = [Bar(words.t("compare.chart.before"), before, 0.0, before, INK, total=True)]
    end = before
    for name, amount in listed:
        start, end = end, end + amount
        bars.append(Bar(name, amount, start, end, NARROW_BAND if amount >= 0 else BAR, hatched=amount < 0))
    return [*bars, Bar(words.t("compare.chart.after"), after, 0.0, after, INK, total=True)]
