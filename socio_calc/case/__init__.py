"""What a person writes about an intervention: reading it, checking it, and writing it again."""

from socio_calc.case.application import Application, Followup, Organisation, StatedResult, TargetGroup
from socio_calc.case.build import build_case, check_case
from socio_calc.case.check_own_outcomes import check_own_outcomes
from socio_calc.case.costs import CostItem
from socio_calc.case.decision import Correlation, Decision
from socio_calc.case.document import Document, parse_document, read_document
from socio_calc.case.dump import SCHEMA_FILE, dump_case
from socio_calc.case.effects import StatedEffect, stated_effects, transition_name
from socio_calc.case.model import Case, Cohort, Equalisation, RateStep, Taxes
from socio_calc.case.numbers import NumberError, Written, read_number
from socio_calc.case.outcomes import Consequence, Effect, Evidence, Fade, Outcome
from socio_calc.case.own_outcomes import OwnOutcome, StatedOutcome
from socio_calc.case.pathways import (
    DEAD,
    Pathway,
    PathwayConsequence,
    PathwayEffect,
    TransitionRate,
    TransitionRow,
)
from socio_calc.case.quantities import (
    BaselineRef,
    CostRef,
    Counts,
    Discrete,
    Estimate,
    EvidenceRef,
    Fixed,
    Form,
    Moments,
    Pert,
    Quantity,
    Ref,
    Triangular,
    Uniform,
    central_value,
    follow,
)
from socio_calc.case.references import Reference, find_references
from socio_calc.case.scenarios import PathError
from socio_calc.case.schema import case_schema
from socio_calc.case.structure import quantities_by_path

__all__ = [
    "DEAD",
    "SCHEMA_FILE",
    "Application",
    "BaselineRef",
    "Case",
    "Cohort",
    "Consequence",
    "Correlation",
    "CostItem",
    "CostRef",
    "Counts",
    "Decision",
    "Discrete",
    "Document",
    "Effect",
    "Equalisation",
    "Estimate",
    "Evidence",
    "EvidenceRef",
    "Fade",
    "Fixed",
    "Followup",
    "Form",
    "Moments",
    "NumberError",
    "Organisation",
    "Outcome",
    "OwnOutcome",
    "PathError",
    "Pathway",
    "PathwayConsequence",
    "PathwayEffect",
    "Pert",
    "Quantity",
    "RateStep",
    "Ref",
    "Reference",
    "StatedEffect",
    "StatedOutcome",
    "StatedResult",
    "TargetGroup",
    "Taxes",
    "TransitionRate",
    "TransitionRow",
    "Triangular",
    "Uniform",
    "Written",
    "build_case",
    "case_schema",
    "central_value",
    "check_case",
    "check_own_outcomes",
    "dump_case",
    "find_references",
    "follow",
    "parse_document",
    "quantities_by_path",
    "read_document",
    "read_number",
    "stated_effects",
    "transition_name",
]
