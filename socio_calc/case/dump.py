"""A case written as YAML that reads back to the same case: only what differs from the defaults, numbers bare."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from socio_calc.case.fields import OpenPart
from socio_calc.case.model import Case
from socio_calc.case.outcomes import Consequence
from socio_calc.case.quantities import COMMON_KEYS, Discrete, Fixed, Form, Triangular
from socio_calc.case.yaml_scalars import PointedNumber, plain_value

#: The file that `socio-calc schema --out` writes; editors look for it beside the case, so it works offline.
SCHEMA_FILE: Final = "socio-calc.schema.json"
SCHEMA_LINE: Final = f"# yaml-language-server: $schema={SCHEMA_FILE}\n"

#: Whole numbers up to this size are written without a decimal point.
_LARGEST_WHOLE: Final = 1e15
#: Text of several lines that a literal block carries unchanged: no odd signs, no spaces at the ends of lines.
_UNFIT: Final = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff"
_FIT_LINE: Final = rf"[^\s{_UNFIT}](?:[^{_UNFIT}]*[^\s{_UNFIT}])?"
_BLOCK: Final = re.compile(rf"{_FIT_LINE}(?:\n{_FIT_LINE})*\n?")
_WIDTH: Final = 10_000
#: Longest part that stands in one line, and longest item of a list of parts in one line, in characters.
_LINE: Final = 110
_SHORT: Final = 40


def dump_case(case: Case) -> str:
    """Return a case as the text of a YAML file.

    The first line names the JSON Schema for editors. Reading the text gives an equal case.

    Examples
    --------
    >>> from socio_calc.case import Cohort
    >>> case = Case(format=1, title="A", first_year=2025, price_year=2024, horizons=(5,), timing="end",
    ...     participants=(Cohort(year=0, number=60),))
    >>> print(dump_case(case))
    # yaml-language-server: $schema=socio-calc.schema.json
    format: 1
    title: A
    first_year: 2025
    price_year: 2024
    horizons: [5]
    timing: end
    participants: [{year: 0, number: 60}]
    <BLANKLINE>
    """
    return dump_data(case_data(case))


def dump_data(data: dict[str, Any]) -> str:
    """Return the raw data of a case as the text of a YAML file, as `dump_case` writes them."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt", pure=True)
    yaml.width = _WIDTH
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.ignore_aliases = lambda *_: True
    yaml.representer.add_representer(_WithOneMoreZero, _WithOneMoreZero.represent)
    stream = io.StringIO()
    yaml.dump(_styled(data, top=True), stream)
    return SCHEMA_LINE + stream.getvalue()


def case_data(case: Case, *, given: bool = False) -> dict[str, Any]:
    """Return a case as plain data in the form that a person writes: defaults left out, certain numbers bare.

    With `given`, a default that the person wrote out stays: a report says which values were left to the program.
    """
    return _part(case, given)


def _part(part: BaseModel, given: bool = False) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if isinstance(part, OpenPart):
        data.update((key, plain_data(value, given)) for key, value in part.own.items())
    fields = type(part).model_fields
    # Source and comment of a quantity come after its numbers.
    for name in sorted(fields, key=lambda name: isinstance(part, Form) and name in COMMON_KEYS):
        field, value = fields[name], getattr(part, name)
        written = given and value is not None and name in part.model_fields_set and not isinstance(part, Form)
        if field.is_required() or value != _default(field, part) or _says_something(part, name) or written:
            data[field.alias or name] = plain_data(value, given)
    return data


def _default(field: FieldInfo, part: BaseModel) -> Any:
    if field.default_factory is None:
        return field.default  # pydantic's own way copies it, which takes most of the time of writing a case
    return field.get_default(call_default_factory=True, validated_data=dict(part.__dict__))


def _says_something(part: BaseModel, name: str) -> bool:
    """Tell whether a value must be written although it is the default: it tells a form, or health needs it."""
    if name == "dist":
        return isinstance(part, Triangular | Discrete)
    return name == "quantity" and isinstance(part, Consequence) and part.kind == "health"


def plain_data(value: Any, given: bool = False) -> Any:
    """Return a quantity, a part or a collection of them as it is written in a file."""
    if isinstance(value, Form):
        data = _part(value)
        return data["value"] if isinstance(value, Fixed) and len(data) == 1 else data
    if isinstance(value, BaseModel):
        return _part(value, given)
    if isinstance(value, Mapping):
        return {str(key): plain_data(item, given) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_data(item, given) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_WHOLE:
        return int(value)
    return value


def _styled(data: Any, top: bool = False) -> Any:
    """Return data for ruamel: what is short stands in one line, the rest in blocks; text is quoted where needed."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

    if isinstance(data, dict | list):
        styled: Any
        if isinstance(data, dict):
            styled = CommentedMap((_styled(key), _styled(value)) for key, value in data.items())
        else:
            styled = CommentedSeq(_styled(item) for item in data)
        if not top and _is_short(data):
            styled.fa.set_flow_style()
        return styled
    if isinstance(data, str):
        if "\n" in data and _BLOCK.fullmatch(data):
            return LiteralScalarString(data)
        if plain_value(data) is not data or not data.isprintable():
            return DoubleQuotedScalarString(data)
    if isinstance(data, float) and isinstance(plain_value(repr(data)), PointedNumber):
        return _WithOneMoreZero(data)
    return data


class _WithOneMoreZero(float):
    """A number such as 12.345, written `12.3450`, so that nobody takes the point for a sign of thousands."""

    @staticmethod
    def represent(representer: Any, number: float) -> Any:
        return representer.represent_scalar("tag:yaml.org,2002:float", f"{float(number)!r}0")


def _is_short(data: dict[str, Any] | list[Any]) -> bool:
    """Tell whether a part fits in one line: no text of several lines, and no list of longer parts."""
    said = repr(data)
    listed = isinstance(data, list) and any(isinstance(item, dict) and len(repr(item)) > _SHORT for item in data)
    return len(said) <= _LINE and "\\n" not in said and not listed
