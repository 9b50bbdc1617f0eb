"""`socio-calc evidence`: finds effects in the reference base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from socio_calc.cli import reference_output as output

if TYPE_CHECKING:
    from socio_calc.locale import Texts
    from socio_calc.reference import EvidenceRow


def evidence(
    words: Annotated[list[str] | None, typer.Argument()] = None,
    usable: Annotated[str | None, typer.Option("--usable")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    as_csv: Annotated[bool, typer.Option("--csv")] = False,
    lang: Annotated[Literal["sv", "en"], typer.Option("--lang")] = "sv",
) -> None:
    """Find effects; the words of the help come from the catalogue."""
    from socio_calc.locale import texts
    from socio_calc.reference import load_reference
    from socio_calc.reference.search import search_evidence
    from socio_calc.reference.tables import EVIDENCE
    from socio_calc.reference.vocabulary import USABLE

    output.one_format(as_json, as_csv)
    output.check_choice("--usable", usable, USABLE)
    searched = output.first_words(words)
    found = search_evidence(load_reference().evidence.values(), searched)
    rows = [row for row in found if usable is None or row.usable == usable]
    if as_json:
        output.print_json([output.plain_row(row) for row in rows])
    elif as_csv:
        output.print_csv(EVIDENCE.columns, rows)
    elif not rows:
        output.print_none_found(searched, texts(lang))
    else:
        _print(rows, texts(lang))


def effect_text(row: EvidenceRow, words: Texts) -> str:
    """Write an effect with its interval, as `0,77 (0,71–0,83)`; a row without a number says so."""
    from socio_calc.locale import number

    if row.estimate is None:
        return words.t("cli.evidence.no-number")
    estimate = number(row.estimate, words.lang)
    if row.ci_low is None or row.ci_high is None:
        return estimate
    return f"{estimate} ({output.interval(row.ci_low, row.ci_high, words)})"


def _print(rows: list[EvidenceRow], words: Texts) -> None:
    headings = (
        (words.t("cli.evidence.column.outcome"), False),
        (words.t("cli.evidence.column.effect"), False),
        (words.t("cli.evidence.column.basis"), False),
    )
    output.print_table(headings, (_cells(row, words) for row in rows))
    output.print_count(len(rows), words)


def _cells(row: EvidenceRow, words: Texts) -> tuple[str, str, str]:
    swedish = words.lang == "sv"
    intervention = row.intervention_sv if swedish else row.intervention
    outcome = row.outcome_sv if swedish else row.outcome_en
    year = "" if row.year is None else f" {row.year}"
    return (
        f"{intervention}\n{outcome}\n{row.id}",
        f"{effect_text(row, words)}\n{words.choice('evidence_measure', row.measure)}",
        f"{words.choice('evidence_grade', row.grade)}{year}\n{words.choice('usable', row.usable)}",
    )
