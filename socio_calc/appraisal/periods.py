"""How much of the gain comes when: within the years of the grant, and within what its evidence was followed for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from socio_calc.appraisal.appraisal import Appraisal


def gain_share_until(appraisal: Appraisal, year: int) -> float | None:
    """Return the share of the gain that falls in the years up to `year`, counted from 0, that year included.

    The gain is the societal present value of the effect lines that are gains over the longest horizon, as for
    `evidence_share` (METHOD §7); None where no line is a gain.
    """
    total = inside = 0.0
    for line, entries in zip(appraisal.figures.lines, appraisal.figures.discounted, strict=True):
        if line.part == "cost" or line.kind == "public_funds":
            continue
        gain = float(entries.sum())
        if gain > 0:
            total += gain
            inside += float(entries[:, : year + 1].sum())
    return inside / total if total > 0 else None


@dataclass(frozen=True, slots=True)
class FollowedGain:
    """What is known of how long the evidence behind the gain was followed.

    Attributes
    ----------
    unknown
        Share of the gain whose effect is a row of the evidence base that does not say for how long.
    without_row
        Share of the gain whose effect is no row of the evidence base.
    judged
        Share of the gain whose effect rests on the applicant's own judgement.
    """

    unknown: float
    without_row: float
    judged: float


def followed_gain(appraisal: Appraisal) -> FollowedGain | None:
    """Return how much of the gain `evidence_share` (METHOD §7) can say nothing of; None where no line is a gain.

    `evidence_share` counts what has no known follow-up as outside of it. That is right for a gain that no study stands
    behind, and says too little where a study has followed people for a time that the evidence base lacks.
    """
    total = unknown = without_row = judged = 0.0
    rows = dict(_rows_of(appraisal))
    owners = (*appraisal.stated_outcomes, *appraisal.case.pathways)
    judgements = {owner.id for owner in owners if owner.evidence is not None and owner.evidence.grade == "judgement"}
    for line, entries in zip(appraisal.plan.lines, appraisal.figures.discounted, strict=False):
        gain = float(entries.sum())
        if line.is_cost or gain <= 0:
            continue
        total += gain
        ids = rows[line.source]
        if None in ids or not ids:
            without_row += gain
        elif any(id not in appraisal.plan.evidence_years for id in ids):
            unknown += gain
        if line.source in judgements:
            judged += gain
    if total <= 0:
        return None
    return FollowedGain(unknown / total, without_row / total, judged / total)


def _rows_of(appraisal: Appraisal) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    """Yield every outcome and pathway with the rows of evidence of its effects; None for an effect without a row."""
    for outcome in appraisal.plan.outcomes:
        yield outcome.id, (outcome.evidence_id,)
    for pathway in appraisal.plan.pathways:
        yield pathway.id, tuple(pathway.evidence_ids)
