"""A long calculation says how far it has come, in a terminal and on standard error alone."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from socio_calc.analysis.drivers import dependent_groups, driver_indices
from socio_calc.analysis.focus import Focus
from socio_calc.cli import progress
from socio_calc.cli.progress import progress_bar
from socio_calc.locale import Language
from tests.analysis.cases import RICH, appraised
from tests.cli.conftest import Command
from tests.report.screen_cases import case_text


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Put a terminal in the place of standard error; in the test itself, as the streams of its set-up are others."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    return stream


def test_nothing_is_drawn_where_nobody_sees_it() -> None:
    with progress_bar(10, "sv") as advance:
        assert advance is None


def test_short_work_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch)
    with progress_bar(10, "sv") as advance:
        assert advance is not None
        advance(10)
    assert shown.getvalue() == ""


@pytest.mark.parametrize(("lang", "words"), [("sv", "Räknar"), ("en", "Computing")])
def test_long_work_tells_its_share(monkeypatch: pytest.MonkeyPatch, lang: Language, words: str) -> None:
    shown = terminal(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    with progress_bar(8, lang) as advance:
        assert advance is not None
        advance(2)
        advance(4)
    assert words in shown.getvalue()
    assert "75 %" in shown.getvalue()


def test_indices_tell_of_every_group() -> None:
    focus = Focus(appraised(RICH, draws=512), "societal", 6)
    steps: list[int] = []
    alone = driver_indices(focus, points=64)
    assert driver_indices(focus, points=64, progress=steps.append) == alone
    assert steps == [1] * len(dependent_groups(focus.plan))


@pytest.mark.parametrize("name", ["run", "sensitivity"])
def test_commands_do_all_that_they_announce(
    tool: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    announced, done = [], []

    @contextmanager
    def watched(total: int, lang: Language) -> Iterator[Callable[[int], None]]:
        announced.append(total)
        done.append(0)

        def advance(count: int) -> None:
            done[-1] += count

        yield advance

    monkeypatch.setattr(f"socio_calc.cli.{name}.progress_bar", watched)
    path = tmp_path / "kalkyl.yaml"
    path.write_text(case_text("clear_gain"), encoding="utf-8")
    assert tool(name, path, "--draws", 512).status == 0
    assert announced == done
    assert announced[0] == 512
