"""The parts of a workbook besides its sheets: the list of sheets, shared texts, cell styles, properties."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, cast

from socio_calc.office.cell_values import built_in_format, is_date_format, is_percent_format, plain_text
from socio_calc.office.formulas import reaches_out
from socio_calc.office.guarded_xml import local_attributes
from socio_calc.office.limits import EXCEL_FORMULA, Limits
from socio_calc.office.refusal import problem, refusal, shown
from socio_calc.office.workbook import State
from socio_calc.problems import InputError

_TRUE: Final = ("1", "true")
_STATES: Final = {"hidden": "hidden", "veryhidden": "very_hidden"}
_LONGEST_PROPERTY: Final = 1_000
_MOST_STYLES: Final = 100_000


@dataclass(frozen=True)
class Listed:
    """A sheet in the list of sheets, before it is read."""

    name: str
    state: State
    relation: str


@dataclass
class WorkbookPart:
    """The list of sheets, the defined names, and which calendar the dates follow."""

    file: str
    limits: Limits
    listed: list[Listed] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    from_1904: bool = False
    open_name: dict[str, str] = field(default_factory=dict)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        if name == "sheet":
            values = local_attributes(attributes)
            state = cast(State, _STATES.get(values.get("state", "").lower(), "visible"))
            self.listed.append(Listed(plain_text(values.get("name", "")), state, values.get("id", "")))
            self._at_most("sheets", len(self.listed), self.limits.sheets)
        elif name == "definedName":
            self.open_name = attributes
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in _TRUE

    def end(self, name: str, text: str) -> None:
        """Take the end of an element."""
        if name != "definedName":
            return
        if len(text) > EXCEL_FORMULA:
            raise refusal("text-too-long", self.file, limit=EXCEL_FORMULA)
        if reaches_out(f"={text}"):
            raise refusal("live-links-in-formula", self.file, formula=shown(text))
        local = self.open_name.get("localSheetId", "")
        title = plain_text(self.open_name.get("name", ""))
        if local.isdecimal() and len(local) < 6 and int(local) < len(self.listed):
            title = f"{self.listed[int(local)].name}!{title}"
        self.names[title] = text
        self._at_most("names", len(self.names), self.limits.names)

    def checked(self) -> list[Listed]:
        """Return the sheets; a workbook without any, or with names that Excel does not allow, is broken."""
        titles = [one.name.casefold() for one in self.listed]
        if not titles or len(set(titles)) < len(titles) or not all(one and one.isprintable() for one in titles):
            raise refusal("workbook-damaged", self.file, part="xl/workbook.xml")
        return self.listed

    def _at_most(self, what: str, found: int, limit: int) -> None:
        if found > limit:
            raise InputError([problem("workbook-too-many", self.file, what=what, found=found, limit=limit)])


@dataclass
class SharedTexts:
    """The texts that cells refer to by number."""

    file: str
    limits: Limits
    texts: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    phonetic: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        if name == "si":
            self.pieces = []
        elif name == "rPh":
            self.phonetic += 1

    def end(self, name: str, text: str) -> None:
        """Take the end of an element."""
        if name == "t" and not self.phonetic:
            self.pieces.append(text)
        elif name == "rPh":
            self.phonetic -= 1
        elif name == "si":
            self.texts.append(plain_text("".join(self.pieces)))
            if len(self.texts) > self.limits.strings:
                found, limit = len(self.texts), self.limits.strings
                raise InputError([problem("workbook-too-many", self.file, what="strings", found=found, limit=limit)])


@dataclass
class Styles:
    """Which cell styles show dates, and which per cent."""

    formats: dict[int, str] = field(default_factory=dict)
    used: list[int] = field(default_factory=list)
    in_cells: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        if name == "numFmt" and not self.used:
            self.formats[_identity(attributes)] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.in_cells = True
        elif name == "xf" and self.in_cells and len(self.used) < _MOST_STYLES:
            self.used.append(_identity(attributes))

    def end(self, name: str, text: str) -> None:
        """Take the end of an element."""
        if name == "cellXfs":
            self.in_cells = False

    def showing_dates(self) -> frozenset[int]:
        """Return the numbers of the styles that show dates."""
        return frozenset(style for style, identity in enumerate(self.used) if is_date_format(self._format(identity)))

    def showing_percents(self) -> frozenset[int]:
        """Return the numbers of the styles that show per cent."""
        return frozenset(style for style, identity in enumerate(self.used) if is_percent_format(self._format(identity)))

    def _format(self, identity: int) -> str:
        return self.formats.get(identity) or built_in_format(identity)


@dataclass
class Properties:
    """Title, author and dates, and a file's own properties, as text."""

    values: dict[str, str] = field(default_factory=dict)
    own: str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        if name == "property":
            self.own = attributes.get("name")

    def end(self, name: str, text: str) -> None:
        """Take the end of an element."""
        if name == "property":
            self.own = None
        elif text.strip():
            self.values.setdefault(shown(self.own or name), plain_text(text)[:_LONGEST_PROPERTY])


def _identity(attributes: dict[str, str]) -> int:
    words = attributes.get("numFmtId", "")
    return int(words) if words.isdecimal() and len(words) < 7 else 0
