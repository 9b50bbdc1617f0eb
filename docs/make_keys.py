"""Writes docs/keys.md: every key of the case file with its label, what may be written, its default and an example.

`python docs/make_keys.py` writes the page; with `--check` it only says whether the page is up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from socio_calc.case import Case
from socio_calc.case.fields import AsNumber
from socio_calc.case.quantities import Fixed, Form
from socio_calc.case.quantity_fields import AsQuantity, OneOrMany, OrWord
from socio_calc.case.structure import field_part
from socio_calc.locale import number, texts
from socio_calc.locale.catalogue import has_template

PAGE = Path(__file__).with_name("keys.md")
HEAD = """# Alla fält i kalkylfilen

Sidan är gjord av `docs/make_keys.py` ur programmet självt. `[]` betyder ett element i en lista, `*` ett namn som du
väljer själv. **Fet** nyckel måste finnas där dess del finns. *Osäkert tal* får skrivas på alla sätt i tabellen
[Numbers](case-format.md#numbers): ett tal, lågt–troligast–högt, en studies resultat eller en rad ur basen.
"""
COLUMNS = "| Nyckel | Fält | Du skriver | Om du utelämnar den | Exempel |\n|---|---|---|---|---|"
WORDS = texts("sv")


def keys_page() -> str:
    """Return the page: the fields of the case itself, then a table for each of its parts."""
    by_section: dict[str, list[Row]] = {}
    for row in _rows(Case, ""):
        by_section.setdefault(row[0].split(".")[0].removesuffix("[]"), []).append(row)
    single = [rows[0] for rows in by_section.values() if len(rows) == 1]
    page = [HEAD, "## Kalkylen själv\n", "\n".join([COLUMNS, *map(_line, single)]) + "\n"]
    for section, rows in by_section.items():
        if len(rows) > 1:
            page += [f"## {WORDS.label(section)} (`{section}`)\n", f"{WORDS.hint(section)}\n"]
            page.append("\n".join([COLUMNS, *map(_line, rows)]) + "\n")
    return "\n".join(page)


Row = tuple[str, FieldInfo | None]


def _rows(model: type[BaseModel], above: str) -> Iterator[Row]:
    """Yield every labelled key of a model and of the parts in it, in the order of the format."""
    for name, field in model.model_fields.items():
        key = f"{above}{field.alias or name}"
        if not has_template("sv", f"label.{key}"):
            continue
        yield key, field
        part, many = field_part(model, field.alias or name)
        if part is not None:
            yield from _rows(part, f"{key}[]." if many else f"{key}.")
        else:
            yield from ((below, None) for below in _chosen_by_the_writer(key))


def _chosen_by_the_writer(key: str) -> Iterator[str]:
    """Yield the labelled keys below one whose own keys are names that the writer chooses."""
    for step in ("*", "counts", "rate", "rest"):
        if has_template("sv", f"label.{key}.{step}"):
            yield f"{key}.{step}"
            yield from _chosen_by_the_writer(f"{key}.{step}")


def _line(row: Row) -> str:
    key, field = row
    shown = f"**`{key}`**" if field is not None and field.is_required() else f"`{key}`"
    example = WORDS.t(f"written.{key}") if WORDS.has(f"written.{key}") else WORDS.t(f"example.{key}")
    cells = (shown, WORDS.t(f"label.{key}"), _written(key, field), _default(field), example)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _written(key: str, field: FieldInfo | None) -> str:
    """Say what may stand there: a choice, a number with its unit, a text, a list of parts."""
    if field is None:
        return "osäkert tal" if key.startswith("quantities") else "–"
    kinds = list(_kinds(field.annotation, tuple(field.metadata)))
    for kind in kinds:
        if isinstance(kind, AsQuantity):
            unit = kind.number.unit
            return f"osäkert tal, {WORDS.choice('unit', unit)}" if WORDS.has(f"choice.unit.{unit}") else "osäkert tal"
        if isinstance(kind, AsNumber):
            return WORDS.choice("unit", kind.unit) if WORDS.has(f"choice.unit.{kind.unit}") else "tal"
        if isinstance(kind, tuple):
            return ", ".join(_choice(key.rpartition(".")[2], str(value)) for value in kind)
        if kind is bool:
            return "`true` eller `false`"
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return "fälten under"
        if kind is str:
            return "text"
    return "se [case-format.md](case-format.md)"


def _choice(listed: str, value: str) -> str:
    name = f"choice.{listed}.{value}"
    name = name if WORDS.has(name) else f"choice.actor.{value}"
    return f"`{value}` ({WORDS.t(name)})" if WORDS.has(name) else f"`{value}`"


def _kinds(annotation: Any, metadata: tuple[Any, ...]) -> Iterator[Any]:
    """Yield what tells a field's kind, the most telling first."""
    for item in metadata:
        if isinstance(item, AsQuantity | AsNumber):
            yield item
        elif isinstance(item, OneOrMany):
            yield from _kinds(item.one, ())
        elif isinstance(item, OrWord):
            yield from _kinds(item.quantity, ())
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _kinds(annotation.__origin__, tuple(annotation.__metadata__))
    elif origin is Literal:
        yield get_args(annotation)
    elif isinstance(annotation, type) and not issubclass(annotation, Form):
        if annotation is not type(None):
            yield annotation
    else:
        for option in get_args(annotation):
            if option is not Ellipsis:
                yield from _kinds(option, ())


def _default(field: FieldInfo | None) -> str:
    if field is None:
        return "–"
    if field.is_required():
        return "måste finnas"
    if field.default_factory is not None or field.default is PydanticUndefined or field.default is None:
        return "–"
    value = field.default
    if isinstance(value, Fixed):
        return number(value.value, "sv")
    if value in ((), "") or isinstance(value, BaseModel):
        return "–"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return number(value, "sv") if isinstance(value, int | float) else f"`{value}`"


def main() -> int:
    """Write the page, or say whether it is up to date."""
    page = keys_page()
    if "--check" in sys.argv:
        return int(PAGE.read_text(encoding="utf-8") != page)
    PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
