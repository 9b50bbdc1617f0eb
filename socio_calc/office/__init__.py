"""Opening office files from strangers.

`read_workbook` is the only door through which an .xlsx file comes in: form, report workbook or protocol. It checks the
container, the parts and every piece of XML under limits before anything is believed, and gives plain data: what a
person typed, and apart from it what formulas were stored to give.
"""

from socio_calc.office.limits import Limits
from socio_calc.office.reading import hidden_content, is_workbook_name, parse_workbook, read_workbook, to_openpyxl
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
