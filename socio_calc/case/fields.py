"""Field types of the case: each reads what a person may write and refuses the rest with one of our own codes.

Errors are `PydanticCustomError`s whose type is the code of the message and whose context holds its values; pydantic
adds where they stand. `translate` turns them into problems.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Final

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from socio_calc.case.numbers import NumberError, Written, read_number, shown
from socio_calc.case.yaml_scalars import PointedNumber

#: Longest calculation, and longest time of any part of it, in years (METHOD §1: horizons of at most 120).
LONGEST: Final = 120
FIRST_CALENDAR_YEAR: Final = 1900
LAST_CALENDAR_YEAR: Final = 2200
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_IDENTIFIER: Final = re.compile(r"[^\W\d_][\w-]{0,63}")
_YES_NO_WORDS: Final = {"ja": "true", "yes": "true", "on": "true", "nej": "false", "no": "false", "off": "false"}
#: How a unit that may follow a number is called where it is expected.
_UNITS_TAKEN: Final[dict[str, frozenset[str]]] = {
    "number": frozenset(("", "%", "kr")),
    "named": frozenset(("", "%", "kr")),
    "share": frozenset(("", "%")),
    "share_per_year": frozenset(("", "%")),
    "sek": frozenset(("", "kr")),
}
#: Units of which a thousand is nothing unusual, and a thousandth is.
_COUNTED: Final = frozenset(("sek", "count", "hours", "named", "year", "calendar_year", "age"))


def fault(code: str, **params: object) -> PydanticCustomError:
    """Return the error that pydantic carries to where it is translated."""
    return PydanticCustomError(code, code, params)


def faults(found: Sequence[tuple[str, tuple[str | int, ...], dict[str, object]]]) -> PydanticCustomError:
    """Return several faults of one value as one error: (code, where below the value, params) of each."""
    return PydanticCustomError("several", "several", {"found": tuple(found)})


class Part(BaseModel):
    """A part of the case: frozen, and closed to keys that it does not know.

    A key without a value (`deadweight:`) counts as left out.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True, defer_build=True
    )

    @model_validator(mode="before")
    @classmethod
    def _empty_is_left_out(cls, data: Any) -> Any:
        if isinstance(data, dict) and None in data.values():
            known = {field.alias or name for name, field in cls.model_fields.items()}
            return {key: value for key, value in data.items() if value is not None or key not in known}
        return data


class OpenPart(Part):
    """A part some of whose keys the writer chooses; `OWN_KEYS` is what stands under them.

    A class that says so also gives `__pydantic_extra__` that type, by which pydantic reads them.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow")
    OWN_KEYS: ClassVar[Any]

    @property
    def own(self) -> dict[str, Any]:
        """What stands under the writer's keys, in the order of the file."""
        return self.__pydantic_extra__ or {}


#: No number of a case is larger: a million times the yearly product of Sweden, in kronor.
LARGEST: Final = 1e18


@dataclass(frozen=True)
class AsNumber:
    """A plain number in a field: its unit, its limits, and whether it must be whole."""

    unit: str = "number"
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False

    def read(self, written: Any) -> float | int:
        """Read, check and return the number."""
        try:
            number = read_number(self.as_written(written))
        except NumberError as error:
            raise fault(error.code, **error.params) from None
        self.check_unit(number, written)
        if self.whole and not number.value.is_integer():
            raise fault("not-whole", value=number.value)
        self.check_range(number.value)
        return int(number.value) if self.whole else number.value

    def as_written(self, value: Any) -> Any:
        """Return `420.000` as text where 420 000 may be meant: in fields of money, people, years and hours."""
        return value.written if isinstance(value, PointedNumber) and self.unit in _COUNTED else value

    def check_unit(self, number: Written, written: Any) -> None:
        """Refuse `15 %` as an amount, and `200 kr` as a share or a number of people."""
        if number.unit not in _UNITS_TAKEN.get(self.unit, ("",)):
            raise fault("wrong-unit", value=shown(written), unit_expected=self.unit)

    def check_range(self, value: float) -> None:
        """Refuse a value outside the limits, with the code that says best what is wrong with it."""
        low, high = self.minimum, self.maximum
        if abs(value) > LARGEST:
            raise fault("out-of-range", value=value, min=-LARGEST, max=LARGEST)
        if (low is None or value >= low) and (high is None or value <= high):
            return
        if self.unit in ("share", "share_per_year") and 1 <= value <= 100:
            raise fault("percent-or-share", value=value, percent=value, share=value / 100)
        if self.unit == "year" and high == LONGEST and FIRST_CALENDAR_YEAR <= value <= LAST_CALENDAR_YEAR:
            raise fault("calendar-year-here" if low == 0 else "calendar-year-as-span", value=value)
        if self.unit == "calendar_year":
            raise fault("year-out-of-range", value=value, first=low, last=high)
        if self.unit == "sek" and low == 0 and value < 0:
            raise fault("negative-amount", value=value)
        raise fault("out-of-range", value=value, min=low, max=high)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic read the field by `read`."""
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the schema of what may be written: a number within the limits, or text that holds one."""
        number: dict[str, Any] = {"type": "integer" if self.whole else "number"}
        if self.minimum is not None:
            number["minimum"] = self.minimum
        if self.maximum is not None:
            number["maximum"] = self.maximum
        return {"anyOf": [number, {"$ref": "#/$defs/NumberText"}]}


