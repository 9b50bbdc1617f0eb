"""The charts of pathways: both arms by year, years in each state, and the picture of the states."""

from __future__ import annotations

from functools import partial
from typing import Final

from socio_calc.report.charts import pathway_arms, pathway_model, pathway_years
from socio_calc.report.charts.chart import Chart
from socio_calc.report.charts.facts import ChartFacts
from socio_calc.report.charts.pathway_facts import PathwayFacts, pathways_of

_KINDS: Final = (pathway_model, pathway_arms, pathway_years)


def pathway_charts(facts: ChartFacts) -> tuple[Chart, ...]:
    """Return the charts of every pathway: `pathway-model`, `pathway-arms`, `pathway-years`.

    With several pathways the name ends with the pathway's id. There is no `pathway-model` of more states than it can
    hold.
    """
    pathways = pathways_of(facts)
    return tuple(
        Chart(_name(kind.NAME, pathway, len(pathways)), kind.title(pathway), kind.alt_text(pathway), facts.lang, draw)
        for pathway in pathways
        for kind in _KINDS
        if kind is not pathway_model or pathway_model.shown(pathway)
        for draw in [partial(kind.draw, pathway)]
    )


def _name(kind: str, pathway: PathwayFacts, count: int) -> str:
    return kind if count == 1 else f"{kind}-{pathway.pathway.id.replace('_', '-')}"
