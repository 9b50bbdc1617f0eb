"""The data themselves: every row can be defended, found and used with the others (STYLE 10)."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from socio_calc.reference import CostRow, ReferenceBase, load_reference, price_in, shipped_folder
from socio_calc.reference.tables import TABLES
from socio_calc.reference.vocabulary import CATEGORIES, OVERLAPS_EVERYTHING, PER

DATA = shipped_folder("data")
ROOT = DATA.parent
PART_OF_A_THING = re.compile(r"-(region|municipality|state|informal|production|participant|other|health-loss)$")


@pytest.fixture(scope="module")
def base() -> ReferenceBase:
    return load_reference()


@pytest.fixture(scope="module")
def costs(base: ReferenceBase) -> list[CostRow]:
    return list(base.costs.values())


def test_ids_are_unique_over_all_tables(base: ReferenceBase) -> None:
    ids = Counter([*base.costs, *base.evidence, *base.baselines, *base.parameters])
    assert [row_id for row_id, times in ids.items() if times > 1] == []


def test_names_are_unlike_each_other(costs: list[CostRow]) -> None:
    for names in (Counter(row.name_sv.casefold() for row in costs), Counter(row.name_en.casefold() for row in costs)):
        assert [name for name, times in names.items() if times > 1] == []


def test_names_are_tidy(base: ReferenceBase) -> None:
    rows = [*base.costs.values(), *base.baselines.values(), *base.parameters.values()]
    texts = [name for row in rows for name in (row.name_sv, row.name_en)]
    for effect in base.evidence.values():
        texts += [effect.outcome_sv, effect.intervention_sv, effect.comparator_sv]
    for text in texts:
        assert text == text.strip() and "  " not in text, text
        assert not re.search(r"[\"|]|\bexkl\b|\binkl\b|m\.m\.", text), text
    for row in rows:
        assert row.name_sv[0].isupper() or not row.name_sv[0].isalpha(), row.name_sv
        assert not re.search(r"\d-\d", row.name_sv), f"{row.name_sv}: a Swedish range has a dash"


def test_files_are_plain_utf8_with_unix_lines() -> None:
    for table in TABLES:
        content = (DATA / table.file).read_bytes()
        content.decode("utf-8")
        assert b"\r" not in content and content.endswith(b"\n") and not content.startswith(b"\xef\xbb\xbf")


def test_every_row_has_its_source_in_full(base: ReferenceBase) -> None:
    for row in (*base.costs.values(), *base.evidence.values(), *base.baselines.values(), *base.parameters.values()):
        assert row.source_title and len(row.quote) >= 2, row.id
        assert re.fullmatch(r"https?://\S+\.\S+", row.url), row.id
        assert not re.search(r"ej bekräftat|unverified", row.quote, re.IGNORECASE), row.id


def test_what_is_derived_says_how(costs: list[CostRow]) -> None:
    silent = [row.id for row in costs if row.basis == "derived" and len(row.note) < 20]
    assert silent == []


def test_a_low_confidence_says_why(costs: list[CostRow]) -> None:
    assert [row.id for row in costs if row.confidence == "low" and not row.note] == []


def test_no_range_has_its_value_at_an_end(costs: list[CostRow]) -> None:
    ends = [
        row.id for row in costs if row.low is not None and row.high is not None and not row.low < row.value < row.high
    ]
    assert ends == []


def test_one_default_per_thing_and_unit(costs: list[CostRow]) -> None:
    things = Counter((row.id.split("-alt-")[0], row.per) for row in costs if row.use == "default")
    assert [thing for thing, times in things.items() if times > 1] == []
    assert [row.id for row in costs if "-alt-" in row.id and row.use == "default"] == []


def test_alternatives_have_the_unit_and_kind_of_what_they_stand_for(base: ReferenceBase) -> None:
    # A fee that the municipality pays the state stands beside the cost of the same place.
    fee = {"sis-youth-home-day-alt-fee-2020"}
    for row in base.costs.values():
        default = base.costs.get(row.id.split("-alt-")[0])
        if default is not None and row.id not in fee:
            assert (row.per, row.kind) == (default.per, default.kind), row.id


def test_overlaps_hold_both_ways_but_for_sums_of_everything(base: ReferenceBase) -> None:
    for row in base.costs.values():
        if OVERLAPS_EVERYTHING in row.overlaps:
            assert row.overlaps == (OVERLAPS_EVERYTHING,), row.id
            continue
        assert list(row.overlaps) == sorted(set(row.overlaps)), row.id
        for other in row.overlaps:
            assert row.id in base.costs[other].overlaps, (row.id, other)


def test_alternatives_overlap_what_they_stand_for_and_all_that_it_overlaps(base: ReferenceBase) -> None:
    for row in base.costs.values():
        stem = row.id.split("-alt-")[0]
        default = base.costs.get(stem)
        if default is not None and row.id != stem and OVERLAPS_EVERYTHING not in row.overlaps:
            assert stem in row.overlaps, row.id
            assert set(default.overlaps) - {row.id} <= set(row.overlaps), row.id


def test_totals_overlap_their_parts_and_parts_are_used_together(base: ReferenceBase) -> None:
    for total in (row for row in base.costs.values() if re.search(r"-alt(-admitted)?-total", row.id)):
        stem = total.id.split("-alt-")[0]
        parts = [row for row in base.costs.values() if PART_OF_A_THING.sub("", row.id) == stem and row.id != stem]
        for part in parts:
            if not part.id.endswith("health-loss"):
                assert part.id in total.overlaps, (total.id, part.id)
        used = [part for part in parts if part.use == "default"]
        for first in used:
            assert not {other.id for other in used} & set(first.overlaps), first.id


def test_sums_of_production_never_stand_beside_production(base: ReferenceBase) -> None:
    work = ("work-hour-production", "working-month-production", "working-year-production")
    for row in base.costs.values():
        if row.kind == "production_loss" or (row.kind == "production" and row.per == "lifetime"):
            if OVERLAPS_EVERYTHING not in row.overlaps:
                assert set(work) <= set(row.overlaps), row.id
    groups = [
        row for row in base.costs.values() if re.match(r"working-(month|year)-production-(comp|upper|post)", row.id)
    ]
    assert len(groups) == 8
    for row in groups:
        assert set(work) <= set(row.overlaps) and row.draw_group == "wage-level"


def test_production_by_education_follows_the_wages_of_the_parameters(base: ReferenceBase) -> None:
    contributions = base.parameters["employer-contribution"].value
    for group, wage in (
        ("compulsory", "compulsory"),
        ("upper-secondary", "upper-secondary-3"),
        ("post-secondary-short", "post-secondary-short"),
        ("post-secondary-long", "post-secondary-long"),
    ):
        month = base.parameters[f"wage-education-{wage}"].value * (1 + contributions)
        assert base.costs[f"working-month-production-{group}"].value == pytest.approx(month, abs=1)
        assert base.costs[f"working-year-production-{group}"].value == pytest.approx(12 * month, abs=1)


def test_parts_of_falls_and_hip_fractures_keep_the_stated_shares(base: ReferenceBase) -> None:
    shares = {part: base.parameters[f"fall-cost-share-{part}"].value for part in ("region", "municipality", "informal")}
    assert sum(shares.values()) == pytest.approx(1)
    for stem in ("hip-fracture-first-year", "fall-hospital-care"):
        parts = {part: base.costs[f"{stem}-{part}"] for part in shares}
        total = sum(row.value for row in parts.values())
        for part, row in parts.items():
            assert row.value / total == pytest.approx(shares[part], abs=1e-4)
            assert (row.use, row.draw_group) == ("default", "hip-fracture" if stem.startswith("hip") else stem)


def test_wages_in_staff_prices_can_be_worked_out_by_hand(base: ReferenceBase) -> None:
    # 39,200 SEK a month, region's surcharge 52.28 %, 1,720 hours a year.
    assert base.costs["staff-physiotherapist-hour"].value == pytest.approx(39200 * 12 * 1.5228 / 1720, abs=0.1)


@pytest.mark.parametrize(
    ("row", "year", "expected"),
    [
        # 11.6 billion · 41 % / 101,821 treated, kpif 146.98 / 123.39
        ("fall-hospital-care-region", 2024, 55639),
        # EUR 9,685 · 9.1268, kpif 150.98 / 98.96
        ("hip-fracture-first-year-region", 2025, 134858),
        # 75,045 a year / 6.6 months
        ("income-support-household-month", 2024, 11370),
        # 41,600 · 12 · 1.3142 of 2024, wage 43,014.4 / 41,600
        ("working-year-production", 2025, 678354),
    ],
)
def test_prices_of_the_worked_models_by_hand(base: ReferenceBase, row: str, year: int, expected: float) -> None:
    assert price_in(base, base.costs[row], year) == pytest.approx(expected, rel=1e-4)


def test_every_payer_kind_and_unit_is_used_and_known(costs: list[CostRow]) -> None:
    assert {row.category for row in costs} == set(CATEGORIES)
    assert {row.per for row in costs} <= set(PER)
    for row in costs:
        if row.kind == "health":
            assert (row.per, row.index, row.payer) == ("qaly", "none", "individ")
        if row.kind in ("production", "production_loss"):
            assert row.payer == "ovriga", row.id
        if row.index == "prisbasbelopp":
            assert row.kind == "transfer" or row.category == "child_welfare", row.id


def test_effects_of_the_base_can_be_used_as_they_stand(base: ReferenceBase) -> None:
    for row in base.evidence.values():
        if row.usable == "effect":
            assert row.better is not None and row.proxy is not None, row.id
            assert row.comparator and row.population, row.id
        assert bool(row.comparator) == bool(row.comparator_sv), row.id
        if row.measure == "smd" and row.estimate and row.usable == "effect":
            assert (row.estimate < 0) == (row.better == "lower"), f"{row.id}: the sign says the other way"
        if row.country is not None:
            assert re.fullmatch(r"[A-Z]{2}|several", row.country), row.id
        if row.id.startswith("falls-") and row.measure == "ratio":
            assert row.age_min is not None or row.id == "falls-group-multi-rate" or "older people" in row.population


def test_baselines_of_persons_and_events_have_their_ages(base: ReferenceBase) -> None:
    for row in base.baselines.values():
        if row.id.startswith("falls-") and row.unit in ("share", "per person-year"):
            assert row.age_min is not None, row.id
    assert (
        base.baselines["falls-admitted-80plus-se-2020"].value > base.baselines["falls-inpatient-65plus-se-2020"].value
    )


def test_the_version_heads_the_changelog(base: ReferenceBase) -> None:
    headings = re.findall(r"^## (\S+)", (DATA / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == base.version
    assert headings == sorted(set(headings), key=lambda text: [int(part) for part in text.split(".")], reverse=True)


def test_the_readme_describes_every_column() -> None:
    text = (DATA / "README.md").read_text("utf-8")
    for table in TABLES[:2]:
        for column in table.columns:
            assert f"`{column}`" in text, f"{table.file}: {column}"


def test_no_path_of_a_machine_and_no_empty_glossary() -> None:
    for path in [*DATA.glob("*.csv"), *DATA.glob("*.md"), *DATA.glob("funds/*.yaml")]:
        assert not re.search(r"/(work|tmp|home|Users)/", path.read_text("utf-8")), path.name
    with (DATA / "glossary.csv").open(encoding="utf-8", newline="") as file:
        assert all(row["sv"] and row["en"] for row in csv.DictReader(file))


def _named(path: Path, key: str) -> set[str]:
    return set(re.findall(rf"\b{key}:\s*[\"']?([a-z0-9][a-z0-9-]+)", path.read_text("utf-8")))


def _texts() -> list[Path]:
    models = shipped_folder("models")
    return [*models.glob("*.yaml"), *models.glob("*.md"), *DATA.glob("funds/*.yaml"), *(ROOT / "docs").rglob("*.md")]


@pytest.mark.parametrize("path", _texts(), ids=lambda path: path.name)
def test_every_id_that_a_model_fund_or_document_names_exists(base: ReferenceBase, path: Path) -> None:
    assert _named(path, "cost") - set(base.costs) <= {"id"}, path.name
    if path.suffix == ".yaml" and path.parent.name == "models":
        # `evidence:` of an outcome is a mapping; a name behind it on the same line is a row.
        assert _named(path, r"\{\s*evidence") <= set(base.evidence), path.name
        assert _named(path, r"\{\s*baseline") <= set(base.baselines), path.name
