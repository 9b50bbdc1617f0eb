"""Inputs of outcomes and of what they lead to."""

from __future__ import annotations

from socio_calc.case import Outcome
from socio_calc.engine.plan import OutcomePlan
from socio_calc.report.workbook.cells import OutcomeCells
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
