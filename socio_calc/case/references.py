"""Which rows of the reference base and which named quantities a file uses, also where the file has faults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from socio_calc.case.document import Document
from socio_calc.case.paths import item_names
from socio_calc.case.quantities import QUANTITY_KEYS

ReferenceKind = Literal["cost", "evidence", "baseline", "ref"]
_KINDS: Final[tuple[ReferenceKind, ...]] = ("cost", "evidence", "baseline", "ref")
#: Part of the file where words such as `baseline` are plain text.
_NO_QUANTITIES: Final = "application"


@dataclass(frozen=True)
class Reference:
    """One `{cost: ID}`, `{evidence: ID}`, `{baseline: ID}` or `{ref: NAME}` of a file, and where it stands."""

    kind: ReferenceKind
    id: str
    path: str


def find_references(document: Document) -> tuple[Reference, ...]:
    r"""Return every reference in the raw data of a file, in the order of the file.

    Raw data are searched, so that unknown ids are reported together with the faults of the file.

    Examples
    --------
    >>> from socio_calc.case.document import parse_document
    >>> document = parse_document(b"costs:\n- amount: {cost: teacher-hour}\n", "case.yaml")
    >>> find_references(document)
    (Reference(kind='cost', id='teacher-hour', path='costs.0.amount'),)
    """
    found: list[Reference] = []
    waiting: list[tuple[str, Any]] = [("", document.data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            kind = next((kind for kind in _KINDS if isinstance(value.get(kind), str)), None)
            if kind is not None and value.keys() <= QUANTITY_KEYS:
                found.append(Reference(kind, value[kind], path))
                continue
            children = [(key, child) for key, child in value.items() if path or key != _NO_QUANTITIES]
        elif isinstance(value, list):
            children = list(zip(item_names(value), value, strict=True))
        else:
            continue
        waiting.extend((f"{path}.{key}" if path else key, child) for key, child in reversed(children))
    return tuple(found)
