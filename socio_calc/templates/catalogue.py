"""The worked cases that ship: which there are, for whom, and what came out when they were last computed.

`models/index.csv` says in a few words what each is about; `models/figures.json` holds its figures, written by
`docs/make_model_cards.py`, so that listing them computes nothing.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from socio_calc.problems import InputError, Place, Problem
from socio_calc.reference.places import shipped_folder

INDEX: Final = "index.csv"
FIGURES: Final = "figures.json"


@dataclass(frozen=True, slots=True)
class Example:
    """One worked case.

    Attributes
    ----------
    slug
        Name of its file without the ending.
    title, title_en
        What it is called, in Swedish and in English.
    area
        Field of work; its words are `models.area.AREA`.
    target, target_en
        Whom it is for.
    figures
        What came out, as `ModelFigures` in plain data (see `templates.figures`).
    path
        The case file.
    """

    slug: str
    title: str
    title_en: str
    area: str
    target: str
    target_en: str
    figures: Mapping[str, Any]
    path: Path

    @property
    def card(self) -> Path:
        """The page that explains the case."""
        return self.path.with_suffix(".md")


@cache
def examples() -> tuple[Example, ...]:
    """Return the worked cases in the order of the index.

    Examples
    --------
    >>> [example.title for example in examples()][:2]
    ['Samverkan för ökad skolnärvaro', 'Steget(t)']
    """
    folder = shipped_folder("models")
    figures = json.loads((folder / FIGURES).read_text("utf-8"))["models"]
    return tuple(
        Example(
            slug=row["slug"],
            title=figures[row["slug"]]["title"],
            title_en=row["title_en"],
            area=row["area"],
            target=row["target_sv"],
            target_en=row["target_en"],
            figures=figures[row["slug"]],
            path=folder / f"{row['slug']}.yaml",
        )
        for row in index_rows(folder)
    )


def example(slug: str) -> Example:
    """Return one worked case.

    Raises
    ------
    InputError
        `unknown-model`, with the names most like it.

    Examples
    --------
    >>> example("kiva").area
    'school'
    """
    wanted = slug.removesuffix(".yaml").rpartition("/")[2]
    for known in examples():
        if known.slug == wanted:
            return known
    from difflib import get_close_matches

    slugs = tuple(known.slug for known in examples())
    nearest = get_close_matches(wanted, slugs, 1, 0.4)
    params = {"name": slug, "nearest": nearest[0] if nearest else None, "known": slugs}
    raise InputError([Problem("unknown-model", Place(), params)])


def index_rows(folder: Path) -> list[dict[str, str]]:
    """Return the rows of the index, as written."""
    with (folder / INDEX).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
