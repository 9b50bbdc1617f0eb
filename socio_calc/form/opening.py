"""Opening a case in either of its faces, a YAML file or a filled form: what the file holds decides, not its name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from socio_calc.appraisal.opening import OpenedCase, open_document
from socio_calc.case import Case, Document, read_document
from socio_calc.office import is_workbook_name

if TYPE_CHECKING:
    from socio_calc.reference import ReferenceBase

#: First bytes of files that are no text: a zip archive (.xlsx), and the compound files of older Office programs.
_ARCHIVES: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")


def open_any(path: Path | str, reference: ReferenceBase | None = None) -> OpenedCase:
    """Read and check a case, from a YAML file or from a filled form.

    Parameters
    ----------
    path
        A YAML file in the format of CASE_FORMAT, or a form.
    reference
        The reference base; None is the shipped one.

    Raises
    ------
    InputError
        With every problem; those of a form name sheet, cell and field.
    """
    return open_document(read_any(Path(path)), reference)


def load(path: Path | str, reference: ReferenceBase | None = None) -> Case:
    """Read a case from a YAML file or an Excel form.

    Parameters
    ----------
    path
        A file in the format of CASE_FORMAT, or a form that `socio-calc form` has written.
    reference
        The reference base; None is the shipped one.

    Raises
    ------
    InputError
        With every problem of the file at its line or cell, sorted by place.

    Examples
    --------
    >>> import socio_calc
    >>> socio_calc.load(socio_calc.model("styrka-hela-livet")).title
    'Styrka hela livet'
    """
    return open_any(path, reference).case


def read_any(path: Path) -> Document:
    """Read a YAML file or a form as plain data with places; nothing of the case itself is checked.

    Raises
    ------
    InputError
        The file cannot be read, is not safe to open, or is no form of ours.
    """
    if is_form(path):
        from socio_calc.form.read import read_form

        return read_form(path)
    return read_document(path)


def is_form(path: Path) -> bool:
    """Tell whether a file is to be read as a workbook: by its first bytes, else by its name."""
    try:
        if not path.is_file():  # opening a pipe would wait for somebody to write into it
            return is_workbook_name(path) and path.exists()
        with path.open("rb") as file:
            first = file.read(8)
    except (OSError, ValueError):
        return is_workbook_name(path) and path.exists()
    return first.startswith(_ARCHIVES) or is_workbook_name(path)
