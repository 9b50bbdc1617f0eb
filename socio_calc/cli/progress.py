"""How far a long calculation has come: a bar on standard error, in a terminal, once it has taken a while."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from socio_calc.locale import Language, texts

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

#: Seconds that a calculation may take before it says how far it has come.
PATIENCE: Final = 2.0


@contextmanager
def progress_bar(total: int, lang: Language) -> Iterator[Callable[[int], None] | None]:
    """Give a function to call with what has been done since last; None where nobody would see the bar.

    Parameters
    ----------
    total
        All that there is to do, in any unit.
    lang
        Language of the words beside the bar.
    """
    if not sys.stderr.isatty():
        yield None
        return
    bar = _LateBar(total, lang)
    try:
        yield bar.advance
    finally:
        bar.stop()


class _LateBar:
    """A bar with the time that is left, drawn from the first step on that ends after `PATIENCE` seconds."""

    def __init__(self, total: int, lang: Language) -> None:
        self._total, self._lang = total, lang
        self._began = time.monotonic()
        self._done = 0
        self._drawn: tuple[Progress, TaskID] | None = None

    def advance(self, done: int) -> None:
        """Go on by so much."""
        self._done += done
        if self._drawn is None and time.monotonic() - self._began > PATIENCE:
            self._drawn = self._draw()
        if self._drawn is not None:
            progress, task = self._drawn
            progress.update(task, completed=self._done)

    def stop(self) -> None:
        """Take the bar away."""
        if self._drawn is not None:
            self._drawn[0].stop()

    def _draw(self) -> tuple[Progress, TaskID]:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeRemainingColumn(),
        )
        progress = Progress(*columns, console=Console(stderr=True), transient=True)
        progress.start()
        return progress, progress.add_task(texts(self._lang).t("screen.computing-label"), total=self._total)
