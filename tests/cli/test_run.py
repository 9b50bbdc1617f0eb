"""`socio-calc run`: exit statuses, streams, horizons, files and what a case may hold against them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from socio_calc.cli import run as run_command
from socio_calc.reference import shipped_folder
from tests.cli.conftest import Command
from tests.report.screen_cases import case_text

MODEL = shipped_folder("models") / "styrka-hela-livet.yaml"
FAST = ("--draws", 64)
#: What the installed `socio-calc` does.
PROGRAM = "from socio_calc.cli import main; main()"
BROKEN = case_text("clear_gain").replace("level: rate", "level: rat").replace("payer: kommun", "payer: komun")


def program(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the installed program as a user does, in a process of its own."""
    command = [sys.executable, "-c", PROGRAM, *map(str, arguments)]
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "SOCIO_CALC_LANG")}
    given = {"env": environment | options.pop("env", {}), "encoding": "utf-8", "timeout": 120, "check": False}  # type: ignore[operator]
    return subprocess.run(command, capture_output=True, **given, **options)  # type: ignore[call-overload, no-any-return]


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    path = tmp_path / "kalkyl.yaml"
    path.write_text(case_text("clear_gain"), encoding="utf-8")
    return path


# --- exit statuses ----------------------------------------------------------------------------------------------------


def test_done(tool: Command, case_file: Path) -> None:
    said = tool("run", case_file, *FAST)
    assert said.status == 0
    assert "Starkare steg" in said.out
    # Standard error is no terminal here: the warnings stand there by code.
    assert "calculation-not-alone: " in said.err


def test_the_reference_base_is_named_so_that_a_person_can_compare(tool: Command, case_file: Path) -> None:
    out = case_file.parent / "out"
    said = tool("run", case_file, "--out", out, "--format", "json", *FAST)
    (written,) = out.glob("*.json")
    whole = json.loads(written.read_text(encoding="utf-8"))["reference_sha256"]
    (stamp,) = (line for line in said.err.splitlines() if line.startswith("version-stamp: "))
    assert len(whole) == 64
    assert f"referensbas {whole[:8]} " in stamp
    assert not re.search(r"[0-9a-f]{9}", said.err)


def test_a_wrong_case_gives_all_errors_at_once_on_standard_error(tool: Command, tmp_path: Path) -> None:
    path = tmp_path / "fel.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    said = tool("run", path, "--json")
    assert (said.status, said.out) == (1, "")
    lines = [
        str(number) for number, line in enumerate(BROKEN.splitlines(), 1) if "rat\n" in f"{line}\n" or "komun" in line
    ]
    assert len(lines) == 2
    for line, wanted in zip(lines, ("rate", "kommun"), strict=True):
        assert f"{line}" in said.err
        assert wanted in said.err


def test_a_missing_file_is_a_wrong_case(tool: Command, tmp_path: Path) -> None:
    said = tool("run", tmp_path / "ingen.yaml")
    assert (said.status, said.out) == (1, "")
    assert "ingen.yaml" in said.err
    assert "Traceback" not in said.err


def test_a_folder_is_a_wrong_case(tool: Command, tmp_path: Path) -> None:
    said = tool("run", tmp_path)
    assert (said.status, said.out) == (1, "")
    assert "Traceback" not in said.err


def test_our_own_fault_is_kept_in_a_file(
    tool: Command, case_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object, **options: object) -> None:
        raise ZeroDivisionError("ett fel i programmet")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("socio_calc.appraisal.appraise", broken)
    said = tool("run", case_file)
    assert (said.status, said.out) == (70, "")
    assert "Traceback" not in said.err
    (log,) = tmp_path.glob("socio-calc-*.log")
    assert log.name in said.err
    assert "ZeroDivisionError: ett fel i programmet" in log.read_text("utf-8")


