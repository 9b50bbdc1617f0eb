"""The review as the JSON object of `socio-calc check --json`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from socio_calc.case.personal_data import redacted
from socio_calc.locale import Language, render_problem, texts
from socio_calc.review.finding import Finding
from socio_calc.review.folder import FolderReview, ReviewedFile
from socio_calc.review.review import Review
from socio_calc.review.wording import source_of, worded


def review_json(review: Review, lang: Language) -> dict[str, Any]:
    """Return the object for one case; `cell` is null for YAML files."""
    return {
        "verdict": review.verdict,
        "fund": None if review.fund is None else review.fund.fund,
        "findings": [_finding(finding, review, lang) for finding in review.findings],
        "untested": list(review.untested),
    }


def _finding(finding: Finding, review: Review, lang: Language) -> dict[str, Any]:
    said, source, place = worded(finding, review.appraisal, lang), source_of(finding), finding.place
    return {
        "code": finding.code,
        "status": finding.status,
        "severity": finding.severity,
        "path": None if place.path is None else redacted(place.path),
        "cell": None if place.cell is None else f"{place.sheet}!{place.cell}",
        "message": said.message,
        "remedy": said.remedy,
        "npv_effect": None if finding.effect is None else asdict(finding.effect),
        "source": None if source is None else asdict(source),
    }


def folder_json(folder: FolderReview, lang: Language) -> dict[str, Any]:
    """Return the object for a folder: one entry for each file, worst first, and the files that are not checked."""
    words = texts(lang)
    skipped = [
        {"file": redacted(file.name), "reason": file.reason, "message": words.t(f"check.skipped-reason.{file.reason}")}
        for file in folder.skipped
    ]
    return {"cases": [_file(reviewed, lang) for reviewed in folder.files], "skipped": skipped}


def _file(reviewed: ReviewedFile, lang: Language) -> dict[str, Any]:
    named: dict[str, Any] = {"file": redacted(reviewed.name)}
    if reviewed.review is not None:
        return named | review_json(reviewed.review, lang)
    errors = [redacted(render_problem(problem, lang)) for problem in reviewed.problems]
    return named | {"verdict": None, "errors": errors}
