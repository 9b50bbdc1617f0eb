"""The formulas of a workbook computed again from what stands in its other cells, without a spreadsheet program.

Only what our own workbooks use is understood. A formula with anything else in it has no value here (`Missing`), and
neither has what depends on it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from socio_calc.review.submitted.formulas import Area, FormulaError, Name, Node, Number, Quoted, areas

Place = tuple[str, int, int]
#: What a cell holds: a number, a text, true or false; None where it is empty.
Value = float | str | bool | None
#: Most cells that one formula may refer to, and all formulas together; ours stay far below.
_MOST_CELLS: Final = 20_000
_MOST_REFERENCES: Final = 5_000_000


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a formula has no value: an error of the spreadsheet's (`#DIV/0!`), `unreadable`, `circle`."""

    why: str


class _NoValueError(Exception):
    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class Formulas:
    """The formulas of a workbook as trees, ready to be computed with different inputs.

    `unreadable` are the cells whose formula could not be read; `order` is one in which every formula comes after those
    that it needs, and leaves out those that need each other in a circle.
    """

    trees: Mapping[Place, Node]
    names: Mapping[str, Node]
    unreadable: frozenset[Place]
    order: tuple[Place, ...]
    circular: frozenset[Place]


def formulas_of(trees: Mapping[Place, Node | None], names: Mapping[str, Node]) -> Formulas:
    """Return formulas in an order in which they can be computed; a tree that is None could not be read."""
    readable: dict[Place, Node] = {}
    left = _MOST_REFERENCES
    for place, tree in trees.items():
        left -= 0 if tree is None else sum(_size(area) for area in _targets(tree, names))
        if tree is not None and left >= 0:
            readable[place] = tree
    unreadable = frozenset(trees.keys() - readable.keys())
    needs = {place: _needed(tree, names, trees) for place, tree in readable.items()}
    order: list[Place] = []
    done: set[Place] = set()
    open_: set[Place] = set()
    circular: set[Place] = set()
    for start in readable:
        stack: list[tuple[Place, Iterator[Place]]] = [] if start in done else [(start, iter(needs[start]))]
        open_.update({start} if stack else ())
        while stack:
            place, waiting = stack[-1]
            following = next((need for need in waiting if need in needs and need not in done), None)
            if following is None:
                stack.pop()
                open_.discard(place)
                done.add(place)
                order.append(place)
            elif following in open_:
                circular.add(place)
            else:
                open_.add(following)
                stack.append((following, iter(needs[following])))
    return Formulas(readable, names, unreadable, tuple(order), frozenset(circular))


def _needed(tree: Node, names: Mapping[str, Node], cells: Mapping[Place, Any]) -> list[Place]:
    return [cell for area in _targets(tree, names) for cell in area.cells() if cell in cells]


def _targets(tree: Node, names: Mapping[str, Node]) -> Iterator[Area]:
    """Yield the areas that a formula refers to, but for those that are too large to be computed."""
    for area in areas(tree):
        target = names.get(area.name) if isinstance(area, Name) else area
        if isinstance(target, Area) and _size(target) <= _MOST_CELLS:
            yield target


def _size(area: Area) -> int:
    return (area.last_row - area.row + 1) * (area.last_column - area.column + 1)


def computed(formulas: Formulas, inputs: Mapping[Place, Value]) -> dict[Place, Value | Missing]:
    """Return the value of every formula.

    Parameters
    ----------
    formulas
        From `formulas_of`.
    inputs
        What stands in the cells without a formula.
    """
    sheet = _Sheet(formulas, dict(inputs))
    for place in formulas.unreadable:
        sheet.values[place] = Missing("unreadable")
    for place in formulas.circular:
        sheet.values[place] = Missing("circle")
    for place in formulas.order:
        if place in formulas.circular:
            continue
        try:
            value = _scalar(sheet.value(formulas.trees[place]))
            sheet.values[place] = 0.0 if value is None else value
        except _NoValueError as error:
            sheet.values[place] = Missing(error.why)
        except FormulaError:
            sheet.values[place] = Missing("unreadable")
    return {place: sheet.values[place] for place in (*formulas.trees, *formulas.unreadable)}


