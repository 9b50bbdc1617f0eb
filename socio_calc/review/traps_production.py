"""Plausibility of transfers, taxes and production: money that moves, and work that is counted twice."""

from __future__ import annotations

import re
from typing import Any, Final

from socio_calc.review.hit import Found, Hit, Trap
from socio_calc.review.scene import Priced, Scene

_TRANSFER = re.compile(
    r"försörjningsstöd|ekonomiskt bistånd|bidrag|a-kassa|sjukpenning|sjukersättning|aktivitetsersättning|\bCSN\b"
    r"|bostadsbidrag",
    re.IGNORECASE,
)
#: A tax, not an estimate (uppskattning) or a charge of something else.
_TAX = re.compile(r"(?<!upp)skatt(?!ning|ad)", re.IGNORECASE)
_PRODUCTION: Final = ("production", "production_loss")


def _transfer(scene: Scene) -> Found:
    for priced in scene.priced:
        # A row of the price list brings its own kind; only a price of one's own can be given the wrong one.
        if priced.row is not None or priced.line.kind == "transfer" or not _TRANSFER.search(priced.item.name):
            continue
        change: dict[str, Any] = {}
        if priced.line.kind == "resource_cost" and priced.item.payer not in (None, "individ"):
            change = {f"{priced.path}.kind": "transfer", f"{priced.path}.payee": "individ"}
        yield Hit(f"{priced.path}.kind", {"c": priced.item.name}, change=change)


def _tax(scene: Scene) -> Found:
    for owner in scene.case.changed:
        mine = [priced for priced in scene.priced if priced.owner is owner]
        if not any(priced.line.kind in _PRODUCTION for priced in mine):
            continue
        for priced in mine:
            if priced.line.kind not in _PRODUCTION and _TAX.search(priced.item.name):
                yield Hit(priced.path, {"outcome": owner.name}, change=scene.without(priced))


def _illness(scene: Scene) -> Found:
    for owner in scene.case.changed:
        mine = [priced for priced in scene.priced if priced.owner is owner]
        for whole in mine:
            part = next((other for other in mine if other.index != whole.index and _is_production(other)), None)
            if part is not None and _holds_production(whole):
                params = {"c1": whole.item.name, "c2": part.item.name}
                yield Hit(part.path, params, change=scene.without(part))
                break


def _is_production(priced: Priced) -> bool:
    return priced.line.kind in _PRODUCTION


def _holds_production(priced: Priced) -> bool:
    row = priced.row
    if row is None:
        return False
    return row.kind == "production_loss" or (row.per in ("case-year", "lifetime") and row.payer == "ovriga")


TRAPS: Final = (
    Trap("transfer-as-gain", "serious", _transfer, "Sonesson", "https://docplayer.se/16279608"),
    Trap("tax-on-production", "serious", _tax, "Sonesson", "https://docplayer.se/16279608"),
    Trap("production-with-cost-of-illness", "serious", _illness),
)
