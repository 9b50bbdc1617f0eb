"""The sheets that describe the application, the intervention and its follow-up."""

from __future__ import annotations

from typing import Final

from socio_calc.form.layout import Fields, SheetPlan, Table
from socio_calc.form.number_parts import Triple
from socio_calc.form.plain_parts import Plain, StartYear, Tick
from socio_calc.form.source_part import Sources
from socio_calc.form.values import VALUES

#: Width of the input of a field, in characters.
_WIDE: Final = 60.0


def field(
    key: str, kind: str, choices: str | None = None, *, required: bool = False, label: str | None = None
) -> Plain:
    """Return a field with a row of its own, whose label is that of its key."""
    return Plain(key, kind, label or key, choices, required, _WIDE)  # type: ignore[arg-type]


APPLICATION: Final = SheetPlan(
    "application",
    (
        Fields(
            "fund",
            (
                field("application.fund", "choice", "fund"),
                field("application.call", "date"),
                field("application.stage", "choice", "stage"),
                field("application.owner", "text"),
            ),
        ),
        Table(
            "organisations",
            "parties",
            "application.organisations",
            "list",
            tuple(
                Plain(key, kind, f"application.organisations[].{key}", choices, width=width)  # type: ignore[arg-type]
                for key, kind, choices, width in (
                    ("name", "text", None, 40.0),
                    ("sector", "choice", "sector", 18.0),
                    ("county", "text", None, 14.0),
                    ("for_profit", "yes_no", "yes_no", 14.0),
                    ("signatory", "text", None, 14.0),
                    ("endorses_run", "yes_no", "yes_no", 14.0),
                    ("endorses_implementation", "yes_no", "yes_no", 14.0),
                )
            ),
            rows=8,
            spare=3,
            notes=("parties",),
        ),
        Fields("time", (field("application.start", "date"), field("application.end", "date"))),
        Table(
            "applied",
            "applied",
            "application.applied",
            "mapping",
            (
                Plain("name", "year", "form.calendar-year", required=True),
                Plain("value", "money", "application.applied.*", required=True),
            ),
            rows=4,
            spare=1,
        ),
        Fields(
            "need", (field("application.needs_analysis", "text"), field("application.public_health_goals", "lines"))
        ),
        Fields(
            "mechanism",
            (
                field("application.timing", "choice", "application.timing"),
                field("application.method_status", "choice", "method_status"),
                field("application.mechanism", "text"),
                field("application.existing_activity", "yes_no", "yes_no"),
                field("application.focus_area", "choice", "focus_area"),
            ),
        ),
        Fields("after", (field("application.implementation_plan", "text"),)),
        Fields("equity", (field("application.equity", "text"), field("application.child_rights", "text"))),
        Fields(
            "attachments",
            tuple(Tick("application.attachments", "attachments", value) for value in VALUES["attachments"]),
        ),
    ),
)

INTERVENTION: Final = SheetPlan(
    "intervention",
    (
        Fields("intervention", (field("title", "text", required=True), field("description", "text"))),
        Fields(
            "target-group",
            (
                field("application.target_group.description", "text"),
                field("application.target_group.size", "whole"),
                field("application.target_group.age_min", "whole"),
                field("application.target_group.age_max", "whole"),
                field("application.target_group.risk_of_exclusion", "yes_no", "yes_no"),
                field("application.target_group.indirect", "yes_no", "yes_no"),
            ),
        ),
        Fields("ordinary-practice", (field("application.ordinary_practice", "text"),), notes=("ordinary-practice",)),
        Table(
            "participants",
            "participants",
            "participants",
            "list",
            (
                StartYear("year", "year", "participants[].year", required=True),
                Triple("number", "number", "participants[].number", required=True),
                Plain("age", "whole", "participants[].age"),
                Plain("share_women", "share", "participants[].share_women"),
                Plain("group", "text", "participants[].group"),
                Plain("weight", "number", "participants[].weight"),
                Sources("number", (("number", "participants[].number"),)),
            ),
            rows=8,
            spare=3,
            notes=("participants",),
        ),
        Table(
            "completion",
            "completion",
            "",
            "one",
            (Triple("completion", "share", "completion"), Sources("completion", (("completion", "completion"),))),
            notes=("completion",),
        ),
    ),
)

FOLLOWUP: Final = SheetPlan(
    "followup",
    (
        Table(
            "followup",
            "followup",
            "application.followup",
            "list",
            (
                Plain("indicator", "text", "application.followup[].indicator", required=True, width=44.0),
                Plain("kind", "choice", "application.followup[].kind", "followup.kind", required=True, width=14.0),
                Plain("outcome", "text", "application.followup[].outcome", "@outcome", width=18.0),
                Plain("baseline", "text", "application.followup[].baseline", required=True, width=34.0),
                Plain("when", "text", "application.followup[].when", required=True, width=30.0),
                Plain("method", "text", "application.followup[].method", required=True, width=40.0),
                Plain("responsible", "text", "application.followup[].responsible", required=True, width=26.0),
            ),
            rows=12,
            spare=4,
        ),
    ),
)
