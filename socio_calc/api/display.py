"""How an appraisal shows itself in a notebook: a small table of HTML, everything escaped, headings for readers."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from socio_calc.appraisal import warning_message
from socio_calc.locale import Language, money, money_interval, probability_figure, texts

if TYPE_CHECKING:
    from socio_calc.appraisal import Appraisal


def html(appraisal: Appraisal, lang: Language) -> str:
    """Return the net present value at each horizon with its interval and probability, as an HTML table."""
    words = texts(lang)
    head = "".join(f'<th scope="col">{escape(words.t(f"document.notebook.{name}"))}</th>' for name in _COLUMNS)
    rows = []
    for horizon in appraisal.horizons:
        row = appraisal.result("npv", "societal", horizon)
        interval = "–" if row.p5 is None or row.p95 is None else money_interval(row.p5, row.p95, lang, signed=True)
        chance = "–" if row.probability_positive is None else probability_figure(row.probability_positive, lang)
        cells = (money(row.base, lang, signed=True), interval, chance)
        rows.append(
            f'<tr><th scope="row">{escape(words.plural("screen.years", horizon))}</th>'
            + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
            + "</tr>"
        )
    caption = words.t("document.notebook.caption", title=appraisal.title, price_year=appraisal.price_year)
    notes = [warning_message(appraisal, each, lang) for each in appraisal.warnings if each.code == "own-outcome"]
    said = "".join(f"<p>{escape(note)}</p>" for note in (*notes, words.t("screen.caution")))
    return (
        f'<div lang="{lang}"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>{said}</div>"
    )


_COLUMNS = ("horizon", "npv", "interval", "probability")
