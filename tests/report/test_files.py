"""Writing a report: all files or none, and what stood there before stays when something goes wrong."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from socio_calc.case.document import read_document
from socio_calc.locale import Language, render_problem, texts
from socio_calc.office import read_workbook
from socio_calc.problems import _REASONS, InputError, Problem
from socio_calc.reference import load_reference, with_local_prices
from socio_calc.report.files import OutputError, slug, write_files
from socio_calc.report.passport_search import read_report


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_all_files_are_written(tmp_path: Path) -> None:
    written = write_files(tmp_path / "ut", {"a.txt": b"1", "b.txt": b"2"})
    assert [path.read_bytes() for path in written] == [b"1", b"2"]
    assert not hidden(tmp_path / "ut")


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"old")
    with pytest.raises(OutputError) as caught:
        write_files(tmp_path, {"a.txt": b"1", "b.txt": b"2"})
    assert [problem.code for problem in caught.value.problems] == ["file-exists"]
    assert not (tmp_path / "a.txt").exists()
    write_files(tmp_path, {"b.txt": b"new"}, force=True)
    assert (tmp_path / "b.txt").read_bytes() == b"new"


def test_a_folder_in_the_way_stops_everything(tmp_path: Path) -> None:
    (tmp_path / "b.txt").mkdir()
    (tmp_path / "a.txt").write_bytes(b"old")
    with pytest.raises(OutputError) as caught:
        write_files(tmp_path, {"a.txt": b"1", "b.txt": b"2"}, force=True)
    assert [problem.code for problem in caught.value.problems] == ["file-is-folder"]
    assert (tmp_path / "a.txt").read_bytes() == b"old"


def test_a_file_that_cannot_be_replaced_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"old")
    replace = os.replace

    def locked(source: Path, target: Path) -> None:
        if Path(source).suffix == ".tmp" and Path(target).name == "b.txt":
            raise PermissionError(13, "in use")
        replace(source, target)

    monkeypatch.setattr(os, "replace", locked)
    with pytest.raises(OutputError) as caught:
        write_files(tmp_path, {"a.txt": b"1", "b.txt": b"2", "c.txt": b"3"}, force=True)
    assert [problem.code for problem in caught.value.problems] == ["file-locked"]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.txt": b"old", "b.txt": b"old"}


def test_a_name_cannot_leave_the_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        write_files(tmp_path, {"../x.txt": b""})
    assert slug("../../etc/passwd") == "etc-passwd"


#: What a person may read of the words of a system.
SYSTEM_WORDS = (
    "No such file",
    "Permission denied",
    "Is a directory",
    "Not a directory",
    "File exists",
    "Errno",
    "Error",
)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_reason_of_a_system_has_words_and_a_remedy(lang: Language) -> None:
    words = texts(lang)
    codes = sorted({*_REASONS.values(), "no-file", "other"})
    for code in codes:
        assert words.choice("file_reason", code)
        for problem in ("file-unreadable", "folder-not-writable"):
            said = render_problem(Problem(problem, params={"file": "a", "folder": "a", "reason": code}), lang)
            assert words.choice("read_remedy" if problem == "file-unreadable" else "write_remedy", code) in said


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_what_a_system_says_is_told_in_words(tmp_path: Path, lang: Language) -> None:
    (tmp_path / "file").write_bytes(b"")
    targets = {
        "exists": tmp_path / "file",
        "no-folder": tmp_path / "file" / "below",
        "long-name": tmp_path / ("a" * 300),
        "bad-name": tmp_path / "a\0b",
    }
    for code, target in targets.items():
        with pytest.raises(OutputError) as caught:
            write_files(target, {"a.txt": b""})
        (problem,) = caught.value.problems
        assert (problem.code, problem.params["reason"]) == ("folder-not-writable", code)
        said = render_problem(problem, lang)
        assert not any(word in said for word in SYSTEM_WORDS)
        assert texts(lang).choice("write_remedy", code) in said


def test_a_folder_without_permission_is_no_locked_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the file is there already: nothing could be written beside it."""
    (tmp_path / "a.txt").write_bytes(b"old")

    def refused(*arguments: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refused)
    with pytest.raises(OutputError) as caught:
        write_files(tmp_path, {"a.txt": b"1"}, force=True)
    (problem,) = caught.value.problems
    assert (problem.code, problem.params["reason"]) == ("folder-not-writable", "forbidden")
    assert (tmp_path / "a.txt").read_bytes() == b"old"


@pytest.mark.parametrize(
    "read", [read_document, read_workbook, read_report, lambda path: with_local_prices(load_reference(), path)]
)
def test_every_reader_says_what_keeps_it_from_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Callable[[Path], object]
) -> None:
    def reason(path: Path) -> object:
        with pytest.raises(InputError) as caught:
            read(path)
        (problem,) = caught.value.problems
        assert problem.code == "file-unreadable"
        assert not any(word in render_problem(problem, "sv") for word in SYSTEM_WORDS)
        return problem.params["reason"]

    assert reason(tmp_path) == "folder"
    assert reason(tmp_path / ("a" * 300)) == "long-name"
    path = tmp_path / "a.yaml"
    path.write_bytes(b"x")

    def refused(*arguments: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    monkeypatch.setattr(Path, "read_bytes", refused)
    assert reason(path) == "forbidden"
