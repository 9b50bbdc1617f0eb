"""Check kinds that go through the elements of a list: counting them, their values, and texts that must be there."""

from __future__ import annotations

from typing import Any, Protocol

from socio_calc.case import Application, Case
from socio_calc.review.case_paths import Found, look_up
from socio_calc.review.fund_models import AllowedValues, EqualsField, MinCount, RequiredText, Where
from socio_calc.review.rule_result import Missing, RuleResult, Shown

#: Closed lists that a field's values belong to, by its last key; others are shown as they are written.
CHOICES = {
    "sector": "sector",
    "timing": "application.timing",
    "method_status": "method_status",
    "focus_area": "focus_area",
    "grade": "grade",
    "attachments": "attachments",
    "kind": "followup.kind",
}


class HasCase(Protocol):
    """What these checks look at."""

    @property
    def case(self) -> Case:
        """The case."""

    @property
    def application(self) -> Application:
        """Its application."""


def min_count(check: MinCount, checked: HasCase) -> RuleResult:
    """Count the elements of a list, or the different values of a key of them."""
    limit = Shown(check.limit, "number")
    lookup = look_up(check.field, checked.case, checked.application)
    elements = [Found(element, found.path, element) for found in lookup.found for element in (found.value or ())]
    path = lookup.found[0].path if lookup.found else (lookup.empty[0] if lookup.empty else None)
    if not elements and (lookup.empty or "[]" not in check.field):
        paths = lookup.empty or (path,)
        return RuleResult("undecided", limit=limit, missing=tuple(map(Missing, paths)), path=path)
    known: list[Any] = []
    unknown = 0
    for found in elements:
        chosen = _chosen(found.element, check.where, checked)
        value = found.element if check.distinct is None else _key(found.element, check.distinct)
        if chosen is False or (chosen and value is not None and check.distinct is not None and value in known):
            continue
        if chosen is None or value is None:
            unknown += 1
        else:
            known.append(value)
    value_shown = Shown(len(known), "number")
    if len(known) >= check.limit:
        return RuleResult("pass", value_shown, limit, path=path)
    if len(known) + unknown >= check.limit:
        lacking = check.distinct or next(iter(check.where))
        return RuleResult(
            "undecided", value_shown, limit, missing=(Missing(f"{check_root(check.field)}{lacking}"),), path=path
        )
    return RuleResult("fail", value_shown, limit, missing=_lacking(check, path), path=path)


def check_root(field: str) -> str:
    """Return the label path of the elements of a list that a rule names.

    >>> check_root("organisations"), check_root("case.outcomes[].consequences")
    ('application.organisations[].', 'outcomes[].consequences[].')
    """
    return f"{field.removeprefix('case.')}[]." if field.startswith("case.") else f"application.{field}[]."


def _lacking(check: MinCount, path: str | None) -> tuple[Missing, ...]:
    """Return what too few elements lack: the values that they should have, or the list itself."""
    key = check.field.rpartition(".")[2]
    named = [
        Missing(choices=CHOICES.get(key if wanted == "value" else wanted), value=str(value))
        for wanted, values in check.where.items()
        if not isinstance(values, EqualsField)
        for value in values
    ]
    return tuple(named) or (Missing(path),)


def allowed_values(check: AllowedValues, checked: HasCase) -> RuleResult:
    """Hold every value of a field against a list."""
    lookup = look_up(check.field, checked.case, checked.application)
    key = check.field.rpartition(".")[2].removesuffix("[]")
    limit = _shown(check.values, key)
    if lookup.empty and not lookup.found:
        return RuleResult("undecided", limit=limit, missing=tuple(map(Missing, lookup.empty)), path=lookup.empty[0])
    chosen = [(found, _chosen(found.element, check.where, checked)) for found in lookup.found]
    counted = [(found, sure) for found, sure in chosen if sure is not False]
    if not counted:
        named = [value.equals_field for value in check.where.values() if isinstance(value, EqualsField)]
        if named:
            # Nothing has the name that another field gives: that field is not answered by this list.
            return RuleResult(
                "undecided", limit=limit, missing=(Missing(f"application.{named[0]}"),), path=f"application.{named[0]}"
            )
        return RuleResult("not_applicable")
    lacking: list[Missing] = []
    values: list[Any] = []
    for found, sure in counted:
        if found.value is None:
            lacking.append(Missing(found.path, found.name))
        elif not any(_same(found.value, value) for value in check.values):
            if sure:
                odd = (Missing(found.path, found.name),)
                return RuleResult("fail", _shown((found.value,), key), limit, found.name, odd, found.path)
            lacking.append(Missing(found.path, found.name))
        else:
            values.append(found.value)
    if lacking:
        return RuleResult("undecided", None, limit, lacking[0].name, tuple(lacking), lacking[0].path)
    return RuleResult("pass", _shown(tuple(dict.fromkeys(values)), key), limit, path=counted[0][0].path)


def required_text(check: RequiredText, checked: HasCase) -> RuleResult:
    """Ask for fields, and for a number of words in those that are texts."""
    limit = Shown(check.min_words, "number")
    lacking: list[Missing] = []
    short: list[tuple[int, str, str | None]] = []
    empty: list[str] = []
    for path in check.fields_:
        lookup = look_up(path, checked.case, checked.application)
        empty.extend(lookup.empty)
        for found in lookup.found:
            if found.value is None or found.value == ():
                lacking.append(Missing(found.path, found.name))
            elif isinstance(found.value, str) and (words := len(found.value.split())) < check.min_words:
                short.append((words, found.path, found.name))
    if lacking:
        return RuleResult("fail", Shown(0, "word-count"), limit, lacking[0].name, tuple(lacking), lacking[0].path)
    if short:
        words, where, name = min(short)
        named = tuple(Missing(path, owner) for _, path, owner in short)
        return RuleResult("fail", Shown(words, "word-count"), limit, name, named, where)
    if empty:
        named = tuple(map(Missing, dict.fromkeys(empty)))
        return RuleResult("undecided", limit=limit, missing=named, path=empty[0])
    return RuleResult("pass", limit=limit)


def _chosen(element: Any, where: Where, checked: HasCase) -> bool | None:
    """Say whether an element counts; None where it lacks a key that decides."""
    sure: bool | None = True
    for key, wanted in where.items():
        given = element if key == "value" else _key(element, key)
        if isinstance(wanted, EqualsField):
            other = look_up(wanted.equals_field, checked.case, checked.application).found[0].value
            values: tuple[Any, ...] = (other,)
        else:
            values = wanted
        if given is None:
            sure = None
        elif not any(_same(given, value) for value in values):
            return False
    return sure


def _key(element: Any, key: str) -> Any:
    value = getattr(element, key, None)
    return None if isinstance(value, str) and not value.strip() else value


def _same(given: Any, wanted: Any) -> bool:
    """Compare without taking true for 1; names without regard to case and to spaces at their ends."""
    if isinstance(given, str) and isinstance(wanted, str):
        return given.strip().casefold() == wanted.strip().casefold()
    return isinstance(given, bool) == isinstance(wanted, bool) and bool(given == wanted)


def _shown(values: tuple[Any, ...], key: str) -> Shown:
    if all(isinstance(value, bool) for value in values):
        return Shown(values, "choice", "yes_no")
    return Shown(values, "choice", CHOICES[key]) if key in CHOICES else Shown(tuple(map(str, values)), "text")
