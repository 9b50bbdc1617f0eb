"""From the correlations of a case to a copula over the streams of its columns (METHOD §8)."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from socio_calc.case import Case, CostRef, EvidenceRef, Quantity, Ref, quantities_by_path
from socio_calc.engine.columns import Column, Register, evidence_key
from socio_calc.engine.copula import Copula, copula, correlation_matrix, nearest_ranks

#: Rank correlations below this are not shown: two decimals are.
_SHOWN = 0.005


def column_keys(case: Case) -> dict[str, str]:
    """Return, for the path of every quantity of a case, the key of the column that it would be.

    A path that leads to a named quantity, a price row or an evidence row has that one's key.
    """
    return {path: _key(path, quantity, case.quantities) for path, quantity in quantities_by_path(case).items()}


def _key(path: str, quantity: Quantity, named: Mapping[str, Quantity]) -> str:
    seen: set[str] = set()
    while isinstance(quantity, Ref) and quantity.ref in named and quantity.ref not in seen:
        seen.add(quantity.ref)
        path, quantity = f"quantities.{quantity.ref}", named[quantity.ref]
    if isinstance(quantity, CostRef):
        return f"cost:{quantity.cost}"
    if isinstance(quantity, EvidenceRef):
        return evidence_key(quantity)
    return path


def build_copula(case: Case, register: Register) -> Copula | None:
    """Return the copula of a case's correlations, None without any; what is wrong with them goes to the register.

    Problems: a path that leads to no quantity (`correlation-unknown-path`), to one that is certain or not used
    (`correlation-certain`), two paths that are one draw (`correlation-one-draw`), a pair of draws that has a
    correlation already (`correlation-twice`), and correlations that no numbers can have together
    (`correlations-impossible`), with the nearest possible ones.
    """
    if not case.correlations:
        return None
    keys = column_keys(case)
    columns = {column.key: column for column in register.columns}
    names: dict[int, str] = {}
    ranks: dict[tuple[int, int], float] = {}
    sound = True
    for index, correlation in enumerate(case.correlations):
        pair: list[int] = []
        for end, path in enumerate(correlation.between):
            column = _column(path, f"correlations.{index}.between.{end}", keys, columns, register)
            if column is not None:
                pair.append(column.stream)
                names.setdefault(column.stream, path)
        if len(pair) < 2:
            sound = False
            continue
        first, second = correlation.between
        if pair[0] == pair[1]:
            code = "correlation-one-draw"
        elif (min(pair), max(pair)) in ranks:
            code = "correlation-twice"
        else:
            ranks[min(pair), max(pair)] = correlation.rank
            continue
        register.problem(code, f"correlations.{index}.between", first=first, second=second)
        sound = False
    if not sound or not ranks:
        return None
    found = copula(ranks)
    if found is None:
        register.problem("correlations-impossible", "correlations", nearest=_nearest(ranks, names))
    return found


def _column(
    path: str, where: str, keys: Mapping[str, str], columns: Mapping[str, Column], register: Register
) -> Column | None:
    if path not in keys:
        close = get_close_matches(path, keys, 1, 0.6)
        register.problem("correlation-unknown-path", where, value=path, nearest=close[0] if close else None)
        return None
    column = columns.get(keys[path])
    if column is None:
        register.problem("correlation-certain", where, value=path)
    return column


def _nearest(ranks: Mapping[tuple[int, int], float], names: Mapping[int, str]) -> tuple[str, ...]:
    """Return the nearest possible correlations as they are written in a case."""
    streams = tuple(sorted({stream for pair in ranks for stream in pair}))
    possible = nearest_ranks(correlation_matrix(ranks, streams))
    return tuple(
        f"{{between: [{names[streams[row]]}, {names[streams[column]]}], rank: {possible[row, column]:.2f}}}"
        for row in range(len(streams))
        for column in range(row + 1, len(streams))
        if abs(possible[row, column]) >= _SHOWN
    )
