"""How cells look: one format for each pair of a role and a kind of number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from socio_calc.locale import Language

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

Role = Literal[
    "input",
    "reference",
    "formula",
    "result",
    "text",
    "unit",
    "note",
    "title",
    "section",
    "item",
    "item_wrapped",
    "head",
    "head_right",
    "unit_head",
    "fixed",
    "fixed_right",
    "year_head",
    "code",
    "packed",
    "link",
]
Kind = Literal[
    "money",
    "price",
    "share",
    "percent",
    "number",
    "level",
    "amount",
    "integer",
    "year",
    "years",
    "text",
    "line",
    "computed_share",
    "present",
    "gross",
    "factor",
]

_LINE: Final = "#BFBFBF"
_ROLES: Final[dict[str, dict[str, Any]]] = {
    "input": {"bg_color": "#FFF8D6", "font_color": "#0B3C8C", "border": 1, "border_color": _LINE},
    "reference": {"bg_color": "#E7E6E6", "font_color": "#0B3C8C", "border": 1, "border_color": _LINE},
    "formula": {"font_color": "#000000"},
    "result": {"bold": True, "top": 1, "bottom": 1, "border_color": _LINE},
    "fixed": {"font_color": "#404040", "italic": True},
    "fixed_right": {"font_color": "#404040", "italic": True, "align": "right"},
    "text": {"text_wrap": True},
    "unit": {"text_wrap": True, "align": "left", "indent": 1},
    "note": {"text_wrap": True, "font_color": "#404040", "italic": True},
    "title": {"bold": True, "font_size": 16},
    "section": {"bold": True, "font_size": 12, "bg_color": "#DCE6F1"},
    "item": {"bold": True},
    "item_wrapped": {"bold": True, "text_wrap": True},
    "head": {"bold": True, "text_wrap": True, "bottom": 2, "bg_color": "#F2F2F2"},
    "unit_head": {"bold": True, "text_wrap": True, "bottom": 2, "bg_color": "#F2F2F2", "align": "left", "indent": 1},
    "head_right": {"bold": True, "text_wrap": True, "bottom": 2, "bg_color": "#F2F2F2", "align": "right"},
    "year_head": {"bold": True, "bottom": 2, "bg_color": "#F2F2F2", "align": "right"},
    "code": {"font_name": "Courier New", "font_size": 9, "text_wrap": True, "align": "left", "indent": 1},
    "link": {"font_color": "#0B4F79", "underline": 1},
    # Filled cells are cut at their edge: thousands of letters must not run over the sheet.
    "packed": {"font_name": "Courier New", "font_size": 8, "font_color": "#7F7F7F", "align": "fill"},
}
_NUMBERS: Final[dict[str, dict[Kind, str]]] = {
    "sv": {
        "money": '#,##0" kr"',
        "price": '#,##0.00" kr"',
        "years": '0" år"',
        "present": '"Nuvärde, "0" år"',
        "gross": '"Absolut, "0" år"',
    },
    "en": {
        "money": '"SEK "#,##0',
        "price": '"SEK "#,##0.00',
        "years": '[=1]0" year";0" years"',
        "present": '"PV, "0" y"',
        "gross": '"Absolute, "0" y"',
    },
}
_COMMON: Final[dict[Kind, str]] = {
    "share": "0.0##%",
    "percent": "0.0%",
    "number": "General",
    "computed_share": "0.0#%",
    "level": "0.0000",
    "factor": "0.00000",
    "amount": "#,##0.00",
    "integer": "#,##0",
    "year": "0",
}
#: Characters of a number beside its digits before the decimal point, for column widths.
_EXTRA: Final[dict[Kind, int]] = {
    "money": 5,
    "price": 8,
    "years": 7,
    "present": 14,
    "gross": 14,
    "computed_share": 4,
    "share": 5,
    "percent": 3,
    "level": 6,
    "factor": 7,
    "amount": 4,
    "integer": 1,
    "year": 1,
    "number": 8,
    "text": 0,
    "line": 0,
}


@dataclass
class Styles:
    """The formats of one workbook, made when they are first asked for."""

    book: Workbook
    lang: Language
    _made: dict[tuple[Role, Kind], Format] = field(default_factory=dict)

    def get(self, role: Role, kind: Kind = "text") -> Format:
        """Return the format of a role and a kind of number."""
        found = self._made.get((role, kind))
        if found is None:
            look = {"font_name": "Arial", "font_size": 10, "valign": "top"} | _ROLES[role]
            number = _NUMBERS[self.lang].get(kind) or _COMMON.get(kind, "General")
            if kind == "line":
                look["text_wrap"] = False
            elif kind != "text":
                look |= {"num_format": number, "align": "right"}
            found = self._made[role, kind] = self.book.add_format(look)
        return found


def shown_length(value: float, kind: Kind) -> int:
    """Return about how many characters a number takes in its format.

    >>> shown_length(-1_234_567.0, "money")
    15
    """
    digits = f"{round(abs(value) * (100 if kind in ('share', 'computed_share', 'percent') else 1)):,}"
    if kind in ("year", "years", "present", "gross"):
        digits = digits.replace(",", "")
    return len(digits) + _EXTRA[kind] + (1 if value < 0 else 0)


def shown_text(value: float, kind: Kind, lang: Language) -> str:
    """Return a number about as its format writes it, for the width that its letters take.

    >>> shown_text(-1_234_567.0, "money", "sv"), shown_text(0.0312, "percent", "en"), shown_text(3.0, "integer", "sv")
    ('-1,234,567 kr', '3.1%', '3')
    """
    if kind == "percent":
        return f"{100 * value:.1f}%"
    if kind == "money":
        return f"SEK {value:,.0f}" if lang == "en" else f"{value:,.0f} kr"
    return f"{value:,.2f}" if kind == "amount" else f"{value:,.0f}"
