"""A comparison on a terminal, as an object of JSON, and as files."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from socio_calc.analysis.comparison import Comparison, Side
from socio_calc.case.personal_data import redacted
from socio_calc.locale import Language, Texts, money, number, probability_figure, share
from socio_calc.report.charts.of_comparison import draw_comparison
from socio_calc.report.files import slug, write_files
from socio_calc.report.text_layout import BLANK, Line, figure_rows, paragraph
from socio_calc.review.comparison_words import ChangeWords

#: Parts below this share of the largest one are told together, as they change nothing that is printed.
_NOTHING: Final = 1e-9
_MILLION: Final = 1e6
#: Digits of the largest amount that are written.
_DIGITS: Final = 4


class _Amounts:
    """Amounts that are read together, all in one unit and with the same digits, so that they add up on paper too."""

    def __init__(self, amounts: Sequence[float], words: Texts) -> None:
        self.words = words
        largest = max((abs(amount) for amount in amounts), default=0.0)
        self.unit = "million" if largest >= _MILLION else "sek"
        scaled = largest / _MILLION if self.unit == "million" else largest
        digits = math.floor(math.log10(scaled)) + 1 if scaled else 1
        self.decimals = _DIGITS - digits if self.unit == "sek" else max(0, min(2, _DIGITS - digits))

    def __call__(self, amount: float, *, signed: bool = False) -> str:
        """Write one of them."""
        scaled = round(
            amount / (_MILLION if self.unit == "million" else 1.0), min(self.decimals, 0 if self.unit == "sek" else 2)
        )
        sign = "" if scaled == 0 else "\N{MINUS SIGN}" if scaled < 0 else "+" if signed else ""
        text = number(abs(scaled), self.words.lang, decimals=max(0, self.decimals) if self.unit == "million" else 0)
        return sign + self.words.t(f"compare.amount.{self.unit}", amount=text)


def comparison_screen(comparison: Comparison, lang: Language, width: int = 80) -> list[Line]:
    """Return a comparison as lines of a terminal."""
    return list(_lines(comparison, ChangeWords(comparison.appraisals, lang), lang, width))


def _lines(comparison: Comparison, said: ChangeWords, lang: Language, width: int) -> Iterator[Line]:
    words, before, after = said.words, comparison.before, comparison.after
    write = _Amounts([before.npv, after.npv, *(step.amount for step in comparison.steps)], words)
    key = "compare.title.same" if before.title == after.title else "compare.title"
    title = words.t(key, before=redacted(before.title), after=redacted(after.title))
    yield from paragraph(title, width, "title")
    years = words.plural("screen.years", comparison.horizon)
    yield from paragraph(words.t("compare.lead", perspective=comparison.perspective, years=years), width, "muted")
    yield BLANK
    yield from figure_rows(
        [
            (words.t("compare.before"), write(before.npv), _chance(before, said, lang)),
            (words.t("compare.after"), write(after.npv), _chance(after, said, lang)),
            (words.t("compare.difference"), write(comparison.difference, signed=True), ""),
        ],
        width,
    )
    yield BLANK
    for text in _conclusions(comparison, said, lang):
        yield from paragraph(text, width)
    yield BLANK
    yield from _steps(comparison, said, write, width)
    if comparison.quiet:
        yield from paragraph(words.t("compare.quiet", parts=said.quiet(comparison.quiet)), width)
    moving = [step for step in comparison.steps if step.amount]
    if len(moving) > 1:
        yield BLANK
        yield from paragraph(_method(comparison, said, lang), width, "muted")


def _steps(comparison: Comparison, said: ChangeWords, write: _Amounts, width: int) -> Iterator[Line]:
    words = said.words
    if not comparison.steps:
        yield from paragraph(words.t("compare.no-changes"), width)
        return
    least = _NOTHING * max(abs(step.amount) for step in comparison.steps)
    moving = [step for step in comparison.steps if abs(step.amount) > least]
    still = [step for step in comparison.steps if abs(step.amount) <= least]
    if moving:
        yield Line(words.t("compare.changes"), "heading")
        amounts = [write(step.amount, signed=True) for step in moving]
        room = max(map(len, amounts))
        for step, amount in zip(moving, amounts, strict=True):
            begun = f"  {amount.rjust(room)}  "
            yield from paragraph(said.step(step), width, "figure", first=begun, rest=" " * len(begun))
    if still:
        yield BLANK
        yield Line(words.t("compare.without-effect"), "heading")
        for step in still:
            yield from paragraph(said.step(step), width, "figure", first="  – ", rest="    ")


def _chance(side: Side, said: ChangeWords, lang: Language) -> str:
    if side.probability is None:
        return ""
    return said.words.t("compare.probability", p=probability_figure(side.probability, lang))


def _conclusions(comparison: Comparison, said: ChangeWords, lang: Language) -> Iterator[str]:
    """Yield whether the decision turns, a sentence for each question that does."""
    words, before, after = said.words, comparison.before, comparison.after
    if not comparison.flips:
        yield words.t("compare.same-conclusion")
    if "npv" in comparison.flips:
        yield words.t(f"compare.flip.npv.{'up' if after.npv > 0 else 'down'}")
    if "probability" in comparison.flips and before.probability is not None and after.probability is not None:
        key = "up" if after.probability > before.probability else "down"
        yield words.t(
            f"compare.flip.probability.{key}",
            before=probability_figure(before.probability, lang),
            after=probability_figure(after.probability, lang),
        )
    if "break_even" in comparison.flips and before.break_even is not None and after.break_even is not None:
        key = "up" if after.break_even < before.break_even else "down"
        yield words.t(
            f"compare.flip.break_even.{key}",
            before=share(before.break_even, lang),
            after=share(after.break_even, lang),
        )


def _method(comparison: Comparison, said: ChangeWords, lang: Language) -> str:
    if comparison.exact:
        return said.words.t("compare.method.exact")
    error = max(step.error for step in comparison.steps)
    return said.words.t("compare.method.sampled", n=comparison.orders, error=money(error, lang))


def comparison_json(comparison: Comparison, lang: Language) -> dict[str, Any]:
    """Return a comparison as an object of JSON; figures unrounded."""
    said = ChangeWords(comparison.appraisals, lang)
    return {
        "perspective": comparison.perspective,
        "horizon": comparison.horizon,
        "before": _side(comparison.before),
        "after": _side(comparison.after),
        "difference": comparison.difference,
        "exact": comparison.exact,
        "orders": comparison.orders,
        "steps": [
            {
                "amount": step.amount,
                "error": step.error,
                "text": said.step(step),
                "changes": [{"kind": change.kind, "paths": list(change.paths)} for change in step.changes],
            }
            for step in comparison.steps
        ],
        "quiet": list(comparison.quiet),
        "flips": list(comparison.flips),
    }


def _side(side: Side) -> dict[str, Any]:
    return asdict(side) | {"title": redacted(side.title)}


def write_comparison(comparison: Comparison, folder: Path, lang: Language = "sv", *, force: bool = False) -> list[Path]:
    """Write `<slug>-compare.json` and the chart as PNG and SVG into a folder.

    Raises
    ------
    OutputError
        When a file exists or cannot be written; then none is.
    """
    said = ChangeWords(comparison.appraisals, lang)
    name = slug(comparison.after.title)
    chart = draw_comparison(comparison, [said.short(step) for step in comparison.steps], lang)
    figures = json.dumps(comparison_json(comparison, lang), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    files = {
        f"{name}-{chart.name}.json": figures.encode(),
        f"{name}-{chart.name}.png": chart.png,
        f"{name}-{chart.name}.svg": chart.svg,
    }
    return write_files(folder, files, force=force)
