"""Chart: what would have come out under other choices of method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from socio_calc.report.charts.tornado import draw_bars, with_name
from socio_calc.report.sensitivity_facts import SensitivityFacts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME: Final = "choices"


def shown(facts: SensitivityFacts) -> bool:
    """Whether any choice changes the result."""
    return bool(facts.sensitivity.structural)


def title(facts: SensitivityFacts) -> str:
    """Return whether a choice of method turns the result."""
    words = facts.words
    turning = [bar for bar in facts.sensitivity.structural if facts.turns(bar)]
    if turning:
        return with_name(facts, "chart.choices.title.turns", turning[0].quantity)
    return words.t("chart.choices.title.none")


def alt_text(facts: SensitivityFacts) -> str:
    """Return the ends of every bar in words."""
    said = tuple(
        facts.words.t(
            "chart.choices.alt.bar",
            name=facts.whole_name(bar.quantity),
            range=facts.range_text(bar.quantity, bar.low_input, bar.high_input),
            npv_low=facts.money(bar.npv_low),
            npv_high=facts.money(bar.npv_high),
        )
        for bar in facts.sensitivity.structural
    )
    return facts.words.t("chart.choices.alt", bars="; ".join(said))


def draw(facts: SensitivityFacts) -> Figure:
    """Draw the bars of the choices that are no quantities."""
    subtitle = facts.words.t("chart.choices.subtitle", party=facts.sensitivity.perspective, years=facts.horizon_text)
    return draw_bars(facts, facts.sensitivity.structural[:8], title(facts), subtitle)
