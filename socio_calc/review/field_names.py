"""What the fields of a case are called in advice: the label, with the key beside it for those who write YAML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from socio_calc.locale import Texts
from socio_calc.problems import Place

#: Placeholder of a text → pattern of the field's label.
FIELDS: Final[Mapping[str, str]] = {
    "f_attribution": "outcomes[].attribution",
    "f_because": "outcomes[].because",
    "f_completion": "completion",
    "f_deadweight": "outcomes[].deadweight",
    "f_delay": "outcomes[].consequences[].delay",
    "f_effect_on": "outcomes[].effect_on",
    "f_evidence_adjustment": "outcomes[].evidence_adjustment",
    "f_fades": "outcomes[].fades",
    "f_funding": "costs[].funding",
    "f_horizons": "horizons",
    "f_kind": "outcomes[].consequences[].kind",
    "f_lag": "outcomes[].lag",
    "f_lasts": "outcomes[].lasts",
    "f_marginal": "outcomes[].consequences[].marginal",
    "f_measure": "outcomes[].effect.measure",
    "f_not_valued": "not_valued",
    "f_payer": "outcomes[].consequences[].payer",
    "f_realisable": "outcomes[].consequences[].realisable",
    "f_survival": "survival",
}


def field_names(words: Texts, place: Place, *, keys: bool = True) -> dict[str, str]:
    """Return every field's name in quotation marks; in a form nobody sees the key, so it is left out there.

    Without `keys` it is left out everywhere: a report is read by people who never see the file.

    >>> from socio_calc.locale import texts
    >>> field_names(texts("en"), Place(path="completion"))["f_completion"]
    '“Share that completes” (completion)'
    >>> field_names(texts("en"), Place(sheet="Effects", cell="C4"))["f_completion"]
    '“Share that completes”'
    """
    kind = "problem.quoted-key" if keys and not place.sheet else "problem.quoted"
    return {
        name: words.t(kind, text=words.label(pattern), key=pattern.rpartition(".")[2])
        for name, pattern in FIELDS.items()
    }
