"""`socio-calc explain`: one explanation, several, none."""

from __future__ import annotations

import json
from typing import Any

Command = Any


def test_one_explanation_with_its_source(tool: Command) -> None:
    said = tool("explain", "ränta")
    assert (said.status, said.err) == (0, "")
    assert "Källa:" in said.out
    assert "ranta-halsa" in said.out
    assert max(map(len, said.out.splitlines())) <= 80


def test_several_words_and_english(tool: Command) -> None:
    said = tool("explain", "discount", "rate", "--lang", "en")
    assert said.status == 0
    assert "The percentage by which" in said.out


def test_what_no_source_confirms_says_so(tool: Command) -> None:
    assert "Ej bekräftat" in tool("explain", "moms").out
    assert "Not confirmed" in tool("explain", "moms", "--lang", "en").out


def test_without_a_word_everything_is_listed(tool: Command) -> None:
    said = tool("explain")
    assert said.status == 0
    assert {"perspektiv", "nettonuvarde", "odds_ratio"} <= set(said.out.split())
    assert max(map(len, said.out.splitlines())) <= 80


def test_a_word_that_nothing_explains(tool: Command) -> None:
    said = tool("explain", "räta")
    assert (said.status, said.out) == (1, "")
    assert "Menade du" in said.err


def test_json(tool: Command) -> None:
    (found,) = json.loads(tool("explain", "moms", "--json").out)
    assert (found["key"], found["confirmed"]) == ("moms", "no")
    assert len(json.loads(tool("explain", "--json").out)) > 50
