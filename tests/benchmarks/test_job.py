"""The tools of the benchmark do the same job: checked at few draws, where no time is measured."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest

import socio_calc
from benchmarks import common_job, limit, pathway_job, questions, tools

DRAWS = 4_096


def plain_mean() -> tuple[common_job.Array, common_job.Array]:
    values = common_job.year_by_year(common_job.draw_inputs(60_000, np.random.default_rng(11)))
    return values.mean(axis=2), values.std(axis=2)


MEAN, SD = plain_mean()


def test_base_case_is_the_published_one() -> None:
    appraisal = socio_calc.appraise(socio_calc.load(tools.CASE), draws=8)
    common_job.check_base_case({payer: appraisal.base("npv", payer, 40) for payer in common_job.PAYERS})


def test_base_case_year_by_year_is_the_published_one() -> None:
    values = common_job.year_by_year(common_job.central_inputs())[:, -1, 0]
    common_job.check_base_case(dict(zip(common_job.PAYERS, values.tolist(), strict=True)))


def test_a_wrong_base_case_is_refused() -> None:
    with pytest.raises(ValueError, match="kommun"):
        common_job.check_base_case(common_job.BASE_CASE | {"kommun": -1_541_890.0})


def test_case_file_is_the_one_that_the_job_writes() -> None:
    assert tools.CASE.read_text(encoding="utf-8") == common_job.case_text()


def test_closed_form_is_the_year_loop() -> None:
    x = common_job.draw_inputs(20, np.random.default_rng(5))
    by_year = common_job.year_by_year(x)
    for draw in range(20):
        assert common_job.one_draw(x[:, draw].tolist()) == pytest.approx(by_year[:, :, draw], rel=1e-9)


def test_limit_is_the_year_loop_at_the_same_values() -> None:
    x = common_job.draw_inputs(50, np.random.default_rng(6))
    out = np.empty((5, 4, 50))
    limit._present_values(x, out)
    assert out.transpose(1, 0, 2) == pytest.approx(common_job.year_by_year(x), rel=1e-9)


@pytest.mark.parametrize("name", tools.TOOLS)
def test_means_agree(name: str) -> None:
    """Six standard errors of the plain draws: a wrong input or formula moves some mean by far more."""
    needed = {"monaco": "monaco", "heormodel": "heormodel", "squigglepy + numpy": "squigglepy"}.get(name)
    if needed is not None and find_spec(needed) is None:
        pytest.skip(f"{needed} is installed by `make bench`")
    draws = 512 if name in ("monaco", "heormodel") else DRAWS
    mean = tools.TOOLS[name](draws, 3)
    assert np.all(np.abs(mean - MEAN) < 6.0 * SD * np.sqrt(1.0 / draws + 1.0 / 60_000))


def test_more_outcomes_cohorts_and_years_are_longer_cases() -> None:
    case = common_job.case_text(outcomes=24, horizons=(10, 80), cohorts=3)
    assert case.count("  - id: ") == 24
    assert case.count("  - {year: ") == 3
    assert "horizons: [10, 80]" in case


def test_the_inputs_at_points_of_the_cube_are_those_of_the_draws() -> None:
    uniforms = (np.random.default_rng(3).permuted(np.tile(np.arange(20_000) + 0.5, (30, 1)), axis=1)) / 20_000
    x = questions.inputs_at(uniforms)
    np.testing.assert_allclose(x.mean(axis=1), common_job.central_inputs()[:, 0], rtol=2e-3)


def test_our_indices_agree_with_the_estimators_of_salib_on_a_numpy_model() -> None:
    """The estimators of Saltelli 2010 and Jansen written out, on points of our own, with the NumPy model."""
    rng = np.random.default_rng(5)
    first, second = rng.random((2, 30, 4_096))

    def net(u: common_job.Array) -> common_job.Array:
        return common_job.year_by_year(questions.inputs_at(u))[:, -1].sum(axis=0)

    a = net(first)
    totals = []
    for k in (4, 18, 28):
        mixed = first.copy()
        mixed[k] = second[k]
        totals.append(float(np.mean((a - net(mixed)) ** 2) / 2.0 / a.var()))
    found = questions.our_indices()[1]
    np.testing.assert_allclose([found[k] for k in (4, 18, 28)], totals, atol=0.03)


@pytest.mark.parametrize("name", pathway_job.PATHWAY_TOOLS)
def test_the_tools_compute_the_same_pathway(name: str) -> None:
    """The difference in cost has a standard deviation of 4,900 over draws; Sobol points are off by far less."""
    if name == pathway_job.OTHER and find_spec("heormodel") is None:
        pytest.skip("heormodel is installed by `make bench`")
    draws, error = (512, 4.0 * 4_900.0 / 512**0.5) if name == pathway_job.OTHER else (8_192, 5.0)
    (mean,) = pathway_job.PATHWAY_TOOLS[name](draws, 1)[0]
    assert mean == pytest.approx(-14_281.7, abs=error)
