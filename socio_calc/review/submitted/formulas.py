"""Formulas of a spreadsheet read into trees, so that two ways of writing the same formula are equal.

Excel and LibreOffice write what they read anew: other spaces, brackets, quotation marks and numbers. A tree has none of
these. Reading is strict: what the writer of our workbooks never writes is refused, and told as not readable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(
    r"""\s*(?:
    (?P<reference>(?:(?P<sheet>'(?:[^']|'')+'|[^\W\d][\w.]*)!)?
        \$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>\d{1,7})
        (?::\$?(?P<last_column>[A-Za-z]{1,3})\$?(?P<last_row>\d{1,7}))?(?![\w(.!]))
    |(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<text>"(?:[^"]|"")*")
    |(?P<function>[^\W\d][\w.]*)\s*\(
    |(?P<name>[^\W\d][\w.]*)
    |(?P<sign><>|<=|>=|[-+*/^=<>(),%])
    )""",
    re.VERBOSE,
)
_COMPARISONS: Final = ("=", "<>", "<", "<=", ">", ">=")
#: Deepest brackets that are followed; ours are not deeper than ten.
_DEEPEST: Final = 60
#: Numbers that differ by less than this share are the same: a spreadsheet writes 15 digits.
DIGITS: Final = 1e-13
_PREFIX: Final = "_XLFN."


class FormulaError(ValueError):
    """A formula that cannot be read or computed here."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number."""

    value: float


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text in quotation marks."""

    value: str


@dataclass(frozen=True, slots=True)
class Area:
    """A cell or a block of cells; rows and columns count from 1."""

    sheet: str
    row: int
    column: int
    last_row: int
    last_column: int

    @property
    def single(self) -> bool:
        """Whether it is one cell."""
        return self.row == self.last_row and self.column == self.last_column

    def cells(self) -> Iterator[tuple[str, int, int]]:
        """Yield sheet, row and column of every cell, row by row."""
        for row in range(self.row, self.last_row + 1):
            for column in range(self.column, self.last_column + 1):
                yield self.sheet, row, column


@dataclass(frozen=True, slots=True)
class Name:
    """A name that the workbook defines."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function, or an operation under its sign: `-` with one part is a sign before a value."""

    name: str
    parts: tuple[Node, ...]


Node = Number | Quoted | Area | Name | Call


def read_formula(text: str, sheet: str) -> Node:
    """Return the tree of a formula.

    Parameters
    ----------
    text
        With or without its equals sign.
    sheet
        Where it stands: references without a sheet mean this one.

    Raises
    ------
    FormulaError
        It is written in a way that our workbooks never are.

    Examples
    --------
    >>> read_formula("=1+ (B2)*2", "A") == read_formula("1+A!$B$2*2.0", "A")
    True
    """
    reader = _Reader(text.removeprefix("="), sheet)
    tree = reader.comparison(0)
    reader.end()
    return tree


