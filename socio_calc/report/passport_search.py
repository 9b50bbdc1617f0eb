"""Finding the passport in a report of any kind: by the frame of its line, in what a stranger has sent.

Nothing is opened that need not be: archives and streams are unpacked in pieces up to a limit, and searched.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from socio_calc.problems import InputError, Place, Problem, file_reason
from socio_calc.report.passport import END, LINE, START, Passport, PassportError, decoded

#: Largest report that is read, and most that is unpacked of it, bytes.
MAX_FILE: Final = 60_000_000
MAX_UNPACKED: Final = 200_000_000
_MAX_MEMBERS: Final = 2_000
_STREAM: Final = re.compile(rb"stream\r?\n")
#: Suffixes of reports that carry a passport as a line somewhere inside.
SUFFIXES: Final = (".html", ".htm", ".docx", ".pdf")


def read_report(path: Path) -> bytes:
    """Return the bytes of a report.

    Raises
    ------
    InputError
        There is no such file, it is no file, or it is too large.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            reason = "folder" if path.is_dir() else "no-file"
            raise _refusal("file-unreadable", path, reason=reason)
        if status.st_size > MAX_FILE:
            raise _refusal("too-large", path, size=status.st_size, limit=MAX_FILE)
        with path.open("rb") as file:
            return file.read(MAX_FILE + 1)
    except FileNotFoundError:
        params = {"folder": str(path.parent.absolute()), "nearest": None}
        raise _refusal("file-not-found", path, **params) from None
    except OSError as error:
        raise _refusal("file-unreadable", path, reason=file_reason(error)) from None


def _refusal(code: str, path: Path, **params: object) -> InputError:
    return InputError([Problem(code, Place(file=str(path)), {"file": path.name, **params})])


def passport_in(content: bytes) -> Passport:
    """Return the passport of an HTML, Word or PDF report.

    Raises
    ------
    PassportError
        There is none (`missing`), or somebody has changed it (`edited`); also where two lines differ.
    """
    found: set[bytes] = set()
    started = False
    for part in _parts(content):
        found.update(match.group() for match in LINE.finditer(part))
        started = started or START.encode() in part
    if not found:
        raise PassportError("edited" if started else "missing")
    if len(found) > 1:
        raise PassportError("edited")
    return decoded(found.pop().decode("ascii"))


def passport_of_text(line: str | None) -> Passport:
    """Return the passport of a line that has been put together from cells; see `passport_in` for what it raises."""
    if line is None:
        raise PassportError("missing")
    if not line.endswith(END):
        raise PassportError("edited")
    return decoded(line)


def _parts(content: bytes) -> Iterator[bytes]:
    """Yield the file as it is, and what is packed in it: members of an archive, streams of a PDF."""
    yield content
    if content.startswith(b"PK"):
        yield from _members(content)
    elif content.startswith(b"%PDF"):
        yield from _streams(content)


def _members(content: bytes) -> Iterator[bytes]:
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist()[:_MAX_MEMBERS]:
                if not member.filename.endswith((".xml", ".txt")) or left <= 0:
                    continue
                with archive.open(member) as file:
                    data = file.read(left)
                left -= len(data)
                yield data
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        return  # what can be read of a broken archive has been searched


def _streams(content: bytes) -> Iterator[bytes]:
    left = MAX_UNPACKED
    for match in _STREAM.finditer(content):
        if left <= 0:
            return
        unpack = zlib.decompressobj()
        try:
            data = unpack.decompress(content[match.end() : content.find(b"endstream", match.end())], left)
        except zlib.error:
            continue  # a stream that is not packed this way: a picture, or plain text that has been searched already
        left -= len(data)
        yield data