@dataclass(frozen=True)
class _AsText:
    """Text without control characters; with `pattern` a short name, with `filled` not empty."""

    code: str | None = None
    filled: bool = False

    def read(self, written: Any) -> str:
        if not isinstance(written, str):
            raise fault("missing-required") if written is None else fault("not-text", value=shown(written))
        if _CONTROL.search(written):
            raise fault("control-characters", value=shown(written))
        if self.filled and not written.strip():
            raise fault("missing-required")
        if self.code == "bad-id" and not _IDENTIFIER.fullmatch(written):
            raise fault("bad-id", value=shown(written))
        if self.code == "bad-name" and ("." in written or len(written) > 100):
            raise fault("bad-name", value=shown(written))
        return written

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        text: dict[str, Any] = {"type": "string"}
        if self.filled:
            text["minLength"] = 1
        return text


class _AsFlag:
    """True or false; other words for them are refused with the right one."""

    @staticmethod
    def read(written: Any) -> bool:
        if isinstance(written, bool):
            return written
        nearest = _YES_NO_WORDS.get(written.strip().lower()) if isinstance(written, str) else None
        raise fault("wrong-choice", value=shown(written), choices=("true", "false"), nearest=nearest)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "boolean"}


class _AsDate:
    """A day, written year-month-day."""

    @staticmethod
    def read(written: Any) -> date:
        if isinstance(written, date) and not isinstance(written, datetime):
            return written
        try:
            if isinstance(written, str) and len(written.strip()) == 10:
                return date.fromisoformat(written.strip())
        except ValueError:
            pass
        raise fault("missing-required") if written is None else fault("bad-date", value=shown(written))

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


Number = Annotated[float, AsNumber()]
Positive = Annotated[float, AsNumber(minimum=0)]
Share = Annotated[float, AsNumber("share", 0, 1)]
Rate = Annotated[float, AsNumber("share_per_year", 0, 1)]
Amount = Annotated[float, AsNumber("sek", 0)]
#: A year of the calculation or a number of years, from 0 or from 1.
Year = Annotated[int, AsNumber("year", 0, LONGEST, whole=True)]
Span = Annotated[int, AsNumber("year", 1, LONGEST, whole=True)]
CalendarYear = Annotated[int, AsNumber("calendar_year", FIRST_CALENDAR_YEAR, LAST_CALENDAR_YEAR, whole=True)]
Age = Annotated[int, AsNumber("age", 0, 130, whole=True)]
Count = Annotated[int, AsNumber("count", 0, whole=True)]

Text = Annotated[str, _AsText()]
Filled = Annotated[str, _AsText(filled=True)]
#: A short name that paths are made of: it starts with a letter and holds letters, digits, `_` and `-`.
Identifier = Annotated[str, _AsText("bad-id", filled=True)]
#: A name that the writer chooses freely, without the points that join a path.
Title = Annotated[str, _AsText("bad-name", filled=True)]
Flag = Annotated[bool, _AsFlag()]
Day = Annotated[date, _AsDate()]
