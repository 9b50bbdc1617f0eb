"""How the cells of the form look: one format for each pair of a role and a kind of content."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final, Literal

from socio_calc.form.cells import Column
from socio_calc.locale import Language

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

Role = Literal[
    "input", "long", "computed", "listed", "check", "row_check", "label", "hint", "head", "hint_row", "example",
    "title", "section",
    "group", "note", "intro", "status", "plain", "plain_bold", "text_wrap", "key",
]  # fmt: skip

_LINE: Final = "#BFBFBF"
_ROLES: Final[dict[str, dict[str, Any]]] = {
    "input": {"bg_color": "#FFF8D6", "font_color": "#0B3C8C", "border": 1, "border_color": "#8C8C8C", "locked": False},
    "long": {
        "bg_color": "#FFF8D6", "font_color": "#0B3C8C", "border": 1, "border_color": "#8C8C8C", "locked": False,
        "text_wrap": True,
    },
    "computed": {"font_color": "#000000", "text_wrap": True},
    "listed": {"font_color": "#404040", "bg_color": "#E7E6E6", "italic": True, "text_wrap": True},
    "check": {"font_color": "#000000", "text_wrap": True},
    # In a table the check is on one line, over the empty cells after it.
    "row_check": {"font_color": "#000000"},
    "label": {"bold": True, "text_wrap": True},
    "hint": {"font_color": "#595959", "text_wrap": True},
    "head": {"bold": True, "text_wrap": True, "bottom": 2, "bg_color": "#DCE6F1", "valign": "bottom"},
    "hint_row": {"font_color": "#595959", "text_wrap": True, "font_size": 9, "bg_color": "#F2F2F2"},
    "example": {"font_color": "#595959", "italic": True, "text_wrap": True, "font_size": 9, "bottom": 1,
                "border_color": _LINE, "bg_color": "#F2F2F2"},
    "title": {"bold": True, "font_size": 16, "font_color": "#0B3C8C"},
    "section": {"bold": True, "font_size": 12, "bg_color": "#DCE6F1"},
    "group": {"bold": True, "font_size": 11, "bg_color": "#0B3C8C", "font_color": "#FFFFFF"},
    "note": {"font_color": "#404040", "italic": True},
    "intro": {"font_color": "#000000"},
    "status": {"bold": True},
    "plain": {},
    "plain_bold": {"bold": True},
    "text_wrap": {"text_wrap": True},
    "key": {"font_color": "#A6A6A6"},
}  # fmt: skip
#: Number formats by kind; money is without unit, as the heading tells it.
_FORMATS: Final[dict[str, str]] = {
    "money": "[<100]General;#,##0",
    "sum": "#,##0",
    "share": "0.0##%",
    "percent": "0%",
    "number": "General",
    "whole": "0",
    "year": "0",
    "text": "@",
    "general": "General",
    "date": "yyyy-mm-dd",
}


@dataclass
class Styles:
    """The formats of one workbook, made when they are first asked for."""

    book: Workbook
    lang: Language
    _made: dict[tuple[str, str], Format] = field(default_factory=dict)

    def get(self, role: Role, kind: str = "general", **more: Any) -> Format:
        """Return the format of a role and a kind of content."""
        key = (role, f"{kind}{sorted(more.items())}")
        if key not in self._made:
            look = {"font_name": "Arial", "font_size": 10, "valign": "top"} | _ROLES[role] | more
            look["num_format"] = _FORMATS.get(kind, "General")
            self._made[key] = self.book.add_format(look)
        return self._made[key]


#: Colours of the live checks by the sign that they begin with.
SIGNS: Final[dict[str, dict[str, Any]]] = {
    "✓": {"font_color": "#1E6B2E", "bg_color": "#E2F0D9"},
    "!": {"font_color": "#7F4A00", "bg_color": "#FCE4C6"},
    "✗": {"font_color": "#9C0006", "bg_color": "#F8CBCB"},
}
#: Fields that take several lines.
LONG_FIELDS: Final = frozenset(
    (
        "application.needs_analysis", "application.mechanism", "application.implementation_plan", "application.equity",
        "application.child_rights", "description", "application.target_group.description",
        "application.ordinary_practice", "application.public_health_goals",
    )
)  # fmt: skip


def shown_as(column: Column) -> str:
    """Return the number format of an input cell: text stays as it is typed."""
    if column.kind in ("text", "lines", "years", "choice", "yes_no", "cross", "reference"):
        return "general" if column.key in LONG_FIELDS or column.kind in ("lines",) else "text"
    return column.kind


def lines_in(text: str, width: float) -> int:
    """Return about how many lines a text takes in a column of so many characters."""
    room = max(4, int(width * 1.02))
    return sum(len(wrap(part, room)) or 1 for part in text.split("\n"))
