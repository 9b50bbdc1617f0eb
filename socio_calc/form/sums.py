"""Live sums: costs by year and party under the tables of costs, and the line at the top of a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from socio_calc.form.computed import year_key
from socio_calc.form.formulas import first_true, in_kronor, in_percent, quoted, said
from socio_calc.form.live import Live
from socio_calc.form.marks import STATIC
from socio_calc.form.placing import KEY_COLUMN, LABEL_COLUMN, SUM_ROWS, letters
from socio_calc.form.sheets_calculation import YEAR_COLUMNS
from socio_calc.form.values import VALUES

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from socio_calc.form.styles import Styles

_TABLES: Final = ("costs", "hours")
_FIRST: Final = LABEL_COLUMN + 1
_WHOLE: Final = _FIRST + YEAR_COLUMNS
_SHARE: Final = 'IF({total}=0,"",1-{grant}/{total})'


def status_line(live: Live, sheet: str) -> str | None:
    """Return the formula of the line under a sheet's introduction, None where the sheet has none."""
    if sheet == "costs":
        return _costs_line(live)
    if sheet == "application":
        return _parties_line(live)
    if sheet == "followup":
        return _indicators_line(live)
    return None


def _area(live: Live, column: str, condition: tuple[str, str] | None = None) -> str:
    """Return the sum of a column over both tables of costs, of the rows with one value in another column."""
    sums = []
    for key in _TABLES:
        table = live.at.tables[key]
        area = table.column(column)
        sums.append(f"SUMIF({table.column(condition[0])},{condition[1]},{area})" if condition else f"SUM({area})")
    return "+".join(sums)


def unknown_rows(live: Live) -> str:
    """Return how many rows of costs only the program can compute, or fall in years after the columns of the form."""
    return "+".join(f"COUNTIF({live.at.tables[key].column('counted')},{quoted('–')})" for key in _TABLES)


def _costs_line(live: Live) -> str:
    words, total, granted = live.words, live.at.sums("total"), live.at.sums("grant")
    share = f"(1-{granted}/{total})"
    values = {"total": in_kronor(total), "grant": in_kronor(granted), "share": in_percent(share)}
    plain = said(words, "form.status.costs", **values)
    limit = live.limits.least_own_share
    cases: list[tuple[str, str]] = []
    if limit is not None:
        least = f"{round(100 * limit)}"
        lacking = in_kronor(f"{granted}-{1 - limit!r}*{total}")
        too_small = said(words, "form.check.own-share-below", s=in_percent(share), limit=least, kr=lacking)
        cases.append((f"{share}<{limit!r}-0.000000001", too_small))
        plain = f"{said(words, 'form.check.own-share', s=in_percent(share), limit=least)}&{quoted(' · ')}&{plain}"
    no_time = f'IF({live.at.sums("in_kind")}=0,{said(words, "form.status.no-time")},"")'
    unknown = f"({unknown_rows(live)})"
    more = f'IF({unknown}>0,{said(words, "form.status.unknown", n=unknown)},"")'
    return f"=IF({total}=0,{said(words, 'form.status.no-costs')},{first_true(cases, plain)}&{no_time}&{more})"


def _parties_line(live: Live) -> str | None:
    limit = live.limits.least_parties
    if limit is None:
        return None
    count = f"COUNTA({live.at.tables['organisations'].column('name')})"
    few = said(live.words, "form.check.parties", n=count, limit=str(limit))
    enough = said(live.words, "form.check.parties-done", n=count, limit=str(limit))
    return f"=IF({count}<{limit},{few},{enough})"


def _indicators_line(live: Live) -> str:
    kinds = live.at.tables["followup"].column("kind")
    cases = [
        (f"COUNTIF({kinds},{live.label('followup.kind', kind)})=0", said(live.words, f"form.check.no-{kind}"))
        for kind in ("social", "ekonomisk")
    ]
    return f"={first_true(cases, said(live.words, 'form.check.indicators'))}"


def write_sums(sheet: Worksheet, styles: Styles, live: Live, row: int) -> None:
    """Write the sums by year and for the whole time, from a row on."""
    words = live.words
    sheet.write_string(row, KEY_COLUMN, STATIC, styles.get("key"))
    sheet.write_string(row, LABEL_COLUMN, words.t("form.heading.sums"), styles.get("section"))
    first = live.at.field("first_year")
    for year in range(YEAR_COLUMNS):
        text = words.t("form.column.year", n=str(year + 1))
        sheet.write_formula(row, _FIRST + year, f'=IF(ISNUMBER({first}),{first}+{year},"{text}")', styles.get("head"))
    sheet.write_string(row, _WHOLE, words.t("form.sums.whole"), styles.get("head"))
    conditions = {name: ("funding", live.label("funding", name)) for name in ("grant", "in_kind")}
    total, people = live.at.sums("total"), live.at.sums("participants")
    for name in SUM_ROWS:
        row += 1
        _label(sheet, styles, row, words.t(f"form.sums.{name}"))
        if name in ("total", "grant", "in_kind"):
            _sum_row(sheet, styles, live, row, conditions.get(name))
        elif name == "participants":
            _participants_row(sheet, styles, live, row)
        elif name == "per-participant":
            sheet.write_formula(row, _WHOLE, f'=IF({people}=0,"",{total}/{people})', styles.get("computed", "sum"))
        else:
            formula, kind = ("{total}-{grant}-{in_kind}", "sum") if name == "money" else (_SHARE, "percent")
            for at, year in enumerate([*range(YEAR_COLUMNS), None], _FIRST):
                cells = {key: live.at.sums(key, year) for key in ("total", "grant", "in_kind")}
                sheet.write_formula(row, at, "=" + formula.format(**cells), styles.get("computed", kind))
    row += 2
    _label(sheet, styles, row, words.t("form.sums.by-party"))
    for party in VALUES["actor"]:
        row += 1
        _label(sheet, styles, row, words.choice("actor", party))
        _sum_row(sheet, styles, live, row, ("actor", live.label("actor", party)))


def _label(sheet: Worksheet, styles: Styles, row: int, label: str) -> None:
    sheet.write_string(row, KEY_COLUMN, STATIC, styles.get("key"))
    sheet.write_string(row, LABEL_COLUMN, label, styles.get("label"))


def _participants_row(sheet: Worksheet, styles: Styles, live: Live, row: int) -> None:
    first, participants = live.at.field("first_year"), live.at.tables["participants"]
    for year in range(YEAR_COLUMNS):
        started = f"=SUMIF({participants.column('year')},{first}+{year},{participants.column('mean')})"
        sheet.write_formula(row, _FIRST + year, started, styles.get("computed", "sum"))
    sheet.write_formula(row, _WHOLE, f"=SUM({participants.column('mean')})", styles.get("computed", "sum"))


def _sum_row(sheet: Worksheet, styles: Styles, live: Live, row: int, condition: tuple[str, str] | None) -> None:
    for year in range(YEAR_COLUMNS):
        formula = f"={_area(live, year_key(year), condition)}"
        sheet.write_formula(row, _FIRST + year, formula, styles.get("computed", "sum"))
    span = f"{letters(_FIRST)}{row + 1}:{letters(_WHOLE - 1)}{row + 1}"
    sheet.write_formula(row, _WHOLE, f"=SUM({span})", styles.get("computed", "sum"))
