"""The protocol of a review: what it says, in which words, and what must never stand in it."""

import re

import pytest

from socio_calc.review.protocol.compose import protocol_of
from socio_calc.review.protocol.files import protocol_files
from socio_calc.review.protocol.keys import finding_keys, stable_path
from tests.review.cases import CLEAN, GONE
from tests.review.reviewed import DAY, MAIL, NUMBER, OUT, PHONE, WRONG, A, reviewed


@pytest.fixture(scope="module")
def wrong(tmp_path_factory):
    return reviewed(tmp_path_factory.mktemp("wrong"), WRONG)


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    return reviewed(tmp_path_factory.mktemp("clean"))


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_finding_and_every_rule_that_applies_is_there(wrong, lang):
    protocol = protocol_of(wrong, lang, today=DAY)
    assert [item.code for item in protocol.findings] == [item.code for item in wrong.with_status("finding")]
    assert [item.number for item in protocol.findings] == list(range(1, len(protocol.findings) + 1))
    assert {item.code for item in protocol.rules} == {
        item.code for item in wrong.findings if item.status in ("fail", "undecided", "pass")
    }
    for item in (*protocol.rules, *protocol.findings):
        assert item.what and item.title and "{" not in item.what and "trap." not in item.title
    assert len({item.key for item in (*protocol.rules, *protocol.findings)}) == len(protocol.rules) + len(
        protocol.findings
    )


def test_amounts_are_the_results_after_the_correction(wrong):
    protocol = protocol_of(wrong, "sv", today=DAY)
    before = wrong.appraisal.base()
    assert protocol.before == before
    of_code = {finding.code: finding for finding in wrong.findings}
    for item in protocol.testable:
        assert item.societal == pytest.approx(before + of_code[item.code].effect.societal)
    assert protocol.perspective == "kommun"
    assert protocol.applicant_before == pytest.approx(wrong.appraisal.base("npv", "kommun"))


def test_the_summary_counts_and_never_approves(wrong, clean):
    said = " ".join(protocol_of(wrong, "sv", today=DAY).summary)
    assert "måste-regel" in said and "Fonden beslutar." in said and "nettonuvärde" in said
    nothing = " ".join(protocol_of(clean, "sv", today=DAY).summary)
    assert nothing.startswith("Inga måste-regler bröts och inga anmärkningar hittades. 1 regel kan inte avgöras")
    for lang in ("sv", "en"):
        text = " ".join(protocol_of(wrong, lang, today=DAY).summary)
        assert not re.search(r"godkän|approved|besparing", text, re.IGNORECASE)


def test_stated_results_stand_beside_the_computed(wrong):
    (line,) = protocol_of(wrong, "sv", today=DAY).stated
    assert line.stated == "4\u00a0640\u00a0000\u00a0kr" and line.agreement == "different"
    assert line.computed != line.stated and line.difference.endswith("kr")


def test_the_log_has_every_number_with_its_source(clean):
    log = {line.key: line for line in protocol_of(clean, "sv", today=DAY).assumptions}
    price = log[stable_path(f"{OUT}.consequences.0.price", clean.scene.data)]
    assert (
        price.value == "350\u00a0000\u00a0kr (300\u00a0000–400\u00a0000)" and price.source == "Kommunens statistik 2023"
    )
    assert log[f"{OUT}.effect.value"].value == "0,8 (0,7–0,9)"
    assert log[f"{OUT}.ordinary"].value == "25\u00a0% (20–30)"
    assert log["completion"].source is None and log["first_year"].value == "2020"
    assert log["horizons"].value == "1 år, 3 år"
    assert next(line.key for line in log.values() if line.weighty) == f"{OUT}.effect.value"
    turning = log[f"{OUT}.effect.value"].turns_at
    assert turning is not None and 0.8 < float(turning.replace(",", ".")) < 1.0


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_personal_data_stand_in_no_file(wrong, lang):
    import io
    import zipfile

    for name, content in protocol_files(wrong, lang, today=DAY).items():
        parts = [content]
        if name.endswith((".xlsx", ".docx")):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                parts = [archive.read(member) for member in archive.namelist()]
        text = b"\n".join([name.encode(), *parts]).decode("utf-8", "replace")
        for secret in (NUMBER, PHONE, MAIL, "070-123", "anna.svensson"):
            assert secret not in text, (name, secret)


def test_keys_hold_when_rows_are_added_above():
    data = {"costs": [{"name": "Lokal", "amount": 5}], "outcomes": [{"id": "falls", "lag": 1}]}
    more = {"costs": [{"name": "Ledare"}, *data["costs"]], "outcomes": [{"id": "new"}, *data["outcomes"]]}
    assert stable_path("costs.0.amount", data) == stable_path("costs.1.amount", more) != "costs.0.amount"
    assert stable_path("outcomes.falls.lag", data) == stable_path("outcomes.falls.lag", more)
    assert stable_path("costs.7.amount", data) == "costs.7.amount" and stable_path(None, data) == ""


