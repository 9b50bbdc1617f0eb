"""Names of uncertain quantities that a person can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from socio_calc.appraisal.appraisal import Appraisal
from socio_calc.case import EvidenceRef, Pathway, follow
from socio_calc.locale import Language, Texts, texts
from socio_calc.locale.placeholders import inline


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
        return words.t("quantity.price", name=row.name_sv if lang == "sv" else row.name_en)
    if kind == "evidence":
        for outcome in appraisal.plan.outcomes:
            if outcome.evidence_id == rest.partition(":")[0]:
                return words.t("quantity.effect", outcome=outcome.name)
        for pathway in appraisal.plan.pathways:
            for at, id in enumerate(pathway.evidence_ids):
                if id == rest.partition(":")[0]:
                    return _on_transition(appraisal, pathway.id, at, words)
        for own, name in _inputs_from(appraisal, rest.partition(":")[0]):
            return words.t("quantity.of", label=name, name=own)
    parts = key.split(".")
    if parts[0] == "quantities":
        return words.t("quantity.named", name=parts[1].replace("_", " "))
    if parts[0] == "participants" and len(parts) == 3:
        cohort = appraisal.case.participants[int(parts[1])]
        year = appraisal.first_year + cohort.year
        return words.t("quantity.cohort", label=words.label(key), year=year, group=cohort.group)
    if parts[0] == "outcomes" and parts[2:3] == ["inputs"]:
        return words.t("quantity.of", label=_input_name(parts[3]), name=_outcome_name(appraisal, parts[1]))
    if parts[0] == "outcomes" and parts[2:4] == ["effect", "value"]:
        return words.t("quantity.effect", outcome=_outcome_name(appraisal, parts[1]))
    if parts[0] == "pathways" and parts[2] == "effects":
        return _on_transition(appraisal, parts[1], int(parts[3]), words)
    if parts[0] == "pathways" and parts[2] == "transitions":
        return _in_pathway(appraisal, parts[1], _transition(parts[3:], words), words)
    owner = _owner(appraisal, parts)
    if owner is None:
        return inline(words.label(key))
    phrase = f"quantity.name.{_part(parts)}.{_last(parts)}"
    if words.has(phrase):
        return words.t(phrase, name=owner)
    return words.t("quantity.of", label=words.label(key), name=owner)


def together_name(appraisal: Appraisal, keys: Sequence[str], lang: Language = "sv") -> str:
    """Return what quantities that are drawn as one are called: a whole in so many parts, or one and how many more.

    Parameters
    ----------
    appraisal, lang
        As in `quantity_name`.
    keys
        Their keys, at least one; one alone has its own name.
    """
    first = quantity_name(appraisal, keys[0], lang)
    if len(keys) == 1:
        return first
    whole = one_whole(appraisal, keys, lang)
    if whole:
        return texts(lang).t("quantity.together-parts", name=whole, n=len(keys))
    return texts(lang).t("quantity.together", name=first, n=len(keys) - 1)


def one_whole(appraisal: Appraisal, keys: Sequence[str], lang: Language = "sv") -> str:
    """Return what prices are parts of; empty where they are no parts of one price, counted alike.

    What several parties pay is parts of one price; two prices of one party, as of work with two lengths of education,
    are not.
    """
    rows = [appraisal.reference.costs.get(key.removeprefix("cost:")) for key in keys]
    known = [row for row in rows if row is not None]
    alike = len({(row.basis, row.price_year) for row in known}) == 1
    if not alike or len({row.payer for row in known}) < len(keys):
        return ""
    return _shared([quantity_name(appraisal, key, lang) for key in keys])


def _shared(names: Sequence[str]) -> str:
    """Return what names that differ only after their last shared comma have in common, empty where they share no such.

    >>> _shared(["priset för vård, ett år, regionens del", "priset för vård, ett år, kommunens del"])
    'priset för vård, ett år'
    >>> _shared(["the price of “Care, region's part”", "the price of “Care, municipality's part”"])
    'the price of “Care”'
    >>> _shared(["priset för vård", "priset för omsorg"])
    ''
    """
    parts = zip(*(name.split(", ")[:-1] for name in names), strict=False)
    shared = ", ".join(same[0] for same in takewhile(lambda same: len(set(same)) == 1, parts))
    return f"{shared}”" if shared.count("“") > shared.count("”") else shared


def item_name(appraisal: Appraisal, path: str) -> str | None:
    """Return the name of the cost item, outcome, pathway or consequence that stands at a path; None for all else.

    Parameters
    ----------
    appraisal
        Whose case it is.
    path
        A path in the case, as `costs.2` or `outcomes.falls.consequences.0`.
    """
    parts = path.split(".")
    if len(parts) != 2 and (len(parts) != 4 or parts[2] != "consequences"):
        return None
    try:
        return _owner(appraisal, parts)
    except (StopIteration, ValueError, IndexError):  # no such item, or a list of something else
        return None


def _part(parts: list[str]) -> str:
    """Return in which part of the case a path stands: costs, consequences, or the effects of an outcome or pathway."""
    if parts[0] == "costs":
        return "costs"
    return "consequences" if len(parts) > 3 and parts[2] == "consequences" else "effects"


def _last(parts: list[str]) -> str:
    """Return the field that a path leads to; the elements of a list are its field's."""
    return next(part for part in reversed(parts) if not part.isdigit())


