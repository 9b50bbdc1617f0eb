"""What is wrong with something a person gave us, and where: carried as data, put into words by `locale`.

Every reader (case files, reference tables, forms) collects all of its problems before it raises one `InputError`,
so that a user corrects a file once and not line by line.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True)
class Place:
    """Where a problem stands: a file with line and column, or a sheet with a cell, and the key path of the case."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: str | None = None
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True)
class Problem:
    """One thing to put right.

    `code` names the message in the locale catalogues; `params` fill its placeholders and stay raw values, so that
    each language can write numbers its own way.
    """

    code: str
    place: Place = field(default_factory=Place)
    params: Mapping[str, object] = field(default_factory=dict)
    level: Level = "error"

    def at(self, *, file: str | None = None, line: int | None = None, column: int | None = None) -> Problem:
        """Return the same problem with its place in a file filled in."""
        return replace(self, place=replace(self.place, file=file, line=line, column=column))


class InputError(Exception):
    """All problems of one input at once.

    Raised by readers and by the plan; the command line turns it into exit status 1 and one message per problem. In
    words, with why and what to do: `socio_calc.locale.render_all(error.problems, "en")`.

    >>> params = {"key": "amuont", "nearest": "amount"}
    >>> print(InputError([Problem("unknown-key", Place(path="costs.0.amuont"), params)]))
    costs.0.amuont: unknown-key (did you mean 'amount'?)
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(map(_in_short, self.problems)))


#: Most words of a closed list that a short message names.
_MOST_NAMED = 12


def _in_short(problem: Problem) -> str:
    """Return where, what by its code, and what was likely meant: words stand in the catalogues, above this layer."""
    place, nearest, choices = problem.place, problem.params.get("nearest"), problem.params.get("choices")
    said = f"{place.path or place.file or '?'}: {problem.code}"
    if isinstance(nearest, str):
        return f"{said} (did you mean {nearest!r}?)"
    if isinstance(choices, tuple | list) and 0 < len(choices) <= _MOST_NAMED:
        return f"{said} (one of {', '.join(map(str, choices))})"
    return said


#: What a system says of a file or a folder, as a code that has words in every language; not every system knows all of
#: them.
_REASONS: Final[Mapping[str, str]] = {
    "EISDIR": "folder",
    "ENOTDIR": "no-folder",
    "ENOENT": "missing",
    "EACCES": "forbidden",
    "EPERM": "forbidden",
    "EEXIST": "exists",
    "ENAMETOOLONG": "long-name",
    "EINVAL": "bad-name",
    "EILSEQ": "bad-name",
    "ENOSPC": "full",
    "EDQUOT": "full",
    "EFBIG": "full",
    "EROFS": "read-only",
    "EBUSY": "busy",
    "ETXTBSY": "busy",
    "ELOOP": "loop",
    "EIO": "broken",
    "ENODEV": "broken",
    "ENXIO": "broken",
    "ESTALE": "broken",
    "ETIMEDOUT": "broken",
}


def file_reason(error: OSError | ValueError) -> str:
    """Return why a file or a folder cannot be used, as a code: systems say it in a language of their own.

    >>> file_reason(OSError(errno.ENOSPC, "No space left on device")), file_reason(ValueError("embedded null byte"))
    ('full', 'bad-name')
    """
    if isinstance(error, ValueError):
        return "bad-name"
    if isinstance(error, PermissionError):
        return "forbidden"
    return _REASONS.get(errno.errorcode.get(error.errno or 0, ""), "other")
