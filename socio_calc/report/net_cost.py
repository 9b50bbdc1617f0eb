"""The net cost of one more unit of an outcome, told only where it has a meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from socio_calc.appraisal import Appraisal
from socio_calc.locale import Language, money_interval, table_unit

#: From this probability on that there is no net cost at all, a cost per unit is not told.
_NO_NET_COST: Final = 0.05


@dataclass(frozen=True, slots=True)
class NetCost:
    """SEK per unit: the base case, and its 5th and 95th percentile where anything is uncertain."""

    base: float
    low: float | None = None
    high: float | None = None

    def interval(self, lang: Language) -> str | None:
        """Write where it probably lies in the unit of the base case; None where nothing is uncertain."""
        if self.low is None or self.high is None:
            return None
        return money_interval(self.low, self.high, lang, unit=table_unit([self.base]))


#: Why a net cost per unit that can be computed is not told.
Unsure = Literal["may-be-saved", "may-not-change"]


def net_cost_per(appraisal: Appraisal, outcome: str) -> NetCost | Unsure | None:
    """Return the net cost of a unit of an outcome at the longest horizon, or why it is not told.

    It is a quotient: where what stands above may be below zero, or what stands below may be none, it can be anything,
    and its value in the base case says nothing (METHOD §7 gives it for every draw). None where it does not exist.
    """
    row = appraisal.result(f"cost_per_outcome:{outcome}")
    if row.base is None:
        return None
    saved = appraisal.result(view="without_health").probability_positive
    if saved is not None and saved >= _NO_NET_COST:
        return "may-be-saved"
    change = appraisal.outcome(outcome)
    if change.difference_p5 <= 0 <= change.difference_p95 or row.p5 is None or row.p95 is None:
        return "may-not-change"
    return NetCost(row.base) if row.p5 == row.p95 else NetCost(row.base, row.p5, row.p95)
