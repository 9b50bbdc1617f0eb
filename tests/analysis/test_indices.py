"""Indices of functions whose indices are known exactly."""

from __future__ import annotations

import numpy as np
import pytest

from socio_calc.analysis.indices import Index, partial_rank_correlations, sobol_indices

Points = np.ndarray


def ishigami(u: Points) -> Points:
    """Ishigami and Homma (1990), a = 7, b = 0.1."""
    x = np.pi * (2.0 * u - 1.0)
    return np.asarray(np.sin(x[0]) + 7.0 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0]))


def ishigami_indices() -> tuple[list[float], list[float]]:
    a, b = 7.0, 0.1
    both = b**2 * np.pi**8 * (1 / 18 - 1 / 50)
    parts = [0.5 * (1 + b * np.pi**4 / 5) ** 2, a**2 / 8, 0.0]
    variance = sum(parts) + both
    return [part / variance for part in parts], [(parts[0] + both) / variance, parts[1] / variance, both / variance]


#: Sobol's g: Π (|4u − 2| + a)/(1 + a); the variance of each factor is 1/(3(1 + a)²).
G = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0])


def sobol_g(u: Points) -> Points:
    return np.asarray(np.prod((np.abs(4.0 * u - 2.0) + G[:, None]) / (1.0 + G[:, None]), axis=0))


def sobol_g_indices() -> tuple[list[float], list[float]]:
    v = 1.0 / (3.0 * (1.0 + G) ** 2)
    variance = float(np.prod(1.0 + v) - 1.0)
    totals = [float(v[k] * np.prod(np.delete(1.0 + v, k))) / variance for k in range(len(G))]
    return (v / variance).tolist(), totals


def assert_near(found: tuple[Index, ...] | None, first: list[float], total: list[float], tolerance: float) -> None:
    assert found is not None and len(found) == len(first)
    for index, exact_first, exact_total in zip(found, first, total, strict=True):
        assert index.first == pytest.approx(exact_first, abs=tolerance)
        assert index.total == pytest.approx(exact_total, abs=tolerance)


def test_ishigami() -> None:
    assert_near(sobol_indices(ishigami, 3), *ishigami_indices(), tolerance=0.012)


def test_sobol_g() -> None:
    assert_near(sobol_indices(sobol_g, 6), *sobol_g_indices(), tolerance=0.012)


def test_a_linear_model_shares_out_its_variance_exactly() -> None:
    slopes = np.array([1.0, 2.0, 3.0, 4.0])
    shares = (slopes**2 / np.sum(slopes**2)).tolist()
    found = sobol_indices(lambda u: 1_000.0 + slopes @ u, 4)
    assert_near(found, shares, shares, tolerance=0.002)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    exact_first, exact_total = sobol_g_indices()
    inside = total = 0
    for seed in range(1, 31):
        found = sobol_indices(sobol_g, 6, points=2**8, seed=seed)
        assert found is not None
        for k, index in enumerate(found[:4]):
            inside += index.first_ci[0] <= exact_first[k] <= index.first_ci[1]
            inside += index.total_ci[0] <= exact_total[k] <= index.total_ci[1]
            total += 2
    assert 0.88 <= inside / total <= 1.0


def test_a_group_has_the_share_of_its_members_and_of_what_they_do_together() -> None:
    # u0·u1 + u2, centred: the product is one group, and all of its interaction lies within it.
    found = sobol_indices(lambda u: u[0] * u[1] + u[2], 3, [[0, 1], [2]])
    variance = 1 / 9 - 1 / 16
    share = variance / (variance + 1 / 12)
    assert_near(found, [share, 1 - share], [share, 1 - share], tolerance=0.004)


def test_a_constant_has_no_indices() -> None:
    assert sobol_indices(lambda u: np.full(u.shape[1], 5.0), 2) is None


def test_partial_rank_correlations_of_normals_are_those_of_their_ranks() -> None:
    # y = x0 + 2·x1 + noise: partial correlation of x0 is 1/√2, whatever x1 does; ranks of normals: (6/π)·asin(r/2).
    rng = np.random.default_rng(3)
    normals = rng.standard_normal((3, 40_000))
    y = normals[0] + 2.0 * normals[1] + normals[2]
    found = partial_rank_correlations(normals[:2], y)
    slope = partial_rank_from_pearson()
    assert found == pytest.approx(slope, abs=0.01)


def partial_rank_from_pearson() -> list[float]:
    """Partial correlations of ranks, from the rank correlations of three normals."""
    with_y = [6 / np.pi * np.arcsin(slope / np.sqrt(6.0) / 2) for slope in (1.0, 2.0)]
    left = [1.0 - other**2 for other in reversed(with_y)]
    return [float(r / np.sqrt(rest)) for r, rest in zip(with_y, left, strict=True)]


def test_partial_rank_correlations_at_their_ends() -> None:
    x = np.array([[1.0, 2.0, 3.0, 4.0, 5.0]])
    assert partial_rank_correlations(x, np.exp(-x[0])) == pytest.approx([-1.0])
    assert partial_rank_correlations(x, np.ones(5)).tolist() == [0.0]
    twice = partial_rank_correlations(np.repeat(x, 2, axis=0), x[0] ** 3)
    assert twice == pytest.approx([1.0, 1.0])
