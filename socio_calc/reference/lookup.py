"""One row by its id, whatever table it stands in, and the models that use it."""

from __future__ import annotations

import re
from pathlib import Path

from socio_calc.problems import InputError, Place, Problem
from socio_calc.reference.base import ReferenceBase
from socio_calc.reference.rows import BaselineRow, CostRow, EvidenceRow, ParameterRow
from socio_calc.reference.search import nearest_ids


def find_row(base: ReferenceBase, row_id: str) -> CostRow | EvidenceRow | BaselineRow | ParameterRow:
    """Return the row of an id; ids are unique over all tables.

    Raises
    ------
    InputError
        `unknown-row`, with the ids most like it.
    """
    for table in (base.costs, base.evidence, base.baselines, base.parameters):
        if row_id in table:
            return table[row_id]
    known = (*base.costs, *base.evidence, *base.baselines, *base.parameters)
    suggestions = nearest_ids(known, row_id)
    word = re.split(r"[^\w]+", row_id)[0] or row_id
    raise InputError([Problem("unknown-row", Place(), {"id": row_id, "suggestions": suggestions, "word": word})])


def models_using(row_id: str, folder: Path) -> tuple[str, ...]:
    """Return the names of the case files in a folder that take a number from this row, in alphabetical order.

    A reference is `{cost: ID}`, `{evidence: ID}` or `{baseline: ID}`, in flow or block style; the files are read as
    text, so that a file that is being written does not stop the search.
    """
    reference = re.compile(rf"\b(?:cost|evidence|baseline):\s*[\"']?{re.escape(row_id)}(?![\w-])")
    return tuple(path.name for path in sorted(folder.glob("*.yaml")) if reference.search(path.read_text("utf-8")))
