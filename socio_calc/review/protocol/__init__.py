"""The protocol of a review: what was found in words, room for decisions, and the letter to the applicant.

`protocol_of` makes the record of a review; `write_protocol` and `write_protocols` write it for one application or for
a folder of them; `read_protocol` reads the decisions back from the workbook of an earlier one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from socio_calc.review.protocol.compose import protocol_of
    from socio_calc.review.protocol.files import protocol_files, write_protocol
    from socio_calc.review.protocol.letter import letter_of, letter_text
    from socio_calc.review.protocol.many import write_protocols
    from socio_calc.review.protocol.read_back import read_protocol

__all__ = [
    "letter_of",
    "letter_text",
    "protocol_files",
    "protocol_of",
    "read_protocol",
    "write_protocol",
    "write_protocols",
]

#: Imported when first used: a check that writes no files needs no renderers.
_HOMES = {
    "letter_of": "letter",
    "letter_text": "letter",
    "protocol_files": "files",
    "protocol_of": "compose",
    "read_protocol": "read_back",
    "write_protocol": "files",
    "write_protocols": "many",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
