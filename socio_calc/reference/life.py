"""The life table: yearly probabilities of death by age, for women, men and both (METHOD §4)."""

from __future__ import annotations

from dataclasses import dataclass

LAST_AGE = 100


@dataclass(frozen=True, slots=True)
class LifeTable:
    """Probabilities of dying within a year, by whole age 0..100, of the calendar years in `period`.

    METHOD §4 closes the table: from age 100 on q is 1, whatever the last value of the table says.
    """

    period: str
    q_women: tuple[float, ...]
    q_men: tuple[float, ...]
    q_both: tuple[float, ...]
