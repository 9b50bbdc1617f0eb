"""Writing a report: all files or none, and what stood there before stays when something goes wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from socio_calc.report.files import OutputError, slug, write_files


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
