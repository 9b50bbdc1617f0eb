"""One plain value of the case file in one cell: text, numbers, choices, days and lists, to the cell and back.

What cannot be read stays as it was written, so that the case reader says what is wrong with it.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from socio_calc.form.cells import Column
from socio_calc.form.notation import (
    CellValue,
    is_yaml,
    number_cell,
    number_text,
    read_cell_number,
    read_yaml,
    text_cell,
    yaml_cell,
)
from socio_calc.locale import LANGUAGES, texts

#: A cross in the column of a year; any of these is one.
CROSS: Final = "x"
_CROSSES: Final = frozenset(("x", "×", "✓", "ja", "yes", "1", "sant", "true"))
_NO_CROSSES: Final = frozenset(("nej", "no", "0", "-", "–", "falskt", "false"))
_ID: Final = re.compile(r".*\[([^\[\]\s]+)\]", re.DOTALL)
#: Fewer letters are rather a slip than the beginning of a choice.
_LEAST_LETTERS: Final = 3
#: Years of the calculation are small numbers; larger ones are calendar years.
FIRST_CALENDAR_YEAR: Final = 1900


def cell_of(column: Column, value: Any, lang: str) -> CellValue:
    """Return a value of the case file as the cell of a column keeps it."""
    if isinstance(value, bool) and column.kind == "yes_no":
        return texts(_language(lang)).choice("yes_no", "true" if value else "false")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_cell(value)
    if isinstance(value, list):
        return _list_cell(column, value)
    if isinstance(value, str):
        if column.choices is not None and not column.choices.startswith("@"):
            return labels(column.choices, lang).get(value) or text_cell(value)
        return text_cell(value)
    return yaml_cell(value)


def value_of(column: Column, written: Any) -> Any:
    """Return what a cell of a column means in the case file.

    Raises
    ------
    NotationError
        Text after `yaml:` that is no YAML.
    """
    if is_yaml(written):
        return read_yaml(written)
    if isinstance(written, datetime):
        written = written.date() if (written.hour, written.minute, written.second) == (0, 0, 0) else written
    if isinstance(written, date):
        return written.isoformat()
    match column.kind:
        case "yes_no":
            return _flag(written)
        case "choice":
            return choice_value(column.choices, written) if column.choices else written
        case "years":
            return _numbers(written)
        case "lines":
            return [line.strip() for line in str(written).split("\n") if line.strip()]
        case "text" | "date":
            return _text(written)
        case "reference":
            return reference_id(_text(written))
    return read_cell_number(written)


def reference_id(text: Any) -> Any:
    """Return the id of a row of the base that a drop-down shows in square brackets; a bare id is one too.

    >>> reference_id("Höftfraktur · 53 215 kr per person [hip-fracture]"), reference_id("hip-fracture")
    ('hip-fracture', 'hip-fracture')
    """
    found = _ID.fullmatch(text.strip()) if isinstance(text, str) else None
    return found.group(1) if found else text


def is_crossed(written: Any) -> bool | None:
    """Tell whether the cell of a year has a cross; None where it says something else."""
    if written is None or written is False:
        return False
    if written is True:
        return True
    text = str(written).strip().lower()
    if text in _CROSSES:
        return True
    return False if text in _NO_CROSSES or not text else None


@cache
def labels(choices: str, lang: str) -> dict[str, str]:
    """Return the labels of a closed list by value, in the order of the catalogue of the form."""
    words = texts(_language(lang))
    return {value: words.choice(list_of(choices, value), value) for value in VALUES[choices]}


def choice_value(choices: str, written: Any) -> Any:
    """Return the value that a label, or the beginning of only one of them, stands for; other text stays as it is.

    Labels of every language count, and so do the values themselves.

    >>> choice_value("measure", "Kvot"), choice_value("actor", "Kommunen"), choice_value("actor", "Komunen")
    ('ratio', 'kommun', 'Komunen')
    """
    if isinstance(written, bool):
        return written
    text = str(written).strip()
    for lang in LANGUAGES:
        for value, label in labels(choices, lang).items():
            if text.casefold() in (label.casefold(), value.casefold()):
                return value
    return _begun(choices, text) or text


def _begun(choices: str, text: str) -> str | None:
    """Return the only value that has a label or a code with this beginning; None for a few letters, or several."""
    if len(text) < _LEAST_LETTERS:
        return None
    begun = {
        value
        for lang in LANGUAGES
        for value, label in labels(choices, lang).items()
        if label.casefold().startswith(text.casefold()) or value.casefold().startswith(text.casefold())
    }
    return begun.pop() if len(begun) == 1 else None


def list_of(choices: str, value: str) -> str:
    """Return the list of the catalogue that a value stands in; perspectives are parties or sums of parties."""
    if choices == "perspective" and value not in ("societal", "public"):
        return "actor"
    return choices


def _language(lang: str) -> Any:
    return lang


def _flag(written: Any) -> Any:
    if isinstance(written, bool):
        return written
    value = choice_value("yes_no", written)
    return {"true": True, "false": False}.get(value, value)


def _text(written: Any) -> Any:
    if isinstance(written, bool):
        return written
    return number_text(written) if isinstance(written, int | float) else written.strip()


def _numbers(written: Any) -> Any:
    if isinstance(written, int | float):
        return [written]
    return [read_cell_number(item) for item in re.split(r"[;,\s]+", str(written).strip()) if item]


def _list_cell(column: Column, value: list[Any]) -> CellValue:
    if column.kind == "years" and value and all(isinstance(item, int) for item in value):
        return ", ".join(map(str, value))
    if column.kind == "lines" and value and all(isinstance(item, str) and "\n" not in item for item in value):
        text = "\n".join(value)
        if text_cell(text) == text and value_of(column, text) == value:
            return text
    return yaml_cell(value)


#: Values of the closed lists in the order in which the form shows them.
VALUES: Final[dict[str, tuple[str, ...]]] = {
    "actor": ("kommun", "region", "stat", "individ", "arbetsgivare", "civilsamhalle", "ovriga"),
    "perspective": (
        "societal", "public", "kommun", "region", "stat", "individ", "arbetsgivare", "civilsamhalle", "ovriga",
    ),
    "yes_no": ("true", "false"),
    "fund": ("gavleborg", "vgr", "orebro", "skane"),
    "stage": ("ide", "utformning"),
    "sector": ("kommun", "region", "avtal", "civilsamhalle", "stat", "larosate", "foretag", "ovriga"),
    "application.timing": ("forebyggande", "tidig"),
    "method_status": ("testa", "utveckla", "skapa"),
    "focus_area": (
        "psykisk_halsa", "foraldrar_som_resurs", "lasning_och_sprakutveckling", "motivation_och_framtidstro",
    ),
    "attachments": (
        "budget", "medfinansiering", "medfinansiering_tid", "uppfoljning", "aktivitetsplan", "verksamhetslogik",
        "behovsanalys",
    ),
    "cost_type": ("personal", "lokal", "material", "kopta_tjanster", "resor", "utvardering", "ovrigt"),
    "basis": ("total", "per_year", "per_participant"),
    "funding": ("grant", "cofinancing", "in_kind"),
    "index": ("kpif", "kpi", "wage", "prisbasbelopp", "none"),
    "level": ("probability", "rate", "event", "amount"),
    "better": ("lower", "higher"),
    "measure": ("ratio", "difference", "odds_ratio", "hazard_ratio", "smd", "level"),
    "effect_on": ("all", "completers"),
    "grade": ("systematic_review", "rct", "quasi_experiment", "before_after", "proven_experience", "judgement"),
    "fades.shape": ("none", "exponential", "linear", "table"),
    "kind": (
        "resource_cost", "transfer", "production", "production_loss", "health", "wellbeing", "wellbeing_loss",
    ),
    "link": ("accounting", "causal", "observational"),
    "interval": ("bounds", "ci95"),
    "timing": ("start", "mid", "end"),
    "survival": ("none", "sweden"),
    "followup.kind": ("social", "ekonomisk"),
    "result": (
        "npv", "pv_costs", "pv_effects", "bcr", "npv_cash", "npv_per_grant_krona", "payback_year", "irr",
        "break_even_effect", "qalys", "qalys_undiscounted", "mvpf", "npv_weighted",
    ),
}  # fmt: skip
