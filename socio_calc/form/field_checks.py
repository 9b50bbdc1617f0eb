"""Live checks of single fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from socio_calc.form.formulas import first_true, said
from socio_calc.form.live import Live

#: Fields of the calculation that must be filled in before anything can be computed.
REQUIRED_FIELDS: Final = ("title", "first_year", "price_year", "horizons")


def field_check(live: Live, key: str, cell: str, required: bool) -> str | None:
    """Return the formula that says what is to be done about a field; None where it has no check."""
    words = live.words
    done = said(words, "form.check.done")
    empty = said(words, "form.check.missing") if required else '""'
    if key in _OWN:
        return f"={_OWN[key](live, cell)}"
    least = live.limits.least_words.get(key)
    if least is not None:
        count = f'(LEN(TRIM({cell}))-LEN(SUBSTITUTE(TRIM({cell})," ",""))+1)'
        enough = said(words, "form.check.words-done", n=count)
        few = said(words, "form.check.words", n=count, min=str(least))
        none = said(words, "form.check.words-none", min=str(least))
        return f'=IF({cell}="",{none},IF({count}<{least},{few},{enough}))'
    return f'=IF({cell}="",{empty},{done})'


def _project_time(live: Live, cell: str) -> str:
    words, start = live.words, live.at.field("application.start")
    done = said(words, "form.check.done")
    first, last = (f"IF(ISNUMBER({day}),{day},IFERROR(DATEVALUE({day}),0))" for day in (start, cell))
    # Whole calendar months up to the day after the last, and a part of a month as one (the rules of the funds).
    after = f"({last}+1)"
    part = f"IF(DAY({after})>DAY({first}),1,0)"
    months = f"((YEAR({after})-YEAR({first}))*12+MONTH({after})-MONTH({first})+{part})"
    before = said(words, "form.check.end-before-start")
    cases = [(f"({last})<({first})", before)]
    if live.limits.most_months is not None:
        limit = str(live.limits.most_months)
        cases.append((f"{months}>{limit}", said(words, "form.check.months", m=months, limit=limit)))
    return f'IF(OR({cell}="",{start}=""),"",{first_true(cases, done)})'


def _group_size(live: Live, cell: str) -> str:
    participants = f"SUM({live.at.tables['participants'].column('mean')})"
    more = said(live.words, "form.check.more-participants", n=f"ROUND({participants},0)", size=cell)
    done = said(live.words, "form.check.done")
    return f'IF({cell}="","",IF(ISNUMBER({cell}),IF({participants}>{cell},{more},{done}),{done}))'


_OWN: Final[dict[str, Callable[[Live, str], str]]] = {
    "application.end": _project_time,
    "application.target_group.size": _group_size,
}
