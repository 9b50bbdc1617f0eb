"""The JSON Schema of a case file (draft 2020-12), for editors: every form that a person may write."""

from __future__ import annotations

from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from socio_calc.case.model import Case
from socio_calc.case.quantities import FORMS, NEEDED_KEYS

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
#: Text that holds a number: `350 000 kr`, `15 %`, `3,5`, `40 st`, `1,5 miljoner`.
NUMBER_TEXT: Final = (
    r"^\s*[+\-\u2212\u2013]?\s*[0-9][0-9 \u00a0\u202f\u2009_.,]*"
    r"\s*(%|procent|kr|kronor|SEK|sek|:-|tkr|mkr|st|stycken"
    r"|(miljon|miljoner|million|millions)( (kr|kronor|SEK|sek))?)?\s*$"
)


def case_schema() -> dict[str, Any]:
    """Return the JSON Schema of a case file.

    Examples
    --------
    >>> schema = case_schema()
    >>> schema["properties"]["timing"]["enum"]
    ['start', 'mid', 'end']
    """
    _, schema = models_json_schema(
        [(Case, "validation"), *((form, "validation") for form in FORMS)], schema_generator=_Bare
    )
    parts: dict[str, Any] = schema["$defs"]
    for part in parts.values():
        part["description"] = part["description"].split("\n\n")[0].replace("\n", " ")
    for form in FORMS:
        parts[form.__name__]["required"] = sorted(NEEDED_KEYS[form])
    # The keys of a mapping are text for a schema: years stand by their digits. 0 turns equalisation off.
    parts["Application"]["properties"]["applied"]["propertyNames"] = {"pattern": "^[0-9]{4}$"}
    parts["Equalisation"] = {"anyOf": [{"const": 0}, parts["Equalisation"]]}
    parts["NumberText"] = {"type": "string", "pattern": NUMBER_TEXT}
    case = parts.pop("Case")
    return {"$schema": DRAFT, **case, "title": "socio-calc case", "$defs": dict(sorted(parts.items()))}


class _Bare(GenerateJsonSchema):
    """Without a title for every field: an editor shows the key anyway."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False
