"""Who gains and who loses when there is one more unit of an outcome (METHOD §2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.plain.quantities import number
from tests.plain.tables import Tables

ACTORS = ("kommun", "region", "stat", "individ", "arbetsgivare", "civilsamhalle", "ovriga")
PUBLIC = ("kommun", "region", "stat")
PERSPECTIVES = {"societal": ACTORS, "public": PUBLIC, **{actor: (actor,) for actor in ACTORS}}


@dataclass(frozen=True)
class Taxes:
    """Tax parameters; the letters are those of METHOD §2."""

    s: float  # employer contributions
    tk: float  # municipal tax
    tr: float  # regional tax
    g: float  # basic allowance, share of pay
    j: float  # job tax credit, share of pay
    ck: float  # equalisation, municipal
    cr: float  # equalisation, regional


def read_taxes(case: Mapping[str, Any], base: Tables) -> Taxes:
    """Return the case's taxes, each key left out taken from the reference base; `equalisation: 0` is off."""
    given = case.get("taxes") or {}

    def tax(keys: Mapping[str, Any], key: str, parameter: str) -> float:
        return base.parameters[parameter] if keys.get(key) is None else number(keys[key])

    equalisation = given.get("equalisation")
    if equalisation is None:
        equalisation = {}
    elif not isinstance(equalisation, Mapping):
        equalisation = {"municipal": equalisation, "regional": equalisation}
    return Taxes(
        s=tax(given, "employer_contribution", "employer-contribution"),
        tk=tax(given, "municipal", "income-tax-municipality-gavle"),
        tr=tax(given, "regional", "income-tax-region-gavleborg"),
        g=tax(given, "basic_allowance_share", "basic-allowance-share"),
        j=tax(given, "job_tax_credit_share", "job-tax-credit-share"),
        ck=tax(equalisation, "municipal", "equalisation-municipal-gavleborg"),
        cr=tax(equalisation, "regional", "equalisation-regional-gavleborg"),
    )


def unit_entries(kind: str, payer: str, payee: str, taxable: bool, taxes: Taxes) -> dict[str, float]:
    """Return what each actor gains (+) or loses (−) per krona of price and unit of an outcome.

    >>> t = Taxes(s=0.25, tk=0.2, tr=0.1, g=0, j=0, ck=0, cr=0)
    >>> {who: round(x, 4) for who, x in unit_entries("production", "", "", False, t).items() if x}
    {'kommun': 0.16, 'region': 0.08, 'stat': 0.2, 'individ': 0.56}
    """
    entries = dict.fromkeys(ACTORS, 0.0)
    taxed = 1 - taxes.g
    if kind == "resource_cost":
        entries[payer] -= 1
    elif kind == "transfer":
        if payer == payee:
            raise ValueError(f"a transfer from {payer} to itself")
        entries[payer] -= 1
        entries[payee] += 1
        if taxable:
            entries[payee] -= (taxes.tk + taxes.tr) * taxed
            entries["kommun"] += (taxes.tk - taxes.ck) * taxed
            entries["region"] += (taxes.tr - taxes.cr) * taxed
            entries["stat"] += (taxes.ck + taxes.cr) * taxed
    elif kind in ("production", "production_loss"):
        pay = 1 / (1 + taxes.s)
        entries["kommun"] = (taxes.tk - taxes.ck) * taxed * pay
        entries["region"] = (taxes.tr - taxes.cr) * taxed * pay
        entries["stat"] = (taxes.s - taxes.j) * pay + (taxes.ck + taxes.cr) * taxed * pay
        entries["individ"] = pay * (1 - (taxes.tk + taxes.tr) * taxed + taxes.j)
    elif kind in ("health", "wellbeing", "wellbeing_loss"):
        entries["individ"] = 1.0
    else:
        raise ValueError(f"unknown kind {kind}")
    if kind.endswith("_loss"):
        entries = {actor: -amount for actor, amount in entries.items()}
    return entries
