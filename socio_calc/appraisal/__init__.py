"""What the numbers mean: a case computed once, as an `Appraisal` that every output reads."""

from socio_calc.appraisal.appraisal import Appraisal
from socio_calc.appraisal.appraise import appraise
from socio_calc.appraisal.convergence import appraise_until
from socio_calc.appraisal.export import to_json, warning_message
from socio_calc.appraisal.naming import item_name, one_whole, quantity_name, together_name
from socio_calc.appraisal.opening import OpenedCase, load, open_case, placed
from socio_calc.appraisal.paths import Bands
from socio_calc.appraisal.result import (
    Driver,
    FlowRow,
    OccupancyRow,
    OutcomeRow,
    PayerRow,
    ResultRow,
    ResultWarning,
    StateYearRow,
    TransitionProbability,
)

__all__ = [
    "Appraisal",
    "Bands",
    "Driver",
    "FlowRow",
    "OccupancyRow",
    "OpenedCase",
    "OutcomeRow",
    "PayerRow",
    "ResultRow",
    "ResultWarning",
    "StateYearRow",
    "TransitionProbability",
    "appraise",
    "appraise_until",
    "item_name",
    "load",
    "one_whole",
    "open_case",
    "placed",
    "quantity_name",
    "to_json",
    "together_name",
    "warning_message",
]
