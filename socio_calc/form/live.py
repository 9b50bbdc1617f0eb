"""Live checks of the rows: what is missing, turned round or worth another look, in the order of how much it matters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from socio_calc.form.cells import Column
from socio_calc.form.formulas import RowCells, both, either, first_true, quoted, said
from socio_calc.form.number_parts import Single, Triple
from socio_calc.form.placing import FormAt, TableAt
from socio_calc.form.plain_parts import Plain

if TYPE_CHECKING:
    from socio_calc.locale import Texts

Cases = list[tuple[str, str]]
#: Parties whose budgets can keep what a smaller volume leaves idle.
_BUDGETS: Final = ("kommun", "region")
_CONTROLLED: Final = ("systematic_review", "rct", "quasi_experiment")


@dataclass(frozen=True)
class FundLimits:
    """What the live checks compare with, from the file of a fund; None where the fund sets no limit.

    Attributes
    ----------
    fund
        Name of the fund.
    most_per_year
        SEK that may be applied for in a year.
    least_own_share
        Share of the cost that the parties bear themselves.
    most_months
        Length of the project.
    least_parties
        Number of parties.
    least_words
        Words of long texts, by the path of the field.
    """

    fund: str | None = None
    most_per_year: float | None = None
    least_own_share: float | None = None
    most_months: int | None = None
    least_parties: int | None = None
    least_words: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Live:
    """What the formulas of a form need: where everything stands, its words, its lists and the fund's limits."""

    at: FormAt
    words: Texts
    lists: dict[str, str]
    limits: FundLimits

    def label(self, choices: str, value: str) -> str:
        """Return the label of a choice as a constant."""
        return quoted(self.words.choice(choices, value))

    def looked_up(self, kind: str, cell: str, what: str = "value") -> str:
        """Return what a list says of the row that a drop-down shows."""
        return f"INDEX({self.lists[f'{kind}.{what}']},MATCH({cell},{self.lists[kind]},0))"

    @property
    def ci95(self) -> str:
        """Label of limits that are a study's interval."""
        return self.words.choice("interval", "ci95")


def row_check(live: Live, at: TableAt, row: int) -> str:
    """Return the formula that says what is to be done about a row; empty while the row is empty."""
    cells = RowCells(at, row)
    columns = at.table.columns
    cases: Cases = []
    for part in at.table.parts:
        cases += _missing(live, cells, part)
    cases += _CHECKS.get(at.table.key, _no_more)(live, cells)
    for part in at.table.parts:
        cases += _order(live, cells, part)
    cases += _GENTLE.get(at.table.key, _no_more)(live, cells)
    for part in at.table.parts:
        cases += _doubts(live, cells, part)
    used = ",".join(_areas(at, row, columns))
    return f'=IF(COUNTA({used})=0,"",{first_true(cases, said(live.words, "form.check.done"))})'


def _areas(at: TableAt, row: int, columns: tuple[Column, ...]) -> list[str]:
    first, last = columns[0].key, columns[-1].key
    return [f"{at.cell(first, row)}:{at.cell(last, row)}"]


def _no_more(live: Live, cells: RowCells) -> Cases:
    return []


def _fill_in(live: Live, label: str) -> str:
    return said(
        live.words,
        "form.check.half",
        label=quoted(
            live.words.label(label)
            if live.words.has(f"label.{label}")
            else live.words.t(f"form.column.{label.removeprefix('form.')}")
        ),
    )


def _missing(live: Live, cells: RowCells, part: object) -> Cases:
    if isinstance(part, Triple):
        return [(f"NOT({cells.is_given(part.key)})", _fill_in(live, part.label))] if part.required else []
    columns = getattr(part, "columns", ())
    return [(f'{cells[column.key]}=""', _fill_in(live, column.label)) for column in columns if column.required]


