"""Writes the figures of the worked cases: models/figures.json, and the marked parts of every card models/*.md.

`python docs/make_model_cards.py` computes all cases and writes; with `--check` it only says whether all is up to date.
A card marks what comes from a computation, so that no figure in it can be out of date:

- `<!-- figures -->` … `<!-- /figures -->`: the table and the lines under it;
- `<!-- f NAME -->` … `<!-- /f -->`: one figure inside a sentence, by the names of `figure`.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from socio_calc.appraisal import appraise, open_case
from socio_calc.locale import money, money_interval, number, probability_short, share, texts
from socio_calc.reference import load_reference
from socio_calc.report.scenario_names import scenario_name
from socio_calc.templates import FIGURES, ModelFigures, index_rows, model_figures
from socio_calc.templates.figures import PayerFigures

ROOT = Path(__file__).parent.parent
MODELS = ROOT / "models"

_BLOCK = re.compile(r"<!-- figures -->\n.*?<!-- /figures -->", re.DOTALL)
_INLINE = re.compile(r"<!-- f ([^ ]+) -->(.*?)<!-- /f -->", re.DOTALL)
_SCENARIOS = {None: "Grundkalkyl", "cautious": "Försiktigt (`cautious`)", "hopeful": "Hoppfullt (`hopeful`)"}


def computed() -> dict[str, ModelFigures]:
    """Compute every worked case, in the order of the index."""
    figures = {}
    for row in index_rows(MODELS):
        opened = open_case(MODELS / f"{row['slug']}.yaml")
        appraisal = appraise(opened.case, reference=opened.reference, case_sha256=opened.document.sha256)
        figures[row["slug"]] = model_figures(appraisal)
    return figures


def figures_file(figures: dict[str, ModelFigures]) -> str:
    """Return the text of models/figures.json."""
    models = {slug: of_model.plain() for slug, of_model in figures.items()}
    content: dict[str, Any] = {"reference": load_reference().version, "models": models}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def card(text: str, figures: ModelFigures) -> str:
    """Return a card with its marked parts written anew.

    Raises
    ------
    ValueError
        When it has no place for the figures.
    """
    written, places = _BLOCK.subn(lambda _: f"<!-- figures -->\n{block(figures)}\n<!-- /figures -->", text)
    if places != 1:
        raise ValueError(f"{figures.title}: {places} places for the figures instead of one")
    return _INLINE.sub(lambda match: f"<!-- f {match[1]} -->{figure(figures, match[1])}<!-- /f -->", written)


def block(figures: ModelFigures) -> str:
    """Return the table of scenarios and the lines under it."""
    named = [row for row in figures.scenarios if row.name in _SCENARIOS]
    named += [row for row in figures.scenarios if row.name not in _SCENARIOS]
    words = texts("sv")
    heads = [
        _SCENARIOS.get(row.name) or f"{scenario_name(words, row.name).capitalize()} (`{row.name}`)" for row in named
    ]
    rows = [
        ("Nettonuvärde", [_money(row.npv) for row in named]),
        ("Nio av tio omräkningar", [_plain(money_interval(row.p5, row.p95, "sv")) for row in named]),
        ("Sannolikhet att nyttan är större", [_plain(probability_short(row.probability, "sv")) for row in named]),
    ]
    table = ["| | " + " | ".join(heads) + " |", "|---|" + "---:|" * len(heads)]
    table += [f"| {label} | " + " | ".join(cells) + " |" for label, cells in rows]
    return "\n".join([*table, "", *lines(figures)])


def lines(figures: ModelFigures) -> list[str]:
    """Return what is said under the table: size, parties, what decides, what more knowledge is worth."""
    actors = texts("sv")
    parties = " · ".join(
        f"{actors.choice('actor', payer.actor).lower()} {_paid_and_gained(payer)}"
        for payer in figures.payers
        if payer.cost or payer.gain
    )
    last = figures.first_year + figures.horizon - 1
    said = [
        f"Hela samhället, {figures.first_year}–{last}, nuvärde i {figures.price_year} års priser: kostnad "
        f"{_money(figures.cost)} ({figure(figures, 'per_participant')} per deltagare), nytta {_money(figures.gain)}. "
        f"{_break_even(figures)}",
        "",
        f"Per part: {parties}.",
        "",
        f"Mest betyder {'; '.join(_small(driver['sv']) for driver in figures.drivers)}. {_knowing(figures)}",
    ]
    return said


def figure(figures: ModelFigures, name: str) -> str:
    """Return one figure as it stands in a sentence.

    `cost`, `gain`, `npv`, `per_participant`, `gain_per_participant`, `times` (how many times as large the effects must
    be), `number` or `number:OUTCOME` (how many who must succeed), `participants`, `share` (gain over cost),
    `npv:SCENARIO`, `probability` or `probability:SCENARIO`.
    """
    kind, _, of = name.partition(":")
    if kind in ("npv", "probability"):
        row = next(row for row in figures.scenarios if row.name == (of or None))
        return _money(row.npv) if kind == "npv" else _plain(probability_short(row.probability, "sv"))
    if kind == "number":
        found = figures.numbers[of] if of else next(iter(figures.numbers.values()))
        return _plain(number(found, "sv", 0))
    if kind == "times":
        return _plain(number(figures.break_even, "sv", 1 if (figures.break_even or 0) < 10 else 0))
    per_head = {"per_participant": figures.cost, "gain_per_participant": figures.gain}
    if kind in per_head:
        return _per_head(per_head[kind], figures.participants)
    if kind == "participants":
        return _plain(number(figures.participants, "sv", 0))
    if kind == "share":
        return _plain(share(figures.gain / figures.cost, "sv"))
    return _money({"cost": figures.cost, "gain": figures.gain}[kind])


def _break_even(figures: ModelFigures) -> str:
    if figures.break_even is None:
        return "Ingen storlek på effekterna får det att gå jämnt upp."
    said = f"Det går jämnt upp om effekterna blir {figure(figures, 'times')} gånger så stora som antaget"
    if figures.break_even < 1:
        said = f"Det går jämnt upp redan med {_plain(share(figures.break_even, 'sv'))} av de antagna effekterna"
    if len(figures.numbers) == 1:
        people = figure(figures, "participants")
        said += f": det är {figure(figures, 'number')} av {people} som måste lyckas tack vare insatsen"
    return said + "."


def _knowing(figures: ModelFigures) -> str:
    if figures.evpi < 0.001 * figures.cost:
        return "Ingen mätning av det som kalkylen sätter pris på kan ändra beslutet om fortsättning."
    return f"Att veta allt säkert före beslutet om fortsättning är värt högst {_money(figures.evpi)}."


def _paid_and_gained(payer: PayerFigures) -> str:
    gained = f"får {_money(payer.gain)}" if payer.gain >= 0 else f"förlorar {_money(-payer.gain)} på effekterna"
    if not payer.cost:
        return gained
    return f"betalar {_money(payer.cost)}" + (f" och {gained}" if payer.gain else "")


def _per_head(amount: float, people: float) -> str:
    """Write an amount for each person with two figures: what a person compares with what it costs elsewhere."""
    each = amount / people
    return _plain(f"{number(float(f'{each:.2g}'), 'sv', 0)} kr")


def _small(name: str) -> str:
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _money(amount: float) -> str:
    return _plain(money(amount, "sv"))


def _plain(text: str) -> str:
    """Return a text with ordinary spaces, as a file that people edit should have."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def main() -> int:
    """Write the file and the cards, or compare them with `--check`."""
    figures = computed()
    wanted = {MODELS / FIGURES: figures_file(figures)}
    for slug, of_model in figures.items():
        path = MODELS / f"{slug}.md"
        wanted[path] = card(path.read_text(encoding="utf-8"), of_model)
    if "--check" in sys.argv[1:]:
        old = [path.name for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
        print("\n".join(old))
        return 1 if old else 0
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
