"""What the numbers mean: a case computed once, as an `Appraisal` that every output reads."""

from socio_calc.appraisal.appraisal import Appraisal
from socio_calc.appraisal.appraise import appraise
from socio_calc.appraisal.convergence import appraise_until
from socio_calc.appraisal.export import to_json, warning_message
from socio_calc.appraisal.naming import quantity_name
from socio_calc.appraisal.opening import OpenedCase, load, open_case, placed
from socio_calc.appraisal.paths import Bands
from socio_calc.appraisal.result import Driver, FlowRow, OutcomeRow, PayerRow, ResultRow, ResultWarning

__all__ = [
    "Appraisal",
    "Bands",
    "Driver",
    "FlowRow",
    "OpenedCase",
    "OutcomeRow",
    "PayerRow",
    "ResultRow",
    "ResultWarning",
    "appraise",
    "appraise_until",
    "load",
    "open_case",
    "placed",
    "quantity_name",
    "to_json",
    "warning_message",
]
