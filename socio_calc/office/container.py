"""The zip container of a workbook, checked before one byte of its XML is parsed.

A container is where a hostile file hides: sizes that lie, two parts with one name (readers differ in which they take),
parts that share the same packed bytes, an archive inside an archive, bytes before or after it. An honest Excel file
has none of them, so each is refused and not repaired.
"""

from __future__ import annotations

import io
import stat
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any, Final

from socio_calc.office.kinds import ZIP
from socio_calc.office.limits import Limits
from socio_calc.office.refusal import refusal, shown

_END_OF_ARCHIVE: Final = b"PK\x05\x06"
_END_LENGTH: Final = 22
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_ENCRYPTED: Final = 0x1
_SIZES_FOLLOW: Final = 0x8
_LARGEST_DESCRIPTOR: Final = 24
_IN_EXTRA_FIELD: Final = 0xFFFFFFFF
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: Below this a part cannot hurt, however well it is packed.
_SMALL: Final = 1_000_000
_LONGEST_NAME: Final = 255
_BEGINNING: Final = 200
#: How archives of all kinds begin.
_ARCHIVES: Final = (ZIP, b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


#: What reading a broken container may raise.
_UNREADABLE: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class Container:
    """The parts of a workbook whose container was found honest.

    Attributes
    ----------
    names
        Names of the parts by their lower-case form: part names do not differ in case only.
    beginning
        The first bytes of the file.
    """

    file: str
    archive: zipfile.ZipFile
    names: dict[str, str]
    beginning: bytes

    def has(self, part: str) -> bool:
        """Say whether the container holds a part."""
        return part.lower() in self.names

    def read(self, part: str) -> bytes:
        """Return the unpacked bytes of a part.

        Raises
        ------
        InputError
            The part is missing, or its bytes are not those that the container declares.
        """
        name = self.names.get(part.lower())
        if name is None:
            raise refusal("workbook-damaged", self.file, part=shown(part))
        try:
            return self.archive.read(name)
        except _UNREADABLE:
            raise refusal("workbook-tampered", self.file, what="sizes", part=shown(name)) from None


def open_container(content: bytes, file: str, limits: Limits) -> Container:
    """Check a container and return it.

    Raises
    ------
    InputError
        `workbook-damaged`, `workbook-bomb`, `workbook-tampered` or `encrypted-workbook`.
    """
    if content[-_END_LENGTH : -_END_LENGTH + 4] != _END_OF_ARCHIVE:
        what = "after" if _END_OF_ARCHIVE in content else None
        raise refusal("workbook-tampered", file, what=what, part=None) if what else _damaged(file)
    # The count stands in the last bytes too; it spares reading a directory of a million lines.
    declared = struct.unpack_from("<H", content, len(content) - _END_LENGTH + 10)[0]
    if declared > limits.members:
        raise refusal("workbook-bomb", file, what="members", found=declared, limit=limits.members)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (*_UNREADABLE, struct.error):
        raise _damaged(file) from None
    members = archive.infolist()
    if not members:
        raise _damaged(file)
    _check_sizes(members, file, limits)
    names = _checked_names(members, file)
    _check_layout(members, content, archive.start_dir, file)
    return Container(file, archive, names, content[:_BEGINNING])


def _damaged(file: str) -> Exception:
    return refusal("workbook-damaged", file, part=None)


def _check_sizes(members: list[zipfile.ZipInfo], file: str, limits: Limits) -> None:
    total = sum(member.file_size for member in members)
    found = {
        "members": (len(members), limits.members),
        "unpacked": (total, limits.unpacked),
        "part": (max(member.file_size for member in members), limits.part),
        "ratio": (max(_ratio(member) for member in members), limits.ratio),
    }
    for what, (value, limit) in found.items():
        if value > limit:
            raise refusal("workbook-bomb", file, what=what, found=value, limit=limit)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise refusal("encrypted-workbook", file)


def _ratio(member: zipfile.ZipInfo) -> int:
    return member.file_size // max(member.compress_size, 1) if member.file_size > _SMALL else 1


def _checked_names(members: list[zipfile.ZipInfo], file: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for member in members:
        name = member.filename
        if _is_unsafe(name) or stat.S_ISLNK(member.external_attr >> 16) or member.orig_filename != name:
            raise refusal("workbook-tampered", file, what="names", part=shown(member.orig_filename))
        if member.is_dir():
            if member.file_size:
                raise refusal("workbook-tampered", file, what="names", part=shown(name))
            continue
        # Two names that a reader may take for one: by case, or by how å, ä and ö are put together.
        key = unicodedata.normalize("NFC", name).lower()
        if key in names:
            raise refusal("workbook-tampered", file, what="duplicate", part=shown(name))
        names[key] = name
    return names


def _is_unsafe(name: str) -> bool:
    parts = name.rstrip("/").split("/")
    return (
        not name.strip("/")
        or len(name) > _LONGEST_NAME
        or any(char in name for char in "\\:")
        or any(part in ("", ".", "..") for part in parts)
        or not name.isprintable()
    )


def _check_layout(members: list[zipfile.ZipInfo], content: bytes, directory: int, file: str) -> None:
    """Follow the parts through the file: each begins where the one before ended, and says what the directory says."""
    position = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        offset = member.header_offset
        if position == 0 and offset:
            raise refusal("workbook-tampered", file, what="before", part=None)
        if offset < position:
            raise refusal("workbook-bomb", file, what="overlap", found=None, limit=None)
        if offset - position > _LARGEST_DESCRIPTOR or offset + _LOCAL.size > directory:
            raise refusal("workbook-tampered", file, what="gap", part=shown(member.filename))
        header = _LOCAL.unpack_from(content, offset)
        if not _agrees(header, member, content):
            raise refusal("workbook-tampered", file, what="headers", part=shown(member.filename))
        position = offset + _LOCAL.size + header[9] + header[10] + member.compress_size
    if position > directory:
        raise refusal("workbook-bomb", file, what="overlap", found=None, limit=None)
    if directory - position > _LARGEST_DESCRIPTOR:
        raise refusal("workbook-tampered", file, what="gap", part=None)


def _agrees(header: tuple[Any, ...], member: zipfile.ZipInfo, content: bytes) -> bool:
    signature, _, flags, method, _, _, _, packed, size, name_length, _ = header
    if signature != ZIP or method != member.compress_type or method not in _METHODS:
        return False
    start = member.header_offset + _LOCAL.size
    encoded = content[start : start + name_length]
    name = encoded.decode("utf-8" if flags & 0x800 else "cp437", "replace")
    if name != member.orig_filename:
        return False
    if flags & _SIZES_FOLLOW:
        return True
    return packed in (member.compress_size, _IN_EXTRA_FIELD) and size in (member.file_size, _IN_EXTRA_FIELD)


def check_nested(container: Container) -> None:
    """Refuse an archive among the parts; embedded workbooks have a message of their own (see `package`).

    Raises
    ------
    InputError
        `workbook-tampered`.
    """
    for key, name in container.names.items():
        if key.endswith((".xml", ".rels")) or "/embeddings/" in key:
            continue
        try:
            with container.archive.open(name) as part:
                head = part.read(8)
        except _UNREADABLE:
            raise refusal("workbook-tampered", container.file, what="sizes", part=shown(name)) from None
        if head.startswith(_ARCHIVES):
            raise refusal("workbook-tampered", container.file, what="nested", part=shown(name))
