"""The figures of an appraisal as tidy CSV files, safe and readable in a spreadsheet.

They are the frames of `analysis.frames`, so that a column has the same name here, in Python and in the JSON object. A
Swedish spreadsheet reads semicolons and decimal commas, an English one commas and decimal points: the language decides.
The files begin with the mark by which spreadsheets know UTF-8. Text that a spreadsheet would take for a formula gets an
apostrophe before it, and personal data are blanked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from socio_calc.appraisal import Appraisal
from socio_calc.case.personal_data import redacted
from socio_calc.locale import Language, printable

if TYPE_CHECKING:
    import pandas as pd

_SEPARATORS: Final[dict[Language, str]] = {"sv": ";", "en": ","}
_DECIMALS: Final[dict[Language, str]] = {"sv": ",", "en": "."}
#: What a spreadsheet takes for the beginning of a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_MARK: Final = "\ufeff"


def tidy_csv(appraisal: Appraisal, lang: Language = "sv") -> dict[str, bytes]:
    """Return results, outcomes and flows as CSV files by name; with pathways their occupancy too."""
    from socio_calc.analysis import frames

    tables = {
        "results": frames.results(appraisal, None, None, None, None),
        "outcomes": frames.outcomes(appraisal, None),
        "flows": frames.flows(appraisal, "all", "societal"),
        "occupancy": frames.occupancy(appraisal),
    }
    return {name: csv_bytes(frame, lang) for name, frame in tables.items() if name != "occupancy" or len(frame)}


def draws_csv(appraisal: Appraisal, lang: Language = "sv") -> bytes:
    """Return every draw as a CSV file: the quantities, and the net present value for society that they give."""
    from socio_calc.analysis import frames

    return csv_bytes(frames.draws(appraisal, "all", "societal", None), lang)


def csv_bytes(frame: pd.DataFrame, lang: Language) -> bytes:
    r"""Return a table as the bytes of a CSV file; a missing value is an empty cell.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"a": ["=1+1", "x;y"], "b": [-0.5, None]})
    >>> csv_bytes(frame, "sv").decode("utf-8-sig").splitlines()
    ['a;b', "'=1+1;-0,5", '"x;y";']
    """
    safe = frame.rename(columns=_text)
    for name in safe.columns:
        if safe[name].map(lambda value: isinstance(value, str)).any():
            safe[name] = safe[name].map(lambda value: _text(value) if isinstance(value, str) else value)
    written = safe.to_csv(index=False, sep=_SEPARATORS[lang], decimal=_DECIMALS[lang], lineterminator="\r\n")
    return (_MARK + written).encode()


def _text(text: str) -> str:
    clean = redacted(printable(text))
    return f"'{clean}" if clean.startswith(_FORMULA) else clean
