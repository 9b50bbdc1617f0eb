"""The Swedish of the tables passes a spell-checker; names and abbreviations that it cannot know are listed."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from socio_calc.reference import shipped_folder

ACCEPTED = Path(__file__).with_name("accepted_words.txt")
SWEDISH = {
    "reference_costs.csv": ("name_sv",),
    "evidence.csv": ("intervention_sv", "outcome_sv", "comparator_sv"),
    "baselines.csv": ("name_sv", "population", "region"),
    "parameters.csv": ("name_sv",),
    "glossary.csv": ("sv",),
}
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def _words() -> set[str]:
    found: set[str] = set()
    for name, columns in SWEDISH.items():
        with (shipped_folder("data") / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found.update(word for column in columns for word in WORD.findall(row[column]))
    return found


def _accepted() -> set[str]:
    lines = ACCEPTED.read_text("utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def _checker() -> list[str]:
    command = ["hunspell", "-d", "sv_SE", "-i", "utf-8", "-l"]
    found = shutil.which("hunspell") is not None
    if found:
        found = subprocess.run([*command], input="ett", capture_output=True, text=True).returncode == 0
    if not found:
        message = "the spell-check needs hunspell with the dictionary sv_SE (packages hunspell, hunspell-sv)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return command


def test_swedish_words_are_spelt_right() -> None:
    run = subprocess.run(_checker(), input="\n".join(sorted(_words())), capture_output=True, text=True, check=True)
    assert sorted(set(run.stdout.split()) - _accepted()) == []


def test_the_checker_finds_a_misspelt_word() -> None:
    run = subprocess.run(_checker(), input="skolnärvarro\nskolnärvaro", capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["skolnärvarro"]


def test_no_accepted_word_is_left_over() -> None:
    parts = {part for word in _words() for part in (word, *word.split("-"))}
    assert sorted(_accepted() - parts) == []