class _Sheet:
    """Cells whose values are known so far, and what can be computed from them."""

    def __init__(self, formulas: Formulas, values: dict[Place, Any]) -> None:
        self.formulas = formulas
        self.values = values

    def value(self, tree: Node) -> Any:
        """Return a number, a text, true or false, None, or an array of these, shape (rows, columns)."""
        match tree:
            case Number() | Quoted():
                return tree.value
            case Area():
                return self._area(tree)
            case Name():
                target = self.formulas.names.get(tree.name)
                if target is None:
                    raise FormulaError(tree.name)
                return self.value(target)
        if tree.name == "IF":
            return self._if(tree.parts)
        function = _OPERATIONS.get(tree.name) if len(tree.parts) == 2 else None
        if function is not None:
            return _each(function, self.value(tree.parts[0]), self.value(tree.parts[1]))
        if tree.name == "-" and len(tree.parts) == 1:
            return _each(_OPERATIONS["-"], 0.0, self.value(tree.parts[0]))
        known = _FUNCTIONS.get(tree.name)
        if known is None or not tree.parts:
            raise FormulaError(tree.name)
        return known(*(self.value(part) for part in tree.parts))

    def _if(self, parts: tuple[Node, ...]) -> Any:
        if len(parts) != 3:
            raise FormulaError("IF")
        # What is not chosen may be impossible.
        return self.value(parts[1] if _truth(_scalar(self.value(parts[0]))) else parts[2])

    def _area(self, area: Area) -> Any:
        if area.single:
            return self._cell((area.sheet, area.row, area.column))
        if _size(area) > _MOST_CELLS:
            raise FormulaError("area")
        values = [self._cell(place) for place in area.cells()]
        plain = all(type(value) is float for value in values)
        array = np.array(values, dtype=float if plain else object)
        return array.reshape(area.last_row - area.row + 1, area.last_column - area.column + 1)

    def _cell(self, place: Place) -> Any:
        value = self.values.get(place)
        if isinstance(value, Missing):
            raise _NoValueError(value.why)
        return value


# -- values -----------------------------------------------------------------------------------------------------------