def test_no_key_holds_what_an_applicant_calls_things():
    """Names of rows, of quantities and of scenarios may be names of people, and no reader sees the keys."""
    data = {
        "costs": [{"name": "Lön Karin Persdotter", "amount": 5}],
        "quantities": {"lon_karin": {"low": 1}},
        "scenarios": {"Karin säger": {"discount_rate": 0.05}},
        "application": {"organisations": [{"name": "Karin Persdotter AB"}], "followup": [{"indicator": "Fråga Karin"}]},
    }
    paths = (
        "costs.0.amount", "quantities.lon_karin.low", "scenarios.Karin säger.discount_rate",
        "application.organisations.0.signatory", "application.followup.0.responsible",
    )  # fmt: skip
    keys = [stable_path(path, data) for path in paths]
    assert not any(re.search("karin|persdotter", key, re.IGNORECASE) for key in keys)
    assert [key.rpartition(".")[2] for key in keys] == ["amount", "low", "discount_rate", "signatory", "responsible"]
    assert len(set(keys)) == len(keys)


HIDDEN = {"kind", "key", "status"}


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_nothing_is_hidden_in_the_workbook_but_what_rows_are_known_by(tmp_path, lang):
    """Hidden columns hold the kind, the key and the status of a row, all words of the program and fingerprints."""
    import io

    import openpyxl

    review = reviewed(tmp_path, {"costs.0.name": f"Lön Karin Persdotter {MAIL}", "title": f"Stöd, kontakt {MAIL}"})
    name = next(name for name in protocol_files(review, lang, today=DAY) if name.endswith(".xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(protocol_files(review, lang, today=DAY)[name]))
    assert {sheet.sheet_state for sheet in book} == {"visible"}
    assert not book.defined_names
    properties = {prop.name: prop.value for prop in book.custom_doc_props.props}
    assert properties.keys() == {"socio-calc protocol", "socio-calc date", "socio-calc title"}
    about = book.properties
    assert not any((about.creator, about.lastModifiedBy, about.description, about.keywords, about.category))
    assert MAIL not in f"{about.title}{about.subject}{properties}"
    heads, keys = set(), []
    for sheet in book:
        # The only name of a range is that of the rows repeated on every printed page.
        assert set(sheet.defined_names) <= {"_xlnm.Print_Titles"}
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        assert not any(cell.comment for row in sheet.iter_rows() for cell in row)
        for found in sheet.column_dimensions.values():
            for column in range(found.min, found.max + 1) if found.hidden else ():
                head, *values = [sheet.cell(row, column).value for row in range(4, sheet.max_row + 1)]
                heads.add(head)
                keys += [str(value) for value in values if value]
    assert heads == {f"socio-calc:{name}" for name in HIDDEN}
    assert keys and all(re.fullmatch(r"[A-Za-z0-9_.|~#-]+", key) for key in keys)
    assert not any(re.search("karin|persdotter", key, re.IGNORECASE) for key in keys)


def test_findings_at_one_place_have_keys_of_their_own(tmp_path):
    review = reviewed(tmp_path, {f"{OUT}.consequences.0.payer": "stat", f"{OUT}.consequences.1.payer": "stat"})
    keys = [key for key in finding_keys(review.findings, review.scene.data) if key.startswith("payer-mismatch")]
    assert len(set(keys)) == len(keys) >= 1


def test_what_is_well_described_is_told(clean, tmp_path):
    assert "Behovet" in protocol_of(clean, "sv", today=DAY).good
    short = reviewed(tmp_path, {f"{A}.needs_analysis": "Behovet är stort."})
    assert "Behovet" not in protocol_of(short, "sv", today=DAY).good
    assert CLEAN[A]["needs_analysis"]


def test_with_strict_an_undecided_must_rule_counts_as_broken(tmp_path):
    lacking = {f"{A}.timing": GONE}
    said = {
        strict: " ".join(protocol_of(reviewed(tmp_path, lacking, strict=strict), "sv", today=DAY).summary)
        for strict in (False, True)
    }
    assert "Inga måste-regler bröts" in said[False] and "GB-09" not in said[False]
    assert "1 måste-regel är inte uppfylld: GB-09." in said[True] and "Inga måste" not in said[True]


def test_rules_that_do_not_apply_or_come_later_are_named(clean, tmp_path):
    assert "Gäller inte här: GB-12" in protocol_of(clean, "sv", today=DAY).rule_notes
    idea = reviewed(tmp_path, {f"{A}.stage": "ide", f"{A}.call": "2023-10-31"})
    later = next(note for note in protocol_of(idea, "sv", today=DAY).rule_notes if note.startswith("Krävs i steg 2"))
    assert "GB-01" in later
