"""A YAML file from anyone, read into plain data with the place of every key.

The file is read as events and built here, so that anchors, aliases, tags, duplicate keys and files that are too
large, too long or too deep are refused before anything is constructed (YAML 1.2, core schema). Dates stay text.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from socio_calc.case.nearest import nearest
from socio_calc.case.numbers import shown
from socio_calc.case.paths import item_names
from socio_calc.case.yaml_scalars import plain_value
from socio_calc.problems import InputError, Place, Problem, file_reason

MAX_BYTES: Final = 1_000_000
MAX_EVENTS: Final = 50_000
MAX_DEPTH: Final = 20
#: Rows that one list may hold.
MAX_ITEMS: Final = 10_000

Mark = tuple[int, int]
_UNWANTED_KEY: Final = "<<"
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_UNFIT: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
#: Ends of lines in YAML 1.1, which libyaml reads; no longer in 1.2.
_OLD_LINE_ENDS: Final = re.compile("[\x85\u2028\u2029]")
_DETAILS: Final = (
    (re.compile(r"'\\t'"), "tab"),
    (re.compile("mapping values are not allowed"), "colon"),
    (re.compile("special characters|unacceptable character|unknown escape"), "character"),
    (re.compile("quoted scalar"), "quote"),
    (re.compile(r"expected ',' or|expected the node content|found '[\]}]'"), "bracket"),
    (re.compile("expected <block end>|could not find expected ':'|block"), "indent"),
)


@dataclass(frozen=True)
class Document:
    """A file as plain data: dict, list, str, int, float, bool and None.

    Attributes
    ----------
    places
        Line and column, both from 1, of every key and list item by its path.
    file, sha256, text
        The file's name, the hash of its bytes, and what it says.
    problems
        What is wrong with the file itself although its data could be read (a form with cells that could not).
    """

    data: Any
    places: Mapping[str, Mark]
    file: str
    sha256: str
    text: str
    problems: tuple[Problem, ...] = ()

    def place(self, path: str) -> Place:
        """Return the place of a path, or of the nearest part above it that is written in the file."""
        known = path
        while known and known not in self.places:
            known = known.rpartition(".")[0]
        line, column = self.places.get(known, (1, 1))
        return Place(file=self.file, line=line, column=column, path=path or None)

    def worded(self, problem: Problem) -> Problem:
        """Return a problem of this file with what messages about such a file need beside its own values."""
        return problem

    def order(self, problem: Problem) -> tuple[int, int, int]:
        """Return where a problem stands in the order in which the file is read."""
        return 0, problem.place.line or 0, problem.place.column or 0


def read_document(path: Path) -> Document:
    """Read a case file.

    Raises
    ------
    InputError
        The file is missing, too large, not UTF-8 text, or no YAML that we accept; with the place and a code for each.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _refusal("file-unreadable", path, reason="folder" if path.is_dir() else "no-file")
        if status.st_size > MAX_BYTES:
            raise _refusal("too-large", path, size=status.st_size, limit=MAX_BYTES)
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _not_found(path) from None
    except (OSError, ValueError) as error:
        raise _refusal("file-unreadable", path, reason=file_reason(error)) from None
    return parse_document(content, str(path))


def parse_document(content: bytes, file: str) -> Document:
    r"""Read the bytes of a case file; `file` is the name that messages give.

    Raises
    ------
    InputError
        As `read_document`.

    Examples
    --------
    >>> document = parse_document(b"title: Fall\ncosts:\n- {name: Lokal}\n", "case.yaml")
    >>> document.data, document.places["costs.0.name"]
    ({'title': 'Fall', 'costs': [{'name': 'Lokal'}]}, (3, 4))
    """
    if len(content) > MAX_BYTES:
        raise _refusal("too-large", file, size=len(content), limit=MAX_BYTES)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refusal("not-utf8", file, line, 1) from None
    builder = _Builder(file)
    data = builder.build(text)
    if data is None:
        raise _refusal("empty-file", file)
    if not isinstance(data, dict):
        raise _refusal("no-mapping", file, 1, 1)
    if builder.problems:
        raise InputError(builder.problems)
    return Document(data, builder.places(data), file, hashlib.sha256(content).hexdigest(), text)


def _refusal(code: str, file: str | Path, *mark: int, **params: object) -> InputError:
    """Return a refusal of the whole file, at a line and column where there is one to point at."""
    line, column = mark if mark else (None, None)
    return InputError([Problem(code, Place(str(file), line, column), {"file": Path(file).name or str(file), **params})])


def _not_found(path: Path) -> InputError:
    folder = path.parent
    try:
        others = [other.name for other in folder.iterdir() if other.suffix in (".yaml", ".yml", ".xlsx")]
    except OSError:
        others = []
    similar = nearest(path.name, sorted(others))
    return _refusal("file-not-found", path, folder=str(folder.absolute()), nearest=similar)