def _inputs_from(appraisal: Appraisal, id: str) -> Iterator[tuple[str, str]]:
    """Yield the names of own outcomes and of those of their inputs that are a row of the evidence."""
    for outcome in appraisal.own_outcomes:
        for name, quantity in outcome.inputs.items():
            meant = follow(quantity, appraisal.case.quantities)
            if isinstance(meant, EvidenceRef) and meant.evidence == id:
                yield outcome.name, _input_name(name)


def _input_name(name: str) -> str:
    return name.replace("_", " ")


def _outcome_name(appraisal: Appraisal, id: str) -> str:
    return next(outcome.name for outcome in appraisal.plan.outcomes if outcome.id == id)


def _pathway(appraisal: Appraisal, id: str) -> Pathway:
    return next(pathway for pathway in appraisal.case.pathways if pathway.id == id)


def _on_transition(appraisal: Appraisal, id: str, at: int, words: Texts) -> str:
    effect = _pathway(appraisal, id).effects[at]
    transition = words.t("quantity.transition", source=_state(effect.from_), target=_state(effect.to))
    return words.t("quantity.effect-on-transition", transition=_in_pathway(appraisal, id, transition, words))


def _in_pathway(appraisal: Appraisal, id: str, name: str, words: Texts) -> str:
    """Return a name, with that of its pathway where the case has several."""
    if len(appraisal.case.pathways) < 2:
        return name
    return words.t("quantity.in-pathway", name=name, pathway=_pathway(appraisal, id).name)


def _transition(steps: list[str], words: Texts) -> str:
    """Return what a transition is called, from the steps of its path below `transitions`."""
    source, *below = steps
    if below[0] == "counts":
        stayed = below[1] == source
        key = "quantity.transition-count-stayed" if stayed else "quantity.transition-count"
        return words.t(key, source=_state(source), target=_state(below[1]))
    ends = {"source": _state(source), "target": _state(below[0])}
    if len(below) > 1 and below[1].isdecimal():
        return words.t("quantity.transition-year", **ends, year=int(below[1]) + 1)
    return words.t("quantity.transition", **ends)


def _state(id: str) -> str:
    """Return a state's name with spaces."""
    return id.replace("_", " ")


def _owner(appraisal: Appraisal, parts: list[str]) -> str | None:
    """Return the cost item, consequence, outcome or pathway that a path belongs to, None when it is the case's own."""
    if parts[0] == "costs":
        return appraisal.case.costs[int(parts[1])].name
    if parts[0] not in ("outcomes", "pathways"):
        return None
    changed = (*appraisal.stated_outcomes, *appraisal.case.pathways)
    owner = next(each for each in changed if each.id == parts[1])
    if len(parts) > 3 and parts[2] == "consequences":
        return owner.consequences[int(parts[3])].name
    return owner.name
