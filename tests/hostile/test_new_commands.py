"""What strangers and slips bring to the commands: names that are none, pipes, broken streams, crafted reports."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from socio_calc.problems import InputError
from socio_calc.reference import load_reference, with_local_prices
from socio_calc.report import files
from socio_calc.report.document.shared import linked
from socio_calc.report.files import OutputError, slug, write_files
from socio_calc.templates.asking import WrongAnswer
from socio_calc.templates.interview import _text as text_answer
from tests.cli import conftest as of_commands

tool = of_commands.tool
MODEL = Path(__file__).parents[2] / "models" / "steget.yaml"


def outside(*arguments, **options):
    """Run the program in a process of its own, where its streams can be closed."""
    command = [sys.executable, "-c", "from socio_calc.cli.main import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, timeout=120, **options)


# Names of files.


@pytest.mark.parametrize("name", ["", ".", "/", ".."])
@pytest.mark.parametrize(("command", "more"), [("form", ()), ("new", ("--from", "steget"))])
def test_a_folder_is_no_name_of_a_file(tool, tmp_path, monkeypatch, command, more, name):
    monkeypatch.chdir(tmp_path)
    said = tool(command, name, *more)
    assert (said.status, said.out) == (2, "")
    assert "filnamn" in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_a_name_that_no_file_can_have_cannot_be_written(tmp_path, name):
    for force in (False, True):
        with pytest.raises(OutputError) as raised:
            write_files(tmp_path, {name: b"x"}, force=force)
        assert raised.value.problems[0].code == "folder-not-writable"
    assert list(tmp_path.iterdir()) == []


def test_a_new_case_is_not_hidden_behind_another_ending(tool, tmp_path):
    assert tool("new", tmp_path / "kalkyl.xlsx", "--from", "steget").status == 0
    assert [path.name for path in tmp_path.iterdir()] == ["kalkyl.xlsx.yaml"]


def test_names_of_files_carry_no_personal_data():
    assert slug("Stöd till Anna, 640327-3813, anna.a@example.se") == "stod-till-anna"


@pytest.mark.skipif(sys.platform != "linux", reason="only there may a name be any bytes")
def test_a_name_that_is_no_text_is_written_as_codes(tmp_path):
    name = os.fsdecode(os.fsencode(tmp_path) + b"/sj\xe4lv.yaml")
    done = outside("new", name, "--from", "steget")
    assert (done.returncode, b"sj\\udce4lv.yaml" in done.stdout) == (0, True)
    assert outside("form", name + ".xlsx", "--from", name).returncode == 0
    unknown = outside("run", "--x" + name)
    assert (unknown.returncode, b"Traceback" in unknown.stderr) == (2, False)


# Files that are none.


@pytest.mark.parametrize("name", ["case.yaml", "case.xlsx"])
@pytest.mark.parametrize("command", [("run",), ("check",), ("convert",)])
def test_nobody_waits_for_a_pipe(tool, tmp_path, name, command):
    os.mkfifo(tmp_path / name)
    more = (tmp_path / "new.yaml",) if command == ("convert",) else ()
    said = tool(*command, tmp_path / name, *more)
    assert said.status == 1
    assert "går inte att öppna" in said.err


def test_local_prices_that_are_no_file(tmp_path):
    base, pipe, large = load_reference(), tmp_path / "pipe.csv", tmp_path / "large.csv"
    os.mkfifo(pipe)
    with large.open("wb") as file:
        file.truncate(1_000_001)
    cases = {tmp_path: "file-unreadable", pipe: "file-unreadable", large: "too-large", tmp_path / "x": "file-not-found"}
    for path, code in cases.items():
        with pytest.raises(InputError) as raised:
            with_local_prices(base, path)
        assert [problem.code for problem in raised.value.problems] == [code]


def test_the_earlier_protocol_of_a_folder_is_a_folder(tool, tmp_path):
    said = tool("check", tmp_path, "--previous", MODEL)
    assert (said.status, said.out) == (2, "")
    assert "mapp" in said.err


# Streams.


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
@pytest.mark.parametrize("arguments", [("models", "--json"), ("--version",), ("explain", "nuvärde")])
def test_output_that_finds_no_room_is_told(arguments):
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-c", "from socio_calc.cli.main import main; main()", *arguments]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=120)
    assert done.returncode == 4
    assert "fick inte plats" in done.stderr.decode()


def test_closed_input_is_an_answer_that_is_missing(tool, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    said = tool("new", tmp_path / "ny.yaml")
    sys.stdin.close()
    assert said.status == 1
    assert "--answer title=" in said.err
    assert not (tmp_path / "ny.yaml").exists()


def test_a_choice_of_thousands_of_digits_is_no_choice(tool, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"T\nO\n{'9' * 5000}\n"))
    assert tool("new", tmp_path / "ny.yaml").status == 1


def test_an_answer_without_its_question(tool, tmp_path):
    said = tool("new", tmp_path / "ny.yaml", "--answer", "participants")
    assert (said.status, said.out) == (1, "")
    assert "likhetstecken" in said.err


@pytest.mark.parametrize("answer", ["a\x1b[31mb", "a\udce4b", "a\ufffdb", "a\u202eb"])
def test_signs_that_cannot_be_read_are_no_answer(answer):
    with pytest.raises(WrongAnswer) as raised:
        text_answer(answer)
    assert raised.value.reason == "signs"


# Writing.


def test_a_stop_while_files_are_moved_leaves_the_old_ones(tmp_path, monkeypatch):
    old = {"a.txt": b"old a", "b.txt": b"old b"}
    write_files(tmp_path, old)
    replace = files.os.replace

    def stopped(source, target):
        if Path(target).name == "b.txt" and Path(source).suffix == ".tmp":
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(files.os, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_files(tmp_path, {"a.txt": b"new a", "b.txt": b"new b"}, force=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == old


def test_an_address_that_is_none_stays_text():
    assert linked("Se [http://e]y och mer") == "Se [http://e]y och mer"


# Crafted results.


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    path = tmp_path_factory.mktemp("result") / "result.json"
    path.write_bytes(outside("run", str(MODEL), "--draws", "64", "--json", check=True).stdout)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "value"),
    [("base", float("inf")), ("p5", float("nan")), ("mean", 10**400), ("perspective", "x"), ("perspective", ["all"])],
)
def test_figures_that_no_result_can_have_are_refused(tool, tmp_path, result, name, value):
    said = json.loads(result)
    said["results"][0][name] = value
    crafted = tmp_path / "crafted.json"
    crafted.write_text(json.dumps(said), encoding="utf-8")
    for more in ((), ("--json",)):
        done = tool("reproduce", crafted, MODEL, *more)
        assert (done.status, done.out) == (1, "")
        assert "inget resultat från socio-calc" in done.err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_result_as_windows_writes_it_is_read(tool, tmp_path, result, encoding):
    written = tmp_path / "result.json"
    written.write_text(result, encoding=encoding)
    assert tool("reproduce", written, MODEL).status == 0