@dataclass
class _Builder:
    """Builds plain data from parser events, and keeps where each key and item stood."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    #: Marks of the keys or items of a container, by the identity of the container.
    marks: dict[int, dict[str | int, Mark]] = field(default_factory=dict)
    #: Open containers, with the key that waits for its value.
    stack: list[tuple[Any, str | None]] = field(default_factory=list)
    root: Any = None

    def build(self, text: str) -> Any:
        """Return the data of the only document in the text."""
        documents = 0
        for count, event in enumerate(self._events(text)):
            kind = type(event).__name__
            if count > MAX_EVENTS:
                raise _refusal("too-many-parts", self.file, limit=MAX_EVENTS)
            if kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    raise _refusal("several-documents", self.file, *_mark(event))
                if event.tags:
                    raise self._unwanted("tag", "%TAG", event)
            elif kind not in ("StreamStartEvent", "StreamEndEvent", "DocumentEndEvent"):
                self._take(kind, event)
        return self.root

    def _events(self, text: str) -> Iterator[Any]:
        """Yield the events of the parser; whatever breaks in it becomes a refusal with its line."""
        quick = _quick_events(text)
        if quick is not None:
            yield from quick
            return
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError

        try:
            yield from YAML(typ="safe", pure=True).parse(text)
        except InputError:
            raise
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
            raise self._syntax(line, column, f"{error.context} {error.problem}") from None
        except Exception as error:
            at = getattr(error, "position", None)
            line = text.count("\n", 0, at) + 1 if isinstance(at, int) else self._last_line()
            raise self._syntax(line, 1, str(error)) from None

    def _take(self, kind: str, event: Any) -> None:
        if kind == "AliasEvent":
            raise self._unwanted("alias", "*", event)
        if kind in ("MappingEndEvent", "SequenceEndEvent"):
            self.stack.pop()
            return
        if event.anchor is not None:
            raise self._unwanted("anchor", "&", event)
        if event.tag is not None:
            raise self._unwanted("tag", "!", event)
        if kind == "ScalarEvent":
            self._place(self._scalar(event), event)
            return
        container: Any = {} if kind == "MappingStartEvent" else []
        self._place(container, event)
        self.marks[id(container)] = {}
        self.stack.append((container, None))
        if len(self.stack) > MAX_DEPTH:
            raise _refusal("too-deep", self.file, *_mark(event), limit=MAX_DEPTH)

    def _scalar(self, event: Any) -> Any:
        expects_key = bool(self.stack) and isinstance(self.stack[-1][0], dict) and self.stack[-1][1] is None
        value = _joined_surrogates(event.value)
        if _UNFIT.search(value) if expects_key else _SURROGATE.search(value):
            params = {"value": shown(value)}
            self.problems.append(Problem("control-characters", Place(self.file, *_mark(event)), params))
            return shown(value)
        return value if expects_key or event.style else plain_value(value)

    def _place(self, value: Any, event: Any) -> None:
        """Put a value where it belongs: the root, an item of a list, a key, or the value of the key that waits."""
        if not self.stack:
            self.root = value
            return
        container, key = self.stack[-1]
        if isinstance(container, list):
            self.marks[id(container)][len(container)] = _mark(event)
            container.append(value)
            if len(container) > MAX_ITEMS:
                raise _refusal("too-many-items", self.file, *_mark(event), limit=MAX_ITEMS)
        elif key is not None:
            container[key] = value
            self.stack[-1] = (container, None)
        else:
            self._begin_key(container, value, event)

    def _begin_key(self, container: dict[str, Any], key: Any, event: Any) -> None:
        line, column = _mark(event)
        if not isinstance(key, str):
            raise self._syntax(line, column, "block")
        if key == _UNWANTED_KEY:
            raise self._unwanted("merge", _UNWANTED_KEY, event)
        if key in container:
            first, _ = self.marks[id(container)][key]
            params = {"key": key, "line_a": first, "line_b": line}
            self.problems.append(Problem("duplicate-key", Place(self.file, line, column), params))
        self.marks[id(container)].setdefault(key, (line, column))
        self.stack[-1] = (container, key)

    def places(self, data: Any) -> dict[str, Mark]:
        """Return the marks by path, now that the ids of all items are known."""
        found: dict[str, Mark] = {}
        waiting: list[tuple[str, Any]] = [("", data)]
        while waiting:
            prefix, container = waiting.pop()
            marks = self.marks.get(id(container))
            if marks is None:
                continue
            names = item_names(container) if isinstance(container, list) else list(container)
            children = container if isinstance(container, list) else container.values()
            for name, child, mark in zip(names, children, marks.values(), strict=True):
                path = f"{prefix}.{name}" if prefix else name
                found[path] = mark
                waiting.append((path, child))
        return found

    def _last_line(self) -> int:
        marks = next((m for m in reversed(list(self.marks.values())) if m), {})
        return max((line for line, _ in marks.values()), default=1)

    def _unwanted(self, feature: str, sign: str, event: Any) -> InputError:
        return _refusal("yaml-alias", self.file, *_mark(event), feature=feature, sign=sign)

    def _syntax(self, line: int, column: int, said: str) -> InputError:
        detail = next((name for pattern, name in _DETAILS if pattern.search(said)), "other")
        return _refusal("yaml-syntax", self.file, line, column, detail=detail, line=line)


def _quick_events(text: str) -> list[Any] | None:
    """Return the events of libyaml, ten times as fast, or None where it is missing or refuses the text.

    What it refuses, or would end lines in that YAML 1.2 does not end, is read again by the parser of YAML 1.2, which
    takes a little more (JSON's escapes) and says better what is wrong.
    """
    if _OLD_LINE_ENDS.search(text):
        return None
    from yaml import YAMLError

    try:
        from yaml.cyaml import CParser

        parser = CParser(text)
        events: list[Any] = []
        while len(events) < MAX_EVENTS + 2 and parser.check_event():
            events.append(parser.get_event())
    except (ImportError, YAMLError, ValueError):
        return None
    return events


def _joined_surrogates(text: str) -> str:
    r"""Join the halves of signs that were escaped as in JSON (`\ud83d\ude00`); halves alone stay as they are."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _mark(event: Any) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1