def test_stopped_by_hand(tool: Command, case_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("socio_calc.appraisal.appraise", stopped)
    said = tool("run", case_file)
    assert said.status == 130
    assert said.err.strip()


# --- the result as data -----------------------------------------------------------------------------------------------


def test_json_is_one_object_and_nothing_else(case_file: Path) -> None:
    done = program("run", case_file, "--json", "--draws", 64, "--seed", 7)
    assert done.returncode == 0
    result = json.loads(done.stdout)
    assert (result["format"], result["seed"], result["draws"]) == (1, 7, 64)
    assert done.stderr == ""


def test_the_same_command_prints_the_same_bytes(tool: Command) -> None:
    first, second = (tool("run", MODEL, "--json", *FAST) for _ in range(2))
    assert first.out == second.out
    assert tool("run", MODEL, "--json", *FAST, "--workers", 2).out == first.out
    assert tool("run", MODEL, "--json", *FAST, "--seed", 2).out != first.out


def test_languages_give_the_same_numbers(tool: Command) -> None:
    swedish, english = (json.loads(tool("run", MODEL, "--json", *FAST, "--lang", lang).out) for lang in ("sv", "en"))
    assert swedish["results"] == english["results"]
    assert [w["message"] for w in swedish["warnings"]] != [w["message"] for w in english["warnings"]]


@pytest.mark.parametrize("sampler", ["sobol", "random", "lhs"])
def test_samplers(tool: Command, case_file: Path, sampler: str) -> None:
    result = json.loads(tool("run", case_file, "--json", *FAST, "--sampler", sampler).out)
    assert result["sampler"] == sampler


@pytest.mark.parametrize(
    "form",
    [
        ("--horizon", "1", "3"),
        ("--horizon", "1", "--horizon", "3"),
        ("--horizon=1", "--horizon=3"),
        ("--horizon", "3", "1", "3"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("first", [True, False])
def test_forms_of_a_list_of_horizons(tool: Command, case_file: Path, form: tuple[str, ...], first: bool) -> None:
    arguments = (*form, "--json", case_file) if first and "=" in form[0] else (case_file, *form, "--json")
    result = json.loads(tool("run", *arguments, *FAST).out)
    assert sorted({row["horizon"] for row in result["results"]}) == [1, 3]


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def light_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write a report of two small files: what the files hold is tested elsewhere."""
    from socio_calc.report.files import slug, write_files

    def write(appraisal, folder, lang="sv", *, force=False, **options):  # type: ignore[no-untyped-def]
        name = slug(appraisal.title)
        return write_files(folder, {f"{name}.xlsx": b"ny", f"{name}.json": b"ny"}, force=force)

    monkeypatch.setattr("socio_calc.report.write_report", write)


@pytest.mark.usefixtures("light_report")
def test_nothing_is_overwritten_unless_asked(tool: Command, case_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "ut"
    out.mkdir()
    (out / "starkare-steg.xlsx").write_bytes(b"gammal")
    said = tool("run", case_file, *FAST, "--out", out)
    assert said.status == 4
    assert "starkare-steg.xlsx" in said.err
    assert (out / "starkare-steg.xlsx").read_bytes() == b"gammal"
    assert sorted(path.name for path in out.iterdir()) == ["starkare-steg.xlsx"]
    assert tool("run", case_file, *FAST, "--out", out, "--force").status == 0
    assert (out / "starkare-steg.xlsx").read_bytes() == b"ny"


@pytest.mark.usefixtures("light_report")
@pytest.mark.skipif(os.name == "nt", reason="folders are protected in another way")
def test_a_folder_that_cannot_be_written(
    tool: Command, case_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "ut"
    out.mkdir()
    out.chmod(0o500)
    if os.access(out, os.W_OK):  # the administrator may write everywhere: then the system's answer is given here
        monkeypatch.setattr("tempfile.mkstemp", _refused)
    said = tool("run", case_file, *FAST, "--out", out)
    out.chmod(0o700)
    assert said.status == 4
    assert "ut" in said.err
    assert "Traceback" not in said.err
    assert list(out.iterdir()) == []


def _refused(*arguments: object, **options: object) -> None:
    raise PermissionError(13, "Permission denied")


@pytest.mark.usefixtures("light_report")
def test_a_file_in_the_place_of_the_folder(tool: Command, case_file: Path, tmp_path: Path) -> None:
    (tmp_path / "ut").write_text("en fil")
    assert tool("run", case_file, *FAST, "--out", tmp_path / "ut").status == 4
    assert (tmp_path / "ut").read_text() == "en fil"


@pytest.mark.usefixtures("light_report")
@pytest.mark.parametrize("title", ["../../utanför", "/etc/passwd", "[red]A[/red] <b>&amp;</b>", "COM1: a\\b|c?*", "年"])
def test_a_title_stays_in_its_folder_and_prints_as_it_is(tool: Command, tmp_path: Path, title: str) -> None:
    path = tmp_path / "kalkyl.yaml"
    path.write_text(case_text("clear_gain", title=json.dumps(title)), encoding="utf-8")
    out = tmp_path / "ut"
    said = tool("run", path, *FAST, "--out", out)
    assert said.status == 0
    assert title in said.out
    names = sorted(file.name for file in out.iterdir())
    assert len(names) == 2
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.") for name in names)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["kalkyl.yaml", "ut"]
    assert json.loads(tool("run", path, *FAST, "--json").out)["title"] == title


# --- the terminal -----------------------------------------------------------------------------------------------------


def test_a_pipe_gets_plain_text(case_file: Path) -> None:
    done = program("run", case_file, "--draws", 64)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout + done.stderr
    assert max(len(line) for line in done.stdout.splitlines() if "socio-calc run" not in line) <= 80


def test_a_reader_that_stops_is_no_error(case_file: Path) -> None:
    tool = f'"{sys.executable}" -c "{PROGRAM}" run "{case_file}" --draws 64 --json'
    command = f'{tool} | head -c 10; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", timeout=120, check=True)
    assert done.stdout.endswith("0\n")
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


@pytest.mark.parametrize(("columns", "width"), [("40", 40), ("20", 40), ("60", 60), ("300", 80)])
def test_the_screen_fits_the_terminal(
    tool: Command, case_file: Path, monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert run_command.screen_width() == width
    monkeypatch.chdir(case_file.parent)
    said = tool("run", case_file.name, *FAST)
    too_long = [line for line in said.out.splitlines() if len(line) > width]
    # A command to copy and a word that is longer than the line stay whole.
    assert [line for line in too_long if "socio-calc" not in line and " " in line.strip()] == []


class Terminal:
    """A standard output that says that it is a terminal."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        """Do nothing: all is written at once."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("no_color", "styled"), [(None, True), ("1", False)])
def test_no_color_gives_plain_text_on_a_terminal(
    tool: Command, case_file: Path, monkeypatch: pytest.MonkeyPatch, no_color: str | None, styled: bool
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", "xterm-256color")
    if no_color:
        monkeypatch.setenv("NO_COLOR", no_color)
    assert tool("run", case_file, *FAST).status == 0
    assert "Starkare steg" in terminal.text
    assert ("\x1b[" in terminal.text) == styled
