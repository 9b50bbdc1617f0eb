"""Every plausibility check in the order in which they are told: one list, one function each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from socio_calc.review import (
    traps_costs,
    traps_effects,
    traps_evidence,
    traps_participants,
    traps_prices,
    traps_production,
    traps_result,
    traps_texts,
    traps_time,
)
from socio_calc.review.consistency import (
    applied_differs_from_grant,
    cofinancier_not_a_party,
    start_outside_first_year,
)
from socio_calc.review.hit import Trap

#: Agreement of application and calculation (RULES §6), told with the traps.
CONSISTENCY: Final[tuple[Trap, ...]] = (
    Trap("applied-differs-from-grant", "warning", applied_differs_from_grant),
    Trap("start-outside-first-year", "warning", start_outside_first_year),
    Trap("cofinancier-not-a-party", "warning", cofinancier_not_a_party),
)
TRAPS: Final[tuple[Trap, ...]] = (
    *CONSISTENCY,
    *traps_effects.TRAPS,
    *traps_evidence.TRAPS,
    *traps_participants.TRAPS,
    *traps_prices.TRAPS,
    *traps_production.TRAPS,
    *traps_costs.TRAPS,
    *traps_time.TRAPS,
    *traps_texts.TRAPS,
    *traps_result.TRAPS,
)
TRAP_OF: Final[Mapping[str, Trap]] = {trap.code: trap for trap in TRAPS}
