"""The annexes that a fund wants beside an application, made of the case so that nothing is typed twice."""

from socio_calc.report.annexes.fund_limits import FundLimits, Limit
from socio_calc.report.annexes.gaps import Gap
from socio_calc.report.annexes.write import Annexes, write_annexes

__all__ = ["Annexes", "FundLimits", "Gap", "Limit", "write_annexes"]
