from __future__ import annotations

from pathlib import Path

import pytest

from socio_calc.problems import InputError
from socio_calc.reference import LocalPrice, ReferenceBase, price_in, with_local_prices

OVERRIDE = "id,value,price_year,basis,confidence,source_title\nhome-help-hour,600,2024,average,high,Budget 2024\n"
NEW_HEAD = (
    "id,name_sv,category,per,value,low,high,spread,price_year,index,payer,kind,basis,use,confidence,overlaps,"
    "source_title\n"
)
NEW = (
    f"{NEW_HEAD}walk-group,Promenadgrupp,programme,session,350,300,420,range,2024,wage,kommun,resource_cost,"
    "average,default,medium,home-help-hour,Budget\n"
)


def _file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "local.csv"
    path.write_bytes(text.encode(encoding))
    return path


def _codes(base: ReferenceBase, path: Path) -> dict[str, int | None]:
    with pytest.raises(InputError) as caught:
        with_local_prices(base, path)
    return {problem.code: problem.place.line for problem in caught.value.problems}


def test_an_override_keeps_the_description_and_takes_the_number(base: ReferenceBase, tmp_path: Path) -> None:
    local = with_local_prices(base, _file(tmp_path, OVERRIDE))
    row, shipped = local.costs["home-help-hour"], base.costs["home-help-hour"]
    assert (row.value, row.price_year, row.source_title, row.confidence) == (600.0, 2024, "Budget 2024", "high")
    assert (row.name_sv, row.payer, row.per, row.index, row.overlaps) == (
        shipped.name_sv,
        shipped.payer,
        shipped.per,
        shipped.index,
        shipped.overlaps,
    )
    assert row.quote == ""
    (change,) = local.local_prices
    assert change == LocalPrice(row, shipped, pytest.approx(600 / price_in(base, shipped, 2024)))


def test_the_base_itself_is_not_changed_and_the_digest_is(base: ReferenceBase, tmp_path: Path) -> None:
    local = with_local_prices(base, _file(tmp_path, OVERRIDE))
    assert base.costs["home-help-hour"].value == 472
    assert base.local_prices == ()
    assert local.sha256 != base.sha256
    assert with_local_prices(base, _file(tmp_path, OVERRIDE)).sha256 == local.sha256


def test_the_spread_of_the_shipped_row_is_never_inherited(base: ReferenceBase, tmp_path: Path) -> None:
    text = OVERRIDE.replace("home-help-hour,600", "hvb-day,5200")
    row = with_local_prices(base, _file(tmp_path, text)).costs["hvb-day"]
    assert base.costs["hvb-day"].low is not None
    assert (row.low, row.high, row.spread) == (None, None, None)


def test_a_new_price_is_added_with_its_overlap_on_both_sides(base: ReferenceBase, tmp_path: Path) -> None:
    local = with_local_prices(base, _file(tmp_path, NEW))
    row = local.costs["walk-group"]
    assert (row.name_en, row.low, row.high) == ("Promenadgrupp", 300.0, 420.0)
    assert "walk-group" in local.costs["home-help-hour"].overlaps
    assert local.local_prices == (LocalPrice(row, None, None),)


def test_a_swedish_excel_file_is_read(base: ReferenceBase, tmp_path: Path) -> None:
    text = NEW.replace(",", ";").replace("350;300;420", "1 350,50;1\u00a0300,00;1\u202f420")
    row = with_local_prices(base, _file(tmp_path, "\ufeff" + text)).costs["walk-group"]
    assert (row.value, row.low, row.high) == (1350.5, 1300.0, 1420.0)


def test_a_point_before_three_digits_is_ambiguous_in_such_a_file(base: ReferenceBase, tmp_path: Path) -> None:
    text = NEW.replace(",", ";").replace("350;300;420", "1.350;1,3;1,4")
    assert _codes(base, _file(tmp_path, text)) == {"ambiguous-number": 2}


def test_other_encodings_are_refused(base: ReferenceBase, tmp_path: Path) -> None:
    assert _codes(base, _file(tmp_path, NEW.replace("Budget", "Budget för år"), "cp1252")) == {"file-not-utf8": None}


def test_a_missing_file_is_a_problem(base: ReferenceBase, tmp_path: Path) -> None:
    assert _codes(base, tmp_path / "none.csv") == {"file-not-found": None}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (OVERRIDE.replace(",source_title", "").replace(",Budget 2024", ""), {"missing-column": 1}),
        (OVERRIDE.replace("Budget 2024", ""), {"missing-required": 2}),
        (OVERRIDE.replace("price_year", "prisar"), {"missing-column": 1, "unknown-key": 1}),
        (OVERRIDE.replace("600", "600 kr"), {"not-a-number": 2}),
        (OVERRIDE.replace("2024,average", "1999,average"), {"year-outside-index": 2}),
        (OVERRIDE + OVERRIDE.splitlines()[1] + "\n", {"reference-repeated-id": 3}),
        (OVERRIDE.replace("2024,average,high", "2024"), {"reference-row-width": 2}),
        (NEW.replace("walk-group,Promenadgrupp,programme", "walk-group,Promenadgrupp,"), {"missing-required": 2}),
        (NEW.replace("300,420,range", "360,420,range"), {"mode-outside": 2}),
        (NEW.replace("home-help-hour,Budget", "no-such-row,Budget"), {"reference-unknown-overlap": 2}),
        (
            NEW.replace("walk-group", "home-help-hour").replace("home-help-hour,Budget", "qaly,Budget"),
            {"local-price-unit-differs": 2},
        ),
    ],
)
def test_broken_files_say_what_is_wrong_and_where(
    base: ReferenceBase, tmp_path: Path, text: str, codes: dict[str, int]
) -> None:
    assert _codes(base, _file(tmp_path, text)) == codes


def test_a_kind_that_differs_from_the_row_is_refused(base: ReferenceBase, tmp_path: Path) -> None:
    text = OVERRIDE.replace("basis,", "basis,kind,").replace("average,", "average,production,")
    assert _codes(base, _file(tmp_path, text)) == {"local-price-kind-differs": 2}
