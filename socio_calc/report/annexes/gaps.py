"""What a case lacks for an annex: said on the annex's first sheet, marked at its cell, and told on the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from socio_calc.locale import Texts


@dataclass(frozen=True)
class Gap:
    """Something to fill in.

    Attributes
    ----------
    key
        Its text is `annex.gap.KEY`, filled from `params`; a `field` among them is a path of the case, and becomes its
        label.
    cell
        Where in the annex it is to be written; None where only the case can be mended.
    by_hand
        The case format has no place for it: it is always written into the annex itself.
    """

    key: str
    params: Mapping[str, object] = field(default_factory=dict)
    cell: str | None = None
    by_hand: bool = False

    def text(self, words: Texts) -> str:
        """Return the sentence."""
        params = dict(self.params)
        if isinstance(field := params.pop("field", None), str):
            params["label"] = words.label(field)
        return words.t(f"annex.gap.{self.key}", **params)


def sentences(gaps: tuple[Gap, ...], words: Texts) -> tuple[str, ...]:
    """Return what the case lacks, each once, in order; what is always written by hand is left out."""
    return tuple(dict.fromkeys(gap.text(words) for gap in gaps if not gap.by_hand))
