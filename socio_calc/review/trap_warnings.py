"""Plausibility checks whose condition a warning of the result has already tested: taken from there, never copied."""

from __future__ import annotations

from collections.abc import Callable

from socio_calc.appraisal import ResultWarning
from socio_calc.review.hit import Found, Hit, Test
from socio_calc.review.scene import Scene


def from_warning(code: str, keep: Callable[[Scene, ResultWarning], bool] | None = None) -> Test:
    """Return a test that finds what a warning of the result says; `keep` leaves some of them out."""

    def test(scene: Scene) -> Found:
        for warning in scene.appraisal.warnings:
            if warning.code == code and (keep is None or keep(scene, warning)):
                yield Hit(warning.path, warning.params)

    return test
