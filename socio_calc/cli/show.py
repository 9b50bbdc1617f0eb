"""`socio-calc show ID`: one row of the reference base whole, with its cautions and the models that use it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from socio_calc.cli import reference_output as output

if TYPE_CHECKING:
    from socio_calc.locale import Texts
    from socio_calc.reference import BaselineRow, CostRow, EvidenceRow, ParameterRow, ReferenceBase

Facts = Iterator[tuple[str, str]]


def show(
    row_id: Annotated[str, typer.Argument(metavar="ID")],
    as_json: Annotated[bool, typer.Option("--json")] = False,
    lang: Annotated[Literal["sv", "en"], typer.Option("--lang")] = "sv",
) -> None:
    """Show one row whole; the words of the help come from the catalogue."""
    from socio_calc.locale import texts
    from socio_calc.reference import BaselineRow, CostRow, EvidenceRow, load_reference, shipped_folder
    from socio_calc.reference.lookup import find_row, models_using

    base = load_reference()
    row = find_row(base, row_id)
    models = models_using(row_id, shipped_folder("models"))
    words = texts(lang)
    if isinstance(row, CostRow):
        more = _today(base, row)
        title, facts = output.name_of(row, words), _cost_facts(base, row, words)
    elif isinstance(row, EvidenceRow):
        more = {}
        title, facts = (row.outcome_sv if lang == "sv" else row.outcome_en), _evidence_facts(row, words)
    elif isinstance(row, BaselineRow):
        more = {}
        title, facts = output.name_of(row, words), _baseline_facts(row, words)
    else:
        more = {}
        title, facts = output.name_of(row, words), _parameter_facts(row, words)
    if as_json:
        output.print_json(output.plain_row(row, **more, models=list(models)))
        return
    used = ", ".join(models) or words.t("cli.show.no-models")
    output.print_facts(title, [*facts, *_source_facts(row, words), (words.t("cli.show.models"), used)])


def _today(base: ReferenceBase, row: CostRow) -> dict[str, object]:
    from socio_calc.reference import latest_year, price_in

    year = latest_year(base, row)
    return {"value_today": price_in(base, row, year), "today": year}


def _cost_facts(base: ReferenceBase, row: CostRow, words: Texts) -> Facts:
    from socio_calc.reference import latest_year, price_in

    unit = words.choice("price_unit", row.per)
    today = latest_year(base, row)
    yield "id", row.id
    yield (
        words.t("cli.show.value"),
        words.t("cli.show.price", amount=output.amount(row.value, words), unit=unit, year=row.price_year),
    )
    if today != row.price_year:
        yield (
            words.t("cli.show.value-today", year=today),
            words.t(
                "cli.show.converted",
                # A converted price is no better known than to the krona.
                amount=output.amount(round(price_in(base, row, today), 0 if row.value >= 100 else 2), words),
                index=words.choice("index", row.index),
            ),
        )
    yield words.t("cli.show.spread"), _spread(row, words)
    yield words.t("cli.show.kind"), words.choice("kind", row.kind)
    if row.payer is not None:
        yield words.t("cli.show.payer"), words.choice("actor", row.payer)
    if row.payee is not None:
        yield words.t("cli.show.payee"), words.choice("actor", row.payee)
    yield words.t("cli.show.category"), words.choice("category", row.category)
    yield words.t("cli.show.use"), words.choice("price_use", row.use)
    yield words.t("cli.show.overlaps"), _overlaps(row, words)
    yield words.t("cli.show.cautions"), "\n".join(_cost_cautions(base, row, words))


def _spread(row: CostRow, words: Texts) -> str:
    from socio_calc.reference import assumed_sd, spread_source

    if spread_source(row) == "assumed":
        return words.t("cli.show.spread.none", share=assumed_sd(row))
    key = f"cli.show.spread.{row.spread}"
    return words.t(key, low=output.amount(row.low or 0.0, words), high=output.amount(row.high or 0.0, words))


def _overlaps(row: CostRow, words: Texts) -> str:
    if not row.overlaps:
        return words.t("cli.show.overlaps.none")
    if "*" in row.overlaps:
        return words.t("cli.show.overlaps.everything")
    return ", ".join(row.overlaps)


def _cost_cautions(base: ReferenceBase, row: CostRow, words: Texts) -> Iterator[str]:
    from socio_calc.reference import is_stale

    if row.use in ("sensitivity", "upper_bound"):
        yield words.t(f"cli.caution.use.{row.use}")
    if is_stale(row, base.indices["kpif"].last):
        yield words.t("cli.caution.stale", year=row.price_year)
    if row.confidence == "low":
        yield words.t("cli.caution.low-confidence")
    if row.payer == "ovriga" and row.kind == "resource_cost":
        yield words.t("cli.caution.payer-unknown")
    if row.kind == "resource_cost" and row.payer in ("kommun", "region", "stat") and row.basis == "average":
        yield words.t("cli.caution.average")


def _evidence_facts(row: EvidenceRow, words: Texts) -> Facts:
    from socio_calc.cli.evidence import effect_text
    from socio_calc.locale import number

    yield "id", row.id
    yield words.t("cli.show.effect"), f"{effect_text(row, words)} · {words.choice('evidence_measure', row.measure)}"
    if row.better is not None:
        yield words.t("cli.show.better"), words.choice("better", row.better)
    yield words.t("cli.show.intervention"), row.intervention_sv if words.lang == "sv" else row.intervention
    yield words.t("cli.show.population"), row.population
    yield words.t("cli.show.comparator"), row.comparator_sv if words.lang == "sv" else row.comparator
    yield words.t("cli.show.country"), row.country or ""
    if row.age_min is not None or row.age_max is not None:
        yield words.t("cli.show.ages"), _ages(row.age_min, row.age_max, words)
    if row.followup_months is not None:
        months = number(row.followup_months, words.lang)
        yield words.t("cli.show.followup"), words.t("cli.show.months", n=months)
    yield words.t("cli.show.grade"), words.choice("evidence_grade", row.grade)
    yield words.t("cli.show.use"), words.choice("usable", row.usable)
    yield words.t("cli.show.cautions"), "\n".join(_evidence_cautions(row, words))


def _ages(age_min: float | None, age_max: float | None, words: Texts) -> str:
    from socio_calc.locale import number

    if age_max is None:
        return words.t("cli.show.ages.from", low=number(age_min, words.lang))
    if age_min is None:
        return words.t("cli.show.ages.to", high=number(age_max, words.lang))
    if age_min == age_max:
        return number(age_min, words.lang)
    return output.interval(age_min, age_max, words)


def _evidence_cautions(row: EvidenceRow, words: Texts) -> Iterator[str]:
    from socio_calc.reference.vocabulary import RATIO_MEASURES

    if row.usable != "effect":
        yield words.t(f"cli.caution.usable.{row.usable}")
    if row.usable == "effect" and row.ci_low is None:
        yield words.t("cli.caution.no-interval")
    if row.ci_low is not None and row.ci_high is not None:
        neutral = 1.0 if row.measure in RATIO_MEASURES else 0.0
        if row.measure != "other" and row.ci_low < neutral < row.ci_high:
            yield words.t("cli.caution.includes-null")
    if "wait" in row.comparator.lower() or "no treatment" in row.comparator.lower():
        yield words.t("cli.caution.waitlist")
    if row.proxy:
        yield words.t("cli.caution.proxy")
    if row.adjusted:
        yield words.t("cli.caution.adjusted")
    if row.developer_run:
        yield words.t("cli.caution.developer-run")
    if row.country not in (None, "SE", "several"):
        yield words.t("cli.caution.foreign", country=row.country)


def _baseline_facts(row: BaselineRow, words: Texts) -> Facts:
    from socio_calc.cli.baselines import level_text

    yield "id", row.id
    yield words.t("cli.show.level"), f"{level_text(row, words)} · {output.unit_of('baseline_unit', row.unit, words)}"
    yield words.t("cli.show.population"), row.population
    yield words.t("cli.show.where"), f"{row.region} {row.year}"
    if row.unit in ("share", "per person-year"):
        yield words.t("cli.show.spread"), words.t("cli.show.spread.baseline")
    else:
        yield words.t("cli.show.cautions"), words.t("cli.caution.not-a-level")


def _parameter_facts(row: ParameterRow, words: Texts) -> Facts:
    from socio_calc.locale import number

    yield "id", row.id
    yield (
        words.t("cli.show.value"),
        f"{number(row.value, words.lang)} · {output.unit_of('parameter_unit', row.unit, words)}",
    )
    if row.low is not None and row.high is not None:
        yield words.t("cli.show.spread"), output.interval(row.low, row.high, words)
    yield words.t("cli.show.year"), str(row.year)


def _source_facts(row: CostRow | EvidenceRow | BaselineRow | ParameterRow, words: Texts) -> Facts:
    from socio_calc.reference import CostRow, EvidenceRow

    # The year of a level or a parameter is that of the number, and stands with it.
    year = row.source_year if isinstance(row, CostRow) else row.year if isinstance(row, EvidenceRow) else None
    parts = [row.source_title, getattr(row, "publisher", ""), "" if year is None else str(year)]
    yield words.t("cli.show.source"), ". ".join(part for part in parts if part)
    yield words.t("cli.show.url"), row.url
    yield words.t("cli.show.quote"), row.quote
    yield words.t("cli.show.note"), row.note
    yield words.t("cli.show.confidence"), words.choice("confidence", row.confidence)
