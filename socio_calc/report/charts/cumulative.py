"""Chart 1: the cumulative net value year by year with its uncertainty, when it breaks even, and when the grant ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from socio_calc.report.charts.facts import ChartFacts
from socio_calc.report.charts.frame import amount_axis, axis_name, end_labels, flags, left_margin, new_frame, year_axis
from socio_calc.report.charts.style import INK, NARROW_BAND, PAPER, WIDE_BAND

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME: Final = "cumulative"
# From this probability on, the title states the year without reservation.
_SURE: Final = 0.9
_EVEN: Final = 0.5
# A cumulative value within this share of its largest absolute value counts as 0 (METHOD §7).
_TOLERANCE: Final = 1e-9
_LABEL_ROOM: Final = 2.75


def title(facts: ChartFacts) -> str:
    """Return the finding; the first condition that fits decides."""
    words = facts.words
    if facts.no_amounts:
        return words.t("chart.no-amounts")
    if facts.years == 1:
        return words.t("chart.cumulative.title.one-year", npv=facts.money(facts.net, signed=True))
    year = facts.payback_year
    if year is not None:
        return words.t(f"chart.cumulative.title.{_when(facts, year)}", year=year)
    if facts.net < 0:
        return _behind(facts)
    if facts.net == 0:
        return words.t("chart.cumulative.title.hovers", years=facts.years_text)
    # Without a cost there is nothing to catch up with: the result is a gain from the start.
    return words.t("chart.waterfall.title.net-saving") if facts.cost < 0 else facts.short_title


def _when(facts: ChartFacts, year: int) -> str:
    if facts.certain or facts.sure >= _SURE:
        return "first-year" if year == 1 and facts.bands.base[0] > 0 else "sure"
    return "unsure" if facts.sure >= _EVEN else "even-base"


def _behind(facts: ChartFacts) -> str:
    """Return the title of a negative result in the base case."""
    words, base = facts.words, facts.bands.base
    if not facts.any_gain:
        finding = "harm" if facts.gain < 0 else "no-gain"
        if base[-1] < base[0]:
            return words.t(f"chart.cumulative.title.{finding}")
        finding = "only-harm" if facts.gain < 0 else "no-gain"
        return words.t(f"chart.waterfall.title.{finding}", cost=facts.money(facts.cost))
    if not facts.certain and facts.sure > _EVEN:
        return words.t("chart.cumulative.title.never-base")
    name = "falls" if _ever_ahead(facts) else "never-certain" if facts.certain else "never"
    return words.t(f"chart.cumulative.title.{name}", years=facts.years_text)


def _ever_ahead(facts: ChartFacts) -> bool:
    base = facts.bands.base
    return bool(np.any(base > _TOLERANCE * np.max(np.abs(base))))


def alt_text(facts: ChartFacts) -> str:
    """Return the finding and its figures in words."""
    if facts.no_amounts:
        return facts.words.t("chart.no-amounts") + "."
    bands, row = facts.bands, facts.row
    lowest = int(np.argmin(bands.base))
    if facts.payback_words is not None:
        course = "even"
    else:
        course = "never" if facts.net < 0 and not _ever_ahead(facts) else "other"
    certain = ".certain" if facts.certain else ""
    return facts.words.t(
        f"chart.cumulative.alt.{course}{certain}",
        year_min=bands.years[lowest],
        value_min=facts.money(float(bands.base[lowest])),
        npv=facts.money(facts.net),
        years_n=facts.years,
        years=facts.years_text,
        year=facts.payback_words,
        nine=facts.interval(row.p5, row.p95),
    )


def draw(facts: ChartFacts) -> Figure:
    """Draw the bands, the median, the base case, and flags at the year that breaks even and the end of the grant."""
    words, bands = facts.words, facts.bands
    frame = new_frame(facts, title(facts), words.t("chart.cumulative.subtitle"))
    x = np.array(bands.years, dtype=float)
    courses = {name: np.asarray(getattr(bands, name)) for name in ("base", "p5", "p25", "p50", "p75", "p95")}
    if facts.years == 1:
        # One year is a level, not a course: it is drawn as wide as a bar.
        x = np.array([x[0] - 0.3, x[0] + 0.3])
        courses = {name: np.repeat(course, 2) for name, course in courses.items()}
    low, high = _limits(courses)
    axes = frame.axes(left_margin(frame, facts, low, high), _LABEL_ROOM)
    around = 1.0 if facts.years == 1 else 0.0
    year_axis(axes, facts.appraisal.first_year, facts.years, words.t("chart.axis.year"), around=around)
    axes.set_ylim(low, high)
    amount_axis(axes, facts, upright=True)
    axis_name(frame, words.t("chart.cumulative.axis", unit=facts.unit_name))
    if not facts.certain:
        axes.fill_between(x, courses["p5"], courses["p95"], color=WIDE_BAND, linewidth=0)
        axes.fill_between(x, courses["p25"], courses["p75"], color=NARROW_BAND, linewidth=0)
        axes.plot(x, courses["p50"], color=INK, linewidth=1.6, linestyle=(0, (4, 2)))
    axes.plot(x, courses["base"], color=INK, linewidth=2.8, solid_capstyle="butt")
    flags(frame, axes, _marks(facts))
    if facts.payback_year is not None:
        at = facts.payback_year - 1
        axes.plot(
            bands.years[at], bands.base[at], "o", markersize=9, markerfacecolor=PAPER, markeredgecolor=INK,
            markeredgewidth=2.2, clip_on=False, zorder=6,
        )  # fmt: skip
    end_labels(frame, axes, _labels(facts))
    return frame.figure


def _limits(courses: dict[str, np.ndarray]) -> tuple[float, float]:
    """Return the ends of the vertical axis: all courses and zero, with some space."""
    values = np.concatenate([*courses.values(), [0.0]])
    low, high = float(values.min()), float(values.max())
    space = 0.05 * (high - low) or 1.0
    return low - space, high + space


def _marks(facts: ChartFacts) -> list[tuple[float, str, str]]:
    first, marks = facts.appraisal.first_year, []
    if facts.payback_words is not None and facts.payback_year is not None:
        text = facts.words.t("chart.cumulative.marker", year=facts.payback_words)
        marks.append((float(facts.calendar(facts.payback_year)), text, "--"))
    last = facts.appraisal.last_grant_year
    if last is not None and last < facts.years:
        marks.append((float(first + last), facts.words.t("chart.cumulative.grant-ends"), ":"))
    return marks


def _labels(facts: ChartFacts) -> list[tuple[float, str, bool]]:
    """Return what stands at the right end: height, text, whether bold."""
    words, bands, row = facts.words, facts.bands, facts.row
    base = (float(bands.base[-1]), f"{words.t('chart.cumulative.base')} {facts.money(facts.net)}", True)
    if facts.certain:
        return [base]
    middle = float(bands.p50[-1]), f"{words.t('chart.cumulative.median')} {facts.money(row.p50)}", False
    half = float(bands.p50[-1] + bands.p75[-1]) / 2, _range(facts, "half", row.p25, row.p75), False
    nine = float(bands.p75[-1] + bands.p95[-1]) / 2, _range(facts, "nine", row.p5, row.p95), False
    return [base, middle, half, nine]


def _range(facts: ChartFacts, name: str, low: float | None, high: float | None) -> str:
    return f"{facts.words.t(f'chart.cumulative.{name}')}\n{facts.interval(low, high)}"
