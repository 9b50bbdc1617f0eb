"""`--mark`: what is wrong with a form, written into a copy of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from socio_calc.locale import Language, texts
from socio_calc.problems import InputError, Place, Problem


@contextmanager
def marking(path: Path, lang: Language, *, force: bool = False) -> Iterator[None]:
    """Write a marked copy beside a form when it turns out to have errors; the errors are told as always.

    Parameters
    ----------
    path
        The form.
    lang
        Language of the notes.
    force
        Whether a marked copy that exists may be replaced: somebody may have gone on working in it.

    Raises
    ------
    InputError
        The case is no form, or the errors of the form.
    OutputError
        The copy cannot be written.
    """
    from socio_calc.form.opening import is_form

    if path.is_file() and not is_form(path):
        raise InputError([Problem("mark-needs-form", Place(file=str(path)), {"file": path.name})])
    try:
        yield
    except InputError as error:
        if any(problem.place.cell is not None for problem in error.problems):
            _write(path, error, lang, force)
        raise


def _write(path: Path, error: InputError, lang: Language, force: bool) -> None:
    from socio_calc.form.notes import marked_copy
    from socio_calc.report.files import write_files

    words = texts(lang)
    try:
        content, _ = marked_copy(path, error.problems, lang)
    except InputError:  # not safe to open: there is nothing to mark in
        return
    name = words.t("form.marked-name", name=path.stem)
    (written,) = write_files(path.parent, {name: content}, force=force)
    print(words.t("cli.marked", file=str(written)), file=sys.stderr)
