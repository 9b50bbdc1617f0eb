"""The part that tells where the numbers of a row come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from socio_calc.form.cells import Column, get_at, put_at, steps_of
from socio_calc.form.notation import yaml_cell
from socio_calc.form.part import Cells, Item, Reading, Row, read_value
from socio_calc.form.values import cell_of
from socio_calc.locale import LANGUAGES, texts


@dataclass(frozen=True)
class Sources:
    """Two columns for where the numbers of a row come from and what to know about them.

    A line that begins with the label of a number and a colon is about that number; other lines are about the first of
    `keys` that the row has, or about the row itself (`own`).
    """

    group: str
    keys: tuple[tuple[str, str], ...]
    own: bool = False
    width: float = 44.0

    @property
    def columns(self) -> tuple[Column, ...]:
        """The source and the comment."""
        return (
            Column(f"{self.group}#source", "text", "Q.source", width=self.width),
            Column(f"{self.group}#note", "text", "Q.note", width=self.width),
        )

    def fill(self, item: Item, lang: str, first_year: int | None) -> Cells:
        """Take source and comment out of the numbers, where the cells give them back exactly."""
        cells: Cells = {}
        main = self._main(item)
        for name, column in zip(("source", "note"), self.columns, strict=True):
            said = {key: text for key, _ in self.keys if (text := _said(item, key, name)) is not None}
            if self.own and isinstance(item.get(name), str):
                said[""] = item[name]
            if not said:
                continue
            text = self._joined(said, main, lang)
            if text is None or cell_of(column, text, lang) != text or self._parsed(text, main) != said:
                text_of_row = item.pop(name, None) if self.own else None
                if text_of_row is not None:
                    cells[column.key] = yaml_cell(text_of_row)
                continue
            for key in said:
                _unsaid(item, key, name)
            cells[column.key] = text
        return cells

    def _main(self, item: Item) -> str:
        if self.own:
            return ""
        return next((key for key, _ in self.keys if get_at(item, steps_of(key)) is not None), self.keys[0][0])

    def _joined(self, said: Mapping[str, str], main: str, lang: str) -> str | None:
        words = texts("en" if lang == "en" else "sv")
        lines = [said[main]] if main in said else []
        lines += [f"{words.label(label)}: {said[key]}" for key, label in self.keys if key in said and key != main]
        return "\n".join(lines)

    def _parsed(self, text: str, main: str) -> dict[str, str]:
        marks = [(f"{texts(lang).label(label)}: ", key) for key, label in self.keys for lang in LANGUAGES]
        found: dict[str, list[str]] = {}
        current = main
        for line in text.split("\n"):
            mark = next(((mark, key) for mark, key in marks if line.startswith(mark)), None)
            if mark is not None and mark[1] not in found:
                current = mark[1]
                line = line[len(mark[0]) :]
            found.setdefault(current, []).append(line)
        return {key: "\n".join(lines) for key, lines in found.items()}

    def gather(self, row: Row, reading: Reading) -> None:
        """Put source and comment into the numbers that they are about."""
        main = self._main(reading.item)
        for name, column in zip(("source", "note"), self.columns, strict=True):
            entry = row[column.key]
            if self.own:
                reading.take((name,), entry.at)
            for key, _ in self.keys:
                reading.take((*steps_of(key), name), entry.at)
            if entry.value is None:
                continue
            text = read_value(entry, reading, column)
            if not isinstance(text, str):
                continue
            parsed = {main: text} if text != str(entry.value).strip() else self._parsed(text, main)
            for key, said in parsed.items():
                _say(reading.item, key, name, said)


def _said(item: Item, key: str, name: str) -> str | None:
    value = get_at(item, steps_of(key))
    said = value.get(name) if isinstance(value, dict) else None
    return said if isinstance(said, str) else None


def _unsaid(item: Item, key: str, name: str) -> None:
    """Take the source or comment out of a number; a number that then stands alone is written bare."""
    if key == "":
        del item[name]
        return
    value = get_at(item, steps_of(key))
    rest = {other: value[other] for other in value if other != name}
    put_at(item, key, rest["value"] if set(rest) == {"value"} else rest)


def _say(item: Item, key: str, name: str, said: str) -> None:
    if key == "":
        item[name] = said
        return
    value = get_at(item, steps_of(key))
    if isinstance(value, list):  # a number for each year: its source stands with the first
        value = [{**_as_mapping(item), name: said} if at == 0 else item for at, item in enumerate(value)]
    else:
        value = {**_as_mapping(value), name: said}
    put_at(item, key, value)


def _as_mapping(value: Any) -> Item:
    if isinstance(value, dict):
        return value
    return {} if value is None else {"value": value}
