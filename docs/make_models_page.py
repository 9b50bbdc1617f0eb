"""Writes docs/models.md and its chart: all worked cases beside each other, computed on equal terms.

`python docs/make_models_page.py` computes and writes; with `--check` it only says whether both are up to date.
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill

from socio_calc.appraisal import appraise, load
from socio_calc.locale import number, probability_short, texts
from socio_calc.templates import Example, examples
from socio_calc.templates.figures import participants

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "models.md"
CHART = ROOT / "docs" / "images" / "models.svg"

#: What is the same for every case: horizons in years, discount rate, price year.
HORIZONS = (5, 15)
RATE = 0.035
PRICE_YEAR = 2024
#: Probability from which a case is said to pay off.
SURE = 0.9
_PAGE_WIDTH = 116

_HEAD = """# Exemplen bredvid varandra

Sidan är gjord av `docs/make_models_page.py`. Ändra i kalkylerna i `models/`, inte här.

Sexton genomarbetade exempel följer med programmet. Varje exempel är en kalkyl som går att räkna, och ett kort på en
sida som förklarar vad talen vilar på. Välj det som liknar din idé och börja därifrån:

```bash
socio-calc models
socio-calc new min-kalkyl.yaml --from skolnarvaro
```

## En rangordning efter ett tal är inte ett beslut

Tabellen visar exemplen på lika villkor: {price_year} års priser, kalkylräntan {rate} och samma tidshorisonter. Det
gör talen jämförbara, men inte insatserna. Läs därför inte tabellen som en topplista:

- **Det som inte har ett pris är inte med.** Sammanhang, trygghet och ett barns bättre språk väger noll i
  kolumnerna, och hur mycket som saknas är olika för olika exempel.
- **Underlaget är olika starkt.** En effekt ur en översikt av lottade studier och en egen bedömning ger samma sorts
  tal.
- **Den som får mest nytta räknat i kronor är den som arbetar.** Insatser för dem som är äldre eller mycket sjuka
  får därför lägre tal, utan att vara mindre värda.
- **Kostnader och antal är exempel.** Dina egna uppgifter kan vända bilden.
- **Antagandena är försiktiga med flit.** Effekter räknas sällan längre än någon har mätt dem, och kortet säger när.

## Tabellen

Hela samhället. *Nytta per krona* är nuvärdet av nyttan delat med kostnaden: över 1 är nyttan större. Inom parentes
står nio av tio omräkningar. *Sannolikhet* är hur ofta nyttan blir större än kostnaden på {longest} år.
"""
_COLUMNS = (
    "Exempel",
    "För vem",
    "Kostnad per deltagare",
    f"Nytta per krona, {HORIZONS[0]} år",
    f"Nytta per krona, {HORIZONS[1]} år",
    "Sannolikhet",
    "Grund",
    "Utan pris",
)
_FOOT = """
*Grund* är hur den effekt som ger mest nytta har mätts. *Utan pris* är antalet effekter som exemplet nämner men inte
sätter pris på.

![Nytta per satsad krona på {longest} år, med nio av tio omräkningar](images/models.svg)

{sure}

Det beror mest på att effekter sällan är mätta länge nog, och att det som är mätt sällan har ett pris. De
flesta effekter är slut inom fem år, och då är kolumnerna lika. Korten säger för vart och ett vad som måste vara
sant för att det ska gå jämnt upp, och varför det kan vara värt att göra ändå.

## Korten

