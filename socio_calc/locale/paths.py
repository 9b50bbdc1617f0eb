"""From a path in a case (`outcomes.falls.effect.value.low`) to the key of its label (`outcomes[].effect.value`).

Labels are kept once per kind of field: `[]` stands for every element of a list, `*` for a name that the writer chose,
and the keys of an uncertain number stand once under `Q`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from socio_calc.locale.catalogue import has_template

_ELEMENT: Final = "[]"
_OVERRIDES: Final = "scenarios.*"  # what follows is a path of its own


def _known(pattern: str) -> bool:
    return has_template("sv", f"label.{pattern}")


@lru_cache(maxsize=4096)
def label_keys(path: str) -> tuple[str, ...]:
    """Return the keys of the labels that name a path: the field, and within an uncertain number the key of `Q` too.

    Parameters
    ----------
    path : str
        Keys joined by dots; items of lists by their id or their number. A pattern of the labels is accepted as it is.

    Returns
    -------
    tuple of str
        Empty where the format has no such path.

    Examples
    --------
    >>> label_keys("outcomes.falls.consequences.1.price")
    ('outcomes[].consequences[].price',)
    >>> label_keys("costs.0.amount.low"), label_keys("quantities.leader_year"), label_keys("costs.0.amout")
    (('costs[].amount', 'Q.low'), ('quantities.*',), ())
    """
    if _known(path):
        return (path,)
    pattern = ""
    for token in path.split("."):
        stem = f"{pattern}." if pattern else ""
        if _known(stem + token):
            pattern = stem + token
        elif _known(f"{stem}*"):
            pattern = f"{stem}*"
        elif pattern and _known(f"{_field(pattern)}.{token}"):
            # A field of what may stand alone or in a list.
            pattern = f"{_field(pattern)}.{token}"
        elif pattern == _OVERRIDES:
            return (pattern,)
        elif pattern and _known(f"Q.{token}"):
            # An item with fields of its own (a cost) has a source; a number in a list of numbers is its field's.
            return (f"Q.{token}",) if _known(f"{pattern}.name") else (_field(pattern), f"Q.{token}")
        elif pattern and (token.isdecimal() or _known(f"{pattern}{_ELEMENT}.id")):
            pattern += _ELEMENT
        else:
            return ()
    return (_field(pattern),)


def _field(pattern: str) -> str:
    return pattern.removesuffix(_ELEMENT)
