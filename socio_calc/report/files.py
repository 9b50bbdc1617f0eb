"""Writing files so that nothing is lost, half-written or overwritten without being asked."""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from socio_calc.case.personal_data import redacted
from socio_calc.problems import Place, Problem, file_reason

#: Longest slug of a title.
SLUG_LENGTH = 60
#: Files that a message names at most.
_NAMED = 3


class OutputError(Exception):
    """Files that cannot be written (exit status 4); `problems` say which and why."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{problem.place.file}: {problem.code}" for problem in problems))


def slug(title: str) -> str:
    """Return a file name of a title: ASCII letters, digits and hyphens, without personal data.

    >>> slug("Väg genom gymnasiet: år 1/2")
    'vag-genom-gymnasiet-ar-1-2'
    >>> slug("../..")
    'kalkyl'
    >>> slug("Fråga anna@example.se")
    'fraga'
    """
    plain = unicodedata.normalize("NFKD", redacted(title)).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_LENGTH].strip("-")
    return words or "kalkyl"


def write_files(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> list[Path]:
    """Write all files into a folder, or none of them.

    Everything is first written beside its place and flushed to disk, then moved there in one step each.

    Parameters
    ----------
    folder
        Made when it does not exist.
    files
        Contents by plain file name.
    force
        Whether files that exist may be replaced.

    Returns
    -------
    The paths written, in order.

    Raises
    ------
    OutputError
        When a file exists, is locked by another program, or the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        root = folder.resolve(strict=True)
    except (OSError, ValueError) as error:
        raise OutputError(_problem("folder-not-writable", folder, error)) from error
    targets = {root / name: data for name, data in files.items()}
    for target in targets:
        if target.parent != root:
            raise ValueError(f"{target.name} is no plain file name")
    if not force:
        refuse_existing(folder, files)
    folders = [target for target in targets if is_there(folder, target.name) and target.is_dir()]
    if folders:
        shown = [str(folder / target.name) for target in folders]
        raise OutputError(*(Problem("file-is-folder", Place(file=name), {"file": name}) for name in shown))
    _move_all(folder, targets)
    return [folder / target.name for target in targets]


def refuse_existing(folder: Path, names: Iterable[str]) -> None:
    """Make sure that none of some files is there yet.

    Raises
    ------
    OutputError
        With one problem, however many files there are.
    """
    found = [name for name in names if is_there(folder, name)]
    if not found:
        return
    first = str(folder / found[0])
    if len(found) == 1:
        raise OutputError(Problem("file-exists", Place(file=first), {"file": first}))
    some = tuple(found[:_NAMED])
    params = {"folder": str(folder), "n": len(found), "files": some}
    raise OutputError(Problem("files-exist", Place(file=str(folder)), params))


def is_there(folder: Path, name: str) -> bool:
    """Say whether a name is taken, be it by a link that leads nowhere.

    Raises
    ------
    OutputError
        No file can have the name: it is too long, or has a sign that the system does not take.
    """
    try:
        (folder / name).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise OutputError(_problem("folder-not-writable", folder / name, error)) from error
    return True


def _move_all(folder: Path, targets: Mapping[Path, bytes]) -> None:
    """Put all files in their places; when one cannot be, put back what stood there before."""
    prepared: dict[Path, Path] = {}
    kept: dict[Path, Path] = {}
    moved: list[Path] = []
    current = next(iter(targets), folder)
    try:
        for current, data in targets.items():
            prepared[current] = _beside(current, data)
        for current in targets:
            if current.exists() or current.is_symlink():
                aside = _free_name(current)
                os.replace(current, aside)
                kept[current] = aside
            os.replace(prepared[current], current)
            del prepared[current]
            moved.append(current)
    except BaseException as error:  # also where somebody stops the program here
        for target in moved:
            with contextlib.suppress(OSError):
                target.unlink()
        for target, aside in kept.items():
            with contextlib.suppress(OSError):
                os.replace(aside, target)
        kept.clear()
        if not isinstance(error, OSError):
            raise
        # Where all is written and only a file cannot be put in its place, another program holds that file open.
        locked = isinstance(error, PermissionError) and len(prepared) + len(moved) == len(targets)
        code = "file-locked" if locked else "folder-not-writable"
        raise OutputError(_problem(code, folder / current.name, error)) from error
    finally:
        for leftover in (*prepared.values(), *kept.values()):
            with contextlib.suppress(OSError):
                leftover.unlink()


def _free_name(target: Path) -> Path:
    """Return a hidden name beside a file that nothing has."""
    import tempfile

    handle, name = tempfile.mkstemp(prefix=f".{target.stem[:20]}-", suffix=".old", dir=target.parent)
    os.close(handle)
    return Path(name)


def _beside(target: Path, data: bytes) -> Path:
    """Write data to a temporary file in the folder of its target and return its path."""
    import tempfile

    handle, name = tempfile.mkstemp(prefix=f".{target.stem[:20]}-", suffix=".tmp", dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(name, 0o644)
    return Path(name)


def _problem(code: str, path: Path, error: OSError | ValueError) -> Problem:
    return Problem(code, Place(file=str(path)), {"file": str(path), "folder": str(path), "reason": file_reason(error)})
