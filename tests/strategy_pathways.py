"""Random pathways: rows of every form whose central values keep within 1, while draws may go above."""

from __future__ import annotations

import math

from hypothesis import strategies as st

from socio_calc.case import Effect, Moments, Pathway, Quantity
from tests.strategy_parts import (
    INSIDE,
    KINDS_TOGETHER,
    consequence_fields,
    courses,
    effects,
    numbers,
    quantities,
    ratios,
)

_DEAD = "dead"


@st.composite
def pathways(
    draw: st.DrawFn, id: str = "p0", survival: bool = False, certain: bool = False, prices: tuple[str, ...] = ()
) -> Pathway:
    """Draw a pathway of two to four states, of which one may be `dead`, with up to two effects."""
    states = [f"s{number}" for number in range(draw(st.integers(2, 4)))]
    moving = list(states)
    if survival and draw(st.booleans()):
        states[-1] = _DEAD
        moving = states[:-1]
    rows: dict[str, object] = {}
    #: Transitions that an effect may change, with their central values and the most that they may come to.
    open_to_effects: dict[tuple[str, str], tuple[list[float], float]] = {}
    for state in moving:
        # What was counted is always uncertain.
        form = draw(st.sampled_from(("none", "cells" if certain else "counts", "cells", "cells", "cells")))
        if form == "counts":
            row, cells = draw(_counted(state, states))
        elif form == "cells":
            row, cells = draw(_written(states, certain))
        else:
            continue
        rows[state] = row
        open_to_effects |= {(state, to): levels for to, levels in cells.items()}
    fields: dict[str, object] = {
        "id": id,
        "name": f"Väg {id}",
        "states": tuple(states),
        "start": draw(_starts(states)),
        "transitions": rows,
    }
    chosen: list[tuple[str, str]] = []
    if open_to_effects:
        chosen = draw(st.lists(st.sampled_from(sorted(open_to_effects)), max_size=2, unique=True))
    if chosen:
        fields["effects"] = tuple([draw(_changes(*cell, *open_to_effects[cell], certain)) for cell in chosen])
        fields |= draw(courses(survival, certain))
    elif survival:
        fields["survival"] = draw(st.sampled_from((None, True, False)))
    kinds = draw(KINDS_TOGETHER)
    named = states if fields.get("survival") is False or not survival else [*moving, _DEAD]
    fields["consequences"] = tuple(
        draw(consequence_fields(kinds, certain, prices))
        | {"state": draw(st.sampled_from(named)), "per": draw(st.sampled_from(("year", "entry")))}
        for _ in range(draw(st.integers(0, 3)))
    )
    return Pathway.model_validate(fields)


@st.composite
def _starts(draw: st.DrawFn, states: list[str]) -> dict[str, float]:
    """Draw shares in quarters, which sum to 1 without rounding; states left out have none."""
    first, second = draw(st.sampled_from(states)), draw(st.sampled_from(states))
    quarters = draw(st.integers(1, 4))
    if first == second or quarters == 4:
        return {first: 1.0}
    return {first: quarters / 4, second: 1 - quarters / 4}


@st.composite
def _counted(
    draw: st.DrawFn, state: str, states: list[str]
) -> tuple[dict[str, object], dict[str, tuple[list[float], float]]]:
    """Draw a row of counts; an effect may only lessen its transitions."""
    cells = draw(st.lists(st.sampled_from(states), min_size=1, unique=True))
    counts = {to: draw(st.integers(0, 60)) for to in cells}
    if not any(counts.values()):
        counts[cells[0]] = 1
    row: dict[str, object] = {"counts": counts}
    rest = state
    if draw(st.booleans()):
        rest = draw(st.sampled_from(states))
        row["rest"] = rest
    total = sum(counts.values())
    return row, {to: ([n / total], n / total) for to, n in counts.items() if to != rest}


@st.composite
def _written(
    draw: st.DrawFn, states: list[str], certain: bool
) -> tuple[dict[str, object], dict[str, tuple[list[float], float]]]:
    """Draw a row of probabilities and rates, some by year since entry; no cell passes its part of the row."""
    rest = draw(st.sampled_from(states))
    others = [state for state in states if state != rest]
    cells = draw(st.lists(st.sampled_from(others), min_size=1, max_size=3, unique=True))
    most = 0.98 / len(cells)
    row: dict[str, object] = {"rest": rest}
    open_to_effects = {}
    for to in cells:
        items = draw(st.lists(_cells(most, certain), min_size=1, max_size=3))
        row[to] = items[0][0] if len(items) == 1 else tuple(item for item, _ in items)
        open_to_effects[to] = ([level for _, level in items], most)
    return row, open_to_effects


@st.composite
def _cells(draw: st.DrawFn, most: float, certain: bool) -> tuple[object, float]:
    """Draw one probability with its central value; some have draws below 0 and far above 1."""
    form = draw(st.sampled_from(("probability", "probability", "rate") if certain else ("probability", "rate", "wide")))
    if form == "wide":
        mean = draw(numbers(0, most))
        return Moments(mean=mean, sd=draw(numbers(0.05, 0.6))), mean
    quantity = draw(quantities(0, most if form == "probability" else -math.log1p(-most), certain))
    central = quantity.central
    assert central is not None
    return (quantity, central) if form == "probability" else ({"rate": quantity}, -math.expm1(-central))


@st.composite
def _changes(
    draw: st.DrawFn, from_: str, to: str, levels: list[float], most: float, certain: bool
) -> dict[str, object]:
    """Draw an effect that keeps the central probability within its part of the row."""
    if most > 0.9 and len(levels) > 1:
        effect = draw(effects("probability", levels, certain))
    else:
        effect = draw(_within(min(levels), max(levels), most, certain))
    return {"from": from_, "to": to, "measure": effect.measure, "value": effect.value}


@st.composite
def _within(draw: st.DrawFn, lowest: float, highest: float, most: float, certain: bool) -> Effect:
    measure = draw(st.sampled_from(("difference", "ratio", "odds_ratio", "hazard_ratio", "smd", "level")))
    value: Quantity
    match measure:
        case "difference":
            value = draw(quantities(-INSIDE * lowest, INSIDE * (most - highest), certain))
        case "ratio":
            value = draw(ratios(0.1, max(0.1, min(3.0, INSIDE * most / highest)) if highest > 0 else 3.0, certain))
        case "odds_ratio" | "hazard_ratio":
            value = draw(ratios(0.1, 1.0, certain))
        case "smd":
            value = draw(quantities(-1.0, 0.0, certain))
        case _:
            value = draw(quantities(0.0, most, certain))
    return Effect(measure=measure, value=value)
