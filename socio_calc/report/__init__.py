"""What is written for people: the screen, the workbook, the charts; all from one Appraisal."""

from socio_calc.report.files import OutputError, slug, write_files
from socio_calc.report.package import write_report

__all__ = ["OutputError", "slug", "write_files", "write_report"]
