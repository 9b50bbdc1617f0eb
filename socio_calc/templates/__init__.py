"""Starting from something: the shipped models, and a new case file from one of them or from a few answers."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from socio_calc.templates.catalogue import FIGURES, INDEX, Example, example, examples, index_rows

if TYPE_CHECKING:
    from socio_calc.templates.figures import ModelFigures, model_figures

__all__ = ["FIGURES", "INDEX", "Example", "ModelFigures", "example", "examples", "index_rows", "model_figures"]

#: Names that need the whole calculation, fetched when they are asked for: listing the models must not wait for it.
_LATER = {"ModelFigures": "figures", "model_figures": "figures"}


def __getattr__(name: str) -> Any:
    """Fetch a name that needs the calculation."""
    if name in _LATER:
        return getattr(import_module(f"socio_calc.templates.{_LATER[name]}"), name)
    raise AttributeError(f"module 'socio_calc.templates' has no attribute {name!r}")
