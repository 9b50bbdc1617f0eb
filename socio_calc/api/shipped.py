"""The models that ship with the program, by name."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from socio_calc.reference import shipped_folder


def models() -> tuple[str, ...]:
    """Return the names of the models that ship with the program, in alphabetical order.

    >>> "styrka-hela-livet" in models()
    True
    """
    return tuple(sorted(path.stem for path in shipped_folder("models").glob("*.yaml")))


def model(name: str) -> Path:
    """Return the file of a shipped model, to be given to `load`.

    Raises
    ------
    KeyError
        When no model has this name; the message names the nearest.
    """
    if name not in models():
        nearest = get_close_matches(name, models(), 1)
        raise KeyError(f"no model {name!r}{f': did you mean {nearest[0]!r}?' if nearest else ''}")
    return shipped_folder("models") / f"{name}.yaml"
