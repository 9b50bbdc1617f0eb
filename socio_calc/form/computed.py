"""Computed columns of the tables: what a row comes to, in formulas that follow what is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from socio_calc.form.formulas import RowCells, in_kronor, quoted, said
from socio_calc.form.live import Live, row_check
from socio_calc.form.placing import TableAt, letters
from socio_calc.form.sheets_calculation import YEAR_COLUMNS

Formula = Callable[[Live, TableAt, int], str]
#: Shown where only the program can compute: an amount in words, a price that is not in the list.
UNKNOWN: Final = quoted("–")
#: Decimals of a level with the intervention: those of the ordinary level would make it look more certain than it is.
_DECIMALS: Final = 5


@dataclass(frozen=True)
class Computed:
    """A column that the form computes: its key, how its numbers are shown, its width, and its formula in a row.

    Its heading is `form.computed.KEY`; a hidden one is there for other formulas.
    """

    key: str
    show: str
    width: float
    formula: Formula
    hidden: bool = False


def year_key(year: int) -> str:
    """Return the key of the column with a row's amount in a year of the calculation."""
    return f"year-{year}"


# -- costs ----------------------------------------------------------------------------------------------------------


def _named(live: Live) -> Callable[[str], str]:
    """Return the value of a cell that says `talet NAME`: that of the named number."""
    table = live.at.tables["quantities"]

    def named(cell: str) -> str:
        after = f'MID({cell},FIND(" ",{cell})+1,100)'
        return f"INDEX({table.column('mean')},MATCH({after},{table.column('name')},0))"

    return named


def _counted(live: Live, at: TableAt, row: int) -> str:
    """Return amount times quantity, or hours times wage with contributions."""
    cells, named = RowCells(at, row), _named(live)
    if at.table.key == "costs":
        amount = cells.central("amount", live.ci95, live.looked_up("cost", cells["amount#cost"]), named)
        quantity = f"IF({cells.is_given('quantity')},{cells.central('quantity', live.ci95, None, named)},1)"
        return f'=IF({cells["name"]}="","",IFERROR(({amount})*{quantity},{UNKNOWN}))'
    wage = cells.central("wage", live.ci95, None, named)
    hours = cells.central("hours", live.ci95, None, named)
    quantity = f'IF({cells["quantity"]}="",1,{cells["quantity"]})'
    own = live.at.field("taxes.employer_contribution")
    statutory = f'IF({own}="",{live.lists["employer_contribution"]},{own})'
    surcharge = f'IF({cells["contributions"]}="",{statutory},{cells["contributions"]})'
    return f'=IF({cells["name"]}="","",IFERROR(({wage})*({hours})*(1+{surcharge})*{quantity},{UNKNOWN}))'


def _path_of_cost(live: Live, at: TableAt, row: int) -> str:
    """Return what a cost is called in scenarios: its number among the costs of both tables."""
    cells = RowCells(at, row)
    order = cells["order"]
    tables = [live.at.tables[key] for key in ("costs", "hours")]
    numbered = "+".join(f"COUNT({table.column('order')})" for table in tables)
    lower = "+".join(f'COUNTIF({table.column("order")},"<"&{order})' for table in tables)
    earlier = []
    for table in tables[: tables.index(at) + 1]:
        last = row if table is at else table.last_row + 1
        if last > table.first_row:
            names, orders = (f"{table.first(key)}:${letters(table.columns[key])}${last}" for key in ("name", "order"))
            earlier.append(f'SUMPRODUCT(({names}<>"")*({orders}=""))')
    unnumbered = "+".join([numbered, *earlier])
    return f'=IF({cells["name"]}="","","costs."&IF({order}<>"",{lower},{unnumbered}))'


def _path_of_consequence(live: Live, at: TableAt, row: int) -> str:
    cell = RowCells(at, row)["outcome"]
    above = (
        f"COUNTIF({at.first('outcome')}:${letters(at.columns['outcome'])}${row},{cell})" if row > at.first_row else "0"
    )
    return f'=IF({cell}="","","outcomes."&{cell}&".consequences."&{above})'


def _falls(cells: RowCells, year: int) -> str:
    """Return 1 where a row falls in a year: a cross, or the year in its list."""
    listed = f'","&SUBSTITUTE(SUBSTITUTE({cells["years#list"]}," ",""),";",",")&","'
    return f'IF(OR({cells[f"years#{year}"]}<>"",ISNUMBER(SEARCH(",{year},",{listed}))),1,0)'


def _years(cells: RowCells) -> str:
    """Return in how many years a row falls."""
    crosses = f"COUNTA({cells['years#0']}:{cells[f'years#{YEAR_COLUMNS - 1}']})"
    listed = cells["years#list"]
    return f'({crosses}+IF({listed}="",0,LEN({listed})-LEN(SUBSTITUTE({listed},",",""))+1))'


