"""The report of an appraisal as a document: one content, written as HTML, Word or PDF.

`report_paper` makes the content, a `paper.Paper`, from an appraisal and its sensitivity analysis; `paper` writes it.
"""

from socio_calc.report.document.build import report_paper
from socio_calc.report.document.review_summary import ReviewNote, ReviewSummary

__all__ = ["ReviewNote", "ReviewSummary", "report_paper"]