def _order(live: Live, cells: RowCells, part: object) -> Cases:
    """Return the checks of the order of three numbers, and of text where a plain number is expected."""
    if isinstance(part, Triple):
        low, mode, high = (cells[f"{part.key}#{name}"] for name in ("low", "mode", "high"))
        words = live.words
        return [
            (both(f"COUNT({low},{high})=2", f"{low}>{high}"), said(words, "form.check.turned")),
            (
                f"IF(COUNT({low},{mode},{high})=3,OR({mode}<{low},{mode}>{high}),FALSE)",
                said(words, "form.check.outside"),
            ),
            (
                both(f"COUNT({low},{high})=1", f"COUNTA({low},{high})=1"),
                said(words, "form.check.one-sided"),
            ),
        ]
    return []


def _doubts(live: Live, cells: RowCells, part: object) -> Cases:
    words = live.words
    found: Cases = []
    if isinstance(part, Plain) and part.kind in ("number", "money", "share", "whole", "year"):
        cell = cells[part.key]
        found.append((f"ISTEXT({cell})", said(words, "form.check.digits")))
    if isinstance(part, Plain | Single) and part.kind == "share" and part.key != "growth":
        cell = cells[part.key]
        found.append(
            (
                f"IF(ISNUMBER({cell}),AND({cell}>0,{cell}<0.01),FALSE)",
                said(words, "form.check.small", x=f"ROUND(100*{cell},2)", y=f"ROUND(10000*{cell},1)"),
            )
        )
    return found


# -- tables ---------------------------------------------------------------------------------------------------------


def _costs(live: Live, cells: RowCells) -> Cases:
    per_participant = live.label("basis", "per_participant")
    years = f"COUNTA({cells['years#0']}:{cells['years#list']})=0"
    grant = live.label("funding", "grant")
    return [
        (both(f"{cells['basis']}<>{per_participant}", years), _fill_in(live, "costs[].years")),
        (both(f"{cells['funding']}={grant}", f'{cells["funder"]}=""'), _fill_in(live, "costs[].funder")),
        (both(f"{cells['funding']}<>{grant}", f'{cells["funder"]}<>""'), said(live.words, "form.check.funder")),
    ]


def _costs_gently(live: Live, cells: RowCells) -> Cases:
    group = "amount" if cells.at.table.key == "costs" else "wage"
    listed = f"{group}#cost"
    unlisted = [f'{cells[listed]}=""'] if listed in cells.at.columns else []
    return [(both(f'{cells[f"{group}#source"]}=""', *unlisted), said(live.words, "form.check.source"))]


def _outcomes(live: Live, cells: RowCells) -> Cases:
    words = live.words
    controlled = either(*(f"{cells['evidence.grade']}={live.label('grade', grade)}" for grade in _CONTROLLED))
    deducted = either(
        f"IF(ISNUMBER({cells['deadweight']}),{cells['deadweight']}<>0,FALSE)",
        f"IF(ISNUMBER({cells['attribution']}),{cells['attribution']}<>1,FALSE)",
    )
    event = live.label("level", "event")
    return [
        (both(f"{cells['level']}<>{event}", f'{cells["holds"]}=""'), _fill_in(live, "outcomes[].holds")),
        (both(controlled, deducted, f'{cells["because"]}=""'), said(words, "form.check.deadweight")),
    ]


def _outcomes_gently(live: Live, cells: RowCells) -> Cases:
    words = live.words
    low, mode, high = (cells[f"effect.value#{name}"] for name in ("low", "mode", "high"))
    ratio = either(
        *(
            f"{cells['effect.measure']}={live.label('measure', name)}"
            for name in ("ratio", "odds_ratio", "hazard_ratio")
        )
    )
    neutral = f"IF({ratio},1,0)"
    is_level = f"{cells['effect.measure']}={live.label('measure', 'level')}"
    lower = f"{cells['better']}={live.label('better', 'lower')}"
    followups = live.at.tables["followup"].column("outcome")
    return [
        (
            f"IF(AND(ISNUMBER({mode}),NOT({is_level})),IF({lower},{mode}>{neutral},{mode}<{neutral}),FALSE)",
            said(words, "form.check.wrong-way"),
        ),
        (
            f"IF(AND(COUNT({low},{high})=2,NOT({is_level})),AND({low}<{neutral},{high}>{neutral}),FALSE)",
            said(words, "form.check.no-effect"),
        ),
        (both(f"ISNUMBER({mode})", f"COUNT({low},{high})=0"), said(words, "form.check.single")),
        (
            both(f'{cells["ordinary#source"]}=""', f'{cells["ordinary#baseline"]}=""'),
            said(words, "form.check.source-ordinary"),
        ),
        (f"COUNTIF({followups},{cells['id']})=0", said(words, "form.check.not-followed")),
    ]