class _Reader:
    """A formula from left to right; each method reads one level of binding."""

    def __init__(self, text: str, sheet: str) -> None:
        self.tokens = list(_tokens(text, sheet))
        self.at = 0

    def comparison(self, depth: int) -> Node:
        return self._chain(_COMPARISONS, self._sum, depth)

    def _sum(self, depth: int) -> Node:
        return self._chain(("+", "-"), self._product, depth)

    def _product(self, depth: int) -> Node:
        return self._chain(("*", "/"), self._power, depth)

    def _power(self, depth: int) -> Node:
        return self._chain(("^",), self._signed, depth)

    def _chain(self, signs: tuple[str, ...], below: Callable[[int], Node], depth: int) -> Node:
        left = below(depth)
        while (sign := self._next()) in signs and isinstance(sign, str):
            self.at += 1
            left = Call(sign, (left, below(depth)))
        return left

    def _signed(self, depth: int) -> Node:
        sign = self._next()
        if sign in ("-", "+"):
            self.at += 1
            value = self._signed(self._deeper(depth))
            if sign == "+":
                return value
            return Number(-value.value) if isinstance(value, Number) else Call("-", (value,))
        value = self._value(depth)
        while self._next() == "%":
            self.at += 1
            value = Call("/", (value, Number(100.0)))
        return value

    def _value(self, depth: int) -> Node:
        part = self._next()
        self.at += 1
        if isinstance(part, Number | Quoted | Area | Name):
            return part
        if part == "(":
            inner = self.comparison(self._deeper(depth))
            self._expect(")")
            return inner
        if isinstance(part, Call):
            return Call(part.name, self._arguments(self._deeper(depth)))
        raise FormulaError(str(part))

    def _arguments(self, depth: int) -> tuple[Node, ...]:
        if self._next() == ")":
            self.at += 1
            return ()
        found = [self.comparison(depth)]
        while self._next() == ",":
            self.at += 1
            found.append(self.comparison(depth))
        self._expect(")")
        return tuple(found)

    def _deeper(self, depth: int) -> int:
        if depth >= _DEEPEST:
            raise FormulaError("depth")
        return depth + 1

    def _next(self) -> Node | str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _expect(self, sign: str) -> None:
        if self._next() != sign:
            raise FormulaError(sign)
        self.at += 1

    def end(self) -> None:
        if self.at < len(self.tokens):
            raise FormulaError(str(self.tokens[self.at]))


def _tokens(text: str, sheet: str) -> Iterator[Node | str]:
    at, text = 0, text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise FormulaError(text[at : at + 10])
        at = match.end()
        yield _token(match, sheet)


def _token(match: re.Match[str], sheet: str) -> Node | str:
    found = match.groupdict()
    if found["reference"] is not None:
        named = found["sheet"]
        where = sheet if named is None else named.strip("'").replace("''", "'")
        row, column = int(found["row"]), _column(found["column"])
        last_row = row if found["last_row"] is None else int(found["last_row"])
        last_column = column if found["last_column"] is None else _column(found["last_column"])
        return Area(where, min(row, last_row), min(column, last_column), max(row, last_row), max(column, last_column))
    if found["number"] is not None:
        return Number(float(found["number"]))
    if found["text"] is not None:
        return Quoted(found["text"][1:-1].replace('""', '"'))
    if found["function"] is not None:
        return Call(found["function"].upper().removeprefix(_PREFIX), ())
    if found["name"] is not None:
        return Name(found["name"])
    return str(found["sign"])


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def areas(tree: Node) -> Iterator[Area | Name]:
    """Yield every reference of a formula."""
    if isinstance(tree, Area | Name):
        yield tree
    elif isinstance(tree, Call):
        for part in tree.parts:
            yield from areas(part)


def equal(left: Node | None, right: Node | None) -> bool:
    """Say whether two formulas are the same; numbers that were written with 15 digits are.

    >>> equal(read_formula("A1*1.23456789012345678", "A"), read_formula("A1*1.23456789012346", "A"))
    True
    """
    if left is right:
        return True
    if isinstance(left, Number) and isinstance(right, Number):
        return abs(left.value - right.value) <= DIGITS * max(abs(left.value), abs(right.value))
    if isinstance(left, Call) and isinstance(right, Call):
        same = left.name == right.name and len(left.parts) == len(right.parts)
        return same and all(map(equal, left.parts, right.parts))
    return left == right


def moved(tree: Node, row_of: Callable[[str, int], int | None]) -> Node:
    """Return a formula whose references follow rows that have moved.

    Parameters
    ----------
    row_of
        Where a row of a sheet stands now; None for a row that is no more, whose reference stays.
    """
    if isinstance(tree, Area):
        first, last = row_of(tree.sheet, tree.row), row_of(tree.sheet, tree.last_row)
        if first is None or last is None:
            return tree
        return Area(tree.sheet, first, tree.column, last, tree.last_column)
    if isinstance(tree, Call):
        return Call(tree.name, tuple(moved(part, row_of) for part in tree.parts))
    return tree
