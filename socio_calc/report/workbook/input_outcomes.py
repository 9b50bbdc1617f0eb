"""Inputs of outcomes and of what they lead to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from socio_calc.case import Consequence, Fixed, Outcome, Quantity
from socio_calc.engine.plan import Line, OutcomePlan
from socio_calc.locale import Texts
from socio_calc.reference import ReferenceBase
from socio_calc.report.workbook.cells import ConsequenceCells, OutcomeCells
from socio_calc.report.workbook.formula import Live
from socio_calc.report.workbook.input_rows import InputRows
from socio_calc.report.workbook.styles import Kind

if TYPE_CHECKING:
    from socio_calc.report.workbook.inputs import Conversions


class _Writer:
    """Writes fields of one outcome or consequence."""

    def __init__(self, rows: InputRows, words: Texts, owner: str, path: str, given: set[str]) -> None:
        self.rows, self.words, self.owner, self.path, self.given = rows, words, owner, path, given

    def plain(self, key: str, value: float, kind: Kind) -> Live:
        where = f"{self.path}.{key}"
        default = self.words.t("workbook.source.default") if key not in self.given else ""
        return self.rows.value(self.owner, self.words.label(where), value, kind, self._use(key), where, default)

    def quantity(self, key: str, quantity: Quantity, kind: Kind, *, default: bool | None = None) -> Live:
        where = f"{self.path}.{key}"
        unsaid = key.partition(".")[0] not in self.given if default is None else default
        return self.rows.quantity(
            self.owner, self.words.label(where), quantity, kind, self._use(key), where, default=unsaid
        )

    def many(self, key: str, written: Quantity | tuple[Quantity, ...], kind: Kind) -> tuple[Live, ...]:
        """Write one quantity, or a list by year of which each has a row."""
        if not isinstance(written, tuple):
            return (self.quantity(key, written, kind),)
        cells = []
        for number, quantity in enumerate(written):
            where = f"{self.path}.{key}.{number}"
            label = f"{self.words.label(where)} {self.words.t('workbook.list-item', n=number + 1)}"
            cells.append(self.rows.quantity(self.owner, label, quantity, kind, self._use(key), where))
        return tuple(cells)

    def _use(self, key: str) -> str:
        parts = [part for part in key.split(".") if not part.isdecimal()]
        return self.words.t(f"workbook.use.{'-'.join(parts).replace('_', '-')}")


def outcome_cells(
    rows: InputRows,
    words: Texts,
    item: Outcome,
    plan: OutcomePlan,
    lines: Mapping[str, Line],
    conversions: Conversions,
    base: ReferenceBase,
) -> OutcomeCells:
    """Write an outcome and its consequences."""
    write = _Writer(rows, words, item.name, plan.path, set(item.model_fields_set))
    level: Kind = "share" if item.level in ("probability", "event") else "number"
    ordinary = write.many("ordinary", item.ordinary, level)
    value = write.quantity("effect.value", item.effect.value, "number")
    sd = None if item.effect.sd is None else write.quantity("effect.sd", item.effect.sd, "number")
    lag = write.plain("lag", item.lag, "integer")
    holds = rate = over = table = lasts = None
    if item.level != "event":
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

            table = rows.listed([left(number, share) for number, share in enumerate(fades.values)])
        if item.lasts is not None:
            lasts = write.plain("lasts", item.lasts, "integer")
    deadweight, attribution, adjustment, displacement = (
        write.quantity(key, getattr(item, key), "share")
        for key in ("deadweight", "attribution", "evidence_adjustment", "displacement")
    )
    consequences = tuple(
        _consequence(rows, words, item, consequence, f"{plan.path}.consequences.{number}", lines, conversions, base)
        for number, consequence in enumerate(item.consequences)
    )
    return OutcomeCells(
        item,
        plan,
        ordinary,
        value,
        sd,
        lag,
        holds,
        rate,
        over,
        table,
        lasts,
        deadweight,
        attribution,
        adjustment,
        displacement,
        consequences,
    )


def _consequence(
    rows: InputRows,
    words: Texts,
    outcome: Outcome,
    item: Consequence,
    path: str,
    lines: Mapping[str, Line],
    conversions: Conversions,
    base: ReferenceBase,
) -> ConsequenceCells:
    line = lines[path]
    owner = words.t("workbook.consequence-owner", outcome=outcome.name, name=item.name)
    write = _Writer(rows, words, owner, path, set(item.model_fields_set))
    row = None if line.cost_id is None else base.costs[line.cost_id]
    payee = item.payee if item.payee is not None or row is None else row.payee
    taxable = bool(item.taxable) if row is None else bool(row.taxable)
    price = growth = realisable = None
    if item.price is not None:
        price = write.quantity("price", item.price, "price")
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
        conversions.factor(line.index, line.price_year),
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