def _consequences(live: Live, cells: RowCells) -> Cases:
    words = live.words
    health = f"{cells['kind']}={live.label('kind', 'health')}"
    listed = f'{cells["price#cost"]}<>""'
    observational = f"{cells['link']}={live.label('link', 'observational')}"
    ids = live.at.tables["outcomes"].column("id")
    return [
        (f"COUNTIF({ids},{cells['outcome']})=0", said(words, "form.check.no-such-outcome")),
        (both(f"NOT({health})", f"NOT({cells.is_given('price')})"), _fill_in(live, "outcomes[].consequences[].price")),
        (both(f"NOT({listed})", f'{cells["kind"]}=""'), _fill_in(live, "outcomes[].consequences[].kind")),
        (both(listed, f'{cells["kind"]}<>""'), said(words, "form.check.kind-of-list")),
        (both(observational, f"NOT({cells.is_given('causal_share')})"), said(words, "form.check.causal-share")),
    ]


def _consequences_gently(live: Live, cells: RowCells) -> Cases:
    words = live.words
    at, price = cells.at, cells["price#cost"]
    listed = f'{price}<>""'
    own_id, overlaps = cells["price-id"], cells["overlaps"]
    ids, names = at.column("price-id"), at.column("name")
    hit = f'ISNUMBER(SEARCH("|"&{ids}&"|",{overlaps}))*({ids}<>"")*({ids}<>{own_id})'
    other = f"INDEX({names},SUMPRODUCT(MAX({hit}*(ROW({ids})-{at.first_row}))))"
    average = f'IF({listed},IFERROR({live.looked_up("cost", price, "basis")}="average",FALSE),FALSE)'
    payer = f'IF({cells["payer"]}<>"",{cells["payer"]},IFERROR({live.looked_up("cost", price, "payer")},""))'
    budget = either(
        *(f"{payer}={live.label('actor', party)}" for party in _BUDGETS),
        *(f"{payer}={quoted(party)}" for party in _BUDGETS),
    )
    own_kind = f"{cells['kind']}={live.label('kind', 'resource_cost')}"
    kind_of_list = f'IFERROR({live.looked_up("cost", price, "kind")}="resource_cost",FALSE)'
    kind = f'IF({cells["kind"]}<>"",{own_kind},{kind_of_list})'
    return [
        (f'IF({overlaps}<>"",SUMPRODUCT({hit})>0,FALSE)', said(words, "form.check.overlap", other=other)),
        (both(average, kind, f"NOT({cells.is_given('marginal')})"), said(words, "form.check.marginal")),
        (both(budget, kind, f"NOT({cells.is_given('realisable')})"), said(words, "form.check.realisable")),
        (
            both(f"NOT({listed})", f'{cells["price#source"]}=""'),
            said(words, "form.check.source"),
        ),
    ]


def _followup(live: Live, cells: RowCells) -> Cases:
    ids = live.at.tables["outcomes"].column("id")
    return [
        (
            both(f'{cells["outcome"]}<>""', f"COUNTIF({ids},{cells['outcome']})=0"),
            said(live.words, "form.check.no-such-outcome"),
        )
    ]


_CHECKS: Final[dict[str, Callable[[Live, RowCells], Cases]]] = {
    "costs": _costs,
    "hours": _costs,
    "outcomes": _outcomes,
    "consequences": _consequences,
    "followup": _followup,
}
_GENTLE: Final[dict[str, Callable[[Live, RowCells], Cases]]] = {
    "costs": _costs_gently,
    "hours": _costs_gently,
    "outcomes": _outcomes_gently,
    "consequences": _consequences_gently,
}
