"""A plan over its draws: present values of every account in chunks, and a smaller sample year by year.

Draws depend on (seed, case) alone: every block knows its place, blocks may be computed in any order by any number of
threads, and each writes its own part of the result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from socio_calc.engine.discounting import horizon_weights
from socio_calc.engine.memory import keep_freed_memory
from socio_calc.engine.plan import Plan
from socio_calc.engine.program import Account, Program, Rows
from socio_calc.engine.sampling import BLOCK, REPLICATES, Block, SamplePlan, Sampler
from socio_calc.engine.tables import Scratch, quantile_source
from socio_calc.engine.terms import FloatArray
from socio_calc.engine.threads import one_thread
from socio_calc.engine.values import FactorValues

#: Points of each replicate in one chunk, 262,144 draws in all: memory stays constant beyond it, and fresh memory, which
#: costs more to get than to fill, is asked for once.
CHUNK_POINTS = 2**15
#: Points of each replicate that are also followed year by year (payback, internal rate, bands, outcomes).
YEARLY_POINTS = 2**10
#: Memory in bytes that the pathways of a block may take while they are followed: as much as the C library keeps from
#: block to block (`memory`). A block of more is evaluated in pieces of at least `FEWEST` draws.
PATHWAY_MEMORY = 24 * 2**20
FEWEST = 2**8

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Chunk:
    """Present values of the drawn accounts for a range of points of every replicate.

    Attributes
    ----------
    accounts
        Which account each first index of `values` is.
    values
        Shape (accounts, horizons, draws); draws run replicate by replicate. Valid until the next chunk is made.
    points
        Number of points of each replicate.
    clipped
        Number of draws in which something had to be clipped to its domain, by outcome or pathway.
    scaled
        Number of draws in which a row of transitions exceeded 1 and was scaled to it, by pathway.
    """

    accounts: tuple[Account, ...]
    values: FloatArray
    points: int
    clipped: Mapping[str, int]
    scaled: Mapping[str, int]


@dataclass(frozen=True)
class YearlyBlock:
    """The first points of one replicate, year by year.

    Attributes
    ----------
    x
        Drawn quantities, shape (columns, draws).
    values
        Their factors.
    flows
        Undiscounted drawn accounts, shape (accounts, years, draws).
    """

    x: FloatArray
    values: FactorValues
    flows: FloatArray


class Simulation:
    """Monte Carlo over one plan.

    Parameters
    ----------
    plan
        The compiled case.
    draws, seed, sampler
        As in METHOD §8: `draws` is made a multiple of 8, one eighth in each independent replicate.

    Raises
    ------
    ValueError
        For an unknown sampler, or more draws or columns than it has.
    """

    def __init__(self, plan: Plan, draws: int = 16_384, seed: int = 1, sampler: Sampler = "sobol") -> None:
        keep_freed_memory()
        self.plan = plan
        self.sample = SamplePlan(sampler, plan.streams, draws, seed)
        years = horizon_weights(plan.discount, plan.horizons)
        same = np.array_equal(plan.discount, plan.discount_health)
        health = years if same else horizon_weights(plan.discount_health, plan.horizons)
        self.program = Program(plan, Rows(years, health, horizon_weights(np.ones(plan.years), plan.horizons)))
        # The first points of each replicate, kept from the chunks for the years: they are the same draws.
        self._first: dict[int, FloatArray] = {}

    @property
    def draws(self) -> int:
        """Number of draws that are made."""
        return self.sample.points * REPLICATES

    @cached_property
    def yearly_program(self) -> Program:
        """The same accounts by year, undiscounted."""
        every_year = np.eye(self.plan.years)
        return Program(self.plan, Rows(every_year, every_year, every_year))

    def x(self, block: Block, scratch: Scratch | None = None) -> FloatArray:
        """Return the drawn quantities of a block, shape (columns, draws)."""
        uniforms = self.sample.uniforms(block)
        if self.plan.copula is not None:
            with one_thread():
                self.plan.copula.apply(uniforms)
        columns = self.plan.columns
        shared = len({column.stream for column in columns}) < len(columns)
        out = np.empty((len(columns), len(block))) if shared else uniforms
        for row, column in enumerate(columns):
            source = uniforms[column.stream]
            quantile_source(column.distribution).lookup(source, out[row], scratch)
        return out

    def chunks(self, workers: int = 1, progress: Progress | None = None) -> Iterator[Chunk]:
        """Yield present values in chunks of at most 262,144 draws; the next chunk may use the same memory."""
        size = min(CHUNK_POINTS, self.sample.points) * REPLICATES
        memory = np.empty((len(self.program.drawn_accounts), len(self.plan.horizons), size))
        for start in range(0, self.sample.points, CHUNK_POINTS):
            stop = min(start + CHUNK_POINTS, self.sample.points)
            yield self._chunk(start, stop, memory[:, :, : (stop - start) * REPLICATES], workers, progress)

    def _chunk(self, start: int, stop: int, values: FloatArray, workers: int, progress: Progress | None) -> Chunk:
        points = stop - start
        accounts = self.program.drawn_accounts
        blocks = [
            Block(replicate, first, min(first + BLOCK, stop))
            for replicate in range(REPLICATES)
            for first in range(start, stop, BLOCK)
        ]
        scaled: dict[str, int] = {pathway.id: 0 for pathway in self.plan.pathways}
        clipped: dict[str, int] = {outcome.id: 0 for outcome in self.plan.outcomes} | scaled

        def work(block: Block) -> _Counts:
            x, counts = self.x(block, Scratch.of(len(block))), _Counts()
            if block.start == 0:
                self._first[block.replicate] = x[:, :YEARLY_POINTS].copy()
            at = block.replicate * points + block.start - start
            for piece in pieces(self.plan, len(block)):
                factors = FactorValues(self.plan, x[:, piece])
                self.program.evaluate(factors, values[:, :, at + piece.start : at + piece.stop])
                counts.add(factors)
            return counts

        with one_thread():
            for block, found in zip(blocks, _each(work, blocks, workers), strict=True):
                for kept, counted in ((clipped, found.clipped), (scaled, found.scaled)):
                    for name, count in counted.items():
                        kept[name] += count
                if progress is not None:
                    progress(len(block))
        return Chunk(accounts, values, points, clipped, scaled)

    def yearly(self) -> Iterator[YearlyBlock]:
        """Yield the first points of each replicate year by year."""
        points = min(self.sample.points, YEARLY_POINTS)
        for replicate in range(REPLICATES):
            x = self._first.get(replicate)
            if x is None:
                x = self.x(Block(replicate, 0, points))
            values = FactorValues(self.plan, x)
            with one_thread():
                flows = self.yearly_program.evaluate(values)
            yield YearlyBlock(x, values, flows)

    def draws_at(self, indices: NDArray[np.int64]) -> FloatArray:
        """Return the drawn quantities of single draws of the first chunk, shape (columns, indices).

        Draw i is point i mod P of replicate i div P, P points in each replicate.
        """
        found = np.empty((len(self.plan.columns), len(indices)))
        for at, index in enumerate(np.asarray(indices)):
            replicate, point = divmod(int(index), self.sample.points)
            start = point - point % BLOCK
            block = Block(replicate, start, min(start + BLOCK, self.sample.points))
            found[:, at] = self.x(block)[:, point - start]
        return found


@dataclass
class _Counts:
    """Draws of a block in which something was limited, by the id of its outcome or pathway."""

    clipped: Counter[str] = field(default_factory=Counter)
    scaled: Counter[str] = field(default_factory=Counter)

    def add(self, values: FactorValues) -> None:
        """Count those of a piece; a pathway without consequences is followed for this alone."""
        for index, pathway in enumerate(values.plan.pathways):
            if pathway.uncertain:
                values.trace(index)
        for counts, found in ((self.clipped, values.clipped), (self.scaled, values.scaled)):
            for name, draws in found.items():
                counts[name] += int(np.count_nonzero(draws))


def pieces(plan: Plan, draws: int) -> list[slice]:
    """Return the parts of so many draws in which the pathways of a plan take little memory; one where it has none."""
    size = draws
    if plan.bytes_per_draw:
        size = min(draws, max(PATHWAY_MEMORY // plan.bytes_per_draw, FEWEST))
    return [slice(first, min(first + size, draws)) for first in range(0, draws, size)]


def _each(work: Callable[[Block], _Counts], blocks: list[Block], workers: int) -> Iterator[_Counts]:
    """Apply `work` to every block, in threads when asked; results come in the order of the blocks."""
    if workers <= 1 or len(blocks) < 2:
        yield from map(work, blocks)
        return
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(work, blocks)
