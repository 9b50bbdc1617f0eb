"""Decisions written in the workbook survive a new version of the application; what was answered is told."""

import io

import openpyxl
import pytest

from socio_calc.locale import render_problem, texts
from socio_calc.problems import InputError
from socio_calc.review.protocol.compose import protocol_of
from socio_calc.review.protocol.letter import letter_of
from socio_calc.review.protocol.read_back import read_protocol
from socio_calc.review.protocol.record import Judgement
from socio_calc.review.protocol.workbook import KEY_HEAD, protocol_workbook
from socio_calc.review.screen import earlier_screen
from tests.report.libreoffice import converted
from tests.review.cases import GONE
from tests.review.reviewed import DAY, OUT, PHONE, A, reviewed

FIRST = {
    f"{OUT}.deadweight": 0.1,
    f"{OUT}.because": "Försiktighet",
    "discount_rate": 0.01,
    "not_valued": GONE,
    f"{A}.timing": GONE,
}
#: Deadweight is put right; the rate stays; completion is new; the order of the costs has changed.
SECOND = {
    "discount_rate": 0.01,
    "completion": 1,
    f"{OUT}.evidence.grade": "quasi_experiment",
    "not_valued": GONE,
}
FINDINGS = {"sv": "Anmärkningar", "en": "Findings"}


def workbook(protocol):
    return protocol_workbook(protocol, letter_of(protocol))


@pytest.fixture
def written(tmp_path):
    def write(lang="sv", changes=FIRST):
        path = tmp_path / "granskningsprotokoll.xlsx"
        path.write_bytes(workbook(protocol_of(reviewed(tmp_path, changes), lang, today=DAY)))
        return path

    return write


def edited(path, edit):
    book = openpyxl.load_workbook(path)
    edit(book)
    target = path.with_name("granskat.xlsx")
    book.save(target)
    return target


def judge(decisions, lang="sv"):
    """Return an edit that writes decisions and comments by the code of the finding."""

    def edit(book):
        sheet = book[FINDINGS[lang]]
        heads = [cell.value for cell in sheet[4]]
        key, decision = (
            heads.index(KEY_HEAD),
            heads.index({"sv": "Granskarens beslut", "en": "Reviewer’s decision"}[lang]),
        )
        for row in sheet.iter_rows(min_row=5):
            code = str(row[key].value).partition("|")[0]
            if code in decisions:
                row[decision].value, row[decision + 1].value = decisions[code]

    return edit


def of_code(items, code):
    return next(item for item in items if item.code == code)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_decisions_follow_to_the_next_version_in_either_language(written, tmp_path, lang):
    words = {"sv": ("Fråga sökanden", "Godtas"), "en": ("Ask the applicant", "Accepted")}[lang]
    decisions = {"unusual-rate": (words[0], "Se bilaga 2"), "nothing-unvalued": (words[1], None)}
    earlier = read_protocol(edited(written(lang), judge(decisions, lang)))
    for then in ("sv", "en"):
        protocol = protocol_of(reviewed(tmp_path, SECOND), then, earlier, DAY)
        assert of_code(protocol.findings, "unusual-rate").judgement == Judgement("ask", "Se bilaga 2")
        assert of_code(protocol.findings, "nothing-unvalued").judgement == Judgement("accepted", "")
        assert not of_code(protocol.findings, "everyone-completes").judgement


def test_what_was_answered_is_left_and_new(written, tmp_path):
    earlier = read_protocol(edited(written(), judge({"double-deadweight": ("Ska ändras", "Varför?")})))
    review = reviewed(tmp_path, SECOND)
    protocol = protocol_of(review, "sv", earlier, DAY)
    marks = {item.code: item.mark for item in protocol.findings}
    assert marks["unusual-rate"] == marks["nothing-unvalued"] == "left"
    assert marks["everyone-completes"] == "new"
    answered = {item.code: item for item in protocol.earlier.answered}
    assert set(answered) == {"double-deadweight", "GB-09"}
    gone = answered["double-deadweight"]
    assert (gone.before, gone.after, gone.gone) == ("10\u00a0%", None, False)
    assert gone.judgement == Judgement("change", "Varför?")
    assert protocol.earlier.date == DAY.isoformat()
    assert (protocol.earlier.left, protocol.earlier.new) == (2, len(protocol.findings) - 2)
    shown = earlier_screen(review, earlier, "sv")
    assert "Besvarad: Dödvikt dras av två gånger" in shown and "Ny: Alla fullföljer" in shown


