"""The log of assumptions: every number of a case that somebody chose, its interval, its source, and what it decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel

from socio_calc.analysis.focus import Focus
from socio_calc.analysis.limits import places
from socio_calc.analysis.switching import switching_values
from socio_calc.analysis.tornado import tornado
from socio_calc.appraisal import quantity_name
from socio_calc.case import BaselineRef, CostRef, EvidenceRef, Form, Pathway, Ref, TransitionRow
from socio_calc.case.dump import case_data
from socio_calc.case.paths import item_names
from socio_calc.case.personal_data import redacted
from socio_calc.locale import Language, Texts, texts
from socio_calc.locale.paths import label_keys
from socio_calc.locale.placeholders import start
from socio_calc.reference import BaselineRow, CostRow, EvidenceRow
from socio_calc.review.field_value import written_at
from socio_calc.review.scene import Scene
from socio_calc.review.value_words import digits, value_in_words, with_unit

#: Parts of a case that hold no numbers of the calculation.
_APART: Final = frozenset({"application", "scenarios", "stated_results", "correlations"})
#: Plain numbers that are choices of the calculation as a whole.
_PLAIN: Final = ("first_year", "price_year", "horizons", "discount_rate", "discount_rate_health", "timing", "survival")


@dataclass(frozen=True)
class Assumption:
    """One number of a case, in words.

    Attributes
    ----------
    path
        Where it stands.
    name, value, source
        What it is called; its value with its interval; where it is from, None where the case does not tell.
    turns_at
        The value that makes society's net present value 0, the others unchanged; None where no value does, or the
        number is certain.
    swing
        How far society's net present value moves between its 5th and 95th percentile, SEK; 0 for certain numbers.
    """

    path: str
    name: str
    value: str
    source: str | None
    turns_at: str | None
    swing: float


def assumptions(scene: Scene, lang: Language) -> tuple[Assumption, ...]:
    """Return every number of the case in the order of the file, personal data in its words blanked."""
    words, data = texts(lang), case_data(scene.case)
    focus = Focus(scene.appraisal, "societal", scene.appraisal.longest)
    key_of = _keys(scene)
    swing = {bar.quantity: bar.swing for bar in tornado(focus)}
    turning = {found.quantity: found.value for found in switching_values(focus)}
    listed = []
    for path, form in _numbers(scene.case):
        key = key_of.get(path)
        turns_at = None if key is None else turning.get(key)
        listed.append(
            Assumption(
                path,
                start(redacted(_name(path, scene, words))),
                redacted(value_in_words(path, _written(path, data, scene), scene, words)),
                _source(form, scene),
                None if turns_at is None else with_unit(digits(turns_at, path, scene, words), path, scene, words),
                0.0 if key is None else swing.get(key, 0.0),
            )
        )
    return tuple(listed)


def weightiest(listed: tuple[Assumption, ...], most: int) -> tuple[Assumption, ...]:
    """Return the assumptions that move the result most, each quantity once, the largest first."""
    first_of = {(item.swing, item.source): item for item in reversed(listed) if item.swing > 0}
    return tuple(sorted(first_of.values(), key=lambda item: -item.swing))[:most]


def _keys(scene: Scene) -> Mapping[str, str]:
    """Return the key of the uncertain quantity that stands at each path."""
    found = {
        path: column.key for column in scene.appraisal.plan.columns for path in places(scene.appraisal, column.key)
    }
    for line in scene.appraisal.plan.lines:
        if line.cost_id is not None:
            last = "amount" if line.is_cost else "price"
            found.setdefault(f"{line.path}.{last}", f"cost:{line.cost_id}")
    return found


def _numbers(case: BaseModel) -> Iterator[tuple[str, Form | None]]:
    """Yield the path of every number of a case that is given, with its form where it is a quantity."""
    for name in _PLAIN:
        if name in case.model_fields_set or name in ("first_year", "price_year", "horizons"):
            yield name, None
    yield from _forms(case, "")


def _forms(part: object, path: str) -> Iterator[tuple[str, Form | None]]:
    if isinstance(part, Form):
        yield path, part
    elif isinstance(part, BaseModel):
        for name, field in type(part).model_fields.items():
            key = field.alias or name
            if name in part.model_fields_set and not (path == "" and name in _APART):
                yield from _forms(getattr(part, name), f"{path}.{key}" if path else key)
        if isinstance(part, TransitionRow):
            yield from _forms(part.own, path)
            yield from ((f"{path}.counts.{state}", None) for state in part.counts or ())
        elif isinstance(part, Pathway):
            yield from ((f"{path}.start.{state}", None) for state in part.start)
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from _forms(value, f"{path}.{key}")
    elif isinstance(part, tuple | list):
        for name, value in zip(item_names(part), part, strict=True):
            yield from _forms(value, f"{path}.{name}")


def _written(path: str, data: Mapping[str, object], scene: Scene) -> object:
    """Return what stands at a path; values that are as the format has them are left out of the data of a case."""
    written = written_at(path, data)
    plain = getattr(scene.case, path, None) if path in _PLAIN and written is None else None
    return plain if isinstance(plain, str | int | float) else written


def _name(path: str, scene: Scene, words: Texts) -> str:
    parts = path.split(".")
    if parts[0] == "participants" and len(parts) == 3:
        year = scene.appraisal.first_year + scene.case.participants[int(parts[1])].year
        return words.t("quantity.cohort", label=words.label(path), year=year)
    if parts[0] == "pathways" and parts[2] == "start":
        return words.t("quantity.of", label=words.label(".".join(parts[:3])), name=parts[3])
    if parts[0] in ("costs", "outcomes", "pathways", "quantities"):
        return quantity_name(scene.appraisal, path, words.lang)
    return words.label(path) if label_keys(path) else path


def _source(form: Form | None, scene: Scene) -> str | None:
    """Return where a quantity is from: its own words, or the source of the row that it names."""
    if form is None:
        return None
    own = ". ".join(text.strip().rstrip(".") for text in (form.source, form.note) if text)
    of_base = _row_source(form, scene)
    return redacted("; ".join(text for text in (of_base, own) if text)) or None


def _row_source(form: Form, scene: Scene) -> str | None:
    named, seen = form, set[str]()
    while isinstance(named, Ref) and named.ref in scene.case.quantities and named.ref not in seen:
        seen.add(named.ref)
        named = scene.case.quantities[named.ref]
    row: CostRow | EvidenceRow | BaselineRow
    if isinstance(named, CostRef):
        row = scene.base.costs[named.cost]
    elif isinstance(named, EvidenceRef):
        row = scene.base.evidence[named.evidence]
    elif isinstance(named, BaselineRef):
        row = scene.base.baselines[named.baseline]
    else:
        return named.source if named is not form else None
    year = row.source_year if isinstance(row, CostRow) else row.year
    return ", ".join(str(part) for part in (row.source_title, year, row.url) if part)
