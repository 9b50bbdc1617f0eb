"""Labels, hints and examples of columns: from the catalogue of fields, and the form's own words for its own columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socio_calc.form.cells import Column

if TYPE_CHECKING:
    from socio_calc.locale import Texts

#: Columns of an uncertain number whose label is that of the number.
_OF_NUMBER = ("low", "mode", "high")


def label_of(column: Column, words: Texts) -> str:
    """Return the name of a field or column without what tells the columns of a number apart."""
    if column.label.startswith("form."):
        return words.t(f"form.column.{column.label.removeprefix('form.')}")
    if "=" in column.key:
        return words.choice("attachments", column.key.partition("=")[2])
    return words.label(column.label)


def column_heading(column: Column, words: Texts) -> str:
    """Return the heading of a column: `Belopp: lågt`."""
    if column.suffix in _OF_NUMBER:
        return (
            words.label(f"{column.label}.{column.suffix}")
            if _has_parts(column, words)
            else (f"{label_of(column, words)}: {words.t(f'label.Q.{column.suffix}').lower()}")
        )
    if column.suffix is not None:
        return words.t(f"form.column.{column.suffix}", label=label_of(column, words))
    return label_of(column, words)


def _has_parts(column: Column, words: Texts) -> bool:
    try:
        return words.label(f"{column.label}.{column.suffix}") != words.label(column.label)
    except KeyError:
        return False


def column_hint(column: Column, words: Texts) -> str:
    """Return what to write in a column."""
    if column.suffix in _OF_NUMBER:
        return words.t(f"hint.Q.{column.suffix}") if column.suffix != "mode" else words.hint(column.label)
    if column.suffix is not None:
        return words.t(f"form.hint.{column.suffix}")
    if column.label.startswith("form."):
        return words.t(f"form.hint.{column.label.removeprefix('form.')}")
    own = f"form.hint.{column.label}"
    return words.t(own) if words.has(own) else words.hint(column.label)


def example_of(column: Column, words: Texts) -> str:
    """Return an example of what to write in a column."""
    own = f"form.example.{column.key}"
    if column.suffix is not None:
        of_number = f"form.example.{column.label}.{column.suffix}"
        return words.t(of_number) if words.has(of_number) else ""
    if column.label.startswith("form."):
        return words.t(f"form.example.{column.label.removeprefix('form.')}")
    of_label = f"form.example.{column.label}"
    if words.has(of_label):
        return words.t(of_label)
    return words.t(own) if words.has(own) else words.example(column.label)