def _sum(live: Live, at: TableAt, row: int) -> str:
    cells = RowCells(at, row)
    counted = cells["counted"]
    total, each = live.label("basis", "total"), live.label("basis", "per_participant")
    participants = f"SUM({live.at.tables['participants'].column('mean')})"
    return (
        f"=IF(ISNUMBER({counted}),IF({cells['basis']}={total},{counted},IF({cells['basis']}={each},"
        f"{counted}*MAX(1,{_years(cells)})*{participants},{counted}*{_years(cells)})),{counted})"
    )


def _in_year(year: int) -> Formula:
    def formula(live: Live, at: TableAt, row: int) -> str:
        cells = RowCells(at, row)
        counted = cells["counted"]
        total, each = live.label("basis", "total"), live.label("basis", "per_participant")
        starting = live.at.tables["participants"]
        entries = []
        for since in range(year + 1):
            falls = _falls(cells, since)
            if since == 0:
                falls = f"IF({_years(cells)}=0,1,{falls})"
            entered = f"{live.at.field('first_year')}+{year - since}"
            started = f"SUMIF({starting.column('year')},{entered},{starting.column('mean')})"
            entries.append(f"{falls}*{started}")
        yes = live.label("yes_no", "true")
        return (
            f'=IF({counted}="","",IF(OR(NOT(ISNUMBER({counted})),{cells["replaces"]}={yes}),0,IF({cells["basis"]}={each},'
            f"{counted}*({'+'.join(entries)}),{_falls(cells, year)}*IF({cells['basis']}={total},"
            f"{counted}/MAX(1,{_years(cells)}),{counted}))))"
        )

    return formula


_COST_COLUMNS: Final = (
    Computed("counted", "money", 14.0, _counted),
    Computed("sum", "money", 14.0, _sum),
    Computed("check", "check", 62.0, row_check),
    Computed("path", "text", 12.0, _path_of_cost),
    *(Computed(year_key(year), "money", 12.0, _in_year(year)) for year in range(YEAR_COLUMNS)),
)

# -- participants and effects ---------------------------------------------------------------------------------------


def _mean(live: Live, at: TableAt, row: int) -> str:
    cells = RowCells(at, row)
    central = cells.central("number", live.ci95, None, _named(live))
    return f'=IF({cells["year"]}="","",IFERROR(ROUND({central},2),""))'


def _mean_of_named(live: Live, at: TableAt, row: int) -> str:
    cells = RowCells(at, row)
    central = cells.central("value", live.ci95, live.looked_up("cost", cells["value#cost"]))
    return f'=IF({cells["name"]}="","",IFERROR(({central})*1,""))'


def _ordinary(live: Live, cells: RowCells) -> str:
    return cells.central("ordinary", live.ci95, live.looked_up("baseline", cells["ordinary#baseline"]))


def _with_intervention(live: Live, at: TableAt, row: int) -> str:
    """Return the level with the intervention (METHOD §4); nothing for a standardised difference."""
    cells = RowCells(at, row)
    before = f"({_ordinary(live, cells)})"
    effect = f"({cells.central('effect.value', live.ci95, live.looked_up('evidence', cells['effect.value#evidence']))})"
    measure = cells["effect.measure"]
    ways = (
        ("ratio", f"{before}*{effect}"),
        ("difference", f"{before}+{effect}"),
        ("odds_ratio", f"{before}*{effect}/(1-{before}+{before}*{effect})"),
        ("hazard_ratio", f"1-(1-{before})^{effect}"),
        ("level", f"{effect}"),
    )
    formula = '""'
    for name, way in reversed(ways):
        formula = f"IF({measure}={live.label('measure', name)},{way},{formula})"
    return f'=IF(OR({cells["id"]}="",{measure}=""),"",IFERROR(ROUND({formula},{_DECIMALS}),{UNKNOWN}))'


def _change(live: Live, at: TableAt, row: int) -> str:
    cells = RowCells(at, row)
    after = cells["with"]
    return f'=IF(ISNUMBER({after}),IFERROR({after}/({_ordinary(live, cells)})-1,""),"")'


# -- consequences, follow-up, applied -------------------------------------------------------------------------------


def _of_price(what: str) -> Formula:
    def formula(live: Live, at: TableAt, row: int) -> str:
        cell = RowCells(at, row)["price#cost"]
        return f'=IF({cell}="","",IFERROR({live.looked_up("cost", cell, what)}&"",""))'

    return formula


def _price(live: Live, at: TableAt, row: int) -> str:
    """Return the price in the prices of the case's price year (METHOD §1)."""
    cells = RowCells(at, row)
    listed = cells["price#cost"]
    to = live.at.field("price_year")
    year = f'IF({cells["price_year"]}="",{to},{cells["price_year"]})'
    kpif = live.label("index", "kpif")
    index = f'IF({cells["index"]}="",{kpif},{cells["index"]})'
    of_list = _factor(live, live.looked_up("cost", listed, "index"), live.looked_up("cost", listed, "year"), to)
    own = _factor(live, index, year, to)
    price = cells.central("price", live.ci95)
    value = f'IF({listed}<>"",{live.looked_up("cost", listed)}*{of_list},({price})*{own})'
    given = cells.is_given("price")
    return f'=IF({given},IFERROR({value},{UNKNOWN}),"")'


