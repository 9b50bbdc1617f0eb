"""Every figure of a worked case can be followed to its source: ids exist, sources have words and addresses."""

from __future__ import annotations

import re

from socio_calc.appraisal import open_case
from socio_calc.case import find_references, read_document
from socio_calc.reference import load_reference
from tests.models.conftest import MODELS, text_of

_NAMED = re.compile(r"(?:raden|priset|parametern|raderna|priserna|parametrarna) `?([a-z][a-z0-9-]*[a-z0-9])`?")
_ADDRESS = re.compile(r"https?://[^\s)\"]+")
#: Words that follow "raden" and "priset" without being an id.
_NOT_IDS = {"på", "för", "utan"}


def test_every_id_that_is_cited_exists_with_its_source(slug: str) -> None:
    base = load_reference()
    tables = {"cost": base.costs, "evidence": base.evidence, "baseline": base.baselines}
    for reference in find_references(read_document(MODELS / f"{slug}.yaml")):
        if reference.kind in tables:
            row = tables[reference.kind][reference.id]
            assert row.source_title and row.url.startswith("http"), reference.id


def test_every_row_that_is_named_in_words_exists(slug: str) -> None:
    base = load_reference()
    known = {*base.costs, *base.evidence, *base.baselines, *base.parameters}
    for path in (MODELS / f"{slug}.yaml", MODELS / f"{slug}.md"):
        text = re.sub(r"\s+", " ", text_of(path))
        for name in _NAMED.findall(text):
            if "-" in name and name not in _NOT_IDS:
                begins = [row for row in known if row.startswith(name)]
                assert name in known or begins, f"{path.name} names {name}"


def test_every_effect_has_a_source_with_an_address(slug: str) -> None:
    case = open_case(MODELS / f"{slug}.yaml").case
    for source in (*case.outcomes, *case.pathways):
        assert source.evidence is not None and source.evidence.sources
        cited = " ".join(source.evidence.sources)
        if source.evidence.grade != "judgement":
            assert _ADDRESS.search(cited), source.id


def test_the_grade_is_no_better_than_that_of_the_row(slug: str) -> None:
    order = ("systematic_review", "rct", "quasi_experiment", "before_after", "proven_experience", "judgement")
    base, case = load_reference(), open_case(MODELS / f"{slug}.yaml").case
    document = read_document(MODELS / f"{slug}.yaml")
    for reference in find_references(document):
        found = re.match(r"(outcomes|pathways)\.([a-z_]+)\.effect", reference.path)
        if reference.kind != "evidence" or found is None:
            continue
        sources = case.outcomes if found[1] == "outcomes" else case.pathways
        stated = next(source for source in sources if source.id == found[2]).evidence
        row = base.evidence[reference.id]
        assert row.usable == "effect" and stated is not None
        if row.grade in order:
            assert order.index(stated.grade) >= order.index(row.grade), reference.path


def test_every_number_of_one_s_own_says_where_it_comes_from(slug: str) -> None:
    """A quantity with a width, and a share of a cause, has a source; one that has none says that it is assumed."""
    document = read_document(MODELS / f"{slug}.yaml")
    found = _quantities(document.data, "")
    assert [path for path, quantity in found if not quantity.get("source") and "scenarios" not in path] == []
    assert len(found) >= 10


def test_every_effect_of_a_scenario_says_where_it_comes_from(slug: str) -> None:
    """A value that is no difference needs no source; a study, a model or an assumption is named."""
    scenarios = read_document(MODELS / f"{slug}.yaml").data["scenarios"]
    effects = {
        f"{name}.{path}": value
        for name, changes in scenarios.items()
        for path, value in changes.items()
        if re.search(r"\.effects?(\.value)?$", path)
    }
    assert [path for path, value in effects.items() if not _effect_has_source(value)] == []


def _effect_has_source(value: object) -> bool:
    if isinstance(value, list):
        return all(_effect_has_source(item) for item in value)
    if isinstance(value, dict) and "measure" in value:
        return _effect_has_source(value["value"])
    if isinstance(value, dict):
        return bool(value.get("source")) or "evidence" in value
    return value in (0, 1)


def _quantities(data: object, path: str) -> list[tuple[str, dict[str, object]]]:
    if isinstance(data, dict):
        if {"low", "high"} <= data.keys() or {"estimate", "ci"} <= data.keys() or _is_fixed_quantity(data):
            return [(path, data)]
        return [item for key, value in data.items() for item in _quantities(value, f"{path}.{key}")]
    if isinstance(data, list):
        return [item for index, value in enumerate(data) for item in _quantities(value, f"{path}.{index}")]
    return []


def _is_fixed_quantity(data: dict[str, object]) -> bool:
    return "value" in data and data.keys() <= {"value", "source", "note", "tornado_group"}


def test_the_card_says_what_it_must(slug: str) -> None:
    card = text_of(MODELS / f"{slug}.md")
    for part in (
        "**Idén.**",
        "**Ordinarie arbetssätt.**",
        "**Från insats till effekt.**",
        "**Evidensen och hur långt den räcker.**",
        "**Vad kalkylen visar.**",
        "**Byt ut mot egna uppgifter:**",
        "**Vad som skulle ändra slutsatsen:**",
        "**Källor:**",
    ):
        assert card.count(part) == 1, part
    assert "<!-- figures -->" in card
    assert len(_ADDRESS.findall(card.partition("**Källor:**")[2])) >= 2
    assert "Varför den kan vara värd" in card or "måste vara sant" in card
