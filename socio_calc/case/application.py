"""The application: what `check` needs for the rules of a fund. Everything but fund and call may be left out."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from socio_calc.case.fields import (
    Age,
    Amount,
    CalendarYear,
    Count,
    Day,
    Filled,
    Flag,
    Identifier,
    Number,
    Part,
    Span,
    Text,
)

Sector = Literal["kommun", "region", "stat", "civilsamhalle", "avtal", "foretag", "larosate", "ovriga"]
FocusArea = Literal[
    "psykisk_halsa", "foraldrar_som_resurs", "lasning_och_sprakutveckling", "motivation_och_framtidstro"
]
Attachment = Literal[
    "budget",
    "medfinansiering",
    "medfinansiering_tid",
    "uppfoljning",
    "aktivitetsplan",
    "verksamhetslogik",
    "behovsanalys",
]


Perspective = Literal[
    "societal", "public", "kommun", "region", "stat", "individ", "arbetsgivare", "civilsamhalle", "ovriga"
]


class Organisation(Part):
    """A party of the application."""

    name: Text | None = None
    sector: Sector | None = None
    county: Text | None = None
    for_profit: Flag | None = None
    endorses_run: Flag | None = None
    endorses_implementation: Flag | None = None
    signatory: Text | None = None


class TargetGroup(Part):
    """Whom the intervention is for."""

    description: Text | None = None
    size: Count | None = None
    age_min: Age | None = None
    age_max: Age | None = None
    risk_of_exclusion: Flag | None = None
    indirect: Flag | None = None


class Followup(Part):
    """One indicator of the follow-up plan, and the outcome of the case that it measures."""

    indicator: Text | None = None
    kind: Literal["social", "ekonomisk"] | None = None
    outcome: Text | None = None
    baseline: Text | None = None
    when: Text | None = None
    method: Text | None = None
    responsible: Text | None = None


class Application(Part):
    """What a fund asks for beside the calculation."""

    fund: Identifier
    call: Day
    stage: Literal["ide", "utformning"] | None = None
    owner: Text | None = None
    organisations: tuple[Organisation, ...] = ()
    start: Day | None = None
    end: Day | None = None
    applied: dict[CalendarYear, Amount] = Field(default_factory=dict)
    target_group: TargetGroup | None = None
    focus_area: FocusArea | None = None
    needs_analysis: Text | None = None
    timing: Literal["forebyggande", "tidig"] | None = None
    method_status: Literal["testa", "utveckla", "skapa"] | None = None
    mechanism: Text | None = None
    ordinary_practice: Text | None = None
    existing_activity: Flag | None = None
    public_health_goals: tuple[Text, ...] = ()
    followup: tuple[Followup, ...] = ()
    implementation_plan: Text | None = None
    equity: Text | None = None
    child_rights: Text | None = None
    attachments: tuple[Attachment, ...] = ()


class StatedResult(Part):
    """A result that the applicant claims; `check` computes it again."""

    perspective: Perspective
    horizon: Span
    measure: Filled
    value: Number
