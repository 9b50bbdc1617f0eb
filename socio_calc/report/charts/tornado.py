"""Chart: the tornado, one assumption at a time from its low to its high value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from socio_calc.locale import number
from socio_calc.locale.placeholders import start
from socio_calc.report.charts.bars import NAMES, Name, Span, draw_spans, row_names, rows_axis, widened
from socio_calc.report.charts.frame import amount_axis, flags, new_frame
from socio_calc.report.charts.key_column import Entry, key_column
from socio_calc.report.charts.style import BAR, LABEL_SIZE, MARGIN, MUTED, PAPER
from socio_calc.report.sensitivity_facts import AnyBar, SensitivityFacts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME: Final = "tornado"
#: Most bars in one picture: the others stand in the tables.
MOST_BARS: Final = 7
#: Longest title (WORDING §4.6).
MOST_TITLE: Final = 60
#: Fewest characters that a name is cut to.
_LEAST_NAME: Final = 16
#: Characters of a name beside a bar, in two lines and in one.
_LONGEST_NAME, _ONE_LINE = 60, 36
_KEY_ROOM: Final = 1.65


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
    name = facts.name_of(quantity, room) if room >= _LEAST_NAME else facts.name_of(quantity)
    return fitting(facts, facts.words.t(title_key, top=name))


def fitting(facts: SensitivityFacts, text: str) -> str:
    """Return a title, or the short form that is true of any result where it would be too long."""
    if len(text) <= MOST_TITLE:
        return text
    return facts.words.t("chart.short-title", npv=facts.money(facts.sensitivity.npv.base, signed=True))


def alt_text(facts: SensitivityFacts) -> str:
    """Return what matters most, with its ends, and what comes next."""
    top, *others = facts.moving
    text = facts.words.t(
        "chart.tornado.alt",
        top=facts.name_of(top.quantity),
        npv_low=facts.money(top.npv_low, signed=True),
        npv_high=facts.money(top.npv_high, signed=True),
    )
    if not others:
        return text
    following = tuple(facts.name_of(bar.quantity) for bar in others[:2])
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
    axes = frame.axes(MARGIN + NAMES, _KEY_ROOM)
    rows_axis(axes, len(bars))
    widened(axes, [base, *(npv for bar in bars for npv in (bar.npv_low, bar.npv_high))])
    amount_axis(axes, facts, upright=False)
    axes.set_xlabel(words.t("chart.tornado.axis", unit=facts.unit_name), fontsize=LABEL_SIZE, color=MUTED, labelpad=4)
    draw_spans(axes, [_spans(bar, base) for bar in bars])
    flags(frame, axes, [(base, f"{words.t('chart.cumulative.base')} {facts.money(base)}", "-")])
    # Rows that are low have one line for the name.
    most = _LONGEST_NAME if len(bars) < MOST_BARS - 1 else _ONE_LINE
    names = [
        Name(start(facts.name_of(bar.quantity, most)), facts.range_text(bar.quantity, bar.low_input, bar.high_input))
        for bar in bars
    ]
    row_names(frame, axes, names)
    entries = [
        Entry(words.t("chart.tornado.low"), (), BAR),
        Entry(words.t("chart.tornado.high"), (), PAPER, hatched=True),
    ]
    key_column(frame, axes, entries)
    return frame.figure


def _spans(bar: AnyBar, base: float) -> list[Span]:
    """Return the two halves of a bar; where both lie on one side, the longer one is drawn first."""
    halves = [Span(base, bar.npv_low), Span(base, bar.npv_high, hatched=True)]
    return sorted(halves, key=lambda span: -abs(span.end - span.start))