def test_an_outcome_that_is_no_more_is_no_longer_relevant(written, tmp_path):
    other = [{**of, "id": "other"} for of in changed_outcomes()]
    rows = [{"indicator": "Mått", "kind": kind, "outcome": "other", "when": "2024"} for kind in ("social", "ekonomisk")]
    earlier = read_protocol(written())
    protocol = protocol_of(reviewed(tmp_path, {"outcomes": other, f"{A}.followup": rows}), "sv", earlier, DAY)
    answered = {item.code: item for item in protocol.earlier.answered}
    assert answered["double-deadweight"].gone and not answered["unusual-rate"].gone


def changed_outcomes():
    from tests.review.cases import CLEAN

    return CLEAN["outcomes"]


def test_the_protocol_of_another_application_is_told(written, tmp_path):
    earlier = read_protocol(written(changes={"title": "Något helt annat"}))
    other = reviewed(tmp_path, SECOND)
    assert "Det tidigare protokollet gäller ”Något helt annat”." in " ".join(
        earlier_screen(other, earlier, "sv").split()
    )
    same = reviewed(tmp_path, {"title": "Något helt annat"})
    assert "gäller ”" not in earlier_screen(same, earlier, "sv")


def test_rows_are_found_wherever_they_are_moved(written, tmp_path):
    def disorder(book):
        judge({"unusual-rate": ("Godtas", "Kvar")})(book)
        sheet = book[FINDINGS["sv"]]
        sheet.title = "Våra frågor"
        sheet.insert_rows(1, 3)
        sheet.insert_cols(2)
        book.move_sheet(sheet, offset=3)

    earlier = read_protocol(edited(written(), disorder))
    protocol = protocol_of(reviewed(tmp_path, SECOND), "sv", earlier, DAY)
    assert of_code(protocol.findings, "unusual-rate").judgement == Judgement("accepted", "Kvar")


def test_own_words_stay_and_personal_data_and_formulas_do_not(written, tmp_path):
    decisions = {"unusual-rate": ("Tas upp 4 maj", f"Ring {PHONE}"), "double-deadweight": ("=1+1", "=HYPERLINK(A1)")}
    earlier = read_protocol(edited(written(), judge(decisions)))
    protocol = protocol_of(reviewed(tmp_path, FIRST), "sv", earlier, DAY)
    assert of_code(protocol.findings, "unusual-rate").judgement == Judgement("Tas upp 4 maj", "Ring •••")
    assert not of_code(protocol.findings, "double-deadweight").judgement


def test_assumptions_and_assessment_follow_along(written, tmp_path):
    def edit(book):
        sheet = book["Antaganden"]
        for row in sheet.iter_rows(min_row=5):
            if row[0].value == "Kalkylränta":
                row[4].value, row[5].value = "Nej", "Låg"
        book["Bedömning"]["B5"].value = "Tydliga mål.\nOsäkert."

    earlier = read_protocol(edited(written(), edit))
    protocol = protocol_of(reviewed(tmp_path, SECOND), "en", earlier, DAY)
    rate = next(line for line in protocol.assumptions if line.key == "discount_rate")
    assert rate.judgement == Judgement("reasonable:no", "Låg")
    assert dict(protocol.assessment)["results"] == "Tydliga mål.\nOsäkert."
    book = openpyxl.load_workbook(io.BytesIO(workbook(protocol)))
    texts = [cell.value for row in book["Assumptions"].iter_rows() for cell in row]
    assert "No" in texts and "Låg" in texts


