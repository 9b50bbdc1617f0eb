"""Where the shipped folders stand: beside the package in a checkout, inside it once installed from a wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parents[1]


def shipped_folder(name: Literal["data", "models"]) -> Path:
    """Return the folder `data` or `models` that ships with the program.

    Parameters
    ----------
    name
        `data`, the reference base, or `models`, the worked cases.

    Raises
    ------
    FileNotFoundError
        When the installation has neither a checkout's folder nor a packaged one.

    Examples
    --------
    >>> shipped_folder("data").joinpath("reference_costs.csv").is_file()
    True
    """
    checkout = _PACKAGE.parent
    candidates = (_PACKAGE / "_shipped" / name, checkout / name)
    for folder in candidates:
        # A stray folder "data" beside an installed package is not ours: a checkout has its project file too.
        if folder.is_dir() and (folder.parent != checkout or (checkout / "pyproject.toml").is_file()):
            return folder
    raise FileNotFoundError(f"the folder {name!r} is missing from this installation")
