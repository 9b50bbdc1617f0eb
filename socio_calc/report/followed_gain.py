"""How much of the gain lies within the time that its evidence was followed, or why nobody can say."""

from __future__ import annotations

from typing import Final

from socio_calc.appraisal import Appraisal
from socio_calc.appraisal.periods import followed_gain
from socio_calc.locale import Texts

#: A share below it is none.
NOTHING: Final = 0.0005


def followed_sentence(appraisal: Appraisal, words: Texts) -> str:
    """Return the sentence; empty where no line of the calculation is a gain.

    A follow-up that the evidence base does not state is said to be unknown. The measure `evidence_share` counts such a
    gain as outside, so that it is then the least that the share can be.
    """
    measured, gain = appraisal.evidence_share, followed_gain(appraisal)
    if measured is None or gain is None:
        return ""
    if gain.unknown > NOTHING:
        which = "unstated" if measured < NOTHING else "at-least"
    elif gain.without_row > 1.0 - NOTHING:
        which = "judged" if gain.judged > 1.0 - NOTHING else "unknown"
    else:
        which = how_much(measured)
    return words.t(f"document.holds.measured.{which}", share=measured)


def how_much(share: float) -> str:
    """Return whether a share is none, some or all, as words say it better than 0 or 100 per cent.

    >>> how_much(0.0), how_much(0.34), how_much(1.0)
    ('none', 'some', 'all')
    """
    return "none" if share < NOTHING else "all" if share > 1.0 - NOTHING else "some"
