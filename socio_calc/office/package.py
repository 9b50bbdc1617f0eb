"""What a workbook is made of: its content types and relations, and what no workbook from a stranger may bring.

Content types, names and relations are all looked at, since a hostile file may call a macro "picture" in one of them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from socio_calc.office.container import Container, check_nested
from socio_calc.office.guarded_xml import Gate, local_attributes
from socio_calc.office.kinds import zip_kind
from socio_calc.office.refusal import problem, refusal, shown
from socio_calc.problems import InputError, Problem

CONTENT_TYPES: Final = "[Content_Types].xml"
_MAIN_TYPES: Final = ("spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml")
#: Parts that hold no XML: pictures, the printer's settings, shapes of comments. Never opened, by us or by openpyxl.
_NOT_XML: Final = (
    ".bin",
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".bmp",
    ".tif",
    ".tiff",
    ".emf",
    ".wmf",
    ".svg",
    ".vml",
    ".ico",
)
_MOST_LINKS: Final = 5
#: (what it is, signs in part names, signs in content types and kinds of relation), first match counts.
_MACROS: Final = (
    "macro-file",
    ("vbaproject", "vbadata", "/macrosheets/", "/dialogsheets/"),
    ("vbaproject", "macroenabled", "macrosheet", "dialogsheet", "attachedtoolbars"),
)
_LINKS: Final = ("external-links", ("/externallinks/",), ("externallink", "ddelink", "attachedtemplate"))
_OBJECTS: Final = (
    "embedded-objects",
    ("/embeddings/", "/activex/", "/ctrlprops/", "/webextensions/"),
    ("oleobject", "activex", "ctrlprop", "/control", "/package", "webextension"),
)
_CONNECTIONS: Final = (
    "data-connections",
    ("xl/connections", "/querytables/", "xl/model/", "/volatiledependencies"),
    ("/connections", "connections+xml", "querytable", "volatiledependencies", "/powerpivotdata"),
)
_FORBIDDEN: Final = (_MACROS, _LINKS, _OBJECTS, _CONNECTIONS)
#: Left aside with a warning: (word for the message, sign in the part's name).
_LEFT_ASIDE: Final = (
    ("custom-xml", "customxml/"),
    ("pivot", "xl/pivottables/"),
    ("slicer", "xl/slicers/"),
    ("timeline", "xl/timelines/"),
    ("ribbon", "customui/"),
    ("comments", "xl/comments"),
    ("comments", "xl/threadedcomments/"),
)
#: Root elements of parts that fetch data when the file is opened in Excel, wherever they lie.
_MASHUP: Final = "DataMashup"


@dataclass(frozen=True)
class Relation:
    """A pointer from one part to another, or to an address outside."""

    source: str
    identity: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Package:
    """A workbook's parts after the check.

    Attributes
    ----------
    main
        Name of the part that lists the sheets.
    relations
        By the part that they start from; "" for the package itself.
    warnings
        What was left aside.
    """

    container: Container
    main: str
    relations: Mapping[str, tuple[Relation, ...]]
    warnings: tuple[Problem, ...]

    def related(self, source: str, kind: str) -> Iterator[Relation]:
        """Yield the relations of a part that are of a kind (`worksheet`, `styles`, …)."""
        return (one for one in self.relations.get(source.lower(), ()) if one.kind == kind and not one.external)


def open_package(container: Container, gate: Gate) -> Package:
    """Check what a workbook is made of; every XML part passes the gate except sheets and shared texts, which follow.

    Raises
    ------
    InputError
        All of `macro-file`, `external-links`, `embedded-objects`, `data-connections` that apply, or the reason why
        the parts cannot be read.
    """
    if other := zip_kind(container.names, container.beginning):
        raise refusal("not-a-workbook", container.file, kind=other)
    check_nested(container)
    types = _Types()
    gate.read(container.read(CONTENT_TYPES), CONTENT_TYPES, types)
    relations = _relations(container, gate)
    found = [*_forbidden(container, types, relations)]
    if found:
        raise InputError(found)
    main = next((one.target for one in relations.get("", ()) if one.kind == "officeDocument"), None)
    if main is None or not container.has(main):
        raise refusal("workbook-damaged", container.file, part=shown(main or "xl/workbook.xml"))
    if not types.of(main).endswith(_MAIN_TYPES):
        raise refusal("not-a-workbook", container.file, kind="archive")
    return Package(container, main, relations, tuple(_warnings(container)))


def check_other_parts(package: Package, gate: Gate, already: set[str]) -> None:
    """Pass every XML part through the gate that no reader has taken: a library may open it later.

    Raises
    ------
    InputError
        As `Gate.read`; `data-connections` for a Power Query part.
    """
    container = package.container
    for key, name in container.names.items():
        if key in already or key.endswith((*_NOT_XML, ".rels")) or key == CONTENT_TYPES.lower():
            continue
        if gate.read(container.read(name), name) == _MASHUP:
            raise refusal("data-connections", container.file, part=shown(name))


@dataclass
class _Types:
    """Content types, by extension and by part."""

    defaults: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, str] = field(default_factory=dict)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        content_type = attributes.get("ContentType", "").lower()
        if name == "Default":
            self.defaults[attributes.get("Extension", "").lower()] = content_type
        elif name == "Override":
            self.overrides[unquote(attributes.get("PartName", "")).lstrip("/").lower()] = content_type

    def end(self, name: str, text: str) -> None:
        """Nothing stands between the tags."""

    def of(self, part: str) -> str:
        return self.overrides.get(part.lower()) or self.defaults.get(part.rpartition(".")[2].lower(), "")

    def used(self, container: Container) -> Iterator[tuple[str, str]]:
        """Yield parts with their types, and types declared for parts that are not there."""
        yield from ((name, self.of(key)) for key, name in container.names.items())
        yield from ((part, kind) for part, kind in self.overrides.items() if not container.has(part))


@dataclass
class _Relations:
    source: str
    found: list[Relation] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship":
            return
        values = local_attributes(attributes)
        external = values.get("TargetMode", "").lower() == "external"
        target = values.get("Target", "")
        if not external:
            base = posixpath.dirname(self.source)
            target = posixpath.normpath(posixpath.join("/", base, unquote(target))).lstrip("/")
        kind = values.get("Type", "").rpartition("/")[2]
        self.found.append(Relation(self.source, values.get("Id", ""), kind, target, external))

    def end(self, name: str, text: str) -> None:
        """Nothing stands between the tags."""


def _relations(container: Container, gate: Gate) -> dict[str, tuple[Relation, ...]]:
    found: dict[str, tuple[Relation, ...]] = {}
    for key, name in container.names.items():
        if not key.endswith(".rels"):
            continue
        folder, _, last = key.rpartition("_rels/")
        source = folder + last.removesuffix(".rels")
        reader = _Relations(source)
        gate.read(container.read(name), name, reader)
        found[source] = tuple(reader.found)
    return found


def _forbidden(container: Container, types: _Types, relations: Mapping[str, tuple[Relation, ...]]) -> Iterator[Problem]:
    every = [one for several in relations.values() for one in several]
    for code, in_names, in_types in _FORBIDDEN:
        parts = [name for key, name in container.names.items() if any(sign in f"/{key}" for sign in in_names)]
        parts += [name for name, kind in types.used(container) if any(sign in kind for sign in in_types)]
        parts += [one.target for one in every if any(sign in f"/{one.kind.lower()}" for sign in in_types)]
        if code == "external-links":
            links = [one.target for one in every if _fetches(one)]
            if links or parts:
                shown_links = tuple(dict.fromkeys(shown(link) for link in links or parts))[:_MOST_LINKS]
                yield problem(code, container.file, links=shown_links)
        elif parts:
            yield problem(code, container.file, part=shown(parts[0]))


def _fetches(relation: Relation) -> bool:
    """Say whether a relation makes Excel fetch something; a hyperlink waits for a click and is never followed here."""
    return relation.external and relation.kind != "hyperlink"


def _warnings(container: Container) -> Iterator[Problem]:
    for what in dict.fromkeys(what for what, sign in _LEFT_ASIDE for key in container.names if key.startswith(sign)):
        yield problem("workbook-part-ignored", container.file, level="warning", what=what)
