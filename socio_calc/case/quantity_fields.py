"""Fields that hold an uncertain quantity: what may be written there, in which unit and within which limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from socio_calc.case.fields import AsNumber, fault, faults
from socio_calc.case.nearest import nearest
from socio_calc.case.numbers import NumberError, is_broken_off, read_number, shown
from socio_calc.case.quantities import (
    COMMON_KEYS,
    FORMS,
    NEEDED_KEYS,
    QUANTITY_KEYS,
    BaselineRef,
    CostRef,
    EvidenceRef,
    Form,
    Quantity,
    form_of,
    nearest_form,
)

_TAGS: Final[dict[type[Form], str]] = {form: f"~{form.__name__}" for form in FORMS}
_REFERENCES: Final[dict[type[Form], str]] = {CostRef: "cost", EvidenceRef: "evidence", BaselineRef: "baseline"}
_ANY_NUMBER: Final = AsNumber()
_INTERVAL_KEYS: Final = frozenset(("low", "mode", "high"))


@dataclass(frozen=True)
class AsQuantity:
    """A quantity in a field: unit and limits of its values, and which references to the base may stand there.

    Attributes
    ----------
    number
        Unit and limits of the values that are stated (interval ends may reach outside).
    references
        Which of `cost`, `evidence` and `baseline` may be used.
    """

    number: AsNumber = _ANY_NUMBER
    references: frozenset[str] = frozenset()

    def prepare(self, written: Any) -> Any:
        """Turn a bare number into `{value: …}` and refuse keys that make no form."""
        if isinstance(written, Form):
            return written
        if not isinstance(written, dict):
            if written is None or (isinstance(written, str | int | float) and not isinstance(written, bool)):
                self._check_units(written)
                return {"value": written}
            raise fault("not-a-number", value=shown(written))
        if form_of(frozenset(written)) is None:
            raise _wrong_keys(written)
        for key, value in written.items():
            if key not in COMMON_KEYS:
                self._check_units(value)
        return written

    def _check_units(self, value: Any) -> None:
        for item in value if isinstance(value, list) else (value,):
            written = self.number.as_written(item)
            if isinstance(written, str):
                try:
                    number = read_number(written)
                except NumberError as error:
                    if written is not item:
                        raise fault(error.code, **error.params) from None
                    continue  # the form's own field refuses it, and says which
                self.number.check_unit(number, written)

    def check(self, quantity: Quantity) -> Quantity:
        """Refuse a reference that cannot stand in this field, and values outside its limits."""
        kind = _REFERENCES.get(type(quantity))
        if kind is not None and kind not in self.references:
            raise fault(f"{kind}-not-here")
        found: list[tuple[str, tuple[str | int, ...], dict[str, object]]] = []
        for key, value in quantity.stated().items():
            try:
                self.number.check_range(value)
            except PydanticCustomError as error:
                below = tuple(int(step) if step.isdigit() else step for step in key.split("."))
                found.append((error.type, below, dict(error.context or {})))
        if found:
            raise faults(found)
        return quantity

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Build a union whose member is chosen from the keys, between `prepare` and `check`."""
        union = core_schema.tagged_union_schema(
            {tag: handler.generate_schema(form) for form, tag in _TAGS.items()}, discriminator=_tag_of
        )
        return core_schema.no_info_after_validator_function(
            self.check, core_schema.no_info_before_validator_function(self.prepare, union)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the schema of the field: a number, text that holds one, or one of the forms."""
        forms = [form for form in FORMS if _REFERENCES.get(form, "") in self.references | {""}]
        return {
            "anyOf": [
                {"type": "number"},
                {"$ref": "#/$defs/NumberText"},
                *({"$ref": f"#/$defs/{form.__name__}"} for form in forms),
            ]
        }


def _tag_of(value: Any) -> str | None:
    form = type(value) if isinstance(value, Form) else form_of(frozenset(value))
    return None if form is None else _TAGS[form]


def _wrong_keys(written: dict[str, Any]) -> PydanticCustomError:
    """Say what is wrong with a set of keys that makes no form: unknown, missing, or of several forms."""
    keys = frozenset(written)
    unknown = [key for key in written if key not in QUANTITY_KEYS]
    broken_off = [key for key in unknown if is_broken_off(key, written[key])]
    if broken_off:
        return faults([("decimal-comma-in-braces", (key,), {"key": key}) for key in broken_off])
    if unknown:
        known = tuple(sorted(QUANTITY_KEYS))
        return faults([("unknown-key", (key,), {"key": key, "nearest": nearest(key, known)}) for key in unknown])
    own = keys - COMMON_KEYS
    if not own:
        return faults([("missing-required", ("value",), {"key": "value"})])
    form = nearest_form(keys)
    odd = own - set(form.model_fields)
    if odd:
        return fault("number-mixed", keys=tuple(key for key in written if key in own))
    missing = [key for key in form.model_fields if key in NEEDED_KEYS[form] - keys]
    given = next(key for key in written if key in own)
    code = "one-sided-interval" if own <= _INTERVAL_KEYS else "number-incomplete"
    return faults([(code, (), {"given": given, "missing": key}) for key in missing])


@dataclass(frozen=True)
class OneOrMany:
    """A field that takes one value or a list of them; the error of an item says which."""

    one: Any
    many: Any = None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Choose by whether a list is written."""
        item = handler.generate_schema(self.many or self.one)
        return core_schema.tagged_union_schema(
            {
                "~one": handler.generate_schema(self.one),
                "~many": core_schema.tuple_schema([item], variadic_item_index=0, min_length=1),
            },
            discriminator=lambda value: "~many" if isinstance(value, list | tuple) else "~one",
        )


@dataclass(frozen=True)
class OrWord:
    """A field that takes a quantity or one fixed word."""

    quantity: Any
    word: Any

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Choose by whether the word is written."""
        (word,) = get_args(self.word)
        return core_schema.tagged_union_schema(
            {"~one": handler.generate_schema(self.quantity), "~word": core_schema.literal_schema([word])},
            discriminator=lambda value: "~word" if value == word else "~one",
        )


@dataclass(frozen=True)
class OrRate:
    """A field that takes a quantity, or a rate that it follows from: `{rate: Q}`."""

    quantity: Any
    rate: Any

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Choose by whether the key `rate` is written."""
        return core_schema.tagged_union_schema(
            {"~one": handler.generate_schema(self.quantity), "~rate": handler.generate_schema(self.rate)},
            discriminator=lambda value: "~rate" if _is_rate(value) else "~one",
        )


def _is_rate(value: Any) -> bool:
    return "rate" in value if isinstance(value, dict) else hasattr(value, "rate")


_COST: Final = frozenset(("cost",))
AnyQuantity = Annotated[Quantity, AsQuantity()]
#: A named quantity: a row of the base stands there as if written where it is used.
NamedQuantity = Annotated[Quantity, AsQuantity(AsNumber("named"), frozenset(("cost", "evidence")))]
ShareQuantity = Annotated[Quantity, AsQuantity(AsNumber("share", 0, 1))]
GrowthQuantity = Annotated[Quantity, AsQuantity(AsNumber("share_per_year", -0.5, 0.5))]
CountQuantity = Annotated[Quantity, AsQuantity(AsNumber("count", 0))]
YearsQuantity = Annotated[Quantity, AsQuantity(AsNumber("year", 0))]
HoursQuantity = Annotated[Quantity, AsQuantity(AsNumber("hours", 0))]
FactorQuantity = Annotated[Quantity, AsQuantity(AsNumber(minimum=0))]
#: Events per person and year.
RateQuantity = Annotated[Quantity, AsQuantity(AsNumber("rate", 0))]
#: An amount of money that cannot be negative, and a price of something, which can.
MoneyQuantity = Annotated[Quantity, AsQuantity(AsNumber("sek", 0), _COST)]
PriceQuantity = Annotated[Quantity, AsQuantity(AsNumber("sek"), _COST)]
EffectQuantity = Annotated[Quantity, AsQuantity(references=frozenset(("evidence",)))]
LevelQuantity = Annotated[Quantity, AsQuantity(references=frozenset(("baseline",)))]

OrdinaryLevel = Annotated[Quantity | tuple[Quantity, ...], OneOrMany(LevelQuantity)]
ShareByYear = Annotated[Quantity | tuple[Quantity, ...], OneOrMany(ShareQuantity)]
Holds = Annotated[Quantity | Literal["open"], OrWord(YearsQuantity, Literal["open"])]
