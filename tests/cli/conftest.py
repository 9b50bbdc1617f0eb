from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from socio_calc.cli.main import run


@dataclass(frozen=True)
class Said:
    """What a command printed on its two streams, and its exit status."""

    status: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def tool(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Command]:
    """Run `socio-calc` in this process, which it leaves as it was."""
    for name in ("SOCIO_CALC_LANG", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    threshold, before = gc.get_threshold(), dict(os.environ)

    def command(*arguments: object) -> Said:
        status = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Said(status, out, err)

    yield command
    gc.set_threshold(*threshold)
    for name in os.environ.keys() - before.keys():
        del os.environ[name]
    os.environ.update(before)
