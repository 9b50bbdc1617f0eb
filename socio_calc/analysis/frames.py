"""An appraisal as tidy frames: one row for each observation, SEK and shares unrounded, the names of the JSON object.

Every frame has the columns `view` and `perspective`, so that frames of several appraisals, views or perspectives can be
laid on top of each other. None becomes a missing value; nothing is filled in.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from socio_calc.analysis.focus import NET_PARTS, PresentValue
from socio_calc.appraisal import Appraisal, quantity_name
from socio_calc.appraisal.measures import VIEWS
from socio_calc.appraisal.result import OccupancyRow, OutcomeRow, ResultRow
from socio_calc.engine.ledger import ACTORS, PERSPECTIVES
from socio_calc.engine.sampling import BLOCK, REPLICATES, Block
from socio_calc.engine.simulate import CHUNK_POINTS
from socio_calc.engine.terms import FloatArray
from socio_calc.locale import Language

if TYPE_CHECKING:
    import pandas as pd


def checked(view: str, perspective: str) -> None:
    """Raise `ValueError` for a view or a perspective that does not exist."""
    if view not in VIEWS:
        raise ValueError(f"unknown view {view!r}: use {', '.join(VIEWS)}")
    if perspective not in PERSPECTIVES:
        raise ValueError(f"unknown perspective {perspective!r}: use {', '.join(PERSPECTIVES)}")


def results(
    appraisal: Appraisal, measure: str | None, perspective: str | None, horizon: int | None, view: str | None
) -> pd.DataFrame:
    """Return the rows of the result that have the given values; None is any."""
    import pandas as pd

    wanted = {"measure": measure, "perspective": perspective, "horizon": horizon, "view": view}
    rows = [
        asdict(row)
        for row in appraisal.rows
        if all(value is None or getattr(row, name) == value for name, value in wanted.items())
    ]
    if not rows and appraisal.rows:
        possible = {name: sorted({getattr(row, name) for row in appraisal.rows}) for name in wanted}
        missing = [name for name, value in wanted.items() if value is not None and value not in possible[name]]
        said = "; ".join(f"{name} is one of {', '.join(map(str, possible[name]))}" for name in missing)
        raise ValueError(said or "no row has these together: the other views hold npv, pv_costs and pv_effects alone")
    return pd.DataFrame(rows, columns=_names(ResultRow))


def outcomes(appraisal: Appraisal, horizon: int | None) -> pd.DataFrame:
    """Return both arms of every outcome and state, undiscounted sums over the years before each horizon."""
    import pandas as pd

    rows = [asdict(row) for row in appraisal.outcome_rows if horizon is None or row.horizon == horizon]
    frame = pd.DataFrame(rows, columns=_names(OutcomeRow))
    names = {outcome.id: outcome.name for outcome in appraisal.plan.outcomes}
    frame.insert(1, "name", [names.get(id, id) for id in frame["outcome"]])
    return _seen(frame, "all", "societal")


def flows(appraisal: Appraisal, view: str, perspective: str) -> pd.DataFrame:
    """Return every ledger entry of the base case, undiscounted and discounted, of the actors of a perspective."""
    import pandas as pd

    checked(view, perspective)
    kept = appraisal.figures.lines_of(view)
    sums: dict[tuple[str, str, str, str, int], list[float]] = {}
    for line in (line for line, stays in zip(appraisal.figures.lines, kept, strict=True) if stays):
        for actor in actors(perspective):
            entries = line.entries[ACTORS.index(actor)]
            for year in np.nonzero(entries)[0].tolist():
                base = float(entries[year])
                amounts = sums.setdefault((actor, line.source, line.name, line.kind, year), [0.0, 0.0])
                amounts[0] += base
                amounts[1] += base * float(line.discount[year])
    columns = ["actor", "source", "line", "kind", "year", "base", "present_value"]
    frame = pd.DataFrame([[*key, *amounts] for key, amounts in sums.items()], columns=columns)
    frame.insert(0, "calendar_year", frame["year"].astype(int) + appraisal.first_year)
    frame.insert(0, "year", frame.pop("year").astype(int))
    return _seen(frame, view, perspective)


def draws(appraisal: Appraisal, view: str, perspective: str, horizon: int | None) -> pd.DataFrame:
    """Return every drawn quantity and the net present value that it gives, one row for each draw.

    The draws are those of the result, replicate by replicate; of more than 262,144 the first 262,144.
    """
    import pandas as pd

    checked(view, perspective)
    plan = appraisal.plan
    last = appraisal.longest if horizon is None else horizon
    parts = [part for part in NET_PARTS if part not in VIEWS[view]]
    x = quantities_drawn(appraisal)
    size = x.shape[1]
    net = PresentValue(plan, perspective, (last,), parts)(x)
    frame = pd.DataFrame({column.key: x[row] for row, column in enumerate(plan.columns)})
    frame.insert(0, "draw", np.arange(size))
    frame.insert(1, "replicate", np.repeat(np.arange(REPLICATES), size // REPLICATES))
    frame["npv"] = net
    frame.insert(2, "horizon", last)
    return _seen(frame, view, perspective)


def quantities_drawn(appraisal: Appraisal) -> FloatArray:
    """Return the drawn quantities of the first chunk, shape (columns, draws), replicate by replicate."""
    points = min(appraisal.simulation.sample.points, CHUNK_POINTS)
    blocks = [
        Block(replicate, start, min(start + BLOCK, points))
        for replicate in range(REPLICATES)
        for start in range(0, points, BLOCK)
    ]
    return np.concatenate([appraisal.simulation.x(block).copy() for block in blocks], axis=1)


def quantities(appraisal: Appraisal, lang: Language) -> pd.DataFrame:
    """Return every uncertain quantity: what it is called, its distribution, and what the draws made of it."""
    import pandas as pd

    x = quantities_drawn(appraisal)
    rows = []
    for column, drawn in zip(appraisal.plan.columns, x, strict=True):
        low, middle, high = np.quantile(drawn, (0.05, 0.5, 0.95)).tolist()
        rows.append(
            {
                "quantity": column.key,
                "name": quantity_name(appraisal, column.key, lang),
                "distribution": column.distribution.kind,
                "central": column.central,
                "mean": column.distribution.mean(),
                "sd": column.distribution.sd(),
                "p5": low,
                "p50": middle,
                "p95": high,
            }
        )
    names = ["quantity", "name", "distribution", "central", "mean", "sd", "p5", "p50", "p95"]
    return _seen(pd.DataFrame(rows, columns=names), "all", "societal")


def occupancy(appraisal: Appraisal) -> pd.DataFrame:
    """Return the share of a pathway's participants in each state by years since entry, in both arms."""
    import pandas as pd

    return _seen(
        pd.DataFrame([asdict(row) for row in appraisal.occupancy], columns=_names(OccupancyRow)), "all", "societal"
    )


def yearly(appraisal: Appraisal, perspective: str) -> pd.DataFrame:
    """Return the cumulative discounted net value at the end of each year, with its percentiles over draws."""
    import pandas as pd

    checked("all", perspective)
    bands = appraisal.bands(perspective)
    columns = {name: getattr(bands, name) for name in ("base", "p5", "p25", "p50", "p75", "p95")}
    frame = pd.DataFrame({"calendar_year": np.asarray(bands.years), **columns})
    frame.insert(0, "year", np.arange(len(frame)))
    return _seen(frame, "all", perspective)


def actors(perspective: str) -> tuple[str, ...]:
    """Return the actors of a perspective, in the fixed order."""
    return tuple(actor for actor in ACTORS if actor in PERSPECTIVES[perspective])


def _seen(frame: pd.DataFrame, view: str, perspective: str) -> pd.DataFrame:
    """Put view and perspective first."""
    frame.insert(0, "view", view)
    frame.insert(1, "perspective", perspective)
    return frame


def _names(row: type[Any]) -> list[str]:
    return [field.name for field in fields(row)]
