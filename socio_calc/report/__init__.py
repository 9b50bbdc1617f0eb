"""What is written for people: the screen, the workbook, the charts; all from one Appraisal."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from socio_calc.report.files import OutputError, slug, write_files
    from socio_calc.report.package import write_report

__all__ = ["OutputError", "slug", "write_files", "write_report"]

#: Where each public name lives; imported when first used, so that the command line can name `OutputError` without the
#: engine behind it.
_HOMES = {
    "OutputError": "socio_calc.report.files",
    "slug": "socio_calc.report.files",
    "write_files": "socio_calc.report.files",
    "write_report": "socio_calc.report.package",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'socio_calc.report' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
