"""The effects that a case states, those of outcomes and those on the transitions of pathways alike."""

from __future__ import annotations

from dataclasses import dataclass

from socio_calc.case.model import Case
from socio_calc.case.outcomes import Effect, Outcome
from socio_calc.case.pathways import Pathway, PathwayEffect
from socio_calc.case.quantities import Quantity, follow


@dataclass(frozen=True)
class StatedEffect:
    """One effect of a case.

    Attributes
    ----------
    effect, owner
        The effect, and the outcome or pathway that it belongs to.
    path
        Where its value stands: `outcomes.falls.effect.value`, `pathways.school.effects.0.value`.
    name
        What it is an effect on, in the writer's words; of a pathway with the transition.
    level
        `probability` for a transition, else the outcome's.
    value
        What the value stands for, named quantities followed; None for an unknown name.
    """

    effect: Effect
    owner: Outcome | Pathway
    path: str
    name: str
    level: str
    value: Quantity | None

    @property
    def owner_path(self) -> str:
        """Where the outcome or pathway stands."""
        return f"{'outcomes' if isinstance(self.owner, Outcome) else 'pathways'}.{self.owner.id}"

    @property
    def grade(self) -> str | None:
        """How the effect was shown, None where that is not said."""
        return None if self.owner.evidence is None else self.owner.evidence.grade


def stated_effects(case: Case) -> tuple[StatedEffect, ...]:
    """Return the effects of a case, outcomes first, in the order of the file."""
    named = case.quantities
    found = [
        StatedEffect(
            outcome.effect,
            outcome,
            f"outcomes.{outcome.id}.effect.value",
            outcome.name,
            outcome.level,
            follow(outcome.effect.value, named),
        )
        for outcome in case.outcomes
    ]
    for pathway in case.pathways:
        for index, effect in enumerate(pathway.effects):
            path = f"pathways.{pathway.id}.effects.{index}.value"
            name = f"{pathway.name} ({transition_name(effect)})"
            found.append(StatedEffect(effect, pathway, path, name, "probability", follow(effect.value, named)))
    return tuple(found)


def transition_name(effect: PathwayEffect) -> str:
    """Return the transition of an effect as it is shown.

    >>> from socio_calc.case.quantities import Fixed
    >>> transition_name(PathwayEffect(from_="school", to="work", measure="ratio", value=Fixed(value=1.2)))
    'school → work'
    """
    return f"{effect.from_} → {effect.to}"
