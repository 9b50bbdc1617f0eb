"""Plausibility of texts: what a first draft wrote to be replaced, and nobody has replaced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from socio_calc.locale import LANGUAGES, texts
from socio_calc.review.hit import Found, Hit, Trap
from socio_calc.review.scene import Scene

#: Texts of a draft (`socio-calc new`) that say what to write and not what is so.
_OF_A_DRAFT: Final = ("new.draft.not-valued", "new.draft.cost-grant", "new.draft.cost-own")


def _placeholder(scene: Scene) -> Found:
    drafted = {texts(lang).t(key).casefold() for lang in LANGUAGES for key in _OF_A_DRAFT}
    for path, text in _written(scene):
        if " ".join(text.split()).rstrip(".").casefold() in drafted:
            yield Hit(path, {"text": text})


def _written(scene: Scene) -> Iterator[tuple[str, str]]:
    """Yield the texts of the case that a report shows where a draft puts its own, with their paths."""
    for index, item in enumerate(scene.case.costs):
        yield f"costs.{index}.name", item.name
    for text in scene.case.not_valued:
        yield "not_valued", text


TRAPS: Final = (Trap("placeholder-left", "warning", _placeholder),)
