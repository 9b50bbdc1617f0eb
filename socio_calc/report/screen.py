"""The terminal result of `socio-calc run`: one screen, from the answer to its terms.

At most 80 columns and 40 lines, more lines where the terminal is narrower. A result that needs more lines is told with
fewer warnings, empty lines and examples: all of that stands in full in the report.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from socio_calc.appraisal import Appraisal
from socio_calc.locale import Language
from socio_calc.report.screen_facts import Facts
from socio_calc.report.screen_figures import Notes, key_figures, parties
from socio_calc.report.screen_notes import Surroundings, conditions, ending, must_hold, not_valued, worth_knowing
from socio_calc.report.screen_opening import opening
from socio_calc.report.screen_variants import Variant, choose_variant
from socio_calc.report.text_layout import BLANK, Line, Role, paragraph

if TYPE_CHECKING:
    from rich.text import Text as RichText

__all__ = ["Line", "Role", "screen", "screen_lines", "styled"]

MOST_COLUMNS: Final = 80
FEWEST_COLUMNS: Final = 40
MOST_LINES: Final = 40

_ALL_SPACED: Final = frozenset({"figures", "parties", "holds", "unvalued", "know", "ending"})
_SOME_SPACED: Final = frozenset({"figures", "parties", "holds", "know"})
_NONE_SPACED: Final[frozenset[str]] = frozenset()


_STYLES: Final[dict[Role, str]] = {
    "title": "bold",
    "heading": "bold",
    "table_total": "bold",
    "table_head": "dim",
    "muted": "dim",
    "rule": "dim",
}


@dataclass(frozen=True)
class _Arrangement:
    """How much is said of what the report says in full, and which blocks an empty line comes before."""

    warnings: int
    notes: Notes
    unvalued: int
    spaced: frozenset[str]


_EASY: Final = _Arrangement(1, "all", 4, _ALL_SPACED)
# From the roomiest to the tightest: the first that fits is taken.
_ARRANGEMENTS: Final = (
    _Arrangement(3, "all", 4, _ALL_SPACED),
    _Arrangement(2, "all", 4, _ALL_SPACED),
    _Arrangement(2, "all", 4, _SOME_SPACED),
    _Arrangement(2, "short", 4, _SOME_SPACED),
    _Arrangement(2, "short", 2, _SOME_SPACED),
    _Arrangement(1, "short", 2, _SOME_SPACED),
    _Arrangement(1, "short", 2, _NONE_SPACED),
    _Arrangement(0, "short", 2, _NONE_SPACED),
    _Arrangement(0, "none", 1, _NONE_SPACED),
)


def screen(
    appraisal: Appraisal,
    lang: Language,
    width: int = MOST_COLUMNS,
    *,
    case_file: Path | str,
    files: Sequence[Path | str] = (),
    commands: Collection[str] = ("run",),
) -> str:
    """Return the result as plain text, without colours.

    Parameters
    ----------
    appraisal : Appraisal
    lang : {"sv", "en"}
    width : int
        Columns of the terminal; at least 40 and at most 80 are used.
    case_file : path
        The case as the user named it.
    files : sequence of paths
        What was written, empty without `--out`.
    commands : collection of str
        The commands that this version of the program has: no other is recommended.
    """
    lines = screen_lines(appraisal, lang, width, case_file=case_file, files=files, commands=commands)
    return "\n".join(line.text for line in lines)


def screen_lines(
    appraisal: Appraisal,
    lang: Language,
    width: int = MOST_COLUMNS,
    *,
    case_file: Path | str,
    files: Sequence[Path | str] = (),
    commands: Collection[str] = ("run",),
) -> tuple[Line, ...]:
    """Return the same result as lines with roles, for `styled`; parameters as for `screen`."""
    surroundings = Surroundings(str(case_file), tuple(map(str, files)), frozenset(commands))
    facts = Facts(appraisal, lang)
    variant = choose_variant(facts)
    columns = max(FEWEST_COLUMNS, min(width, MOST_COLUMNS))
    # A narrow terminal scrolls anyway: the same words take more lines there, and nothing is left out for it.
    most_lines = MOST_LINES * MOST_COLUMNS // columns
    lines: list[Line] = []
    for arrangement in _ARRANGEMENTS:
        lines = _arranged(facts, variant, columns, surroundings, arrangement)
        if len(lines) <= most_lines:
            return tuple(lines)
    if columns < MOST_COLUMNS:
        lines = _arranged(facts, variant, columns, surroundings, _EASY)
    return tuple(lines)


def _arranged(
    facts: Facts, variant: Variant, width: int, surroundings: Surroundings, arrangement: _Arrangement
) -> list[Line]:
    blocks = {
        "head": [
            *conditions(facts, width),
            Line("─" * width, "rule"),
            *paragraph(opening(facts, variant), width),
        ],
        "figures": key_figures(facts, variant, width),
        "parties": parties(facts, variant, width, arrangement.notes),
        "holds": must_hold(facts, variant, width),
        "unvalued": not_valued(facts, width, arrangement.unvalued),
        "know": worth_knowing(facts, variant, width, arrangement.warnings, written=bool(surroundings.written)),
        "ending": ending(facts, variant, width, surroundings),
    }
    lines: list[Line] = []
    for name, block in blocks.items():
        lines += [BLANK, *block] if block and name in arrangement.spaced else block
    return lines


def styled(lines: Iterable[Line]) -> RichText:
    """Return the lines for a terminal: headings bold, conditions dim. Colour never says what the words do not."""
    from rich.text import Text

    text = Text()
    for line in lines:
        text.append(line.text + "\n", style=_STYLES.get(line.role, ""))
    text.right_crop(1)
    return text
