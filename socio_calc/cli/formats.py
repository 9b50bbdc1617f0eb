"""The option `--format`: what a report is written as."""

from __future__ import annotations

from typing import Final

#: What a report may be written as.
FORMATS: Final = ("html", "docx", "pdf", "xlsx", "json", "csv", "charts")

#: Those that are the document, in one form or another.
DOCUMENTS: Final = frozenset({"html", "docx", "pdf"})


class Formats(tuple[str, ...]):
    """Formats of a report, each once, in the order of `FORMATS`."""

    __slots__ = ()


#: What a report is written as unless something else is asked for.
DEFAULT_FORMATS: Final = Formats(("html", "xlsx", "json", "charts"))


def read_formats(written: str | Formats) -> Formats:
    """Return the formats that are written with commas between them.

    Raises
    ------
    ValueError
        For a format that there is not, or none at all.

    Examples
    --------
    >>> read_formats("pdf, HTML,pdf")
    ('html', 'pdf')
    """
    if isinstance(written, Formats):
        return written
    wanted = {name for part in written.split(",") if (name := part.strip().lower())}
    if not wanted or not wanted <= set(FORMATS):
        raise ValueError(f"formats are {', '.join(FORMATS)}")
    return Formats(name for name in FORMATS if name in wanted)
