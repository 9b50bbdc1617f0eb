"""The sheet of sources: where every number and every effect comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from socio_calc.appraisal import Appraisal
from socio_calc.locale import Texts
from socio_calc.locale.placeholders import start
from socio_calc.reference import EvidenceRow
from socio_calc.report.source_rows import BaseRow, confidence_of, publication, publication_year, source_rows
from socio_calc.report.workbook.grid import Grid

_HEADS: Final = ("what", "id", "source", "year", "url", "quote", "confidence", "note")
_HEAD_ROW: Final = 2
_Lines = Iterator[tuple[str, ...]]


def write_sources(grid: Grid, words: Texts, appraisal: Appraisal) -> None:
    """Write rows of the reference base that are used, sources of the effects, and sources given in the case."""
    grid.widths(A=26, B=20, C=28, D=7, E=27, F=34, G=16, H=32)
    grid.text(0, 0, words.t("workbook.sources.title"), "title")
    grid.text_over(1, 0, words.t("workbook.sources.lead", sha=appraisal.reference_sha256[:12]), "note")
    for column, key in enumerate(_HEADS):
        grid.text(_HEAD_ROW, column, words.t(f"workbook.sources.head.{key}"), "unit_head" if column else "head")
    row = _HEAD_ROW + 1
    for line in (*_base(words, appraisal), *_effects(words, appraisal), *_case(appraisal)):
        for column, text in enumerate(line):
            grid.text(row, column, text, "unit" if column else "text")
        row += 1
    grid.page((_HEAD_ROW, _HEAD_ROW), (_HEAD_ROW + 1, 1), f"{words.t('workbook.sheet.sources')} – {appraisal.title}")


def _base(words: Texts, appraisal: Appraisal) -> _Lines:
    for row in source_rows(appraisal):
        yield _line(words, row)
    if appraisal.case.survival == "sweden":
        yield (
            words.t("workbook.sources.life"),
            "",
            words.t("workbook.source.life", period=appraisal.reference.life_table.period),
            *[""] * 5,
        )


def _line(words: Texts, row: BaseRow) -> tuple[str, ...]:
    if isinstance(row, EvidenceRow):
        name = row.outcome_sv if words.lang == "sv" else row.outcome_en
    else:
        name = row.name_sv if words.lang == "sv" else row.name_en
    source, year = publication(row), publication_year(row)
    return start(name), row.id, source, year, row.url, row.quote, confidence_of(row, words), row.note


def _effects(words: Texts, appraisal: Appraisal) -> _Lines:
    case = appraisal.case
    for key, items in (("outcomes", appraisal.stated_outcomes), ("pathways", case.pathways)):
        for item in items:
            if item.evidence is None:
                continue
            grade = words.choice("grade", item.evidence.grade)
            for source in item.evidence.sources or ("",):
                yield item.name, f"{key}.{item.id}.evidence", source, "", "", "", grade, item.because


def _case(appraisal: Appraisal) -> _Lines:
    """Yield what the case itself says about its costs; sources of single numbers stand beside them."""
    for index, item in enumerate(appraisal.case.costs):
        if item.source or item.note:
            yield item.name, f"costs.{index}", item.source or "", "", "", "", "", item.note or ""
