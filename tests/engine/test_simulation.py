"""The same draws whatever computes them: workers, the order of blocks, the number of draws, the size of chunks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import socio_calc
from socio_calc.appraisal import Appraisal, ResultRow, appraise
from socio_calc.case import Case
from socio_calc.engine import sampling, simulate
from socio_calc.engine.build import build_plan
from socio_calc.engine.sampling import REPLICATES, SAMPLERS, Block, Sampler
from socio_calc.engine.simulate import Simulation
from socio_calc.reference import load_reference

every_sampler = pytest.mark.parametrize("sampler", SAMPLERS)
FOLDER = Path(__file__).parent


@pytest.fixture(scope="module")
def case() -> Case:
    return socio_calc.load(FOLDER / "golden.yaml")


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> int:
    """Make blocks of 64 points, so that a small run has many; the points of a run depend on it, as on the seed."""
    for module in (sampling, simulate):
        monkeypatch.setattr(module, "BLOCK", 64)
    monkeypatch.setattr(simulate, "YEARLY_POINTS", 64)  # a yearly sample is one block of each replicate
    return 64


def simulation_of(case: Case, draws: int, sampler: Sampler = "sobol", seed: int = 1) -> Simulation:
    return Simulation(build_plan(case, load_reference()), draws, seed, sampler)


def everything(simulation: Simulation, workers: int = 1) -> bytes:
    """Return every bit of every chunk."""
    return b"".join(chunk.values.tobytes() for chunk in simulation.chunks(workers))


@every_sampler
def test_any_number_of_workers_gives_the_same_bits(case: Case, small_blocks: int, sampler: Sampler) -> None:
    runs = [appraise(case, draws=8 * 500, sampler=sampler, workers=workers) for workers in (1, 2, 4)]
    assert runs[0].rows == runs[1].rows == runs[2].rows
    assert runs[0].outcome_rows == runs[1].outcome_rows == runs[2].outcome_rows
    bits = [everything(simulation_of(case, 8 * 500, sampler), workers) for workers in (1, 2, 4)]
    assert bits[0] == bits[1] == bits[2]


@every_sampler
def test_any_order_of_blocks_gives_the_same_bits(
    case: Case, small_blocks: int, sampler: Sampler, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_order = everything(simulation_of(case, 8 * 500, sampler))

    def shuffled(work, blocks: list[Block], workers: int) -> Iterator[dict[str, int]]:  # type: ignore[no-untyped-def]
        order = np.random.default_rng(7).permutation(len(blocks))
        found = {int(place): work(blocks[place]) for place in order}
        assert len(found) == REPLICATES * 8
        yield from (found[place] for place in range(len(blocks)))

    monkeypatch.setattr(simulate, "_each", shuffled)
    assert everything(simulation_of(case, 8 * 500, sampler)) == in_order


@pytest.mark.parametrize("sampler", ["sobol", "random"])
def test_more_draws_keep_the_first(case: Case, sampler: Sampler) -> None:
    """A Latin hypercube cut short is another design (see `sampling`)."""
    few, many = simulation_of(case, 8 * 100, sampler), simulation_of(case, 8 * 9_000, sampler)
    for replicate in (0, 7):
        points = np.arange(100)
        first = few.draws_at(replicate * 100 + points)
        np.testing.assert_array_equal(many.draws_at(replicate * 9_000 + points), first)


def test_single_draws_are_those_of_the_chunk(case: Case) -> None:
    simulation = simulation_of(case, 8 * 300)
    x = simulation.x(Block(5, 0, 300))
    np.testing.assert_array_equal(simulation.draws_at(np.array([1_500, 1_799])), x[:, [0, 299]])


def test_other_seeds_give_other_draws(case: Case) -> None:
    assert everything(simulation_of(case, 64, seed=1)) != everything(simulation_of(case, 64, seed=2))


@pytest.mark.parametrize(("asked", "made"), [(1, 8), (8, 8), (9, 16), (16_384, 16_384)])
def test_draws_are_made_a_multiple_of_8(case: Case, asked: int, made: int) -> None:
    assert simulation_of(case, asked).draws == made


def test_progress_counts_every_draw_once(case: Case, small_blocks: int) -> None:
    done: list[int] = []
    appraise(case, draws=8 * 500, progress=done.append)
    assert sum(done) == 8 * 500
    assert max(done) == small_blocks


# --- chunks -----------------------------------------------------------------------------------------------------------


@every_sampler
def test_chunks_merge_to_the_whole(
    case: Case, small_blocks: int, sampler: Sampler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Moments, errors and probabilities are those of all draws; percentiles those of the first chunk."""
    points = 448
    whole = appraise(case, draws=8 * points, sampler=sampler)
    monkeypatch.setattr(simulate, "CHUNK_POINTS", 128)
    assert [chunk.points for chunk in simulation_of(case, 8 * points, sampler).chunks()] == [128, 128, 128, 64]
    merged = appraise(case, draws=8 * points, sampler=sampler)
    compared = 0
    for one, other in zip(whole.rows, merged.rows, strict=True):
        assert (one.measure, one.base) == (other.measure, other.base)
        if one.mean is None or _sampled(one):
            continue
        size = abs(one.mean) + (one.sd or 0.0)
        for name in ("mean", "sd", "mc_error", "expected_loss"):
            first, second = getattr(one, name), getattr(other, name)
            assert (first is None) == (second is None)
            assert first is None or second == pytest.approx(first, rel=1e-9, abs=1e-11 * size), (name, one)
        assert other.probability_positive == one.probability_positive
        compared += 1
    assert compared > 60
    assert whole.clipped == merged.clipped
    assert any(share > 0 for share in whole.clipped.values())
    kept = np.concatenate([whole.net_draws()[r * points : r * points + 128] for r in range(REPLICATES)])
    row = merged.result()
    found = [row.p5, row.p25, row.p50, row.p75, row.p95]
    assert found == pytest.approx(np.percentile(kept, [5, 25, 50, 75, 95]).tolist(), rel=1e-9)
    np.testing.assert_array_equal(merged.net_draws(), kept)


def _sampled(row: ResultRow) -> bool:
    """Whether a row comes from the yearly sample, which is not made in chunks."""
    return row.measure in ("payback_year", "irr") or ":" in row.measure


# --- the same numbers from version to version -------------------------------------------------------------------------


#: Results of golden.yaml: change one only together with `METHOD`, and say in CHANGELOG.md what gives other figures.
GOLDEN = {
    ("sobol", 1): "fa1f543a327397bc919e6187426071bb570a67ae335bc74b59a36332a1d6a0e8",
    ("random", 1): "47674ad98b868d46e46eef8a179bf564bf01e02f7b16bdb115491819f71445b5",
    ("lhs", 1): "1823e512b82ff8b7468e0a4cfd78494248ba5e7fe0bcc420f0d1f9675487f979",
}


def fingerprint(appraisal: Appraisal) -> str:
    """Return the hash of every figure to eight digits, zeros without sign: processors differ far below them."""
    lines = []
    for row in appraisal.rows:
        figures = (getattr(row, name) for name in ResultRow.__slots__ if name not in ("mc_error", "reason"))
        lines.append(" ".join(f"{x + 0.0:.7e}" if isinstance(x, float) else str(x) for x in figures))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@every_sampler
def test_the_result_is_that_of_this_version_of_the_method(case: Case, sampler: Sampler) -> None:
    appraisal = appraise(case, draws=2_048, seed=20_250_101, sampler=sampler)
    assert fingerprint(appraisal) == GOLDEN[sampler, appraisal.method]
