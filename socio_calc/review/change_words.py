"""What was changed to put a finding right, in words: a field with its value before and after, or what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from socio_calc.case.personal_data import redacted
from socio_calc.locale import Language, Texts, texts
from socio_calc.locale.paths import label_keys
from socio_calc.locale.placeholders import inline
from socio_calc.review.field_value import written_at
from socio_calc.review.finding import Finding
from socio_calc.review.review import Review
from socio_calc.review.value_words import value_in_words

_LISTS: Final = ("consequences", "costs", "participants")


def change_in_words(finding: Finding, review: Review, lang: Language) -> str | None:
    """Return what was tried, None where nothing was."""
    if not finding.change:
        return None
    words, data = texts(lang), review.scene.data
    parts = [_part(path, value, data, review, words) for path, value in finding.change.items()]
    return redacted("; ".join(dict.fromkeys(part for part in parts if part)))


def _part(path: str, value: Any, data: Mapping[str, Any], review: Review, words: Texts) -> str:
    last = path.rpartition(".")[2]
    if last in _LISTS and isinstance(value, list):
        return _list_change(last, written_at(path, data) or [], value, review, words)
    before = written_at(path, data)
    return words.t(
        "check.change.value",
        label=words.label(path) if label_keys(path) else path,
        before=None if before is None else value_in_words(path, before, review.scene, words),
        after=value_in_words(path, value, review.scene, words),
    )


def _list_change(kind: str, before: Sequence[Any], after: Sequence[Any], review: Review, words: Texts) -> str:
    """Say which items were left out, or that a cost was added or its funding changed."""
    if kind == "participants":
        first = review.appraisal.first_year
        years = sorted({first + item["year"] for item in before if item not in after})
        return words.t("check.change.without-cohorts", years=tuple(map(str, years)))
    gone = tuple(inline(str(item.get("name", ""))) for item in before if item not in after)
    if len(after) == len(before) + 1 and not gone:
        return words.t("check.change.cost-added", amount=float(after[-1]["amount"]))
    if len(after) > len(before):
        return words.t("check.change.grant-lowered")
    return words.t("check.change.without", names=gone)
