"""An outcome that is computed by a function of the analyst's own, in the place of a level and an effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from socio_calc.case.fields import Filled, Flag, Identifier, Part, Text
from socio_calc.case.outcomes import Consequence, Evidence, Outcome
from socio_calc.case.quantities import Fixed, Quantity
from socio_calc.case.quantity_fields import AsQuantity, ShareQuantity
from socio_calc.case.structure import quantities_in
from socio_calc.case.translate import Fault, faults_of
from socio_calc.problems import InputError, Place, Problem

OwnLevel = Literal["probability", "rate", "amount", "event"]
#: Takes the inputs by name, each an array of shape (draws,), and the years since entry, shape (years,); gives the
#: levels under ordinary practice and with the intervention, each of shape (years, draws) or one that fits it.
OwnFunction = Callable[[Mapping[str, Any], Any], tuple[Any, Any]]
InputQuantity = Annotated[Quantity, AsQuantity(references=frozenset(("evidence", "baseline")))]


class OwnOutcome(Part):
    """An outcome whose levels a Python function gives; `socio_calc.appraise(case, outcomes=[…])` counts it in.

    Parameters
    ----------
    id, name
        What it is called in tables and for people; the id is that of no outcome or pathway of the case.
    level
        What the function gives for each participant by years since entry: a `probability` (share in the state that
        year), a `rate` (events per person and year), an `amount`, or an `event` (probability that it happens in just
        that year; over all years it happens at most once).
    better
        Whether `lower` or `higher` levels are better.
    function
        `function(inputs, years)` returns `(ordinary, intervention)`, the levels of both arms. `inputs` maps each name
        to an array of shape (draws,), `years` holds 0, 1, 2, … years since entry, shape (years,). Each level has shape
        (years, draws) or one that fits it: `value[None, :]` for a level that is the same every year,
        `by_year[:, None]` for one that no draw changes.

        The same inputs always give the same levels: no random numbers, no memory of earlier calls, no draw that looks
        at another, no year that depends on how many follow. The inputs stay as they are. This is tried out before
        anything is computed. Survival, adjustments, prices and discounting are not the function's concern.
    inputs
        By name the quantities that the function uses, written as in a case file (`{"low": 1, "high": 2}`) or as
        quantities; `{"ref": NAME}` takes one of the case, `{"evidence": ID}` and `{"baseline": ID}` a row of the base
        (a change in per cent as the ratio 1 + x/100).
    evidence
        How the difference between the arms was shown: `{"grade": …, "sources": […]}`.
    consequences
        What one unit of the outcome leads to, each as in a case file.
    effect_on, survival, deadweight, attribution, evidence_adjustment, displacement, because
        As for outcomes of a case file (METHOD §4 and §5).

    Raises
    ------
    InputError
        With all that is wrong, each at its path `outcomes.ID.KEY`.

    Examples
    --------
    >>> import numpy as np, socio_calc
    >>> def relapse(inputs, years):
    ...     ordinary = inputs["first"] * np.exp(-inputs["slope"] * years[:, None])
    ...     return ordinary, 0.8 * ordinary
    >>> own = socio_calc.OwnOutcome(
    ...     id="relapse", name="Relapse", level="rate", better="lower", function=relapse,
    ...     inputs={"first": 0.5, "slope": {"low": 0.1, "high": 0.3}},
    ...     evidence={"grade": "judgement", "sources": ["Our own model"]})
    >>> case = socio_calc.load(socio_calc.model("skolnarvaro"))
    >>> row = socio_calc.appraise(case, outcomes=[own], draws=64).outcome("relapse")
    >>> round(row.intervention / row.ordinary, 9)
    0.8
    """

    id: Identifier
    name: Filled
    level: OwnLevel
    better: Literal["lower", "higher"]
    function: Callable[..., tuple[Any, Any]]
    inputs: dict[Identifier, InputQuantity] = Field(default_factory=dict)
    evidence: Evidence
    consequences: tuple[Consequence, ...] = ()
    effect_on: Literal["all", "completers"] = "all"
    survival: Flag | None = None
    deadweight: ShareQuantity = Fixed(value=0)
    attribution: ShareQuantity = Fixed(value=1)
    evidence_adjustment: ShareQuantity = Fixed(value=1)
    displacement: ShareQuantity = Fixed(value=0)
    because: Text = ""

    def __init__(
        self,
        *,
        id: str,
        name: str,
        level: OwnLevel,
        better: Literal["lower", "higher"],
        function: OwnFunction,
        evidence: Evidence | Mapping[str, Any],
        inputs: Mapping[str, Any] | None = None,
        consequences: Sequence[Consequence | Mapping[str, Any]] = (),
        effect_on: Literal["all", "completers"] = "all",
        survival: bool | None = None,
        deadweight: Any = 0,
        attribution: Any = 1,
        evidence_adjustment: Any = 1,
        displacement: Any = 0,
        because: str = "",
    ) -> None:
        data: dict[str, Any] = {
            "id": id,
            "name": name,
            "level": level,
            "better": better,
            "function": function,
            "inputs": dict(inputs or {}),
            "evidence": evidence,
            "consequences": list(consequences),
        }
        usual = {
            "effect_on": (effect_on, "all"),
            "survival": (survival, None),
            "deadweight": (deadweight, 0),
            "attribution": (attribution, 1),
            "evidence_adjustment": (evidence_adjustment, 1),
            "displacement": (displacement, 0),
            "because": (because, ""),
        }
        # What is left to its default stays unsaid, as in a case file: reports tell the two apart.
        data.update((key, given) for key, (given, default) in usual.items() if given != default)
        try:
            super().__init__(**data)
        except ValidationError as error:
            raise InputError(_problem(fault, id, data) for fault in faults_of(error, data, OwnOutcome)) from None

    @property
    def path(self) -> str:
        """Where it would stand in a case file: `outcomes.ID`."""
        return f"outcomes.{self.id}"

    def quantities(self) -> Iterator[tuple[str, Quantity, AsQuantity]]:
        """Yield each of its quantities: path below the outcome, the quantity, and what may stand there."""
        for location, quantity, marker in quantities_in(self):
            yield ".".join(map(str, location)), quantity, marker  # type: ignore[misc]


#: An outcome of a case file, or one that a function computes.
StatedOutcome = Outcome | OwnOutcome


def _problem(fault: Fault, id: object, data: Mapping[str, Any]) -> Problem:
    below = fault.path(data)
    return Problem(
        fault.code, Place(path=f"outcomes.{id}.{below}"), {**fault.full_params(), "field": f"outcomes[].{below}"}
    )
