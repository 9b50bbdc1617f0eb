"""Writes docs/reference-base.md from data/: every price for a base case, with its source.

`python docs/make_reference_base.py` writes the page; with `--check` it only says whether the page is up to date.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from socio_calc.locale import number, texts
from socio_calc.reference import CostRow, ReferenceBase, latest_year, load_reference, price_in
from socio_calc.reference.vocabulary import CATEGORIES

PAGE = Path(__file__).with_name("reference-base.md")
_HEAD = """# Prislistan: priser för grundkalkylen

Sidan är gjord av `docs/make_reference_base.py` ur `data/` version {version}. Ändra i tabellerna, inte här.

Priserna står i sitt eget prisår och i det senaste år som deras index når. Alternativ, känslighetsvärden och övre
gränser finns i programmet: `socio-calc costs ORD` och `socio-calc show ID`. Vad kolumnerna betyder står i
[data/README.md](../data/README.md).
"""
_COLUMNS = "| Pris | Id | Belopp | Prisår | Omräknat | Enhet | Betalare | Källa |\n|---|---|---:|---|---:|---|---|---|"


def reference_page(base: ReferenceBase) -> str:
    """Return the page: a table per category with every row whose use is `default`."""
    rows = sorted((row for row in base.costs.values() if row.use == "default"), key=_by_category)
    words = texts("sv")
    parts = [_HEAD.format(version=base.version)]
    for category, of_category in groupby(rows, key=lambda row: row.category):
        parts.append(f"## {words.choice('category', category)}\n")
        parts.append("\n".join([_COLUMNS, *(_line(base, row) for row in of_category)]) + "\n")
    return "\n".join(parts)


def _by_category(row: CostRow) -> int:
    return CATEGORIES.index(row.category)


def _line(base: ReferenceBase, row: CostRow) -> str:
    words = texts("sv")
    today = latest_year(base, row)
    # A converted price is no better known than to the krona.
    converted = f"{_sek(round(price_in(base, row, today), 0 if row.value >= 100 else 2))} ({today})"
    source = ". ".join(part for part in (row.source_title, row.publisher) if part)
    cells = (
        row.name_sv,
        f"`{row.id}`",
        _sek(row.value),
        str(row.price_year),
        converted if today != row.price_year else "",
        words.choice("price_unit", row.per),
        words.choice("actor", row.payer) if row.payer else "",
        f"[{_plain(source)}]({row.url})" if row.url else _plain(source),
    )
    return "| " + " | ".join(cells) + " |"


def _sek(value: float) -> str:
    return number(value, "sv", 0 if value >= 1000 or value == int(value) else 2).replace("\u00a0", " ")


def _plain(text: str) -> str:
    return text.replace("|", "/").replace("[", "(").replace("]", ")")


def main() -> int:
    """Write the page, or compare it with `--check`."""
    text = reference_page(load_reference())
    if "--check" in sys.argv[1:]:
        return 0 if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
