"""The files of a review: protocol in three forms, the letter in two, and the findings as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from socio_calc.locale import texts
from socio_calc.locale.catalogue import Language
from socio_calc.paper import to_docx, to_html
from socio_calc.problems import Place, Problem
from socio_calc.report.files import OutputError, slug, write_files
from socio_calc.review.export import review_json
from socio_calc.review.protocol.compose import protocol_of
from socio_calc.review.protocol.earlier import EarlierProtocol
from socio_calc.review.protocol.letter import letter_of, letter_paper, letter_text
from socio_calc.review.protocol.paper import protocol_paper
from socio_calc.review.protocol.workbook import protocol_workbook
from socio_calc.review.review import Review


def file_names(stem: str, lang: Language) -> tuple[str, ...]:
    """Return the names of the files of one review, the workbook of the protocol first.

    >>> file_names("skolan", "sv")[:2]
    ('skolan-granskningsprotokoll.xlsx', 'skolan-granskningsprotokoll.docx')
    """
    words = texts(lang)
    protocol, letter, findings = (words.t(f"protocol.file.{name}") for name in ("protocol", "letter", "findings"))
    names = [f"{stem}-{protocol}.{ending}" for ending in ("xlsx", "docx", "html")]
    return (*names, f"{stem}-{letter}.docx", f"{stem}-{letter}.txt", f"{stem}-{findings}.json")


def protocol_files(
    review: Review,
    lang: Language = "sv",
    earlier: EarlierProtocol | None = None,
    today: date | None = None,
    stem: str | None = None,
) -> dict[str, bytes]:
    """Return the contents of every file of a review by its name.

    Parameters
    ----------
    review
        What the check came to.
    lang
        Language of the files.
    earlier
        The protocol of an earlier version of the application.
    today
        The day on the protocol; None is today.
    stem
        How the names begin; None is made of the name of the application's file, as for every file of a folder.
    """
    protocol = protocol_of(review, lang, earlier, today)
    letter = letter_of(protocol)
    paper, questions = protocol_paper(protocol), letter_paper(letter)
    findings = json.dumps(review_json(review, lang), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    contents = (
        protocol_workbook(protocol, letter),
        to_docx(paper),
        to_html(paper),
        to_docx(questions),
        letter_text(letter).encode(),
        findings.encode(),
    )
    return dict(zip(file_names(stem or slug(review.file.stem), lang), contents, strict=True))


def write_protocol(
    review: Review,
    folder: Path,
    lang: Language = "sv",
    *,
    earlier: EarlierProtocol | None = None,
    force: bool = False,
    today: date | None = None,
) -> list[Path]:
    """Write the files of a review into a folder and return their paths.

    Raises
    ------
    OutputError
        A file exists or cannot be written; then none is.
    """
    return write_files(folder, protocol_files(review, lang, earlier, today), force=force)


def refuse_existing(folder: Path, names: Mapping[str, object] | tuple[str, ...]) -> None:
    """Refuse to begin a long piece of work whose files would be in the way of others.

    Raises
    ------
    OutputError
        With every file that is there already.
    """
    taken = [str(folder / name) for name in names if (folder / name).exists()]
    if taken:
        raise OutputError(*(Problem("file-exists", Place(file=name), {"file": name}) for name in taken))
