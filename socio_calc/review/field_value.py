"""What a case has in one of its fields, in words."""

from __future__ import annotations

from typing import Any, Final

from socio_calc.case.paths import find
from socio_calc.locale import MISSING, Texts
from socio_calc.locale.paths import label_keys
from socio_calc.review.scene import Scene
from socio_calc.review.value_words import value_in_words

#: Keys of which a quantity has one.
_QUANTITY: Final = frozenset({"cost", "evidence", "baseline", "ref", "value", "estimate", "low", "mean", "events"})


def written_at(path: str, data: Any) -> Any:
    """Return what raw data have at a path, None where nothing stands."""
    location = find(path, data)
    for step in location or ():
        if isinstance(data, list):
            data = data[int(step)]
        else:
            data = data.get(step) if isinstance(data, dict) else None
    return None if location is None else data


def field_value(path: str, scene: Scene, words: Texts) -> str | None:
    """Return what the case has at a path, None where that is no single value."""
    data = written_at(path, scene.data)
    if data is None or not label_keys(path):
        return None
    items = data if isinstance(data, list) else [data]
    if any(isinstance(item, list) or (isinstance(item, dict) and not set(item) & _QUANTITY) for item in items):
        return None
    said = value_in_words(path, data, scene, words)
    return None if said == MISSING else said
