"""What a state of a pathway is called in reports."""

from __future__ import annotations

from socio_calc.case.pathways import DEAD
from socio_calc.locale import Texts


def state_name(words: Texts, state: str) -> str:
    """Return a state's name: as the case writes it, with spaces; the state of the dead in the language of the report.

    >>> from socio_calc.locale import texts
    >>> state_name(texts("sv"), "utan_arbete"), state_name(texts("sv"), "dead")
    ('utan arbete', 'döda')
    """
    return words.t("term.state.dead") if state == DEAD else state.replace("_", " ")
