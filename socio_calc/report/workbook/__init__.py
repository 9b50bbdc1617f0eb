"""The workbook of a report: a spreadsheet in which the base case can be followed, changed and recomputed.

Numbers of the case stand on the sheet of inputs, each step on the sheet of the calculation, every measure on the sheet
of results, all as formulas. Statistics over draws are values.
"""

from socio_calc.report.workbook.write import NET_NAMES, SHEETS, write_workbook

__all__ = ["NET_NAMES", "SHEETS", "write_workbook"]
