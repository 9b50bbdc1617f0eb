"""A folder of applications: an overview, worst first, a protocol for each, and no file that stops the others."""

import openpyxl
import pytest

from socio_calc.problems import InputError
from socio_calc.report.files import OutputError
from socio_calc.review.protocol import many
from socio_calc.review.protocol.files import file_names
from socio_calc.review.protocol.many import stems, write_protocols
from tests.review.reviewed import DAY, NUMBER, WRONG, write


@pytest.fixture(autouse=True)
def documents_are_written_elsewhere(monkeypatch):
    """Documents take most of the time and are tested by themselves."""
    for name in ("to_docx", "to_html"):
        monkeypatch.setattr(f"socio_calc.review.protocol.files.{name}", lambda paper: paper.title.encode())


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "in"
    (inside / "sub").mkdir(parents=True)
    write(inside, name="clean.yaml")
    write(inside, {"discount_rate": 0.01}, "doubtful.yaml")
    write(inside / "sub", WRONG, "clean.yaml")
    (inside / "broken.yaml").write_text(f"title: {NUMBER}\n{NUMBER}: 1\n", encoding="utf-8")
    (inside / "~$lock.xlsx").write_text("", encoding="utf-8")
    (inside / "no.xlsx").write_text("hej", encoding="utf-8")
    return inside


def table(path):
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]], sheet


def test_the_overview_is_sorted_and_can_be_sorted(folder, tmp_path):
    seen = []
    done = write_protocols(
        folder, tmp_path / "out", draws=64, today=DAY, progress=lambda at, total, name: seen.append((at, total, name))
    )
    rows, sheet = table(tmp_path / "out" / "oversikt.xlsx")
    assert [row["Ansökan"] for row in rows] == [
        "broken.yaml",
        "no.xlsx",
        "sub/clean.yaml",
        "doubtful.yaml",
        "clean.yaml",
    ]
    assert sheet.tables["cases"].autoFilter is not None
    assert [row["Ordning"] for row in rows] == [1, 2, 3, 4, 5]
    worst, doubtful, clean = rows[2:]
    assert worst["Måste-regler"] == 1 and worst["Allvarliga"] > 1 and worst["Efter rättning, kr"] is not None
    assert doubtful["Slutsats"] == "Slutsatsen ändras inte." and clean["Efter rättning, kr"] is None
    assert clean["Nettonuvärde, kr"] == pytest.approx(done.review.files[-1].review.appraisal.base())
    assert [at for at, total, _ in seen] == [0, 1, 2, 3, 4] and {total for _, total, _ in seen} == {5}
    book = openpyxl.load_workbook(tmp_path / "out" / "oversikt.xlsx")
    errors = " ".join(str(cell.value) for row in book.worksheets[1].iter_rows() for cell in row)
    assert "broken.yaml" in errors and NUMBER not in errors and "2 filer kunde inte läsas" in errors


def test_every_application_has_a_protocol_of_its_own(folder, tmp_path):
    write_protocols(folder, tmp_path / "out", draws=64, today=DAY)
    written = {path.name for path in (tmp_path / "out").iterdir()}
    for stem in ("clean", "doubtful", "sub-clean"):
        assert set(file_names(stem, "sv")) <= written
    assert not any(name.startswith(("broken", "no-")) for name in written)
    rows, _ = table(tmp_path / "out" / "oversikt.xlsx")
    assert {row["Protokoll"] for row in rows} == {
        None,
        *(file_names(stem, "sv")[0] for stem in ("clean", "doubtful", "sub-clean")),
    }


def test_our_own_files_are_no_applications(folder):
    write_protocols(folder, folder, draws=64, today=DAY)
    again = write_protocols(folder, folder, draws=64, today=DAY, force=True)
    assert len(again.review.files) == 5


def test_decisions_of_an_earlier_round_follow_by_name(folder, tmp_path):
    write_protocols(folder, tmp_path / "first", draws=64, today=DAY)
    path = tmp_path / "first" / file_names("doubtful", "sv")[0]
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[1]
    at = [cell.value for cell in sheet[4]].index("Kommentar")
    sheet.cell(5, at + 1).value = "Vi har frågat"
    book.save(path)
    write_protocols(folder, tmp_path / "second", "en", draws=64, today=DAY, previous=tmp_path / "first")
    book = openpyxl.load_workbook(tmp_path / "second" / file_names("doubtful", "en")[0])
    assert "Vi har frågat" in [cell.value for row in book.worksheets[1].iter_rows() for cell in row]


def test_a_protocol_that_is_there_as_word_alone_is_not_passed_over(folder, tmp_path):
    """Else the reviewer's decisions in it would be left out without a word."""
    earlier = tmp_path / "first"
    earlier.mkdir()
    (earlier / file_names("doubtful", "en")[1]).write_bytes(b"PK")
    done = write_protocols(folder, tmp_path / "second", draws=64, today=DAY, previous=earlier)
    problems = {item.name: [problem.code for problem in item.problems] for item in done.review.files}
    assert problems.pop("doubtful.yaml") == ["protocol-not-workbook"]
    assert not any("protocol-not-workbook" in codes for codes in problems.values())


def test_a_fault_of_ours_in_one_protocol_keeps_the_others(folder, tmp_path, monkeypatch):
    real = many.protocol_files
    monkeypatch.setattr(
        many, "protocol_files", lambda review, *rest: 1 / 0 if "sub" in str(review.file) else real(review, *rest)
    )
    done = write_protocols(folder, tmp_path / "out", draws=64, today=DAY)
    failed = next(item for item in done.review.files if item.name == "sub/clean.yaml")
    assert failed.problems[0].code == "check-stopped"
    assert (tmp_path / "out" / file_names("clean", "sv")[0]).exists()


def test_files_in_the_way_are_told_before_anything_is_reviewed(folder, tmp_path, monkeypatch):
    out = tmp_path / "out"
    out.mkdir()
    (out / file_names("doubtful", "sv")[2]).write_text("mitt", encoding="utf-8")
    monkeypatch.setattr(many, "review_folder", lambda *_, **__: 1 / 0)
    with pytest.raises(OutputError) as raised:
        write_protocols(folder, out, draws=64, today=DAY)
    assert len(raised.value.problems) == 1


def test_names_of_files_are_told_apart(tmp_path):
    paths = [tmp_path / name for name in ("a.xlsx", "a.yaml", "sub/a.yaml", "Å b.yaml")]
    assert stems(tmp_path, paths) == ("a", "a-2", "sub-a", "a-b")


def test_a_folder_without_applications_is_told(tmp_path):
    with pytest.raises(InputError):
        write_protocols(tmp_path, tmp_path / "out")
