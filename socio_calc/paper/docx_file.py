"""The file around a Word document: properties, data that it carries, and bytes that no clock decides."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any, Final
from xml.sax.saxutils import escape

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from socio_calc.paper.cleaning import cleaned
from socio_calc.paper.docx_styles import TAGS
from socio_calc.paper.paper import Attachment, Paper

#: A date that nothing decides: the same paper gives the same bytes.
_CREATED: Final = datetime(2000, 1, 1)
_ZIPPED: Final = (2000, 1, 1, 0, 0, 0)
#: Namespace of the data that a document carries along.
ATTACHMENT_NAMESPACE: Final = "urn:socio-calc:attachment"
ATTACHMENT_PART: Final = "/customXml/item1.xml"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTIES_NAMESPACE: Final = f"{_OFFICE}/custom-properties"
_PROPERTIES_RELATION: Final = f"{_OFFICE}/relationships/custom-properties"
_PROPERTIES_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_VALUES_NAMESPACE: Final = f"{_OFFICE}/docPropsVTypes"
#: The set that a document's own properties belong to.
_OWN_PROPERTIES: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def set_properties(document: Any, paper: Paper) -> None:
    """Set what the file says of itself."""
    core = document.core_properties
    core.title, core.subject = cleaned(paper.title)[:255], cleaned(paper.subject)[:255]
    core.author, core.last_modified_by = paper.author, paper.author
    core.keywords = ", ".join(paper.keywords)[:255]
    core.comments, core.category = "", ""
    core.language = TAGS[paper.lang]
    core.created = core.modified = _CREATED
    core.revision = 1


def attach(document: Any, attachment: Attachment) -> None:
    """Put data into the document as a part of its own, which Word keeps when the document is edited and saved."""
    described = escape(cleaned(attachment.description), {'"': "&quot;"})
    # The library's own template carries an empty list of sources in that place.
    _drop(document.part, RELATIONSHIP_TYPE.CUSTOM_XML)
    _part(
        document.part, ATTACHMENT_PART, "application/xml", RELATIONSHIP_TYPE.CUSTOM_XML,
        f'<attachment xmlns="{ATTACHMENT_NAMESPACE}" name="{attachment.name}" description="{described}">'
        f"{attachment.text}</attachment>",
    )  # fmt: skip
    if attachment.properties:
        rows = "".join(
            f'<property fmtid="{_OWN_PROPERTIES}" pid="{number}" name="{escape(name)}">'
            f"<vt:lpwstr>{escape(cleaned(value))}</vt:lpwstr></property>"
            for number, (name, value) in enumerate(attachment.properties, start=2)
        )
        _part(
            document.part.package, "/docProps/custom.xml", _PROPERTIES_TYPE, _PROPERTIES_RELATION,
            f'<Properties xmlns="{_PROPERTIES_NAMESPACE}" xmlns:vt="{_VALUES_NAMESPACE}">{rows}</Properties>',
        )  # fmt: skip


def _drop(owner: Any, relation: str) -> None:
    """Leave out what an owner relates to in one way."""
    for key in [key for key, found in owner.rels.items() if found.reltype == relation]:
        del owner.rels[key]


def _part(owner: Any, name: str, content_type: str, relation: str, xml: str) -> None:
    package = getattr(owner, "package", None) or owner
    whole = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'
    owner.relate_to(Part(PackURI(name), content_type, whole.encode(), package), relation)


def saved(document: Any) -> bytes:
    """Return the bytes of a document: members in a fixed order, with a fixed date, without the library's thumbnail."""
    package = document.part.package
    _drop(package, RELATIONSHIP_TYPE.THUMBNAIL)
    written = io.BytesIO()
    document.save(written)
    target = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(target, "w") as archive:
        # The list of content types comes first: some readers look for it there.
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, _ZIPPED)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            archive.writestr(member, source.read(name))
    return target.getvalue()
