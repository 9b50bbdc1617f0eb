"""Protocols for every application of a folder, written one by one as they are reviewed, and the overview last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from socio_calc.locale import LANGUAGES, texts
from socio_calc.locale.catalogue import Language
from socio_calc.problems import InputError, Place, Problem
from socio_calc.report.files import slug, write_files
from socio_calc.review.any_file import Opener
from socio_calc.review.folder import FolderReview, Progress, ReviewedFile, case_files, review_folder
from socio_calc.review.protocol.earlier import EarlierProtocol
from socio_calc.review.protocol.files import file_names, protocol_files, refuse_existing
from socio_calc.review.protocol.overview import overview_workbook
from socio_calc.review.protocol.read_back import not_workbook, read_protocol


@dataclass(frozen=True)
class WrittenFolder:
    """The reviews of a folder and the files that were written about them."""

    review: FolderReview
    files: tuple[Path, ...]


def stems(folder: Path, paths: Sequence[Path]) -> tuple[str, ...]:
    """Return how the files about each application are called: by its own name, all of them different."""
    taken: dict[str, int] = {}
    found = []
    for path in paths:
        stem = slug(path.relative_to(folder).with_suffix("").as_posix())
        taken[stem] = taken.get(stem, 0) + 1
        found.append(stem if taken[stem] == 1 else f"{stem}-{taken[stem]}")
    return tuple(found)


def write_protocols(
    folder: Path,
    out: Path,
    lang: Language = "sv",
    *,
    fund: str | None = None,
    strict: bool = False,
    draws: int = 16_384,
    opener: Opener | None = None,
    progress: Progress | None = None,
    previous: Path | None = None,
    force: bool = False,
    today: date | None = None,
) -> WrittenFolder:
    """Review a folder and write a protocol for every application and an overview of all.

    Parameters
    ----------
    folder, fund, strict, draws, opener, progress
        As for `review_folder`.
    out, lang
        Where to write, and in which language.
    previous
        A folder with the protocols of an earlier round, by the same names; None without one.
    force
        Whether files that exist may be replaced.
    today
        The day on the protocols; None is today.

    Raises
    ------
    InputError
        The folder has no application.
    OutputError
        A file exists or cannot be written. Files that exist are refused before anything is reviewed.
    """
    words = texts(lang)
    paths = case_files(folder)
    named = dict(zip(paths, stems(folder, paths), strict=True))
    overview = f"{words.t('protocol.file.overview')}.xlsx"
    if not force:
        refuse_existing(out, (overview, *(name for stem in named.values() for name in file_names(stem, lang))))
    written: list[Path] = []
    protocols: dict[str, str] = {}

    def finished(item: ReviewedFile) -> ReviewedFile:
        """Write what there is to say about one application, and let go of all but what the overview needs."""
        if item.review is None:
            return item
        stem = named[item.path]
        try:
            earlier = _earlier(previous, stem)
            files = protocol_files(item.review, lang, earlier, today, stem)
        except InputError as error:
            return replace(item, review=None, problems=error.problems)
        except Exception as error:  # a fault of ours about one application must not cost the reader all the others
            params = {"error": type(error).__name__}
            return replace(item, review=None, problems=(Problem("check-stopped", Place(file=str(item.path)), params),))
        written.extend(write_files(out, files, force=force))
        protocols[item.name] = next(iter(files))
        return item

    reviewed = review_folder(
        folder, fund=fund, strict=strict, draws=draws, opener=opener, progress=progress, finished=finished
    )
    written.extend(write_files(out, {overview: overview_workbook(reviewed, lang, protocols)}, force=force))
    return WrittenFolder(reviewed, tuple(written))


def _earlier(previous: Path | None, stem: str) -> EarlierProtocol | None:
    """Return the earlier protocol of the same name, whichever language it is in.

    Raises
    ------
    InputError
        It cannot be read, or is there in a form that is not read back alone: what stands in it is never passed over.
    """
    if previous is None:
        return None
    workbooks, others = [], []
    for lang in LANGUAGES:
        workbook, *rest = file_names(stem, lang)[:3]
        workbooks.append(previous / workbook)
        others += [previous / name for name in rest]
    found = next((path for path in workbooks if path.is_file()), None)
    if found is not None:
        return read_protocol(found)
    other = next((path for path in others if path.is_file()), None)
    if other is not None:
        raise not_workbook(other)
    return None
