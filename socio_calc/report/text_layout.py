"""Lines of a fixed width: wrapping, tables and rows of figures, without a terminal in sight.

Every line carries a role, which the command line may turn into colour; the text alone says everything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final, Literal

from socio_calc.locale import printable

Role = Literal["title", "muted", "rule", "text", "heading", "figure", "table_head", "table_row", "table_total", "blank"]


@dataclass(frozen=True)
class Line:
    """One line of text and what it is."""

    text: str
    role: Role


BLANK: Final = Line("", "blank")
#: A name in quotation marks with words before and after it. Swedish has the same mark on both sides.
_NAME_INSIDE: Final = re.compile(r"(?P<before>[^“”]*\w[^“”]*[“”])(?P<name>[^“”]+)(?P<after>”[^“”]*\w.*)")
#: Fewest characters that such a name is cut to.
_LEAST_INSIDE: Final = 10


def shortened(text: str, most: int) -> str:
    """Cut a user's text to `most` characters: what stands in brackets goes first, then whole words from the end.

    Where words follow a name in quotation marks, the name is cut and they stay: a sentence keeps its end.

    Examples
    --------
    >>> shortened("Fall som kräver vård (inlagd på sjukhus)", 30), shortened("Styrka hela livet, varje dag", 21)
    ('Fall som kräver vård', 'Styrka hela livet …')
    >>> shortened("the effect on “Fall som kräver vård på sjukhus”", 33)
    'the effect on “Fall som kräver …”'
    >>> shortened("the share of the effect on “Barn med allvarliga problem” that is counted", 60)
    'the share of the effect on “Barn med …” that is counted'
    """
    clean = " ".join(printable(text).split(" "))
    if len(clean) <= most:
        return clean
    if (named := _NAME_INSIDE.match(clean)) is not None:
        room = most - len(named["before"]) - len(named["after"])
        if room >= _LEAST_INSIDE:
            return f"{named['before']}{_cut(named['name'], room)}{named['after']}"
    short = _cut(clean, most)
    if _quoted(short) == _quoted(clean):
        return short
    short = _cut(clean, most - 1)
    return short if _quoted(short) == _quoted(clean) else f"{short}”"


def _cut(clean: str, most: int) -> str:
    before = clean.partition(" (")[0]
    if len(before) <= most:
        return before
    whole_words = clean[: most - 1].rpartition(" ")[0].rstrip(" ,;:–-(“”")
    return f"{whole_words} …" if whole_words else clean[: most - 1] + "…"


def _quoted(text: str) -> bool:
    """Whether every quotation mark has its other half; Swedish has the same mark on both sides."""
    opened = text.count("“")
    return text.count("”") == opened if opened else text.count("”") % 2 == 0


def paragraph(text: str, width: int, role: Role = "text", *, first: str = "", rest: str | None = None) -> list[Line]:
    """Wrap a text; `first` and `rest` begin the first and the following lines."""
    lines = wrap(
        printable(text),
        width,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_on_hyphens=False,
    )
    return [Line(line, role) for line in lines]


def joined_parts(parts: Sequence[str], width: int, separator: str, role: Role) -> list[Line]:
    """Put parts on as few lines as they need, a separator between those that share a line."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(separator) + len(part) <= width:
            lines[-1] += separator + part
        else:
            lines.append(part)
    return [line for text in lines for line in paragraph(text, width, role)]


def figure_rows(rows: Sequence[tuple[str, str, str]], width: int, indent: str = "  ") -> list[Line]:
    """Set label, figure and remark in columns; a remark that does not fit there moves nearer, then to the next line.

    On a terminal too narrow for two columns the figures stand under their labels.
    """
    labels, figures = (max(len(row[column]) for row in rows) for column in range(2))
    gap = next((gap for gap in (4, 3, 2) if _row_width(rows, labels, figures, gap, indent) <= width), 2)
    start = len(indent) + labels + gap
    lines = []
    for label, figure, remark in rows:
        if start + figures > width:
            lines += paragraph(f"{label}: {figure}", width, "figure", first=indent, rest=indent * 2)
            lines += paragraph(remark, width, "figure", first=indent * 2)
            continue
        begun = f"{indent}{label.ljust(labels + gap)}"
        ends = (f"{figure.ljust(figures + gap)}{remark}", f"{figure}{' ' * gap}{remark}")
        fitting = next((begun + end for end in ends if len(begun + end.rstrip()) <= width), None)
        if fitting is not None:
            lines.append(Line(fitting.rstrip(), "figure"))
        else:
            lines.append(Line(begun + figure, "figure"))
            lines += paragraph(remark, width, "figure", first=" " * min(start, width // 2))
    return lines


def _row_width(rows: Sequence[tuple[str, str, str]], labels: int, figures: int, gap: int, indent: str) -> int:
    return len(indent) + labels + figures + 2 * gap + max(len(row[2]) for row in rows)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], width: int, *, total: bool) -> list[Line] | None:
    """Set a table with its first column to the left and the others to the right; None where it does not fit.

    The last row is the total where `total` says so.
    """
    cells = [head, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    for gap in (4, 3, 2):
        if 2 + sum(widths) + gap * (len(head) - 1) <= width:
            break
    else:
        return None
    texts = []
    for row in cells:
        figures = "".join(" " * gap + cell.rjust(widths[column + 1]) for column, cell in enumerate(row[1:]))
        texts.append(f"  {row[0].ljust(widths[0])}{figures}".rstrip())
    roles: list[Role] = ["table_head", *["table_row"] * len(rows)]  # type: ignore[list-item]
    if total:
        roles[-1] = "table_total"
    return [Line(text, role) for text, role in zip(texts, roles, strict=True)]
