"""As many draws as are needed: the error asked for is reached, bounds hold, nothing else changes."""

import pytest

from socio_calc.appraisal import appraise, appraise_until
from socio_calc.appraisal.convergence import Precision, precision
from socio_calc.cli.draws import AUTO, read_draws
from socio_calc.cli.main import run
from socio_calc.engine.build import build_plan
from socio_calc.engine.simulate import Simulation
from socio_calc.reference import load_reference
from tests.case.faulty import RIGHT, case_of

UNCERTAIN = RIGHT.replace("amount: 100000", "amount: {mean: 100000, sd: 40000}")


@pytest.mark.parametrize(("share", "first"), [(0.01, 16_384), (0.02, 64), (0.004, 8_192)])
def test_draws_are_doubled_until_the_error_is_small_enough(share, first):
    appraisal = appraise_until(case_of(UNCERTAIN), error_share=share, first=first, sampler="random")
    row = appraisal.result()
    assert row.mc_error <= share * row.sd
    assert appraisal.number_of_draws % first == 0
    # Random draws err by sd/√N: about 1/share² of them are needed, a doubling and the error's own error aside.
    assert appraisal.number_of_draws >= 0.1 / share**2
    if appraisal.number_of_draws > first:
        before = appraise(case_of(UNCERTAIN), draws=appraisal.number_of_draws // 2, sampler="random").result()
        assert before.mc_error > share * before.sd


def test_the_result_is_that_of_so_many_draws():
    found = appraise_until(case_of(UNCERTAIN), error_share=0.02, first=64, sampler="random", seed=3)
    again = appraise(case_of(UNCERTAIN), draws=found.number_of_draws, sampler="random", seed=3)
    assert found.rows == again.rows


def test_the_most_draws_are_a_limit():
    found = appraise_until(case_of(UNCERTAIN), error_share=1e-6, first=256, most=1_000)
    assert found.number_of_draws == 1_000


def test_a_certain_case_needs_no_more_than_the_first_try():
    certain = case_of(RIGHT.replace("{estimate: 0.77, ci: [0.71, 0.83]}", "0.77"))
    assert appraise_until(certain, first=64).number_of_draws == 64


def test_precision_is_that_of_the_result():
    case = case_of(UNCERTAIN)
    found = precision(Simulation(build_plan(case, load_reference()), 4_096, 1, "lhs"))
    row = appraise(case, draws=4_096, sampler="lhs").result()
    assert (found.draws, found.error, found.sd) == pytest.approx((4_096, row.mc_error, row.sd), rel=1e-9)
    assert Precision(8, 1.0, 100.0).within(0.01)
    assert not Precision(8, 1.1, 100.0).within(0.01)


def test_horizons_and_limits():
    found = appraise_until(case_of(UNCERTAIN), error_share=0.5, first=64, horizons=[2, 1])
    assert found.horizons == (1, 2)
    for options in ({"error_share": 0.0}, {"first": 0}, {"first": 100, "most": 50}):
        with pytest.raises(ValueError, match="first draws"):
            appraise_until(case_of(UNCERTAIN), **options)


@pytest.mark.parametrize(
    ("written", "read"), [("8", 8), ("100000000", 10**8), ("auto", AUTO), (" AUTO ", AUTO), (16_384, 16_384)]
)
def test_the_option_is_read(written, read):
    assert read_draws(written) == read


@pytest.mark.parametrize("written", ["7", "0", "-8", "100000001", "1e4", "16 384", "many", "", "0.5"])
def test_anything_else_is_refused(written):
    with pytest.raises(ValueError):
        read_draws(written)


def test_auto_on_the_command_line(tmp_path, capsys):
    path = tmp_path / "case.yaml"
    path.write_text(UNCERTAIN, encoding="utf-8")
    assert run(["run", str(path), "--draws", "auto", "--json"]) == 0
    assert '"draws": 16384' in capsys.readouterr().out
    assert run(["run", str(path), "--draws", "lots"]) == 2
    assert "--draws" in capsys.readouterr().err