def _factor(live: Live, index: str, year: str, to: str) -> str:
    """Return what a price is multiplied by; the index is a label of the list of indices or its value."""
    names = live.lists["index-names"]
    row = f"MATCH({index},{names},0)"
    code = f"IFERROR({row},MATCH({index},{live.lists['index-codes']},0))"
    table, years = live.lists["index-table"], live.lists["year"]
    none = quoted("none")
    of = f"INDEX({table},MATCH({{}},{years},0),{code})"
    is_none = f"OR({index}={live.label('index', 'none')},{index}={none})"
    return f"IF({is_none},1,{of.format(to)}/{of.format(year)})"


def _expected(live: Live, at: TableAt, row: int) -> str:
    cell = RowCells(at, row)["outcome"]
    outcomes = live.at.tables["outcomes"]
    return f'=IF({cell}="","",IFERROR(INDEX({outcomes.column("with")},MATCH({cell},{outcomes.column("id")},0)),""))'


def _cost_of_year(live: Live, at: TableAt, row: int, name: str = "total") -> str:
    first, last = live.at.sums(name, 0), live.at.sums(name, YEAR_COLUMNS - 1).partition("!")[2]
    return f"IFERROR(INDEX({first}:{last},1,{RowCells(at, row)['name']}-{live.at.field('first_year')}+1),0)"


def _applied_cost(live: Live, at: TableAt, row: int) -> str:
    return f'=IF({RowCells(at, row)["name"]}="","",{_cost_of_year(live, at, row)})'


def _applied_share(live: Live, at: TableAt, row: int) -> str:
    cost, amount = (RowCells(at, row)[key] for key in ("cost", "value"))
    return f'=IF(COUNT({cost},{amount})=2,IF({cost}>0,{amount}/{cost},""),"")'


def _applied_check(live: Live, at: TableAt, row: int) -> str:
    cells = RowCells(at, row)
    words, limit = live.words, live.limits.most_per_year
    year, amount = cells["name"], cells["value"]
    grant = _cost_of_year(live, at, row, "grant")
    a = in_kronor(amount)
    inside = said(words, "form.check.done")
    cap = f"{amount}<0"
    above = inside
    if limit is not None:
        values = {"year": year, "a": a, "limit": in_kronor(str(limit))}
        cap = f"{amount}>{limit}"
        above = said(words, "form.check.cap-above", **values, kr=in_kronor(f"{amount}-{limit}"))
        inside = said(words, "form.check.cap", **values)
    differs = said(words, "form.check.grant-differs", a=a, b=in_kronor(grant), year=year)
    half = said(words, "form.check.half", label=quoted(words.label("application.applied.*")))
    checked = f"IF({cap},{above},IF(ABS({amount}-{grant})>1,{differs},{inside}))"
    return f'=IF(COUNTA({year},{amount})=0,"",IF(COUNT({year},{amount})<2,{half},{checked}))'


_CHECK: Final = Computed("check", "check", 34.0, row_check)
#: Computed columns of every table, after its inputs.
COMPUTED: Final[dict[str, tuple[Computed, ...]]] = {
    "organisations": (_CHECK,),
    "applied": (
        Computed("cost", "money", 14.0, _applied_cost),
        Computed("share", "share", 14.0, _applied_share),
        Computed("check", "check", 34.0, _applied_check),
    ),
    "participants": (Computed("mean", "number", 14.0, _mean), _CHECK),
    "completion": (_CHECK,),
    "costs": _COST_COLUMNS,
    "hours": _COST_COLUMNS,
    "outcomes": (
        Computed("with", "number", 14.0, _with_intervention),
        Computed("change", "share", 14.0, _change),
        _CHECK,
    ),
    "consequences": (
        Computed("converted", "money", 16.0, _price),
        Computed("unit", "text", 18.0, _of_price("unit")),
        Computed("check", "check", 62.0, row_check),
        Computed("path", "text", 34.0, _path_of_consequence),
        Computed("price-id", "text", 10.0, _of_price("id"), hidden=True),
        Computed("overlaps", "text", 10.0, _of_price("overlaps"), hidden=True),
    ),
    "not_valued": (),
    "public_funds_factor": (_CHECK,),
    "health_value": (_CHECK,),
    "quantities": (Computed("mean", "number", 14.0, _mean_of_named), _CHECK),
    "scenarios": (_CHECK,),
    "correlations": (_CHECK,),
    "stated_results": (_CHECK,),
    "followup": (Computed("expected", "number", 16.0, _expected), _CHECK),
}
