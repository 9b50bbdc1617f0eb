"""The ledger: who gains and who loses when an outcome goes up by one unit (METHOD §2)."""

from __future__ import annotations

from dataclasses import dataclass

#: All parties of the ledger, in the order of every table.
ACTORS = ("kommun", "region", "stat", "individ", "arbetsgivare", "civilsamhalle", "ovriga")
#: Those whose budgets are public.
PUBLIC = ("kommun", "region", "stat")
#: Perspectives are sums over actors, never separate calculations.
PERSPECTIVES: dict[str, tuple[str, ...]] = {
    "societal": ACTORS,
    "public": PUBLIC,
    **{actor: (actor,) for actor in ACTORS},
}
#: Kinds that count as value of work, and as health or well-being, for the views.
PRODUCTION_KINDS = frozenset({"production", "production_loss"})
HEALTH_KINDS = frozenset({"health", "wellbeing", "wellbeing_loss"})


@dataclass(frozen=True, slots=True)
class Taxes:
    """Tax parameters: s, τk, τr, γ, j, ck and cr of METHOD §2, all as fractions."""

    employer_contribution: float
    municipal: float
    regional: float
    basic_allowance_share: float
    job_tax_credit_share: float
    equalisation_municipal: float
    equalisation_regional: float

    def local_tax(self, taxed: float) -> dict[str, float]:
        """Split the tax on `taxed` kronor between kommun, region and stat, after equalisation.

        A municipality keeps τk − ck of what a new taxpayer pays; the state's part is what equalisation takes back.
        """
        return {
            "kommun": (self.municipal - self.equalisation_municipal) * taxed,
            "region": (self.regional - self.equalisation_regional) * taxed,
            "stat": (self.equalisation_municipal + self.equalisation_regional) * taxed,
        }


def taxed_per_krona(kind: str, taxes: Taxes, taxable: bool = False) -> float:
    """Return how much local tax is paid on for each krona of price, by the one who gets it; negative for a loss."""
    taxed = 1.0 - taxes.basic_allowance_share
    if kind in PRODUCTION_KINDS:
        return (1.0 if kind == "production" else -1.0) * taxed / (1.0 + taxes.employer_contribution)
    return taxed if kind == "transfer" and taxable else 0.0


def entries_per_krona(
    kind: str, taxes: Taxes, payer: str | None = None, payee: str | None = None, taxable: bool = False
) -> dict[str, float]:
    """Return what each actor gains (+) or loses (−) per krona of price when the outcome rises by one unit.

    The entries of a transfer sum to 0 and those of production to 1. Health is valued by the caller: its krona is
    `health_value` kronor per QALY times the quantity.

    Parameters
    ----------
    kind
        One of METHOD §2.
    payer, payee
        Actors; `payer` for resource costs and transfers, `payee` for transfers.
    taxable
        Whether a transfer is taxed in the payee's hands.
    """
    entries = dict.fromkeys(ACTORS, 0.0)
    if kind == "resource_cost":
        entries[str(payer)] -= 1.0
    elif kind == "transfer":
        entries[str(payer)] -= 1.0
        entries[str(payee)] += 1.0
        if taxable:
            taxed = taxed_per_krona(kind, taxes, taxable)
            for actor, amount in taxes.local_tax(taxed).items():
                entries[actor] += amount
            entries[str(payee)] -= (taxes.municipal + taxes.regional) * taxed
    elif kind in PRODUCTION_KINDS:
        sign = 1.0 if kind == "production" else -1.0
        wage = sign / (1.0 + taxes.employer_contribution)
        taxed = taxed_per_krona(kind, taxes)
        for actor, amount in taxes.local_tax(taxed).items():
            entries[actor] += amount
        entries["stat"] += (taxes.employer_contribution - taxes.job_tax_credit_share) * wage
        entries["individ"] += wage - (taxes.municipal + taxes.regional) * taxed + taxes.job_tax_credit_share * wage
    elif kind in HEALTH_KINDS:
        entries["individ"] += -1.0 if kind == "wellbeing_loss" else 1.0
    else:
        raise ValueError(f"unknown kind {kind!r}")
    return {actor: amount for actor, amount in entries.items() if amount != 0.0}
