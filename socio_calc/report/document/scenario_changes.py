"""What a scenario changes: every value, what it was and its source, under the item that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from socio_calc.analysis.scenarios import Scenario
from socio_calc.case import Case, Ref
from socio_calc.case.costs import CostItem
from socio_calc.case.quantities import Form
from socio_calc.locale.placeholders import start
from socio_calc.paper import Content, Emphasis, Inline, LineBreak, Strong
from socio_calc.paper.inline import parts
from socio_calc.report.document.assumption_list import Stated, stated_quantities
from socio_calc.report.document.assumption_values import EXACT, central_text, field_label
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.document.shared import linked
from socio_calc.report.quantity_units import unit_of
from socio_calc.report.source_rows import row_of, row_source, source_rows
from socio_calc.report.state_names import state_name

#: Fields that are written as the label of a choice.
_CHOICES: Final = frozenset({"timing", "survival"})
#: Fields of an outcome or a pathway that hold more than one value, and the field of each part that tells most.
_PARTS: Final = {"effect": "value", "fades": "rate"}


def scenario_changes(facts: DocumentFacts, scenario: Scenario) -> Content:
    """Return the changes of a scenario, each on its line under what it belongs to; a dash for the base case.

    The source of a value that has one stands on the line below it.
    """
    if scenario.name is None:
        return "–"
    changed = facts.sensitivity.focus.scenario_cases[scenario.name]
    lines: list[Inline] = []
    owners: tuple[str, ...] = ()
    for path, found in _in_groups({path: _owners(facts, changed, path) for path in scenario.changes}):
        if found and found != owners:
            # What belongs to the outcome just named does not repeat its name.
            title = " – ".join(found[1:] if len(found) > 1 and found[:1] == owners[:1] else found)
            lines += [*([LineBreak()] if lines else []), Strong(title)]
        owners = found
        lines += [*([LineBreak()] if lines else []), start(_change(facts, changed, path))]
        for source in _sources(facts, changed, path):
            lines.append(LineBreak())
            lines += (Emphasis(part) if isinstance(part, str) else part for part in parts(linked(source)))
    return tuple(lines)


def lacks_source(facts: DocumentFacts, scenario: Scenario) -> bool:
    """Whether any value that a scenario brings in has no source: neither its own, nor its item's, nor a row's."""
    if scenario.name is None:
        return False
    changed = facts.sensitivity.focus.scenario_cases[scenario.name]
    for path in scenario.changes:
        for stated in _stated_at(changed, path):
            found = _own_words(stated, path) or row_of(facts.appraisal, stated.quantity)
            if not found and not isinstance(stated.quantity, Ref):
                return True
    return False


def _own_words(stated: Stated, path: str) -> list[str]:
    """Return the source of a value in the case's own words: its own, else that of a cost item that is new itself."""
    said = [text for text in (stated.quantity.source, stated.quantity.note) if text]
    if not said and path.count(".") < 2:
        items = (owner for owner in stated.inside if isinstance(owner, CostItem))
        said = [text for item in items for text in (item.source, item.note) if text]
    return said


def _stated_at(case: Case, path: str) -> Iterator[Stated]:
    """Yield the quantities at a path of a case and below it."""
    for stated in stated_quantities(case):
        if stated.path == path or stated.path.startswith(f"{path}."):
            yield stated


def _in_groups(owners: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield places with their owners: what is the case's own first, then owner by owner, each in its own order."""
    outermost, every = (list(dict.fromkeys(found)) for found in ([o[:1] for o in owners.values()], owners.values()))

    def rank(place: tuple[str, tuple[str, ...]]) -> tuple[bool, int, int]:
        found = place[1]
        return bool(found), outermost.index(found[:1]), every.index(found)

    yield from sorted(owners.items(), key=rank)


def _owners(facts: DocumentFacts, case: Case, path: str) -> tuple[str, ...]:
    """Return the names of what a place of the case belongs to, outermost first; empty for what is the case's own."""
    steps = path.split(".")
    if steps[0] == "participants" and len(steps) > 1:
        year = facts.appraisal.first_year + case.participants[int(steps[1])].year
        return (facts.say("assumptions.participants", year=year),)
    names: list[str] = []
    at: Any = case
    for step in path.split("."):
        at = _below(at, step)
        name = getattr(at, "name", None)
        names += [name] if isinstance(name, str) else []
    return tuple(names)


def _change(facts: DocumentFacts, changed: Case, path: str) -> str:
    """Return what is changed at a path, with what it was."""
    before, after = (_written(facts, case, path) for case in (facts.appraisal.case, changed))
    label = field_label(facts, path)
    if after is None:
        return label
    if before is None or before == after:
        return facts.say("scenarios.added" if before is None else "scenarios.new", label=label, after=after)
    key = "scenarios.change-list" if "; " in before + after else "scenarios.change"
    return facts.say(key, label=label, before=before, after=after)


def _sources(facts: DocumentFacts, changed: Case, path: str) -> tuple[str, ...]:
    """Return where the values at a path come from: the case's own words, and rows that the base case does not use."""
    listed = source_rows(facts.appraisal)
    said: list[str] = []
    for stated in _stated_at(changed, path):
        row = row_of(facts.appraisal, stated.quantity)
        if row is not None and row not in listed:
            said.append(", ".join(part for part in (row_source(row), row.url) if part))
        said += _own_words(stated, path)
    return tuple(dict.fromkeys(said))


def _written(facts: DocumentFacts, case: Case, path: str) -> str | None:
    """Return what stands at a path of a case, in words; None for what has none."""
    value: Any = case
    for step in path.split("."):
        value = _below(value, step)
    last = path.rpartition(".")[2]
    if last in _PARTS and hasattr(value, _PARTS[last]):
        path, value = f"{path}.{_PARTS[last]}", getattr(value, _PARTS[last])
    if isinstance(value, Form):
        return central_text(facts, path, value, case)  # type: ignore[arg-type]
    if isinstance(value, bool):
        return facts.words.choice("yes_no", str(value).lower())
    if isinstance(value, int | float):
        unit = unit_of(facts.appraisal, path, case)
        return unit.write(facts.words, unit.digits(facts.words, (value,), EXACT)[0], value * unit.factor)
    if isinstance(value, str):
        return facts.words.choice(last, value) if last in _CHOICES else value
    if isinstance(value, Sequence):
        return _listed(facts, case, path, value)
    return None


def _listed(facts: DocumentFacts, case: Case, path: str, items: Sequence[Any]) -> str | None:
    """Return the names of the items of a list, an effect on a transition with its size."""
    said = []
    for number, item in enumerate(items):
        if hasattr(item, "to"):
            size = central_text(facts, f"{path}.{number}.value", item.value, case)
            source, target = (state_name(facts.words, state) for state in (item.from_, item.to))
            said.append(facts.say("scenarios.transition", source=source, target=target, size=size))
        elif isinstance(name := getattr(item, "name", None), str):
            said.append(name)
        else:
            return None
    return "; ".join(said) if said else None


def _below(value: Any, step: str) -> Any:
    """Return what stands one step further down; None where nothing does."""
    if isinstance(value, Mapping):
        return value.get(step)
    if isinstance(value, tuple):
        named = next((item for item in value if getattr(item, "id", None) == step), None)
        if named is not None or not step.isdecimal():
            return named
        return value[int(step)] if int(step) < len(value) else None
    return getattr(value, step, None)
