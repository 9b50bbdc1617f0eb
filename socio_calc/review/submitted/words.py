"""The figures of a submitted report beside a fresh run, in words."""

from __future__ import annotations

from collections.abc import Iterator

from socio_calc.locale import Texts
from socio_calc.review.submitted.workbook_check import Recalculated, SubmittedReport


def report_lines(report: SubmittedReport, words: Texts) -> Iterator[str]:
    """Yield what the recalculation came to: a sentence for each party that gains or pays, and for society."""
    if not report.has_values and report.results:
        society = report.results[0]
        yield words.t("check.report.no-values", h=society.horizon, computed=society.computed)
        return
    for item in report.results:
        if item.computed != 0.0 or item.reported not in (0.0, None):
            yield _line(item, words)
    if report.state == "intact" and not report.differences:
        yield words.t("check.report-intact")


def _line(item: Recalculated, words: Texts) -> str:
    if item.reported is None:
        key, difference = "missing", None
    else:
        key, difference = item.agreement, item.computed - item.reported
    return words.t(
        f"check.report.{key}",
        perspective=item.perspective,
        h=item.horizon,
        reported=item.reported,
        computed=item.computed,
        difference=difference,
        origin=item.origin,
    )
