"""The last sheet: what was computed, how, by which version and from which files."""

from __future__ import annotations

from socio_calc.appraisal import Appraisal, warning_message
from socio_calc.locale import Language, Texts, count
from socio_calc.report.followed_gain import followed_sentence
from socio_calc.report.passport import Passport
from socio_calc.report.workbook.grid import Grid


def write_about(grid: Grid, words: Texts, lang: Language, appraisal: Appraisal, passport: Passport) -> None:
    """Write the facts that let another person compute the same figures, then every warning and the caution."""
    case = appraisal.case
    grid.widths(A=44, B=104)
    grid.text(0, 0, words.t("workbook.about.title"), "title")
    facts = {
        "case": appraisal.title,
        "description": case.description or "",
        "version": appraisal.version,
        "method": str(appraisal.method),
        "case_sha256": appraisal.case_sha256,
        "reference_sha256": appraisal.reference_sha256,
        "results_sha256": passport.results_sha256,
        "passport": passport.code,
        "seed": str(appraisal.seed),
        "draws": count(appraisal.number_of_draws, lang),
        "sampler": words.t(f"workbook.sampler.{appraisal.sampler}"),
        "horizons": ", ".join(str(horizon) for horizon in appraisal.horizons),
        "price_year": str(appraisal.price_year),
        "timing": words.choice("timing", case.timing),
        "survival": words.t(f"document.assumptions.survival.{case.survival}"),
        "share_cut": words.t("workbook.about.share", share=appraisal.share_cut) if appraisal.share_cut > 0 else "",
        "evidence_share": followed_sentence(appraisal, words),
    }
    row = 2
    for key, text in facts.items():
        if text:
            grid.text(row, 0, words.t(f"workbook.about.{key}"), "item_wrapped")
            grid.text(row, 1, text)
            row += 1
    for heading, lines in (
        ("how", [words.t(f"workbook.about.how-{number}") for number in range(1, 6)]),
        ("static", [words.t("workbook.about.static-text")]),
        ("warnings", [warning_message(appraisal, warning, lang) for warning in appraisal.warnings]),
        ("caution", [words.t("workbook.caution")]),
    ):
        row += 1
        grid.text(row, 0, words.t(f"workbook.about.{heading}"), "section")
        grid.text(row, 1, "", "section")
        row += 1
        for text in lines:
            grid.text(row, 1, text)
            row += 1
    grid.page(None, (1, 0), f"{words.t('workbook.sheet.about')} – {appraisal.title}")
