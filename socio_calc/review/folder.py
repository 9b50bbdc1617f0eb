"""The check of many cases: one broken file never stops the rest, and the worst comes first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from socio_calc.form.opening import open_any
from socio_calc.locale import LANGUAGES, texts
from socio_calc.problems import InputError, Place, Problem
from socio_calc.review.any_file import Opener, review_file
from socio_calc.review.review import Review

SUFFIXES = (".yaml", ".yml", ".xlsx")
#: Ends of the names of files that the check itself writes, in every language: they are no applications.
_WRITTEN = tuple(
    f"{texts(lang).t(f'protocol.file.{name}')}.xlsx" for lang in LANGUAGES for name in ("protocol", "overview")
)
#: Ends of the names of the other files that it writes.
_WRITTEN_BESIDE = tuple(
    f"-{texts(lang).t(f'protocol.file.{name}')}.{ending}"
    for lang in LANGUAGES
    for name, endings in (("protocol", ("docx", "html")), ("letter", ("docx", "txt")), ("findings", ("json",)))
    for ending in endings
)
Progress = Callable[[int, int, str], None]
Finished = Callable[["ReviewedFile"], "ReviewedFile"]
#: Why a file is not checked: another kind of file, hidden or the lock of an office program, or written by a check.
SkipReason = Literal["kind", "hidden", "written"]


@dataclass(frozen=True)
class ReviewedFile:
    """One file of a folder: its review, or what keeps it from being computed."""

    path: Path
    name: str
    review: Review | None = None
    problems: tuple[Problem, ...] = ()

    def count(self, severity: str) -> int:
        """Return the number of doubts of one severity."""
        return (
            0 if self.review is None else sum(item.severity == severity for item in self.review.with_status("finding"))
        )

    @property
    def broken(self) -> int:
        """Number of must-rules that do not hold."""
        return 0 if self.review is None else len(self.review.broken)

    @property
    def undecided(self) -> int:
        """Number of rules that cannot be decided, those for information apart."""
        found = () if self.review is None else self.review.with_status("undecided")
        return sum(finding.severity != "info" for finding in found)

    @property
    def rank(self) -> tuple[int, ...]:
        """Order among files: those that cannot be computed, then broken rules, then serious doubts."""
        failed = self.review is None
        fails = self.review is not None and self.review.verdict == "fail"
        return (
            -int(failed),
            -int(fails),
            -self.broken,
            -self.count("serious"),
            -self.count("warning"),
            -self.undecided,
            -self.count("note"),
        )


@dataclass(frozen=True)
class SkippedFile:
    """A file of a folder that is not checked, and why."""

    name: str
    reason: SkipReason


@dataclass(frozen=True)
class FolderReview:
    """All files of a folder, worst first, and those that are not checked."""

    folder: Path
    files: tuple[ReviewedFile, ...]
    skipped: tuple[SkippedFile, ...] = ()


def case_files(folder: Path) -> tuple[Path, ...]:
    """Return the case files, forms and reports in a folder and below it, in the order of their names."""
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file() and _is_case(path, folder)))


def skipped_files(folder: Path) -> tuple[SkippedFile, ...]:
    """Return the files in a folder and below it that are not checked, in the order of their names.

    What is hidden is left out unless it has the ending of an application.
    """
    found = ((path, _skipped(path, folder)) for path in folder.rglob("*") if path.is_file())
    named = (SkippedFile(path.relative_to(folder).as_posix(), reason) for path, reason in found if reason is not None)
    return tuple(sorted(named, key=lambda file: file.name))


def _skipped(path: Path, folder: Path) -> SkipReason | None:
    """Return why a file is not checked; None for applications, and for hidden files that could be none."""
    could_be = path.suffix.lower() in SUFFIXES
    if _is_hidden(path, folder):
        return "hidden" if could_be else None
    if path.name.endswith((*_WRITTEN, *_WRITTEN_BESIDE)):
        return "written"
    return None if could_be else "kind"


def _is_case(path: Path, folder: Path) -> bool:
    """Say whether a file may be an application: hidden files, locks of office programs and our own files are none."""
    return path.suffix.lower() in SUFFIXES and not _is_hidden(path, folder) and not path.name.endswith(_WRITTEN)


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)


def review_folder(
    folder: Path,
    *,
    fund: str | None = None,
    strict: bool = False,
    draws: int = 16_384,
    opener: Opener | None = None,
    progress: Progress | None = None,
    finished: Finished | None = None,
) -> FolderReview:
    """Check every case file of a folder.

    Parameters
    ----------
    folder
        Searched with all that lies below it.
    fund, strict, draws, opener
        As for `review_file`.
    progress
        Called before each file with how many are done, how many there are, and its name.
    finished
        Called with each file as soon as it is reviewed; what it returns takes its place.

    Raises
    ------
    InputError
        The folder has no case file.
    """
    paths = case_files(folder)
    if not paths:
        raise InputError([Problem("no-cases", Place(file=str(folder)), {"folder": str(folder), "new_file": "ny.yaml"})])
    # Listed before anything is written: what a round leaves in the folder was not sent in.
    skipped = skipped_files(folder)
    reviewed: list[ReviewedFile] = []
    for done, path in enumerate(paths):
        name = path.relative_to(folder).as_posix()
        if progress is not None:
            progress(done, len(paths), name)
        item = _reviewed(path, name, {"fund": fund, "strict": strict, "draws": draws}, opener)
        reviewed.append(item if finished is None else finished(item))
    return FolderReview(folder, tuple(sorted(reviewed, key=_order)), skipped)


def _order(reviewed: ReviewedFile) -> tuple[tuple[int, ...], str]:
    return reviewed.rank, reviewed.name


def _reviewed(path: Path, name: str, options: Mapping[str, Any], opener: Opener | None) -> ReviewedFile:
    """Review one file, whatever is wrong with it."""
    try:
        return ReviewedFile(path, name, review_file(path, opener=opener or open_any, **options))
    except InputError as error:
        return ReviewedFile(path, name, problems=error.problems)
    except Exception as error:  # a fault of ours in one file must not cost the reader all the others
        params = {"error": type(error).__name__}
        return ReviewedFile(path, name, problems=(Problem("check-stopped", Place(file=str(path)), params),))
