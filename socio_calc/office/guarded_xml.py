"""Every XML part read once, as a stream, under limits, by defusedxml's parser: no DTD, no entities, no tree in memory.

Readers (of sheets, of shared texts, of relations) are given the events; a part that nobody reads goes through the same
gate, because a library that opens the checked file later would parse it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from socio_calc.office.limits import Limits
from socio_calc.office.refusal import refusal, shown


class Reader(Protocol):
    """Takes the events of one part; names come without their namespace."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""

    def end(self, name: str, text: str) -> None:
        """Take the end of an element, with the text between its last tag and this one."""


@dataclass
class Gate:
    """Counts what all parts of one file have used together.

    Attributes
    ----------
    elements
        Elements read so far.
    """

    file: str
    limits: Limits
    elements: int = 0

    def read(self, content: bytes, part: str, reader: Reader | None = None) -> str:
        """Read one part and return the name of its root element.

        Raises
        ------
        InputError
            `workbook-xml` where a limit is passed or the part declares entities, `workbook-damaged` where it is no
            XML.
        """
        from xml.etree.ElementTree import ParseError

        from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
        from defusedxml.ElementTree import DefusedXMLParser  # type: ignore[import-untyped]

        target = _Target(self, part, reader)
        try:
            parser = DefusedXMLParser(target=target, forbid_dtd=True)
            # In pieces: one endless tag is noticed after two of them, before the parser has built it.
            for begin in range(0, len(content), self.limits.token):
                events = target.events
                parser.feed(content[begin : begin + self.limits.token])
                if target.events == events and begin:
                    raise self.refuse("token", part, self.limits.token)
            parser.close()
        except DefusedXmlException:
            raise self.refuse("entities", part, None) from None
        except (ParseError, LookupError, ValueError, AssertionError):
            raise refusal("workbook-damaged", self.file, part=shown(part)) from None
        return target.root

    def refuse(self, what: str, part: str, limit: int | None) -> Exception:
        """Return the refusal of a part that passes a limit."""
        return refusal("workbook-xml", self.file, what=what, part=shown(part), limit=limit)


class _Target:
    """What the parser calls; it keeps the limits and passes on what is left."""

    def __init__(self, gate: Gate, part: str, reader: Reader | None) -> None:
        self.gate = gate
        self.part = part
        self.reader = reader
        self.root = ""
        self.events = 0
        self._depth = 0
        self._pieces: list[str] = []
        self._length = 0
        self._names: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        gate, limits = self.gate, self.gate.limits
        self.events += 1
        gate.elements += 1
        self._depth += 1
        if gate.elements > limits.elements:
            raise gate.refuse("elements", self.part, limits.elements)
        if self._depth > limits.depth:
            raise gate.refuse("depth", self.part, limits.depth)
        if len(attributes) > limits.attributes:
            raise gate.refuse("attributes", self.part, limits.attributes)
        self._pieces = []
        self._length = 0
        name = self._local(tag)
        if not self.root:
            self.root = name
        if self.reader is not None:
            self.reader.start(name, attributes)

    def end(self, tag: str) -> None:
        self.events += 1
        self._depth -= 1
        if self.reader is not None:
            self.reader.end(self._local(tag), "".join(self._pieces))
        self._pieces = []
        self._length = 0

    def data(self, text: str) -> None:
        self.events += 1
        self._length += len(text)
        if self._length > self.gate.limits.text:
            raise self.gate.refuse("text", self.part, self.gate.limits.text)
        if self.reader is not None:
            self._pieces.append(text)

    def close(self) -> Any:
        return None

    def _local(self, tag: str) -> str:
        name = self._names.get(tag)
        if name is None:
            name = tag.rpartition("}")[2]
            if len(self._names) < self.gate.limits.names:
                self._names[tag] = name
        return name


def local_attributes(attributes: dict[str, str]) -> dict[str, str]:
    """Return attributes by their names without namespaces (`{…}id` as `id`).

    Examples
    --------
    >>> local_attributes({"{http://x}id": "rId1", "name": "Blad1"})
    {'id': 'rId1', 'name': 'Blad1'}
    """
    return {name.rpartition("}")[2]: value for name, value in attributes.items()}
