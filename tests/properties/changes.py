"""Changes to a case whose effect on its figures is known without computing them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from socio_calc.case import (
    Case,
    Consequence,
    CostItem,
    Discrete,
    Effect,
    Estimate,
    Fixed,
    Moments,
    Outcome,
    Pathway,
    Quantity,
    Ref,
)


def scaled(quantity: Any, by: float) -> Any:
    """Return a quantity times a positive number; what a reference names is scaled where it stands."""
    match quantity:
        case None | Ref():
            return quantity
        case Fixed(value=value):
            update: dict[str, Any] = {"value": value * by}
        case Estimate(estimate=estimate, ci=(low, high)):
            update = {"estimate": estimate * by, "ci": (low * by, high * by)}
        case Moments(mean=mean, sd=sd):
            update = {"mean": mean * by, "sd": sd * by}
        case Discrete(values=values):
            update = {"values": tuple(value * by for value in values)}
        case _:
            update = {key: value * by for key, value in quantity.stated().items()}
    return quantity.model_copy(update=update)


def with_costs(case: Case, change: Callable[[CostItem], CostItem]) -> Case:
    """Return the case with each cost item changed."""
    return case.model_copy(update={"costs": tuple(map(change, case.costs))})


def with_outcomes(case: Case, change: Callable[[Outcome], Outcome]) -> Case:
    """Return the case with each outcome changed."""
    return case.model_copy(update={"outcomes": tuple(map(change, case.outcomes))})


def with_sources(case: Case, change: Callable[[Any], Any]) -> Case:
    """Return the case with each outcome and each pathway changed, in what they have alike."""
    return with_outcomes(case, change).model_copy(update={"pathways": tuple(map(change, case.pathways))})


def with_consequences(case: Case, change: Callable[[Any], Any]) -> Case:
    """Return the case with each consequence of each outcome and pathway changed."""
    return with_sources(
        case, lambda source: source.model_copy(update={"consequences": tuple(map(change, source.consequences))})
    )


def with_kinds(case: Case, *kinds: str) -> Case:
    """Return the case with the consequences of these kinds alone."""
    return with_sources(
        case,
        lambda source: source.model_copy(
            update={"consequences": tuple(item for item in source.consequences if item.kind in kinds)}
        ),
    )


def in_other_money(case: Case, by: float) -> Case:
    """Return the case with every amount of money times `by`."""
    money = with_costs(
        case,
        lambda item: item.model_copy(update={key: scaled(getattr(item, key), by) for key in ("amount", "wage")}),
    )
    priced = with_consequences(money, lambda item: item.model_copy(update={"price": scaled(item.price, by)}))
    named = {name: scaled(quantity, by) for name, quantity in case.quantities.items()}
    return priced.model_copy(update={"quantities": named, "health_value": scaled(case.health_value, by)})


def with_participants_times(case: Case, by: float) -> Case:
    """Return the case with every cohort `by` times as large."""
    cohorts = tuple(c.model_copy(update={"number": scaled(c.number, by)}) for c in case.participants)
    return case.model_copy(update={"participants": cohorts})


def without_growth(case: Case) -> Case:
    """Return the case with constant real prices."""
    none = {"growth": Fixed(value=0)}
    return with_consequences(with_costs(case, lambda i: i.model_copy(update=none)), lambda i: i.model_copy(update=none))


def with_effect(case: Case, measure: str, value: Quantity) -> Case:
    """Return the case with one and the same effect on every outcome, and on every transition that has one."""
    effect = Effect(measure=measure, value=value)
    changed = with_outcomes(case, lambda outcome: outcome.model_copy(update={"effect": effect}))
    pathways = tuple(
        pathway.model_copy(
            update={
                "effects": tuple(one.model_copy(update={"measure": measure, "value": value}) for one in pathway.effects)
            }
        )
        for pathway in case.pathways
    )
    return changed.model_copy(update={"pathways": pathways})


def a_year_later(case: Case) -> Case:
    """Return the case with everything one year later, and a horizon that is a year longer."""
    later = with_costs(
        case,
        lambda item: (
            item
            if item.basis == "per_participant"
            else item.model_copy(update={"years": tuple(year + 1 for year in item.years)})
        ),
    )
    cohorts = tuple(cohort.model_copy(update={"year": cohort.year + 1}) for cohort in case.participants)
    return later.model_copy(update={"participants": cohorts, "horizons": tuple(h + 1 for h in case.horizons)})


def reordered(case: Case) -> Case:
    """Return the case with every list the other way round."""
    turned = with_sources(case, lambda source: source.model_copy(update={"consequences": source.consequences[::-1]}))
    return turned.model_copy(
        update={
            "participants": case.participants[::-1],
            "costs": case.costs[::-1],
            "outcomes": turned.outcomes[::-1],
            "pathways": tuple(_other_order(pathway) for pathway in turned.pathways[::-1]),
            "horizons": case.horizons[::-1],
            "quantities": dict(reversed(case.quantities.items())),
        }
    )


def _other_order(pathway: Pathway) -> Pathway:
    """Return a pathway with its states, rows and effects the other way round."""
    return pathway.model_copy(
        update={
            "states": pathway.states[::-1],
            "transitions": dict(reversed(pathway.transitions.items())),
            "effects": pathway.effects[::-1],
        }
    )


def without_life_table(case: Case) -> Case:
    """Return the case without mortality, and without what follows from a state of the dead that it alone leads to."""

    def living(pathway: Pathway) -> Pathway:
        kept = [item for item in pathway.consequences if item.state in pathway.states]
        return pathway.model_copy(update={"consequences": tuple(kept)})

    return case.model_copy(update={"survival": "none", "pathways": tuple(map(living, case.pathways))})


def renamed(case: Case) -> Case:
    """Return the case with other titles, names, groups and ids, in the same order."""

    def new_ref(item: Any, *keys: str) -> dict[str, Any]:
        found = {key: getattr(item, key) for key in keys}
        return {key: Ref(ref=f"new-{value.ref}") for key, value in found.items() if isinstance(value, Ref)}

    costs = with_costs(
        case, lambda item: item.model_copy(update={"name": f"Ny {item.name}", **new_ref(item, "amount", "wage")})
    )
    lines = with_consequences(
        costs, lambda item: item.model_copy(update={"name": f"Ny {item.name}", **new_ref(item, "price")})
    )
    outcomes = with_sources(
        lines, lambda source: source.model_copy(update={"id": new_id(source.id), "name": "Något annat"})
    )
    cohorts = tuple(cohort.model_copy(update={"group": "Andra"}) for cohort in case.participants)
    named = {f"new-{name}": quantity for name, quantity in case.quantities.items()}
    return outcomes.model_copy(update={"title": "En annan rubrik", "participants": cohorts, "quantities": named})


def new_id(outcome: str) -> str:
    """Return the id that `renamed` gives an outcome or a pathway."""
    return f"annat-{outcome}"


def split_costs(case: Case) -> Case:
    """Return the case with each cost item as two of half its quantity, at the same amount."""
    named: dict[str, Quantity] = dict(case.quantities)
    halves: list[CostItem] = []
    for index, item in enumerate(case.costs):
        update: dict[str, Any] = {"quantity": scaled(item.quantity, 0.5)}
        for key in ("amount", "wage", "hours", "contributions", "growth"):
            value = getattr(item, key)
            if value is not None and not isinstance(value, Ref):
                named[f"cost{index}-{key}"] = value
                update[key] = Ref(ref=f"cost{index}-{key}")
        halves += [item.model_copy(update=update)] * 2
    return case.model_copy(update={"costs": tuple(halves), "quantities": named})


def split_consequences(case: Case) -> Case:
    """Return the case with each consequence as two of half its quantity."""
    return with_sources(
        case,
        lambda source: source.model_copy(
            update={
                "consequences": tuple(
                    item.model_copy(update={"quantity": scaled(item.quantity, 0.5)})
                    for item in source.consequences
                    for _ in range(2)
                )
            }
        ),
    )


def split_cohorts(case: Case) -> Case:
    """Return the case with each cohort as two of half its size."""
    halves = tuple(
        cohort.model_copy(update={"number": scaled(cohort.number, 0.5)}) for cohort in case.participants for _ in "ab"
    )
    return case.model_copy(update={"participants": halves})


def year_by_year(item: Consequence) -> tuple[Consequence, ...]:
    """Return a consequence of several years as one of each year."""
    shares = item.marginal if isinstance(item.marginal, tuple) else (item.marginal,)
    return tuple(
        item.model_copy(
            update={"delay": item.delay + year, "duration": 1, "marginal": shares[min(year, len(shares) - 1)]}
        )
        for year in range(item.duration)
    )
