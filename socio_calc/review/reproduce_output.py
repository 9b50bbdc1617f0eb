"""A report that was run again, on a terminal and as an object of JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from socio_calc.case.personal_data import redacted
from socio_calc.locale import Language, Texts, money, number, printable, probability_figure, texts
from socio_calc.report.text_layout import BLANK, Line, paragraph
from socio_calc.review.comparison_words import ChangeWords
from socio_calc.review.reproduce import Cause, Gap, Reproduction
from socio_calc.review.stated import MONEY
from socio_calc.version import __version__

#: Figures and changes that are told one by one.
_MOST: Final = 12


def reproduction_screen(result: Reproduction, lang: Language, width: int = 80) -> list[Line]:
    """Return what became of a report as lines of a terminal."""
    return list(_lines(result, texts(lang), width))


def _lines(result: Reproduction, words: Texts, width: int) -> Iterator[Line]:
    name = redacted(printable(result.report.name))
    yield from paragraph(words.t("passport.reproduce.title", file=name), width, "title")
    yield BLANK
    only_the_workbook = result.outcome == "differs" and not result.gaps
    same_figures = result.outcome == "identical" and bool(result.causes)
    key = "only-the-workbook" if only_the_workbook else "same-figures" if same_figures else result.outcome
    yield from paragraph(words.t(f"passport.reproduce.{key}", made=result.made_with, version=__version__), width)
    if result.causes:
        yield BLANK
        if result.gaps:
            yield Line(words.t("passport.reproduce.why"), "heading")
        for cause in result.causes:
            yield from paragraph(_cause(cause, result, words), width, first="  – ", rest="    ")
    if result.gaps:
        yield BLANK
        yield Line(words.t("passport.reproduce.gaps", n=len(result.gaps)), "heading")
        for gap in result.gaps[:_MOST]:
            yield from paragraph(_gap(gap, words), width, "figure", first="  – ", rest="    ")
        if len(result.gaps) > _MOST:
            more = words.t("passport.reproduce.more", n=len(result.gaps) - _MOST)
            yield from paragraph(more, width, first="  ")
    if result.appraisals is not None:
        ran = result.appraisals[1]
        yield BLANK
        yield from paragraph(
            words.t(
                "passport.reproduce.ran",
                seed=ran.seed,
                draws=ran.number_of_draws,
                h=", ".join(map(str, ran.horizons)),
            ),
            width,
            "muted",
        )
        if result.workbook is None and result.report.suffix.lower() != ".json":
            yield from paragraph(words.t("passport.reproduce.limit"), width, "muted")


def _cause(cause: Cause, result: Reproduction, words: Texts) -> str:
    text = words.t(f"passport.reproduce.cause.{cause.reason}", **cause.params)
    if not cause.changes or result.appraisals is None:
        return text
    said = ChangeWords(result.appraisals, words.lang)
    named = [said.change(change) for change in cause.changes[:_MOST]]
    listed = "; ".join([*named, *(["…"] if len(cause.changes) > _MOST else [])])
    return f"{text} {words.t('passport.reproduce.cause.case-changes', changes=listed)}"


def _gap(gap: Gap, words: Texts) -> str:
    difference = None
    if gap.reported is not None and gap.computed is not None:
        difference = _figure(gap, gap.computed - gap.reported, words, signed=True)
    measure, _, outcome = gap.measure.partition(":")
    return words.t(
        "passport.reproduce.gap",
        perspective=gap.perspective,
        h=gap.horizon,
        measure=f"{_measure_name(measure, words)}{f' ({outcome})' if outcome else ''}",
        statistic=words.t(f"passport.statistic.{gap.statistic}"),
        reported=_figure(gap, gap.reported, words),
        computed=_figure(gap, gap.computed, words),
        difference=difference,
    )


def _measure_name(measure: str, words: Texts) -> str:
    key = f"choice.result.{measure}"
    return words.t(key) if words.has(key) else measure


def _figure(gap: Gap, value: float | None, words: Texts, *, signed: bool = False) -> str:
    """Write a figure with as many digits as are worth telling."""
    if value is None:
        return "–"
    if gap.statistic == "probability_positive" and not signed:
        return probability_figure(value, words.lang)
    if gap.measure.partition(":")[0] in MONEY and gap.statistic != "probability_positive" and abs(value) >= 1:
        return money(value, words.lang, signed=signed)
    return number(float(f"{value:.4g}"), words.lang)


def reproduction_json(result: Reproduction) -> dict[str, Any]:
    """Return what became of a report as an object of JSON."""
    return {
        "report": redacted(result.report.name),
        "outcome": result.outcome,
        "same": result.same,
        "made_with": result.made_with,
        "version": __version__,
        "causes": [
            {
                "reason": cause.reason,
                **cause.params,
                "changes": [{"kind": change.kind, "paths": list(change.paths)} for change in cause.changes],
            }
            for cause in result.causes
        ],
        "differences": [asdict(gap) for gap in result.gaps],
    }
