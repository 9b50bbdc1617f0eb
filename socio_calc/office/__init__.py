"""Opening office files from strangers.

`read_workbook` is the only door through which an .xlsx file comes in: form, report workbook or protocol. It checks the
container, the parts and every piece of XML under limits before anything is believed, and gives plain data: what a
person typed, and apart from it what formulas were stored to give.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from socio_calc.office.kinds import is_workbook_name

if TYPE_CHECKING:
    from socio_calc.office.limits import Limits
    from socio_calc.office.reading import hidden_content, parse_workbook, read_workbook, to_openpyxl
    from socio_calc.office.workbook import (
        Cell,
        Sheet,
        Workbook,
        column_number,
        coordinate_of,
        position_of,
        problem_at,
    )

__all__ = [
    "Cell",
    "Limits",
    "Sheet",
    "Workbook",
    "column_number",
    "coordinate_of",
    "hidden_content",
    "is_workbook_name",
    "parse_workbook",
    "position_of",
    "problem_at",
    "read_workbook",
    "to_openpyxl",
]

_READING, _WORKBOOK = "socio_calc.office.reading", "socio_calc.office.workbook"
#: What reads a workbook is imported when first used: most cases are YAML files.
_HOMES = {
    "Limits": "socio_calc.office.limits",
    **dict.fromkeys(("hidden_content", "parse_workbook", "read_workbook", "to_openpyxl"), _READING),
    **dict.fromkeys(
        ("Cell", "Sheet", "Workbook", "column_number", "coordinate_of", "position_of", "problem_at"), _WORKBOOK
    ),
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'socio_calc.office' has no attribute {name!r}")
