"""Formulas computed without a spreadsheet program: as the writer's values say, and safe with what strangers write."""

from __future__ import annotations

import math

import pytest

from socio_calc.appraisal import appraise, open_case
from socio_calc.office import parse_workbook
from socio_calc.report.workbook.write import compose
from socio_calc.review.submitted.comparison import Sheets, same
from socio_calc.review.submitted.formulas import FormulaError, Node, equal, moved, read_formula
from socio_calc.review.submitted.recalculate import Missing, Value, computed, formulas_of
from tests.report.workbook_cases import EVERYTHING, MODELS, built

HANDWORKED = MODELS.parent / "tests" / "handworked" / "cases"


def value_of(formula: str, **cells: Value) -> Value | Missing:
    """Return what a formula in A100 gives; `B2=1.0` is a cell beside it."""
    inputs = {_place(name): value for name, value in cells.items()}
    trees: dict[tuple[str, int, int], Node | None] = {("A", 100, 1): read_formula(formula, "A")}
    return computed(formulas_of(trees, {}), inputs)["A", 100, 1]


def _place(name: str) -> tuple[str, int, int]:
    return "A", int(name[1:]), ord(name[0]) - ord("A") + 1


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=1+2*3^2", 19.0),
        ("=-2^2", 4.0),  # as spreadsheets read it
        ("=(1-3)/4", -0.5),
        ("=10%", 0.1),
        ("=IF(1>2,1/0,\"nej\")", "nej"),
        ("=AND(1<2,2<=2)", True),
        ("=SUM(B1:B3)", 6.0),
        ("=SUMPRODUCT((B1:B3>1)*B1:B3)", 5.0),
        ("=SUMPRODUCT(MAX((B1:B3<3)*B1:B3))", 2.0),
        ("=INDEX(B1:B3,2)", 2.0),
        ("=MATCH(2.5,B1:B3,1)", 2.0),
        ("=COUNTIF(B1:B3,2)", 1.0),
        ("=COUNT(B1:B4)", 3.0),
        ("=ISNUMBER(B4)", False),
        ("=POWER(2,10)+EXP(0)+LN(1)+INT(-0.5)+ABS(-3)", 1024 + 1 + 0 - 1 + 3),
        ("=MIN(B1:B3,0.5)", 0.5),
        ("=B9+1", 1.0),
        ("=B4=\"TEXT\"", True),
        ("='A'!B1+a!b2", Missing("unreadable")),
    ],
)  # fmt: skip
def test_formulas_give_what_they_give_in_a_spreadsheet(formula: str, value: Value) -> None:
    cells: dict[str, Value] = {"B1": 1.0, "B2": 2.0, "B3": 3.0, "B4": "text"}
    if isinstance(value, Missing):
        assert value_of("='A'!B1+A!b2", **cells) == 3.0
    else:
        assert value_of(formula, **cells) == pytest.approx(value)


@pytest.mark.parametrize(
    ("formula", "why"),
    [("=1/0", "#DIV/0!"), ("=LN(0)", "#NUM!"), ("=B4+1", "#VALUE!"), ("=INDEX(B1:B3,9)", "#REF!"),
     ("=EXP(9999)", "#NUM!"), ("=9^9^9^9", "#NUM!"), ("=VLOOKUP(1,B1:B3,1)", "unreadable"), ("=SUM()", "unreadable"),
     ("=unknown_name", "unreadable"), ("=A100", "circle")],
)  # fmt: skip
def test_what_has_no_value_says_why(formula: str, why: str) -> None:
    assert value_of(formula, B1=1.0, B2=2.0, B3=3.0, B4="text") == Missing(why)


@pytest.mark.parametrize(
    "text", ["=1+", "=(1", "=1)", "=[2]Blad!A1", "=A1 B1", "=" + "(" * 500 + "1" + ")" * 500, "={1}"]
)
def test_what_our_workbooks_never_hold_is_not_read(text: str) -> None:
    with pytest.raises(FormulaError):
        read_formula(text, "A")


def test_a_circle_stops_only_what_is_in_it() -> None:
    trees: dict[tuple[str, int, int], Node | None] = {
        ("A", 1, 1): read_formula("=A2", "A"),
        ("A", 2, 1): read_formula("=A1", "A"),
        ("A", 3, 1): read_formula("=A2+1", "A"),
        ("A", 4, 1): read_formula("=1+1", "A"),
    }
    found = computed(formulas_of(trees, {}), {})
    assert found["A", 4, 1] == 2.0
    assert isinstance(found["A", 3, 1], Missing) and isinstance(found["A", 1, 1], Missing)


def test_a_long_chain_and_a_huge_area_do_no_harm() -> None:
    chain: dict[tuple[str, int, int], Node | None] = {
        ("A", row, 1): read_formula(f"=A{row + 1}+1", "A") for row in range(1, 5000)
    }
    assert computed(formulas_of(chain, {}), {("A", 5000, 1): 1.0})["A", 1, 1] == 5000.0
    area: dict[tuple[str, int, int], Node | None] = {("A", 1, 1): read_formula("=SUM(B1:XFD1048576)", "A")}
    assert computed(formulas_of(area, {}), {})["A", 1, 1] == Missing("unreadable")


def test_two_ways_of_writing_a_formula_are_the_same() -> None:
    first = read_formula("=IF(ABS(Resultat!$B$6-(-39.1020399206))<=1E-09*Kalkyl!$M$143,1,2)", "Resultat")
    second = read_formula("= if(ABS($B$6--39.10203992060001)<=0.000000001*'Kalkyl'!M143, 1, 2.0)", "Resultat")
    assert equal(first, second)
    assert not equal(first, read_formula("=IF(ABS(B6-(-39.1021))<=1E-09*Kalkyl!M143,1,2)", "Resultat"))
    down = moved(read_formula("=SUM(B2:B9)", "A"), lambda _, row: row - 1 if row > 5 else row)
    assert down == read_formula("=SUM(B2:B8)", "A")


@pytest.mark.parametrize("case", ["everything", "hembesok", "pathway-survival", "pathway-mid"])
def test_every_formula_of_a_workbook_gives_the_value_beside_it(case: str) -> None:
    """A second reader beside LibreOffice: the writer computes each value in Python as it writes the formula."""
    if case == "everything":
        read = built(EVERYTHING)
    else:
        folder = HANDWORKED if case.startswith("pathway") else MODELS
        read = open_case(folder / f"{case}.yaml").case
    appraisal = appraise(read, draws=64)
    sheets = Sheets(parse_workbook(compose(appraisal, "sv").data, "rapport.xlsx"))
    assert len(sheets.trees) > 300
    assert not sheets.formulas.unreadable and not sheets.formulas.circular
    wrong = [
        (place, found, sheets.cell(place).cached)
        for place, found in sheets.values.items()
        if isinstance(found, Missing) or not same(found, _cached(sheets.cell(place).cached))
    ]
    assert wrong == []


def _cached(value: object) -> Value:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value  # type: ignore[return-value]


def test_rounding_is_half_away_from_zero() -> None:
    assert value_of("=ROUND(2.5,0)") == 3.0 and value_of("=ROUND(-2.5,0)") == -3.0
    assert value_of("=ROUND(1.005,1)") == pytest.approx(1.0)
    assert math.isclose(float(value_of("=ROUND(1234.5,-2)")), 1200.0)  # type: ignore[arg-type]
