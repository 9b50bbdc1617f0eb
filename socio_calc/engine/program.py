"""The compiled calculation: terms merged, valued once, and added up to accounts by one matrix product.

An account is what one actor gains in one part of the calculation. Perspectives and views are sums of accounts, so
everything downstream reads the same few arrays.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from socio_calc.engine.closed import Valuation, valuation
from socio_calc.engine.ledger import HEALTH_KINDS, PRODUCTION_KINDS, PUBLIC
from socio_calc.engine.plan import Line, Plan
from socio_calc.engine.terms import Course, FloatArray, OwnCourse, Product, Term
from socio_calc.engine.values import FactorValues
from socio_calc.engine.yearly import public_share, terms_by_year

#: (part of the calculation, actor). Parts: cost, money, production, health, wellbeing (gains by actor, and the λ line
#: under the actor `public_funds`); cash (what leaves budgets less than is gained); grant, qaly, qaly_undiscounted and
#: weights (sums of their own).
Account = tuple[str, str]
#: Pseudo-actor of the line of marginal cost of public funds; it belongs to `ovriga` (METHOD §2).
PUBLIC_FUNDS = "public_funds"
#: Parts that are effects of the intervention (B of METHOD §7).
EFFECT_PARTS = ("money", "production", "health", "wellbeing")


def part_of(line: Line) -> str:
    """Return the part of the calculation that a line belongs to."""
    if line.is_cost:
        return "cost"
    if line.kind in PRODUCTION_KINDS:
        return "production"
    if line.kind in HEALTH_KINDS:
        return "health" if line.kind == "health" else "wellbeing"
    return "money"


@dataclass(frozen=True)
class Rows:
    """Year weights: what each output row adds up over the years, shape (rows, years) each.

    `money` and `health` are used for the lines that discount so; `plain` for undiscounted QALYs.
    """

    money: FloatArray
    health: FloatArray
    plain: FloatArray


@dataclass(frozen=True)
class _Group:
    factors: tuple[int, ...]
    valuation: Valuation


@dataclass(frozen=True)
class _CashLine:
    """A resource cost of which a gain leaves the payer's budget only in part."""

    payer: str
    realisable: Product
    weights: FloatArray | None  # coefficients over groups, when its sign is the same in every year of a draw
    terms: tuple[Term, ...]