def _scalar(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        if value.size != 1:
            raise FormulaError("array")
        value = value.reshape(-1)[0]
    return float(value) if isinstance(value, np.floating) else bool(value) if isinstance(value, np.bool_) else value


def _number(value: Any) -> float:
    if value is None:
        return 0.0
    if isinstance(value, str):
        raise _NoValueError("#VALUE!")
    return float(value)


def _truth(value: Any) -> bool:
    return bool(_number(value))


def _each(function: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    """Apply an operation to two values, or to each pair of the items of arrays."""
    if not isinstance(left, np.ndarray) and not isinstance(right, np.ndarray):
        return function(left, right)
    try:
        one, two = np.broadcast_arrays(np.asarray(left, dtype=object), np.asarray(right, dtype=object))
    except ValueError:
        raise _NoValueError("#N/A") from None
    result = np.empty(one.shape, dtype=object)
    for at in np.ndindex(one.shape):
        result[at] = function(one[at], two[at])
    return result


def _finite(value: float | complex) -> float:
    if isinstance(value, complex) or not math.isfinite(value):
        raise _NoValueError("#NUM!")
    return value


def _divided(left: Any, right: Any) -> float:
    below = _number(right)
    if below == 0.0:
        raise _NoValueError("#DIV/0!")
    return _finite(_number(left) / below)


def _raised(left: Any, right: Any) -> float:
    base, exponent = _number(left), _number(right)
    if base == 0.0 and exponent <= 0.0:
        raise _NoValueError("#NUM!" if exponent == 0.0 else "#DIV/0!")
    try:
        return _finite(base**exponent)
    except OverflowError:
        raise _NoValueError("#NUM!") from None


def _rank(value: Any) -> tuple[int, Any]:
    """Return the order among values of different kinds: numbers, then texts, then true and false."""
    if isinstance(value, bool | np.bool_):
        return 2, bool(value)
    if isinstance(value, str):
        return 1, value.casefold()
    return 0, _number(value)


def _equal(left: Any, right: Any) -> bool:
    if left is None and isinstance(right, str):
        return right == ""
    if right is None and isinstance(left, str):
        return left == ""
    return _rank(left) == _rank(right)


_OPERATIONS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "+": lambda left, right: _finite(_number(left) + _number(right)),
    "-": lambda left, right: _finite(_number(left) - _number(right)),
    "*": lambda left, right: _finite(_number(left) * _number(right)),
    "/": _divided,
    "^": _raised,
    "=": _equal,
    "<>": lambda left, right: not _equal(left, right),
    "<": lambda left, right: _rank(left) < _rank(right),
    "<=": lambda left, right: _rank(left) <= _rank(right),
    ">": lambda left, right: _rank(left) > _rank(right),
    ">=": lambda left, right: _rank(left) >= _rank(right),
}


# -- functions --------------------------------------------------------------------------------------------------------


def _items(*values: Any) -> list[Any]:
    found: list[Any] = []
    for value in values:
        found.extend(value.reshape(-1).tolist() if isinstance(value, np.ndarray) else [value])
    return found


def _numbers(*values: Any) -> list[float]:
    """Return the numbers among values; a text or a truth of a range counts for nothing, as in the sheet."""
    return [
        float(item)
        for value in values
        for item in _items(value)
        if item is not None and not isinstance(item, str | bool | np.bool_)
    ]


def _of_each(function: Callable[[float], float]) -> Callable[[Any], Any]:
    def apply(value: Any) -> Any:
        return _each(lambda item, _: function(_number(item)), value, 0.0)

    return apply


def _logarithm(value: float) -> float:
    if value <= 0.0:
        raise _NoValueError("#NUM!")
    return math.log(value)


def _exponential(value: float) -> float:
    try:
        return math.exp(value)
    except OverflowError:
        raise _NoValueError("#NUM!") from None


def _sum_product(*arrays: Any) -> float:
    product = arrays[0]
    for array in arrays[1:]:
        product = _each(_OPERATIONS["*"], product, array)
    return math.fsum(_numbers(product))


def _index(cells: Any, number: Any, column: Any = None) -> Any:
    if not isinstance(cells, np.ndarray) or (column is None and 1 not in cells.shape):
        raise FormulaError("INDEX")
    row = int(_number(_scalar(number)))
    try:
        if column is None:
            return cells.reshape(-1)[row - 1] if row >= 1 else _outside()
        place = int(_number(_scalar(column)))
        return cells[row - 1, place - 1] if row >= 1 and place >= 1 else _outside()
    except IndexError:
        return _outside()


def _outside() -> Any:
    raise _NoValueError("#REF!")


def _match(value: Any, cells: Any, kind: Any = 1.0) -> float:
    wanted, listed = _rank(_scalar(value)), [_rank(item) for item in _items(cells)]
    if _number(kind) == 0.0:
        found = [at for at, item in enumerate(listed, 1) if item == wanted]
        place = found[0] if found else 0
    else:
        place = sum(item <= wanted for item in listed)  # in rising order, as MATCH supposes
    if not place:
        raise _NoValueError("#N/A")
    return float(place)


def _count_if(cells: Any, value: Any) -> float:
    wanted = _scalar(value)
    return float(sum(item is not None and _equal(item, wanted) for item in _items(cells)))


def _rounded(value: Any, digits: Any) -> float:
    number, places = _number(_scalar(value)), 10.0 ** int(_number(_scalar(digits)))
    return math.copysign(math.floor(abs(number) * places + 0.5) / places, number)


def _matrix_product(left: Any, right: Any) -> Any:
    try:
        return np.array(np.asarray(left, dtype=float) @ np.asarray(right, dtype=float), dtype=object)
    except (TypeError, ValueError):
        raise _NoValueError("#VALUE!") from None


def _first_of(values: Sequence[float], choose: Callable[[Sequence[float]], float]) -> float:
    return choose(values) if values else 0.0


_FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "ABS": _of_each(abs),
    "AND": lambda *parts: all(_truth(item) for item in _items(*parts)),
    "COUNT": lambda *parts: float(len(_numbers(*parts))),
    "COUNTIF": _count_if,
    "EXP": _of_each(_exponential),
    "INDEX": _index,
    "INT": _of_each(lambda value: float(math.floor(value))),
    "ISNUMBER": lambda value: isinstance(_scalar(value), int | float) and not isinstance(_scalar(value), bool),
    "LN": _of_each(_logarithm),
    "MATCH": _match,
    "MAX": lambda *parts: _first_of(_numbers(*parts), max),
    "MIN": lambda *parts: _first_of(_numbers(*parts), min),
    "MMULT": _matrix_product,
    "NOT": lambda value: not _truth(_scalar(value)),
    "OR": lambda *parts: any(_truth(item) for item in _items(*parts)),
    "POWER": lambda base, exponent: _each(_raised, base, exponent),
    "ROUND": _rounded,
    "SUM": lambda *parts: math.fsum(_numbers(*parts)),
    "SUMPRODUCT": _sum_product,
}
