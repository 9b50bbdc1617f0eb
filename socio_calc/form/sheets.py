"""All sheets of the form, in the order in which they are read and filled in."""

from __future__ import annotations

from typing import Final

from socio_calc.form.sheets_application import APPLICATION, FOLLOWUP, INTERVENTION
from socio_calc.form.sheets_calculation import ASSUMPTIONS, CONSEQUENCES, COSTS, OUTCOMES

#: The sheets that hold keys of the case, in reading order.
SHEETS: Final = (APPLICATION, INTERVENTION, COSTS, OUTCOMES, CONSEQUENCES, ASSUMPTIONS, FOLLOWUP)
#: All sheets in reading order; `kept` has what no field holds, `lists` what drop-downs show (hidden).
SHEET_KEYS: Final = ("readme", *(plan.key for plan in SHEETS), "sources", "kept", "lists")