class Program:
    """Evaluates all accounts of a plan in blocks of draws.

    Parameters
    ----------
    plan
        The compiled case.
    rows
        Year weights; present values at each horizon, or one row per year.
    """

    def __init__(self, plan: Plan, rows: Rows) -> None:
        self.plan = plan
        self.rows = rows
        self._groups: list[_Group] = []
        self._index: dict[tuple[object, ...], int] = {}
        self._valuations: dict[tuple[object, ...], Valuation] = {}
        coefficients: dict[Account, dict[int, float]] = {}
        self._cash: list[_CashLine] = []
        pending_cash: list[tuple[Line, dict[int, float]]] = []
        for line in plan.lines:
            by_group = self._add_line(line, coefficients)
            if _frees_capacity(line):
                pending_cash.append((line, by_group))
        size = len(self._groups)
        self.accounts: tuple[Account, ...] = tuple(coefficients)
        self._matrix = np.array([_dense(coefficients[account], size) for account in self.accounts]).reshape(
            len(self.accounts), size
        )
        for line, by_group in pending_cash:
            weights = _dense(by_group, size) if _keeps_its_sign(line) else None
            self._cash.append(_CashLine(str(line.payer), line.realisable, weights, line.terms))
        self._split_constants()
        self._local = threading.local()

    # -- building -------------------------------------------------------------------------------------------------

    def _add_line(self, line: Line, coefficients: dict[Account, dict[int, float]]) -> dict[int, float]:
        part, rows = part_of(line), self.rows.health if line.kind == "health" else self.rows.money
        by_group: dict[int, float] = {}
        for term in line.terms:
            group = self._group(term, rows)
            by_group[group] = by_group.get(group, 0.0) + term.product.coefficient
            for actor, entry in line.entries.items():
                _add(coefficients, (part, actor), group, entry * term.product.coefficient)
            if line.grant:
                # What the grant pays: a cost counts, and what it replaces is taken off.
                paid = -sum(line.entries.values())
                _add(coefficients, ("grant", "societal"), group, paid * term.product.coefficient)
            self._add_public_funds(line, term, rows, part, coefficients)
        for term in line.weighted_terms:
            group = self._group(term, rows)
            _add(coefficients, ("weights", "individ"), group, line.entries["individ"] * term.product.coefficient)
        for term in line.qaly_terms:
            for name, weights in (("qaly", self.rows.health), ("qaly_undiscounted", self.rows.plain)):
                _add(coefficients, (name, "individ"), self._group(term, weights), term.product.coefficient)
        return by_group

    def _add_public_funds(
        self, line: Line, term: Term, rows: FloatArray, part: str, coefficients: dict[Account, dict[int, float]]
    ) -> None:
        """Book (λ−1) times the public flow of a term to the rest of society, as a line of its own."""
        factor, share = self.plan.public_funds_factor, public_share(line)
        amount = share * term.product.coefficient
        if amount == 0.0 or factor == Product(1.0):
            return
        account = (part, PUBLIC_FUNDS)
        plain = self._group(term, rows)
        if not factor.factors:
            _add(coefficients, account, plain, (factor.coefficient - 1.0) * amount)
            return
        times_factor = Term(term.product.times(factor), term.shape, term.spread, term.growth)
        _add(coefficients, account, self._group(times_factor, rows), factor.coefficient * amount)
        _add(coefficients, account, plain, -amount)

    def _group(self, term: Term, rows: FloatArray) -> int:
        course = (term.shape, term.spread.tobytes(), term.growth, id(rows))
        key = (term.product.factors, *course)
        if key not in self._index:
            if course not in self._valuations:
                self._valuations[course] = valuation(self.plan, term, rows)
            self._index[key] = len(self._groups)
            self._groups.append(_Group(term.product.factors, self._valuations[course]))
        return self._index[key]

    def _split_constants(self) -> None:
        """Set apart what no draw changes, so that blocks compute only what varies."""
        fixed = np.array([not g.factors and g.valuation.drawn is None for g in self._groups], dtype=bool)
        rows = self.rows.money.shape[0]
        certain = np.array([g.valuation.certain for g in self._groups]).reshape(len(self._groups), rows)
        self.constant = self._matrix[:, fixed] @ certain[fixed] if fixed.any() else np.zeros((len(self.accounts), rows))
        self._moving = [index for index in range(len(self._groups)) if not fixed[index]]
        self._moving_matrix = self._matrix[:, self._moving]
        self.random: tuple[Account, ...] = tuple(
            account for account, row in zip(self.accounts, self._moving_matrix, strict=True) if np.any(row != 0.0)
        )
        self._random_rows = [self.accounts.index(account) for account in self.random]
        self._random_matrix = np.ascontiguousarray(self._moving_matrix[self._random_rows])
        self.cash_accounts: tuple[Account, ...] = tuple(
            ("cash", actor) for actor in PUBLIC if any(line.payer == actor for line in self._cash)
        )

    # -- evaluating -----------------------------------------------------------------------------------------------

    @property
    def drawn_accounts(self) -> tuple[Account, ...]:
        """Accounts that `evaluate` gives, in order: those that vary between draws, then what stays in budgets."""
        return self.random + self.cash_accounts

    def constants(self) -> Mapping[Account, FloatArray]:
        """Return the accounts that no draw changes, shape (rows,) each."""
        moving = set(self.random)
        return {
            account: values
            for account, values in zip(self.accounts, self.constant, strict=True)
            if account not in moving
        }

    def evaluate(self, values: FactorValues, out: FloatArray | None = None) -> FloatArray:
        """Return the drawn accounts of a block, shape (accounts, rows, draws), in `out` where it is given."""
        rows = self.rows.money.shape[0]
        buffer = self._workspace(rows, values.draws)
        for position, index in enumerate(self._moving):
            group = self._groups[index]
            group.valuation.write(values, values.monomial(group.factors), buffer[position])
        result = np.empty((len(self.drawn_accounts), rows, values.draws)) if out is None else out
        constant = self.constant[self._random_rows]
        for row in range(rows):
            # Each straight into its place in the chunk, without an array between.
            np.matmul(self._random_matrix, buffer[:, row], out=result[: len(self.random), row])
            if constant[:, row].any():
                result[: len(self.random), row] += constant[:, row, None]
        self._evaluate_cash(values, buffer, result[len(self.random) :])
        return result

    def _workspace(self, rows: int, draws: int) -> FloatArray:
        """Return this thread's array for groups, (groups, rows, draws): made once, as fresh memory is costly."""
        kept: dict[int, FloatArray] = self._local.__dict__.setdefault("arrays", {})
        if draws not in kept:
            kept[draws] = np.empty((len(self._moving), rows, draws))
        return kept[draws]

    def _evaluate_cash(self, values: FactorValues, buffer: FloatArray, out: FloatArray) -> None:
        """Add up −(1 − ρ)·gain of every line whose gains leave the budget only in part (METHOD §5)."""
        out[:] = 0.0
        payers = [actor for _, actor in self.cash_accounts]
        for line in self._cash:
            target = out[payers.index(line.payer)]
            if line.weights is not None:
                amount = np.tensordot(line.weights[self._moving], buffer, axes=1)
                amount += self._certain_line(line.weights)[:, None]
                gain = np.maximum(-amount, 0.0)
            else:
                flow = terms_by_year(values, line.terms, self.plan.years)
                gain = self.rows.money @ np.maximum(-flow, 0.0)
            target -= gain * (1.0 - values.product(line.realisable))[None, :]

    def _certain_line(self, weights: FloatArray) -> FloatArray:
        """Return the part of a line that no draw changes, shape (rows,)."""
        total = np.zeros(self.rows.money.shape[0])
        moving = set(self._moving)
        for index, weight in enumerate(weights):
            if weight and index not in moving:
                total += weight * self._groups[index].valuation.certain
        return total


def _frees_capacity(line: Line) -> bool:
    """Whether part of a gain on this line stays in the payer's budget as freed capacity."""
    return (
        not line.is_cost and line.kind == "resource_cost" and line.payer in PUBLIC and line.realisable != Product(1.0)
    )


def _keeps_its_sign(line: Line) -> bool:
    """Whether a line is a gain in every year of a draw or in none; arms of a pathway or a function may cross."""
    if len(line.terms) != 1 or isinstance(line.terms[0].shape, Course | OwnCourse):
        return False
    spread = line.terms[0].spread
    return bool(spread.min() >= 0.0 or spread.max() <= 0.0)


def _add(coefficients: dict[Account, dict[int, float]], account: Account, group: int, amount: float) -> None:
    by_group = coefficients.setdefault(account, {})
    by_group[group] = by_group.get(group, 0.0) + amount


def _dense(by_group: Mapping[int, float], size: int) -> FloatArray:
    row = np.zeros(size)
    for index, amount in by_group.items():
        row[index] = amount
    return row
