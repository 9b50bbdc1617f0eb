"""Names of uncertain quantities that a person can read."""

from __future__ import annotations

from socio_calc.appraisal.appraisal import Appraisal
from socio_calc.locale import Language, texts


def quantity_name(appraisal: Appraisal, key: str, lang: Language = "sv") -> str:
    """Return what an uncertain quantity is called in a sentence.

    Parameters
    ----------
    appraisal
        Whose quantities they are.
    key
        `quantities.NAME`, `cost:ID`, `evidence:ID`, or a path in the case.
    lang
        Language of the name.
    """
    words = texts(lang)
    kind, _, rest = key.partition(":")
    if kind == "cost":
        row = appraisal.reference.costs[rest]
        return row.name_sv if lang == "sv" else row.name_en
    if kind == "evidence":
        for outcome in appraisal.plan.outcomes:
            if outcome.evidence_id == rest.partition(":")[0]:
                return words.t("quantity.effect", outcome=outcome.name)
    parts = key.split(".")
    if parts[0] == "quantities":
        return parts[1].replace("_", " ")
    if parts[0] == "outcomes" and parts[2:4] == ["effect", "value"]:
        return words.t("quantity.effect", outcome=_outcome_name(appraisal, parts[1]))
    owner = _owner(appraisal, parts)
    if owner is None:
        return words.label(key)
    return words.t("quantity.of", label=words.label(key), name=owner)


def _outcome_name(appraisal: Appraisal, id: str) -> str:
    return next(outcome.name for outcome in appraisal.plan.outcomes if outcome.id == id)


def _owner(appraisal: Appraisal, parts: list[str]) -> str | None:
    """Return the cost item, consequence or outcome that a path belongs to, None when it is the case's own."""
    if parts[0] == "costs":
        return appraisal.case.costs[int(parts[1])].name
    if parts[0] != "outcomes":
        return None
    outcome = next(outcome for outcome in appraisal.case.outcomes if outcome.id == parts[1])
    if len(parts) > 3 and parts[2] == "consequences":
        return outcome.consequences[int(parts[3])].name
    return outcome.name
