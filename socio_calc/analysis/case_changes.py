"""What differs between two cases, as changes that can be made one by one: a number, an item, a row of the base.

The raw data of a case become a tree in which items of lists have names of their own (an id, a name, a year), so that
an item in the middle can come or go without moving the others. Words that decide no number are left out of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from socio_calc.case.paths import item_names
from socio_calc.case.quantities import COMMON_KEYS, is_quantity_mapping

Kind = Literal["changed", "added", "removed", "base"]
Key = tuple[str, ...]

#: Parts of a case that its result does not depend on.
NOT_COMPUTED: Final = frozenset(
    ("format", "title", "description", "horizons", "correlations", "scenarios", "decision", "not_valued",
     "application", "stated_results", "prices")
)  # fmt: skip
#: Words about a part of a case.
_WORDS: Final = frozenset(
    ("name", "description", "note", "source", "comment", "organisation", "cost_type", "group", "sources")
)
#: Mappings and lists that are one thing.
_WHOLE: Final = frozenset(("effect", "fades", "discount_rate", "discount_rate_health", "evidence", "counts"))
#: Fields that say one thing together: the second and later ones are told with the first.
_TOGETHER: Final[tuple[tuple[str, ...], ...]] = (
    ("amount", "hours", "wage", "contributions", "price_year", "index"),
    ("price", "price_year", "index", "kind", "payer", "payee", "taxable"),
    ("funding", "funder"),
    ("basis", "years"),
)
_NAMED: Final = "quantities"
#: What tells items without a name apart: groups, steps, transitions.
_NAMING: Final = ("group", "year", "from", "to", "state")
#: What stands in the place of words that must be there.
_WORD: Final = "-"
#: Share of fields that must agree for an item without a name of its own to be the same item.
_ALIKE: Final = 0.5


class Items(dict[str, Any]):
    """The items of a list by their names."""


class _Nothing:
    """What stands where a tree has nothing."""

    def __repr__(self) -> str:
        return "nothing"


NOTHING: Final = _Nothing()


@dataclass(frozen=True)
class Edit:
    """One place of the tree, with what stands there before and after (`NOTHING` for what is left out)."""

    place: Key
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """Something that differs between two cases.

    Attributes
    ----------
    kind
        A whole item or named quantity that was added or removed, fields that changed, or a row of the base.
    paths
        Where it stands in the case: that of the first field that differs, then of what goes with it; for a row of the
        base `costs:ID` and the like.
    owners
        Names of the items that it belongs to, outermost first.
    before, after
        What stands there, of one field; None otherwise and where nothing stands.
    edits
        What makes the change; empty for the base.
    """

    kind: Kind
    paths: tuple[str, ...]
    owners: tuple[str, ...] = ()
    before: Any = None
    after: Any = None
    edits: tuple[Edit, ...] = ()


# -- trees ------------------------------------------------------------------------------------------------------------


def computed_part(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tree of what decides the numbers of a case.

    Examples
    --------
    >>> computed_part({"title": "A", "outcomes": [{"id": "fall", "name": "Fall", "lag": 1}]})
    {'outcomes': {'fall': {'id': 'fall', 'lag': 1, 'name': '-'}}}
    """
    return {key: _node(key, value) for key, value in data.items() if key not in NOT_COMPUTED}


def _node(key: str, value: Any) -> Any:
    if isinstance(value, dict):
        if is_quantity_mapping(value):
            return {name: part for name, part in value.items() if name not in COMMON_KEYS}
        kept = {name: _node(name, part) for name, part in value.items() if name not in _WORDS}
        kept.update({name: _plain_word(value[name]) for name in ("name", "sources") if name in value})
        if kept.get("because"):
            kept["because"] = _WORD
        return kept
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value) and key not in _WHOLE:
        if all(is_quantity_mapping(item) for item in value):
            return [_node("", item) for item in value]
        return Items(zip(names_of_items(value), (_node("", item) for item in value), strict=True))
    return value


def _plain_word(value: Any) -> Any:
    return [_WORD] * min(len(value), 1) if isinstance(value, list) else _WORD


