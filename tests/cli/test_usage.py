"""Wrong usage in words, in both languages, with the nearest name; and help that needs no calculation."""

from __future__ import annotations

from pathlib import Path

import pytest

from socio_calc.cli.commands import COMMANDS
from tests.cli.conftest import Command

SWEDISH, ENGLISH = (), ("--lang", "en")


@pytest.mark.parametrize(
    ("arguments", "language", "words"),
    [
        ((), SWEDISH, ("Skriv vad som ska göras", "--help")),
        ((), ENGLISH, ("--help",)),
        (("rum", "x.yaml"), SWEDISH, ("rum", "Menade du run?")),
        (("rum", "x.yaml"), ENGLISH, ("rum", "run?")),
        (("xyzzy",), SWEDISH, ("Kommandot xyzzy finns inte",)),
        (("xyzzy",), ENGLISH, ("There is no command xyzzy",)),
        (("run", "x.yaml", "--jsn"), SWEDISH, ("--jsn", "--json?")),
        (("run", "x.yaml", "--jsn"), ENGLISH, ("--jsn", "--json?")),
        (("run",), SWEDISH, ("Kommandot run behöver CASE",)),
        (("run",), ENGLISH, ("CASE",)),
        (("run", "x.yaml", "--seed"), SWEDISH, ("--seed",)),
        (("run", "x.yaml", "--seed", "x"), SWEDISH, ("--seed",)),
        (("run", "x.yaml", "--draws", "7"), SWEDISH, ("--draws", "8")),
        (("run", "x.yaml", "--draws", "1000000001"), ENGLISH, ("--draws", "100,000,000")),
        (("run", "x.yaml", "--horizon", "0"), SWEDISH, ("--horizon",)),
        (("run", "x.yaml", "--horizon", "121"), ENGLISH, ("--horizon",)),
        (("run", "x.yaml", "--sampler", "halton"), SWEDISH, ("--sampler",)),
        (("run", "x.yaml", "y.yaml"), SWEDISH, ("run",)),
    ],
)
def test_wrong_usage(
    tool: Command, arguments: tuple[str, ...], language: tuple[str, ...], words: tuple[str, ...]
) -> None:
    said = tool(*arguments, *language)
    assert (said.status, said.out) == (2, "")
    assert "Traceback" not in said.err
    for word in words:
        assert word in said.err


def test_the_languages_differ(tool: Command) -> None:
    assert tool("xyzzy").err != tool("xyzzy", "--lang", "en").err


def test_the_environment_chooses_the_language(tool: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    swedish = tool("xyzzy").err
    monkeypatch.setenv("SOCIO_CALC_LANG", "en")
    english = tool("xyzzy").err
    assert english != swedish
    assert tool("xyzzy", "--lang", "sv").err == swedish, "what is asked for wins"


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_help_names_every_command(tool: Command, lang: str) -> None:
    said = tool("--help", "--lang", lang)
    assert (said.status, said.err) == (0, "")
    words = said.out.split()
    assert set(COMMANDS) <= set(words)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_help_in_both_languages(
    tool: Command, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    swedish = tool(name, "--help")
    monkeypatch.setenv("SOCIO_CALC_LANG", "en")
    english = tool(name, "--help")
    assert swedish.status == english.status == 0
    assert swedish.out != english.out
    for said in (swedish, english):
        assert name in said.out
        assert max(map(len, said.out.splitlines())) <= 80


def test_wrong_usage_writes_nothing(tool: Command, tmp_path: Path) -> None:
    assert tool("run", "x.yaml", "--out", tmp_path / "ut", "--jsn").status == 2
    assert list(tmp_path.iterdir()) == []
