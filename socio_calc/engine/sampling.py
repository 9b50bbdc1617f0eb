"""Uniform columns: which point of the unit cube belongs to which draw, for Sobol, random and Latin hypercube sampling.

METHOD §8: N draws are 8 independent replicates of ⌈N/8⌉ points; the spread of the 8 replicate means is the Monte Carlo
error. Column k belongs to the k-th uncertain quantity.

A uniform depends on (seed, sampler, replicate, column, point) alone: blocks can be computed in any order by any number
of workers, a further quantity at the end leaves the columns before it as they were, and more draws keep the points that
fewer draws had (Sobol and random; a Latin hypercube block that is cut short is another design).

Reproducibility rests on two things that NumPy promises never to change: the hash of `SeedSequence` and the raw stream
of `PCG64DXSM` (`random_raw`). No method of `Generator` is used, whose streams may change between releases.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from socio_calc.engine import sobol

Sampler = Literal["sobol", "random", "lhs"]
SAMPLERS: tuple[Sampler, ...] = get_args(Sampler)

REPLICATES = 8
"""Independent replicates of every plan."""
BLOCK = 8_192
"""Most points in a block; blocks start at multiples of it within their replicate."""
MAX_DRAWS = 2**30

# A double in [1, 2) is these bits with 52 binary digits below them; less (1 − 2⁻⁵³) it lies exactly in the middle of a
# cell of width 2⁻⁵² in (0, 1), and so does its mirror image 1 − u.
_ONE = np.uint64(0x3FF0_0000_0000_0000)
_ONE_LESS_HALF_A_CELL = 1.0 - 2.0**-53


@dataclass(frozen=True)
class Block:
    """Points `start` … `stop` − 1 of one replicate."""

    replicate: int
    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start


@dataclass(frozen=True)
class SamplePlan:
    """All uniforms of one run, computed block by block on demand.

    Parameters
    ----------
    sampler
        `sobol`: scrambled Sobol points, a fresh scrambling in each replicate. `random`: independent uniforms.
        `lhs`: every block of at most 8,192 points of a replicate is a Latin hypercube of its own (McKay, Beckman and
        Conover 1979), so that any number of draws needs constant memory.
    columns
        Number of uncertain quantities, 0 or more; at most 3,667 for `sobol`.
    draws
        N; `REPLICATES`·⌈N/`REPLICATES`⌉ are made. At most 2³⁰.
    seed
        0 or more.

    Raises
    ------
    ValueError
        For an unknown sampler and for numbers outside these limits.

    Examples
    --------
    >>> plan = SamplePlan("sobol", columns=2, draws=16_384, seed=1)
    >>> plan.replicates, plan.points, len(plan.blocks())
    (8, 2048, 8)
    >>> u = plan.uniforms(plan.blocks()[0])
    >>> np.bincount((u[1] * 2_048).astype(int)).max()  # exactly one point in each interval of width 1/2048
    np.int64(1)
    """

    sampler: Sampler
    columns: int
    draws: int
    seed: int

    def __post_init__(self) -> None:
        if self.sampler not in SAMPLERS:
            raise ValueError(f"unknown sampler {self.sampler!r}: use {', '.join(SAMPLERS)}")
        if self.columns < 0:
            raise ValueError(f"the number of columns must not be negative, got {self.columns}")
        if self.sampler == "sobol" and self.columns > sobol.MAX_COLUMNS:
            raise ValueError(
                f"Sobol points have at most {sobol.MAX_COLUMNS} columns, got {self.columns}: use random or lhs"
            )
        if not 1 <= self.draws <= MAX_DRAWS:
            raise ValueError(f"the number of draws must be between 1 and {MAX_DRAWS}, got {self.draws}")
        if self.seed < 0:
            raise ValueError(f"the seed must not be negative, got {self.seed}")

    @property
    def replicates(self) -> int:
        """Number of independent replicates, always 8."""
        return REPLICATES

    @property
    def points(self) -> int:
        """Number of points in each replicate, ⌈draws/8⌉."""
        return -(-self.draws // REPLICATES)

    def blocks(self) -> list[Block]:
        """Return the blocks that cover all replicates, in order; none straddles two replicates."""
        return [
            Block(replicate, start, min(start + BLOCK, self.points))
            for replicate in range(REPLICATES)
            for start in range(0, self.points, BLOCK)
        ]

    def uniforms(self, block: Block, out: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        """Return the uniforms of one block, (columns, points), all strictly between 0 and 1.

        Parameters
        ----------
        block
            One of `blocks()`, or a shorter one with the same start.
        out
            Float array of that shape to write into, its rows contiguous; the same array is returned.
        """
        if block.start % BLOCK or not 0 < len(block) <= BLOCK or not 0 <= block.start < block.stop <= self.points:
            raise ValueError(f"{block} is no block of a plan of {self.points} points in each replicate")
        if not 0 <= block.replicate < REPLICATES:
            raise ValueError(f"{block} is in none of the {REPLICATES} replicates")
        shape = (self.columns, len(block))
        if out is None:
            out = np.empty(shape)
        elif out.shape != shape or out.dtype != np.float64:
            raise ValueError(f"the uniforms of {block} need a float64 array of shape {shape}, got {out.shape}")
        if self.sampler == "sobol":
            self._fill_sobol(block, out)
        elif self.sampler == "random":
            self._fill_random(block, out)
        else:
            self._fill_lhs(block, out)
        return out

    def _stream(self, *key: int) -> np.random.PCG64DXSM:
        # The sampler is part of the key, so that two samplers with the same seed have nothing in common.
        return np.random.PCG64DXSM(np.random.SeedSequence(self.seed, spawn_key=(SAMPLERS.index(self.sampler), *key)))

    @cached_property
    def _sobol_tables(self) -> tuple[sobol.Words, sobol.Words]:
        numbers = sobol.direction_numbers(self.columns, (self.points - 1).bit_length())
        shape = (self.columns, sobol.WORDS_PER_COLUMN)
        random_words = np.stack(
            [self._stream(r).random_raw(shape[0] * shape[1]).reshape(shape) for r in range(REPLICATES)]
        )
        scrambled, shifts = sobol.scramble(numbers, random_words)
        return scrambled, shifts | _ONE

    def _fill_sobol(self, block: Block, out: NDArray[np.float64]) -> None:
        numbers, shifts = self._sobol_tables
        sobol.fill_points(numbers[block.replicate], shifts[block.replicate], block.start, out.view(np.uint64))
        np.subtract(out, _ONE_LESS_HALF_A_CELL, out=out)

    def _fill_random(self, block: Block, out: NDArray[np.float64]) -> None:
        stream, words = self._stream(block.replicate, block.start // BLOCK), out.view(np.uint64)
        for row in words:
            np.right_shift(stream.random_raw(len(block)), np.uint64(12), out=row)
            # Every column has `BLOCK` words of the stream, so that a short block starts like a full one.
            stream.advance(BLOCK - len(block))
        np.bitwise_or(words, _ONE, out=words)
        np.subtract(out, _ONE_LESS_HALF_A_CELL, out=out)

    def _fill_lhs(self, block: Block, out: NDArray[np.float64]) -> None:
        stream, points = self._stream(block.replicate, block.start // BLOCK), len(block)
        low_bits = np.uint64(BLOCK - 1)
        index = np.arange(points, dtype=np.uint64)
        for row in out:
            # A random permutation: the point's number rides in the low bits of a random key, and the keys are sorted.
            keys = stream.random_raw(points) & ~low_bits | index
            keys.sort()
            # 39 random digits within the stratum: stratum and digits together still fit a double exactly.
            np.multiply(stream.random_raw(points) >> np.uint64(25), 2.0**-39, out=row)
            row += 2.0**-40
            row += keys & low_bits
            row /= points
