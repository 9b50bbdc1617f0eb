"""Changes to a case whose effect on its figures is known without computing them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from socio_calc.case import (
    Case,
    CaseQuantity,
    Cohort,
    Consequence,
    CostItem,
    Discrete,
    Effect,
    Estimate,
    Fixed,
    Moments,
    Outcome,
    Ref,
)
