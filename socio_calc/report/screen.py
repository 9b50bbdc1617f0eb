"""The terminal result of `socio-calc run`: one screen, from the answer to its terms.

At most 80 columns and 40 lines. When a result needs more lines, the warnings are shortened first (they stand in full in
the report), then the empty lines go, then the notes under the table of parties.
"""

from __future__ import annotations

from itertools import chain
from typing import Final

from socio_calc.appraisal import Appraisal
from socio_calc.locale import Language
from socio_calc.report.screen_facts import Facts
from socio_calc.report.screen_figures import key_figures, parties
from socio_calc.report.screen_notes import Surroundings, conditions, ending, must_hold, not_valued, worth_knowing
from socio_calc.report.screen_opening import opening
from socio_calc.report.screen_variants import Variant, choose_variant
from socio_calc.report.text_layout import BLANK, Line, Role, paragraph

__all__ = ["Line", "Role", "Surroundings", "screen", "screen_lines"]

MOST_COLUMNS: Final = 80
FEWEST_COLUMNS: Final = 40
MOST_LINES: Final = 40

# Warnings shown, notes under the table, empty lines between blocks: the first that fits is taken.
_ARRANGEMENTS: Final = (
    (3, True, True),
    (2, True, True),
    (1, True, True),
    (0, True, True),
    (0, True, False),
    (0, False, False),
)


def screen(appraisal: Appraisal, lang: Language, width: int = MOST_COLUMNS, *, surroundings: Surroundings) -> str:
    """Return the result as plain text, without colours.

    Parameters
    ----------
    appraisal : Appraisal
    lang : {"sv", "en"}
    width : int
        Columns of the terminal; at least 40 and at most 80 are used.
    surroundings : Surroundings
        The case's file, the files written, the commands there are.
    """
    return "\n".join(line.text for line in screen_lines(appraisal, lang, width, surroundings=surroundings)) + "\n"


def screen_lines(
    appraisal: Appraisal, lang: Language, width: int = MOST_COLUMNS, *, surroundings: Surroundings
) -> tuple[Line, ...]:
    """Return the same result as lines with roles, for a command line that has colours."""
    facts = Facts(appraisal, lang)
    variant = choose_variant(facts)
    columns = max(FEWEST_COLUMNS, min(width, MOST_COLUMNS))
    lines: list[Line] = []
    for warnings, notes, spaced in _ARRANGEMENTS:
        lines = _arranged(facts, variant, columns, surroundings, warnings=warnings, notes=notes, spaced=spaced)
        if len(lines) <= MOST_LINES:
            break
    return tuple(lines)


def _arranged(
    facts: Facts, variant: Variant, width: int, surroundings: Surroundings, *, warnings: int, notes: bool, spaced: bool
) -> list[Line]:
    head = [
        *conditions(facts, width),
        Line("─" * width, "rule"),
        *paragraph(opening(facts, variant), width),
    ]
    blocks = [
        head,
        key_figures(facts, variant, width),
        parties(facts, variant, width, notes=notes),
        must_hold(facts, variant, width),
        not_valued(facts, width),
        worth_knowing(facts, variant, width, warnings),
        ending(facts, variant, width, surroundings),
    ]
    filled = [block for block in blocks if block]
    between = [BLANK] if spaced else []
    return [*filled[0], *chain.from_iterable([*between, *block] for block in filled[1:])]