{cards}
"""


@dataclass(frozen=True)
class Compared:
    """One case on the common terms: gains over costs by horizon, each as base case, 5th and 95th percentile."""

    example: Example
    ratios: tuple[tuple[float, float, float], ...]
    probability: float
    cost_per_participant: float
    unvalued: int


def compared() -> list[Compared]:
    """Compute every case on the same terms, in the order of the index.

    Raises
    ------
    ValueError
        When a case has another price year, rate or timing, so that the table would compare unlike things.
    """
    rows = []
    for example in examples():
        case = load(example.path)
        if (case.price_year, case.discount_rate, case.timing) != (PRICE_YEAR, RATE, "start"):
            raise ValueError(f"{example.slug} is not on the common terms")
        appraisal = appraise(case, horizons=HORIZONS)
        found = [appraisal.result("bcr", horizon=years) for years in HORIZONS]
        rows.append(
            Compared(
                example,
                tuple((row.base or 0.0, row.p5 or 0.0, row.p95 or 0.0) for row in found),
                appraisal.result("npv").probability_positive or 0.0,
                appraisal.base("pv_costs") / participants(appraisal),
                len(case.not_valued),
            )
        )
    return rows


def page(rows: list[Compared]) -> str:
    """Return the page."""
    words = texts("sv")
    lines = ["| " + " | ".join(_COLUMNS) + " |", "|---|---|---:|---:|---:|---:|---|---:|"]
    for row in rows:
        cells = (
            f"[{row.example.title}](../models/{row.example.slug}.md)",
            row.example.target,
            f"{_number(float(f'{row.cost_per_participant:.2g}'), 0)} kr",
            *(f"{_number(base, 2)} ({_number(low, 2)} till {_number(high, 2)})" for base, low, high in row.ratios),
            _plain(probability_short(row.probability, "sv")),
            words.choice("grade", row.example.figures["grade"]),
            str(row.unvalued),
        )
        lines.append("| " + " | ".join(cells) + " |")
    cards = "\n".join(f"- [{row.example.title}](../models/{row.example.slug}.md)" for row in rows)
    head = _HEAD.format(price_year=PRICE_YEAR, rate=f"{_number(100 * RATE, 1)} %", longest=HORIZONS[-1])
    return head + "\n" + "\n".join(lines) + "\n" + _FOOT.format(longest=HORIZONS[-1], cards=cards, sure=_sure(rows))


def _sure(rows: list[Compared]) -> str:
    """Say how many cases pay off with the assumptions that can be defended today."""
    sure = [row.example.title for row in rows if row.probability >= SURE]
    said = f"{len(sure)} av {len(rows)} exempel går med stor säkerhet jämnt upp i kronor: {', '.join(sure)}."
    if not sure:
        said = "Inget av exemplen går med stor säkerhet jämnt upp i kronor, med antaganden som går att försvara i dag."
    said += f" I sina hoppfulla scenarier ger {_hopeful(rows)} av {len(rows)} mer än de kostar."
    return fill(said, _PAGE_WIDTH)


def _hopeful(rows: list[Compared]) -> int:
    found = [of for row in rows for of in row.example.figures["scenarios"] if of["name"] == "hopeful"]
    return sum(of["npv"] > 0 for of in found)


_LEFT, _WIDTH, _STEP, _TOP = 305, 430, 26, 58
_STYLE = (
    "<style>text{font-family:'DejaVu Sans',Arial,sans-serif;font-size:13px;fill:#222}"
    ".small{font-size:12px;fill:#555}.title{font-size:15px;font-weight:bold}</style>"
)


def chart(rows: list[Compared]) -> str:
    """Return the chart as SVG: a dot and a line for each case, in the order of the table."""
    bottom = _TOP + _STEP * len(rows)
    height = bottom + 46
    low_end = math.floor(min(low for row in rows for _, low, _ in row.ratios))
    high_end = math.ceil(max(high for row in rows for _, _, high in row.ratios))

    def x(value: float) -> str:
        return f"{_LEFT + _WIDTH * (value - low_end) / (high_end - low_end):.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {height}" role="img"'
        f' aria-label="Nytta per satsad krona på {HORIZONS[-1]} år för {len(rows)} exempel">',
        _STYLE,
        f'<rect width="760" height="{height}" fill="#ffffff"/>',
        f'<text class="title" x="12" y="24">Nytta per satsad krona på {HORIZONS[-1]} år</text>',
        '<text class="small" x="12" y="43">Punkt: grundkalkyl. Linje: nio av tio omräkningar.'
        " Ordningen är tabellens, inte en rangordning.</text>",
    ]
    for tick in range(low_end, high_end + 1):
        stroke = 'stroke="#b04a00" stroke-width="2"' if tick == 1 else 'stroke="#dddddd"'
        parts += [
            f'<line x1="{x(tick)}" x2="{x(tick)}" y1="{_TOP - 6}" y2="{bottom}" {stroke}/>',
            f'<text class="small" x="{x(tick)}" y="{bottom + 16}" text-anchor="middle">{_number(tick, 0)}</text>',
        ]
    level = "nyttan är lika stor som kostnaden"
    parts.append(f'<text class="small" x="{x(1)}" y="{bottom + 34}" text-anchor="middle">{level}</text>')
    for place, row in enumerate(rows):
        y = _TOP + _STEP * place + _STEP // 2
        base, low, high = row.ratios[-1]
        parts += [
            f'<text x="{_LEFT - 12}" y="{y + 4}" text-anchor="end">{_short(row.example.title)}</text>',
            f'<line x1="{x(low)}" x2="{x(high)}" y1="{y}" y2="{y}" stroke="#1f5f8b" stroke-width="3"/>',
            f'<circle cx="{x(base)}" cy="{y}" r="5" fill="#1f5f8b" stroke="#ffffff"/>',
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _short(title: str) -> str:
    """Return a title that fits beside the chart."""
    return title if len(title) <= 40 else title[:39].rstrip(" ,") + "…"


def _number(value: float, decimals: int) -> str:
    return _plain(number(value, "sv", decimals))


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def main() -> int:
    """Write the page and the chart, or compare them with `--check`."""
    rows = compared()
    wanted = {PAGE: page(rows), CHART: chart(rows)}
    if "--check" in sys.argv[1:]:
        return int(any(not path.is_file() or path.read_text("utf-8") != text for path, text in wanted.items()))
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
