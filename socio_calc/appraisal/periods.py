"""How much of the gain comes when: within the years of the grant, in the base case."""

from __future__ import annotations

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