def names_of_items(items: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a name for each item of a list that stays when others come and go: its id, its name, its year.

    >>> names_of_items([{"name": "Lokal"}, {"name": "Lokal"}, {"year": 1, "number": 5}])
    ['Lokal', 'Lokal 2', '1']
    """
    names: list[str] = []
    for item in items:
        said = item.get("id") or item.get("name")
        if said is None:
            said = " ".join(str(item[key]) for key in _NAMING if item.get(key) is not None)
        name, count = str(said), 1
        while name in names:
            count += 1
            name = f"{said} {count}"
        names.append(name)
    return names


def raw_data(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Return a tree as the raw data of a case.

    >>> raw_data({"outcomes": Items(fall={"id": "fall"})})
    {'outcomes': [{'id': 'fall'}]}
    """
    return {key: _raw(value) for key, value in tree.items()}


def _raw(node: Any) -> Any:
    if isinstance(node, Items):
        return [_raw(item) for item in node.values()]
    return {key: _raw(value) for key, value in node.items()} if isinstance(node, dict) else node


def with_edits(tree: dict[str, Any], edits: Iterable[Edit]) -> dict[str, Any]:
    """Return a tree with edits made; the given one stays as it is."""
    for edit in edits:
        tree = _with(tree, edit.place, edit.after)
    return tree


def _with(node: dict[str, Any], place: Key, value: Any) -> dict[str, Any]:
    copy = Items(node) if isinstance(node, Items) else dict(node)
    name = place[0]
    if len(place) > 1:
        # A list or the named quantities that one of the cases does not have begin empty.
        inner = copy.get(name, {} if name == _NAMED else Items())
        copy[name] = _with(inner, place[1:], value)
    elif isinstance(value, _Nothing):
        copy.pop(name, None)
    else:
        copy[name] = value
    return copy


# -- differences ------------------------------------------------------------------------------------------------------


def case_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[tuple[Change, ...], dict[str, Any]]:
    """Return what differs between two cases, and the tree of the first one, to which the changes belong.

    Parameters
    ----------
    before, after
        Raw data of both cases.
    """
    first, second = computed_part(before), computed_part(after)
    second = _matched(first, second)
    found: list[Edit] = []
    _differences(first, second, (), found)
    return tuple(_grouped(found, (first, before), (second, after))), first


def quiet_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the parts of two cases that differ in what decides no number, by their key at the top."""
    found = []
    for key in dict.fromkeys((*before, *after)):
        if key in NOT_COMPUTED:
            differs = before.get(key) != after.get(key)
        else:
            same_numbers = _node(key, before.get(key)) == _node(key, after.get(key))
            differs = same_numbers and before.get(key) != after.get(key)
        if differs and key not in ("format", "horizons"):
            found.append(key)
    return tuple(found)


def _matched(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Return the second tree with items that were only renamed under their old names."""
    result: dict[str, Any] = Items() if isinstance(second, Items) else {}
    renamed = _renamed(first, second) if isinstance(first, Items) and isinstance(second, Items) else {}
    for key, node in second.items():
        old = renamed.get(key, key)
        known = first.get(old)
        result[old] = _matched(known, node) if isinstance(known, dict) and isinstance(node, dict) else node
    return result


def _renamed(first: Items, second: Items) -> dict[str, str]:
    """Return the old names of items that have a new one and are otherwise much the same."""
    gone = [key for key in first if key not in second]
    found: dict[str, str] = {}
    for key in second:
        if key in first or not isinstance(second[key], dict) or "id" in second[key]:
            continue
        alike = [(_likeness(first[old], second[key]), old) for old in gone if old not in found.values()]
        best = max(alike, default=(0.0, ""), key=lambda pair: pair[0])
        if best[0] > _ALIKE:
            found[key] = best[1]
    return found


def _likeness(one: Mapping[str, Any], two: Mapping[str, Any]) -> float:
    keys = (one.keys() | two.keys()) - {"name"}
    same = [key for key in keys if key in one and key in two and one[key] == two[key]]
    return len(same) / max(len(keys), 1)


def _differences(first: Any, second: Any, place: Key, found: list[Edit]) -> None:
    if first == second:
        return
    first, second = _begun(first, second, place), _begun(second, first, place)
    if not isinstance(first, dict) or type(first) is not type(second):
        found.append(Edit(place, first, second))
        return
    if (place and place[-1] in _WHOLE) or is_quantity_mapping(first) or is_quantity_mapping(second):
        found.append(Edit(place, first, second))
        return
    for key in dict.fromkeys((*first, *second)):
        _differences(first.get(key, NOTHING), second.get(key, NOTHING), (*place, key), found)


def _begun(node: Any, other: Any, place: Key) -> Any:
    """Return an empty list for one that only the other case has, so that its items are added one by one."""
    if isinstance(node, _Nothing) and (isinstance(other, Items) or place == (_NAMED,)):
        return type(other)()
    return node


def _grouped(
    edits: Sequence[Edit], first: tuple[Mapping[str, Any], Mapping[str, Any]], second: tuple[Any, Mapping[str, Any]]
) -> Iterator[Change]:
    """Yield edits as changes: fields that say one thing together are one."""
    groups: dict[Key, list[Edit]] = {}
    for edit in edits:
        groups.setdefault(_group(edit, edits), []).append(edit)
    for members in groups.values():
        yield _change(members, first, second)


def _group(edit: Edit, edits: Sequence[Edit]) -> Key:
    """Return the place under which an edit is told: that of the first field that it goes with."""
    *owner, field = edit.place
    siblings = [other.place[-1] for other in edits if other.place[:-1] == tuple(owner)]
    for fields in _TOGETHER:
        changed = [name for name in fields if name in siblings]
        leads = fields[0] in changed or fields in (("funding", "funder"), ("basis", "years"))
        if field in changed and leads:
            return (*owner, changed[0])
    return edit.place


def _change(
    edits: Sequence[Edit], first: tuple[Mapping[str, Any], Mapping[str, Any]], second: tuple[Any, Mapping[str, Any]]
) -> Change:
    lead = edits[0]
    tree, raw = second if not isinstance(lead.after, _Nothing) else first
    paths = tuple(_path(edit.place, tree) for edit in edits)
    owners = tuple(_owners(lead.place, tree, raw))
    gone, new = isinstance(lead.after, _Nothing), isinstance(lead.before, _Nothing)
    # What is left out of a part of a case has its default there; an item or a named quantity is there or not.
    listed = _is_listed(lead.place, tree)
    kind: Kind = "removed" if gone and listed else "added" if new and listed else "changed"
    if len(edits) > 1 or kind != "changed":
        return Change(kind, paths, owners, edits=tuple(edits))
    return Change(kind, paths, owners, None if new else lead.before, None if gone else lead.after, tuple(edits))


def _is_listed(place: Key, tree: Mapping[str, Any]) -> bool:
    above: Any = tree
    for key in place[:-1]:
        above = above.get(key) if isinstance(above, dict) else None
    return isinstance(above, Items) or place[:-1] == (_NAMED,)


def _path(place: Key, tree: Mapping[str, Any]) -> str:
    """Return the path of a place in the case: items by id, else by their number."""
    parts: list[str] = []
    node: Any = tree
    for key in place:
        if isinstance(node, Items):
            names = item_names(list(node.values()))
            parts.append(dict(zip(node, names, strict=True)).get(key, key))
        else:
            parts.append(key)
        node = node.get(key) if isinstance(node, dict) else None
    return ".".join(parts)


def _owners(place: Key, tree: Mapping[str, Any], raw: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the items on the way to a place are called."""
    node: Any = tree
    data: Any = raw
    for key in place:
        if isinstance(node, Items) and isinstance(data, list):
            at = list(node).index(key) if key in node else None
            data = data[at] if at is not None and at < len(data) else None
            name = data.get("name") if isinstance(data, dict) else None
            yield str(name) if name is not None else key
        else:
            data = data.get(key) if isinstance(data, dict) else None
        node = node.get(key) if isinstance(node, dict) else None
