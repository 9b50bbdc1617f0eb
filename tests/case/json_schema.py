"""A small validator of JSON Schema: the words that the schema of a case uses, and an error for any other."""

from __future__ import annotations

import re
from typing import Any

_SAID_ONLY = {"title", "description", "default", "$schema", "$defs", "format"}
_TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
    "number": (int, float),
    "integer": int,
}


def valid(value: Any, schema: dict[str, Any] | bool, root: dict[str, Any]) -> bool:
    """Tell whether a value fits a schema."""
    if isinstance(schema, bool):
        return schema
    return all(_fits(word, said, value, schema, root) for word, said in schema.items() if word not in _SAID_ONLY)


def _fits(word: str, said: Any, value: Any, schema: dict[str, Any], root: dict[str, Any]) -> bool:
    match word:
        case "$ref":
            return valid(value, root["$defs"][said.removeprefix("#/$defs/")], root)
        case "type":
            return isinstance(value, _TYPES[said]) and (said in ("boolean",) or not isinstance(value, bool))
        case "const":
            return value == said and isinstance(value, bool) == isinstance(said, bool)
        case "enum":
            return value in said
        case "anyOf":
            return any(valid(value, option, root) for option in said)
        case "oneOf":
            return sum(valid(value, option, root) for option in said) == 1
        case "minimum":
            return not isinstance(value, int | float) or value >= said
        case "maximum":
            return not isinstance(value, int | float) or value <= said
        case "minLength":
            return not isinstance(value, str) or len(value) >= said
        case "pattern":
            return not isinstance(value, str) or re.search(said, value) is not None
        case "minItems":
            return not isinstance(value, list) or len(value) >= said
        case "maxItems":
            return not isinstance(value, list) or len(value) <= said
        case "items":
            start = len(schema.get("prefixItems", ()))
            return not isinstance(value, list) or all(valid(item, said, root) for item in value[start:])
        case "prefixItems":
            return not isinstance(value, list) or all(valid(*pair, root) for pair in zip(value, said, strict=False))
        case "required":
            return not isinstance(value, dict) or all(key in value for key in said)
        case "properties":
            return not isinstance(value, dict) or all(
                valid(value[key], inner, root) for key, inner in said.items() if key in value
            )
        case "propertyNames":
            return not isinstance(value, dict) or all(valid(key, said, root) for key in value)
        case "additionalProperties":
            others = set(value) - set(schema.get("properties", ())) if isinstance(value, dict) else set()
            return all(valid(value[key], said, root) for key in others)
    raise AssertionError(f"the schema uses a word that this validator does not know: {word}")
