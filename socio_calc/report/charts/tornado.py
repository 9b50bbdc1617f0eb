"""Chart: the tornado, one assumption at a time from its low to its high value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from socio_calc.locale import number
from socio_calc.report.charts.bars import (
    DETAILS,
    NAMES,
    Name,
    Span,
    base_line,
    draw_spans,
    fitted_name,
    row_details,
    row_names,
    rows_axis,
    widened,
)
from socio_calc.report.charts.facts import MOST_TITLE
from socio_calc.report.charts.frame import amount_axis, new_frame
from socio_calc.report.charts.key_column import key_row
from socio_calc.report.charts.style import LABEL_SIZE, MARGIN, MUTED
from socio_calc.report.sensitivity_facts import AnyBar, SensitivityFacts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME: Final = "tornado"
#: Most bars in one picture: the others stand in the tables.
MOST_BARS: Final = 7
#: Between the subtitle and the line of what the halves of a bar are and of the base case, inches.
_ABOVE: Final = 0.1


def shown(facts: SensitivityFacts) -> bool:
    """Whether there is anything to draw."""
    return bool(facts.moving)


def title(facts: SensitivityFacts) -> str:
    """Return the finding; the first condition that fits decides."""
    words, moving = facts.words, facts.moving
    top = moving[0].quantity
    if len(moving) == 1:
        return with_name(facts, "chart.tornado.title.only", top)
    if facts.turns(moving[0]):
        return with_name(facts, "chart.tornado.title.decides", top)
    if any(facts.turns(bar) for bar in moving):
        return with_name(facts, "chart.tornado.title.most", top)
    sign = "positive" if facts.sensitivity.npv.base > 0 else "negative"
    return words.t(f"chart.tornado.title.none.{sign}")


def with_name(facts: SensitivityFacts, title_key: str, quantity: str) -> str:
    """Return a title that names a quantity, the name cut where the title would be too long."""
    room = MOST_TITLE - len(facts.words.t(title_key, top=""))
    return facts.words.t(title_key, top=facts.name_of(quantity, room))


def alt_text(facts: SensitivityFacts) -> str:
    """Return what matters most, with its ends, and what comes next."""
    top, *others = facts.moving
    text = facts.words.t(
        "chart.tornado.alt",
        top=facts.whole_name(top.quantity),
        npv_low=facts.money(top.npv_low, signed=True),
        npv_high=facts.money(top.npv_high, signed=True),
    )
    if not others:
        return text
    following = tuple(facts.whole_name(bar.quantity) for bar in others[:2])
    return f"{text} {facts.words.t('chart.tornado.alt.then', names=following)}"


def draw(facts: SensitivityFacts) -> Figure:
    """Draw the bars around the base case, the end of the high value hatched."""
    found = facts.sensitivity
    low, high = (number(percentile, facts.lang) for percentile in found.percentiles)
    subtitle = facts.words.t(
        "chart.tornado.subtitle", low=low, high=high, party=found.perspective, years=facts.horizon_text
    )
    return draw_bars(facts, facts.moving[:MOST_BARS], title(facts), subtitle)


def draw_bars(facts: SensitivityFacts, bars: Sequence[AnyBar], heading: str, subtitle: str) -> Figure:
    """Draw bars from the base case to both ends, named and with their inputs."""
    words, base = facts.words, facts.sensitivity.npv.base
    frame = new_frame(facts, heading, subtitle)
    axes = frame.axes(MARGIN + NAMES, DETAILS + MARGIN / 2, above=_ABOVE)
    rows_axis(axes, len(bars))
    widened(axes, [base, *(npv for bar in bars for npv in (bar.npv_low, bar.npv_high))])
    amount_axis(axes, facts, upright=False)
    axes.set_xlabel(words.t("chart.tornado.axis", unit=facts.unit_name), fontsize=LABEL_SIZE, color=MUTED, labelpad=4)
    draw_spans(axes, [_spans(bar, base) for bar in bars])
    level = base_line(frame, axes, base, f"{words.t('chart.cumulative.base')} {facts.money(base)}")
    names = [Name(fitted_name(frame, facts.name_of, bar.quantity)) for bar in bars]
    row_names(frame, axes, names)
    details = [facts.range_text(bar.quantity, bar.low_input, bar.high_input) for bar in bars]
    row_details(frame, axes, details, words.t("chart.tornado.ends"))
    key_row(frame, level, ((words.t("chart.tornado.low"), False), (words.t("chart.tornado.high"), True)))
    return frame.figure


def _spans(bar: AnyBar, base: float) -> list[Span]:
    """Return the two halves of a bar; where both lie on one side, the longer one is drawn first."""
    halves = [Span(base, bar.npv_low), Span(base, bar.npv_high, hatched=True)]
    return sorted(halves, key=lambda span: -abs(span.end - span.start))