def test_a_rule_that_nobody_was_asked_about_is_no_question(written, tmp_path):
    earlier = read_protocol(written(changes={}))
    assert earlier.rows["rule", "GB-21|"].status == ""
    assert protocol_of(reviewed(tmp_path), "sv", earlier, DAY).earlier.asked == 0


def refusal(path):
    with pytest.raises(InputError) as raised:
        read_protocol(path)
    return [problem.code for problem in raised.value.problems]


def test_other_files_are_refused_in_words(written, tmp_path):
    path = written()
    (tmp_path / "p.docx").write_bytes(b"PK")
    assert refusal(tmp_path / "p.docx") == ["protocol-not-workbook"]
    assert refusal(tmp_path / "none.xlsx") == ["file-not-found"]
    (tmp_path / "no.xlsx").write_text("hej", encoding="utf-8")
    assert refusal(tmp_path / "no.xlsx") == ["not-a-workbook"]

    def without_keys(book):
        for sheet in book.worksheets:
            for row in sheet.iter_rows(max_row=4):
                for cell in row:
                    if str(cell.value).startswith("socio-calc:"):
                        cell.value = None

    assert refusal(edited(path, without_keys)) == ["protocol-without-keys"]
    other = openpyxl.Workbook()
    other.active["A1"] = "Något annat"
    other.save(tmp_path / "other.xlsx")
    assert refusal(tmp_path / "other.xlsx") == ["not-a-protocol"]

    def newer(book):
        next(prop for prop in book.custom_doc_props.props if prop.name == "socio-calc protocol").value = "2"

    assert refusal(edited(path, newer)) == ["protocol-version"]


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("ending", ["docx", "html"])
def test_a_protocol_in_another_form_names_the_workbook_to_give(tmp_path, lang, ending):
    """Word and web pages have no keys; what to give instead is said, and whether it is there."""
    stem = f"skolan-{texts(lang).t('protocol.file.protocol')}"
    path = tmp_path / f"{stem}.{ending}"
    path.write_bytes(b"PK")
    for there in (False, True):
        if there:
            (tmp_path / f"{stem}.xlsx").write_bytes(b"PK")
        with pytest.raises(InputError) as raised:
            read_protocol(path)
        (problem,) = raised.value.problems
        assert (problem.params["beside"] is not None) == there
        said = render_problem(problem, lang)
        assert f"{stem}.xlsx" in said
        assert (({"sv": "samma mapp", "en": "same folder"}[lang]) in said) == there


def test_the_letter_leads_to_the_only_protocol_beside_it(tmp_path):
    letter = tmp_path / "skolan-fragor-till-sokanden.docx"
    letter.write_bytes(b"PK")

    def named():
        with pytest.raises(InputError) as raised:
            read_protocol(letter)
        return raised.value.problems[0].params

    assert named()["elsewhere"] == "…-granskningsprotokoll.xlsx"
    (tmp_path / "skolan-granskningsprotokoll.xlsx").write_bytes(b"PK")
    assert named()["beside"] == "skolan-granskningsprotokoll.xlsx"
    (tmp_path / "annan-granskningsprotokoll.xlsx").write_bytes(b"PK")
    assert named()["elsewhere"] == "…-granskningsprotokoll.xlsx"


@pytest.mark.libreoffice
def test_a_protocol_saved_by_another_program_is_read_too(written, tmp_path):
    marked = edited(written(), judge({"unusual-rate": ("Godtas", "Sparad på nytt")}))
    (resaved,) = converted([marked], tmp_path)
    earlier, before = read_protocol(resaved), read_protocol(marked)
    assert (earlier.date, earlier.title) == (before.date, before.title)
    assert {at: row.judgement for at, row in earlier.rows.items()} == {
        at: row.judgement for at, row in before.rows.items()
    }
    assert earlier.judgement("finding", "unusual-rate|discount_rate") == Judgement("accepted", "Sparad på nytt")
