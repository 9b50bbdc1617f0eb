"""Inputs that outcomes and pathways have alike: fields by path, an effect's course over time, and consequences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from socio_calc.case import Consequence, Fixed, Outcome, Quantity
from socio_calc.case.pathways import Pathway
from socio_calc.engine.plan import Line
from socio_calc.locale import Texts
from socio_calc.reference import ReferenceBase
from socio_calc.report.workbook.cells import ConsequenceCells, CourseCells
from socio_calc.report.workbook.formula import Live
from socio_calc.report.workbook.input_rows import InputRows
from socio_calc.report.workbook.styles import Kind

if TYPE_CHECKING:
    from socio_calc.report.workbook.inputs import Conversions


@dataclass(frozen=True, slots=True)
class InputSheet:
    """The sheet of inputs while it is written, with what consequences need: lines of the plan by path, and prices."""

    rows: InputRows
    words: Texts
    lines: Mapping[str, Line]
    conversions: Conversions
    base: ReferenceBase


class Fields:
    """Writes the fields of one outcome, pathway or consequence.

    Parameters
    ----------
    rows, words
        The sheet and the texts of its language.
    owner
        What the rows belong to, as a heading.
    path
        Its path in the case.
    given
        Keys that the case writes out; the others have the default given.
    """

    def __init__(self, rows: InputRows, words: Texts, owner: str, path: str, given: set[str]) -> None:
        self.rows, self.words, self.owner, self.path, self.given = rows, words, owner, path, given

    def plain(self, key: str, value: float, kind: Kind, about: str = "") -> Live:
        """Write a plain number; `about` follows its label."""
        where = f"{self.path}.{key}"
        default = self.words.t("workbook.source.default") if key not in self.given and "." not in key else ""
        return self.rows.value(self.owner, self._label(where, about), value, kind, self._use(key), where, default)

    def quantity(
        self,
        key: str,
        quantity: Quantity,
        kind: Kind,
        about: str = "",
        *,
        default: bool | None = None,
        use: str | None = None,
    ) -> Live:
        """Write a quantity of any form; `use` is the text of what it is for where its key does not tell."""
        where = f"{self.path}.{key}"
        unsaid = key.partition(".")[0] not in self.given if default is None else default
        label = self._label(where, about)
        said = self._use(key) if use is None else self.words.t(f"workbook.use.{use}")
        return self.rows.quantity(self.owner, label, quantity, kind, said, where, default=unsaid)

    def many(self, key: str, written: Quantity | tuple[Quantity, ...], kind: Kind) -> tuple[Live, ...]:
        """Write one quantity, or a list by year of which each has a row."""
        if not isinstance(written, tuple):
            return (self.quantity(key, written, kind),)
        return tuple(
            self.quantity(f"{key}.{number}", quantity, kind, self.item_name(number), default=False)
            for number, quantity in enumerate(written)
        )

    def item_name(self, number: int) -> str:
        """Return what follows the label of an item of a list, counted from 0."""
        return self.words.t("workbook.list-item", n=number + 1)

    def _label(self, where: str, about: str) -> str:
        label = self.words.label(where)
        return f"{label} {about}" if about else label

    def _use(self, key: str) -> str:
        first, *rest = key.split(".")
        if first in ("start", "transitions"):
            return self.words.t(f"workbook.use.{_move_use(key)}")
        parts = [first, *(part for part in rest if not part.isdecimal())]
        return self.words.t(f"workbook.use.{'-'.join(parts).replace('_', '-')}")


def _move_use(key: str) -> str:
    """Return the use of a number under `start` or `transitions`, whose keys are the writer's own."""
    if key.startswith("start."):
        return "pathway-start"
    if ".counts." in key:
        return "transition-counts"
    return "transition-rate" if key.endswith(".rate") else "transition"


def course_cells(write: Fields, item: Outcome | Pathway, *, once: bool = False) -> CourseCells:
    """Write an effect's course over time and its adjustments; `once` is for an event, which has no course."""
    lag = write.plain("lag", item.lag, "integer")
    holds = rate = over = table = lasts = None
    if not once:
        if item.holds is not None and not isinstance(item.holds, str):
            holds = write.quantity("holds", item.holds, "number")
        fades = item.fades
        if fades is not None and fades.rate is not None:
            rate = write.quantity("fades.rate", fades.rate, "share")
        if fades is not None and fades.over is not None:
            over = write.plain("fades.over", fades.over, "integer")
        if fades is not None and fades.values is not None:

            def left(number: int, share: float) -> Callable[[], Live]:
                return lambda: write.plain(f"fades.values.{number}", share, "share")

            table = write.rows.listed([left(number, share) for number, share in enumerate(fades.values)])
        if item.lasts is not None:
            lasts = write.plain("lasts", item.lasts, "integer")
    deadweight, attribution, adjustment, displacement = (
        write.quantity(key, getattr(item, key), "share")
        for key in ("deadweight", "attribution", "evidence_adjustment", "displacement")
    )
    return CourseCells(
        once, item.effect_on == "completers", item.fades, lag, holds, rate, over, table, lasts,
        deadweight, attribution, adjustment, displacement,
    )  # fmt: skip


def consequence_cells(sheet: InputSheet, of: str, item: Consequence, path: str) -> ConsequenceCells:
    """Write a consequence; `of` is what it follows from."""
    line = sheet.lines[path]
    owner = sheet.words.t("workbook.consequence-owner", outcome=of, name=item.name)
    write = Fields(sheet.rows, sheet.words, owner, path, set(item.model_fields_set))
    row = None if line.cost_id is None else sheet.base.costs[line.cost_id]
    payee = item.payee if item.payee is not None or row is None else row.payee
    taxable = bool(item.taxable) if row is None else bool(row.taxable)
    price = growth = realisable = None
    conversion = sheet.conversions.factor(line.index, line.price_year)
    if item.price is not None:
        use = "price-unconverted" if conversion is None else "price"
        price = write.quantity("price", item.price, "price", use=use)
        growth = write.quantity("growth", item.growth, "share")
    quantity = write.quantity("quantity", item.quantity, "number")
    causal = write.quantity("causal_share", _one_if_none(item.causal_share), "share", default=item.causal_share is None)
    delay, duration = write.plain("delay", item.delay, "integer"), write.plain("duration", item.duration, "integer")
    marginal: tuple[Live, ...] = ()
    if line.kind == "resource_cost":
        marginal = write.many("marginal", item.marginal, "share")
        realisable = write.quantity("realisable", item.realisable, "share")
    return ConsequenceCells(
        item,
        line,
        payee,
        taxable,
        price,
        conversion,
        quantity,
        growth,
        delay,
        duration,
        marginal,
        realisable,
        causal,
    )


def _one_if_none(quantity: Quantity | None) -> Quantity:
    return Fixed(value=1.0) if quantity is None else quantity
