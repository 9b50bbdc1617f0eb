"""Appraisal of social investments: expected outcomes against ordinary practice, avoided costs by payer, uncertainty.

>>> import socio_calc
>>> socio_calc.__version__ == socio_calc.version.__version__
True

`load` reads a case file, `appraise` computes it; everything else is an attribute of the `Appraisal` that comes back.
`models()` names the cases that ship with the program, `model(name)` is the file of one; `reference()` is the base of
prices and evidence.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from socio_calc.version import METHOD, __version__

if TYPE_CHECKING:
    from socio_calc.api import Appraisal, appraise, model, models
    from socio_calc.case import Case, OwnOutcome
    from socio_calc.form.opening import load
    from socio_calc.problems import InputError

__all__ = [
    "METHOD",
    "Appraisal",
    "Case",
    "InputError",
    "OwnOutcome",
    "__version__",
    "appraise",
    "load",
    "model",
    "models",
    "reference",
]

#: Where each public name lives; imported when first used, so that `socio-calc --help` stays light.
_HOMES = {
    "Appraisal": "socio_calc.api",
    "Case": "socio_calc.case",
    "InputError": "socio_calc.problems",
    "OwnOutcome": "socio_calc.case",
    "appraise": "socio_calc.api",
    "load": "socio_calc.form.opening",
    "model": "socio_calc.api",
    "models": "socio_calc.api",
}


def __getattr__(name: str) -> Any:
    if name == "reference":
        return import_module("socio_calc.reference")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'socio_calc' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
