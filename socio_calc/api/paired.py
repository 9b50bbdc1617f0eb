"""Paired draws of both arms for other packages: what each draw costs and gives, and the inputs that it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from socio_calc.analysis.focus import PresentValue
from socio_calc.analysis.frames import checked, quantities_drawn
from socio_calc.appraisal import Appraisal
from socio_calc.engine.program import EFFECT_PARTS
from socio_calc.engine.terms import FloatArray

if TYPE_CHECKING:
    import pandas as pd

ARMS = ("ordinary", "intervention")


@dataclass(frozen=True, eq=False)
class PairedDraws:
    """Costs, effects and inputs on one index, `iteration`: what packages for cost-effectiveness analysis take.

    `heormodel.models.Outcomes.from_wide(paired.costs, paired.effects)` and `paired.inputs` go straight into its
    functions; BCEA in R takes the same matrices.

    Attributes
    ----------
    costs
        Discounted net cost of each arm in SEK: of the intervention what it costs less the gains in money, beside
        ordinary practice, whose cost is 0.
    effects
        Discounted QALYs of each arm, beside ordinary practice; zeros where the case counts none.
    inputs
        The drawn quantities, a column for each.
    """

    costs: pd.DataFrame
    effects: pd.DataFrame
    inputs: pd.DataFrame


def paired_draws(appraisal: Appraisal, perspective: str, horizon: int | None) -> PairedDraws:
    """Return the draws of both arms, ordinary practice being zero in both matrices."""
    import pandas as pd

    checked("all", perspective)
    plan = appraisal.plan
    last = appraisal.longest if horizon is None else horizon
    x = quantities_drawn(appraisal)
    money = [part for part in EFFECT_PARTS if part != "health"]
    net = PresentValue(plan, perspective, (last,), ("cost", *money))(x)
    qalys = PresentValue(plan, "societal", (last,), ("qaly",))(x)
    index = pd.RangeIndex(x.shape[1], name="iteration")

    def arms(values: FloatArray) -> pd.DataFrame:
        return pd.DataFrame({"ordinary": np.zeros_like(values), "intervention": values}, index=index)

    inputs = pd.DataFrame({column.key: x[row] for row, column in enumerate(plan.columns)}, index=index)
    return PairedDraws(arms(-net), arms(qalys), inputs)
