"""What a reader sees of an appraisal: the terminal screen, the workbook and the charts. Nothing is computed here."""

from socio_calc.report.screen import Line, Role, screen, screen_lines

__all__ = ["Line", "Role", "screen", "screen_lines"]
