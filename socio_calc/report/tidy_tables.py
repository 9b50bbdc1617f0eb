"""The figures of an appraisal as tidy CSV files: one row for each figure, safe and readable in a spreadsheet.

A Swedish spreadsheet reads semicolons and decimal commas, an English one commas and decimal points: the language
decides. The files begin with the mark by which spreadsheets know UTF-8. Text that a spreadsheet would take for a formula
gets an apostrophe before it. Columns are named as in the JSON object of the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from socio_calc.appraisal import Appraisal
from socio_calc.appraisal.result import FlowRow, OutcomeRow, ResultRow
from socio_calc.case.personal_data import redacted
from socio_calc.engine.ledger import PERSPECTIVES
from socio_calc.locale import Language, printable

Cell = str | float | int | None

_SEPARATORS: Final[dict[Language, str]] = {"sv": ";", "en": ","}
_DECIMALS: Final[dict[Language, str]] = {"sv": ",", "en": "."}
#: What a spreadsheet takes for the beginning of a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_QUOTED: Final = ('"', ";", ",", "\n", "\r")
#: Most draws in a file: more rows than this no spreadsheet opens.
MOST_DRAWS: Final = 2**18


def tidy_csv(appraisal: Appraisal, lang: Language = "sv") -> dict[str, bytes]:
    """Return results, outcomes and flows as CSV files by name (`results`, `outcomes`, `flows`)."""
    return {
        "results": written(ResultRow.__slots__, _plain(appraisal.rows, ResultRow.__slots__), lang),
        "outcomes": written(OutcomeRow.__slots__, _plain(appraisal.outcome_rows, OutcomeRow.__slots__), lang),
        "flows": written(FlowRow.__slots__, _plain(appraisal.flow_rows, FlowRow.__slots__), lang),
    }


def draws_csv(appraisal: Appraisal, lang: Language = "sv") -> bytes:
    """Return the draws as a CSV file: each draw's net present values at the longest horizon, and what was drawn.

    At most the first 262,144 draws. Columns are `draw`, `npv:PERSPECTIVE` for society, the public sector and each actor
    with any flow, and the key of each uncertain quantity.
    """
    actors = [row.actor for row in appraisal.payers()]
    wanted = [name for name in PERSPECTIVES if name in ("societal", "public") or name in actors]
    nets = [appraisal.net_draws(name) for name in wanted]
    count = min(MOST_DRAWS, *(len(net) for net in nets))
    drawn = appraisal.simulation.draws_at(np.arange(count, dtype=np.int64))
    heads = ["draw", *(f"npv:{name}" for name in wanted), *(column.key for column in appraisal.plan.columns)]
    values = np.vstack([*(net[:count] for net in nets), drawn]).T.tolist()
    return written(heads, ([number, *row] for number, row in enumerate(values)), lang)


def _plain(rows: Iterable[ResultRow | OutcomeRow | FlowRow], names: Sequence[str]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [getattr(row, name) for name in names]


def written(heads: Sequence[str], rows: Iterable[Sequence[Cell]], lang: Language) -> bytes:
    r"""Return a table as the bytes of a CSV file.

    >>> written(("a", "b"), [("=1+1", -0.5), ("x;y", None)], "sv").decode("utf-8-sig").splitlines()
    ['a;b', "'=1+1;-0,5", '"x;y";']
    """
    separator, decimal = _SEPARATORS[lang], _DECIMALS[lang]
    lines = [separator.join(map(_text, heads))]
    lines += [separator.join(_cell(value, decimal) for value in row) for row in rows]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def _cell(value: Cell, decimal: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _text(value)
    return repr(value).replace(".", decimal)


def _text(text: str) -> str:
    clean = redacted(printable(text))
    safe = f"'{clean}" if clean.startswith(_FORMULA) else clean
    return '"' + safe.replace('"', '""') + '"' if any(mark in safe for mark in _QUOTED) else safe

