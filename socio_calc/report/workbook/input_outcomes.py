"""Inputs of outcomes and of what they lead to."""

from __future__ import annotations

from socio_calc.case import Outcome, OwnOutcome
from socio_calc.engine.plan import OutcomePlan
from socio_calc.engine.terms import OwnCourse
from socio_calc.engine.values import FactorValues
from socio_calc.report.workbook.cells import CourseCells, OutcomeCells, OwnCells
from socio_calc.report.workbook.formula import literal
from socio_calc.report.workbook.input_fields import Fields, InputSheet, consequence_cells, course_cells
from socio_calc.report.workbook.styles import Kind


def outcome_cells(sheet: InputSheet, item: Outcome, plan: OutcomePlan) -> OutcomeCells:
    """Write an outcome and its consequences."""
    write = Fields(sheet.rows, sheet.words, item.name, plan.path, set(item.model_fields_set))
    level: Kind = "share" if item.level in ("probability", "event") else "number"
    ordinary = write.many("ordinary", item.ordinary, level)
    value = write.quantity("effect.value", item.effect.value, "number")
    sd = None if item.effect.sd is None else write.quantity("effect.sd", item.effect.sd, "number")
    course = course_cells(write, item, once=item.level == "event")
    consequences = tuple(
        consequence_cells(sheet, item.name, consequence, f"{plan.path}.consequences.{number}")
        for number, consequence in enumerate(item.consequences)
    )
    return OutcomeCells(item, plan, ordinary, value, sd, course, consequences)


def own_cells(sheet: InputSheet, item: OwnOutcome, plan: OutcomePlan, base: FactorValues) -> OwnCells:
    """Write what of an outcome that a function computes can be changed here: its adjustments and consequences.

    The levels themselves are values of the base case: a workbook cannot call the function.
    """
    if not isinstance(plan.shape, OwnCourse):
        raise AssertionError(f"{plan.path}: computed by a function")
    write = Fields(sheet.rows, sheet.words, item.name, plan.path, set(item.model_fields_set))
    nothing = literal(0)
    deadweight, attribution, adjustment, displacement = (
        write.quantity(key, getattr(item, key), "share")
        for key in ("deadweight", "attribution", "evidence_adjustment", "displacement")
    )
    course = CourseCells(
        False, item.effect_on == "completers", None, nothing, None, None, None, None, None,
        deadweight, attribution, adjustment, displacement,
    )  # fmt: skip
    levels = base.own(plan.shape.own)
    ordinary, difference = levels.ordinary[:, 0], levels.difference[:, 0]
    consequences = tuple(
        consequence_cells(sheet, item.name, consequence, f"{plan.path}.consequences.{number}")
        for number, consequence in enumerate(item.consequences)
    )
    before, after = (tuple(float(value) for value in by_year) for by_year in (ordinary, ordinary + difference))
    return OwnCells(item, plan, before, after, course, consequences)
