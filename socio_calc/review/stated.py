"""Results that the applicant states, computed again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from socio_calc.appraisal import Appraisal
from socio_calc.case import StatedResult

#: A stated figure may differ by this share of the computed one, or by this much.
RELATIVE, ABSOLUTE = 0.005, 1.0
#: Measures that are amounts of money, told in whole SEK; of the others three decimals tell enough.
MONEY = frozenset({"npv", "pv_costs", "pv_effects", "npv_cash", "npv_weighted"})
Agreement = Literal["equal", "rounding", "different"]
#: Further digits than this share cannot be told apart from the figure itself.
_SAME = 1e-9


@dataclass(frozen=True)
class StatedCheck:
    """A stated result, the computed one (None where it does not exist), and how they agree."""

    stated: StatedResult
    index: int
    computed: float | None
    agreement: Agreement

    def told(self, value: float | None) -> float | None:
        """Return one of the figures with as many digits as are worth telling."""
        whole = self.stated.measure.partition(":")[0] in MONEY
        return None if value is None else float(round(value, 0 if whole else 3))

    @property
    def path(self) -> str:
        """Path of the stated result."""
        return f"stated_results.{self.index}"


def check_stated(appraisal: Appraisal) -> tuple[StatedCheck, ...]:
    """Return every stated result of the case beside the computed one."""
    checked = []
    for index, stated in enumerate(appraisal.case.stated_results):
        computed = appraisal.result(stated.measure, stated.perspective, stated.horizon).base
        checked.append(StatedCheck(stated, index, computed, agreement(stated.value, computed)))
    return tuple(checked)


def agreement(stated: float, computed: float | None) -> Agreement:
    """Say how a stated figure agrees with the computed one.

    >>> agreement(100.0, 100.0), agreement(100_000.0, 100_400.0), agreement(99.0, 110.0), agreement(1.0, None)
    ('equal', 'rounding', 'different', 'different')
    """
    if computed is None:
        return "different"
    difference = abs(stated - computed)
    if difference <= _SAME * max(abs(computed), 1.0):
        return "equal"
    return "rounding" if difference <= max(ABSOLUTE, RELATIVE * abs(computed)) else "different"
