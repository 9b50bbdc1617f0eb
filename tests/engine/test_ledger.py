"""The ledger: every entry by METHOD §2's table, and the sums that must hold whatever the taxes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socio_calc.engine.ledger import ACTORS, PERSPECTIVES, PUBLIC, Taxes, entries_per_krona, taxed_per_krona

TAXES = Taxes(0.25, 0.20, 0.10, 0.05, 0.08, 0.15, 0.09)
shares = st.floats(0, 0.5)
any_taxes = st.builds(Taxes, shares, shares, shares, shares, shares, shares, shares)


def test_perspectives_are_sums_of_actors() -> None:
    assert PERSPECTIVES["societal"] == ACTORS
    assert PERSPECTIVES["public"] == PUBLIC == ("kommun", "region", "stat")
    assert all(PERSPECTIVES[actor] == (actor,) for actor in ACTORS)
    assert len(PERSPECTIVES) == len(ACTORS) + 2


@pytest.mark.parametrize("payer", ACTORS)
def test_a_resource_cost_is_its_payers(payer: str) -> None:
    assert entries_per_krona("resource_cost", TAXES, payer) == {payer: -1.0}


def test_a_transfer_goes_from_one_to_another() -> None:
    assert entries_per_krona("transfer", TAXES, "stat", "individ") == {"stat": -1.0, "individ": 1.0}


def test_a_taxed_transfer_by_hand() -> None:
    # 0.95 of the krona is taxed; kommun keeps 0.20 − 0.15, region 0.10 − 0.09, the state takes back 0.24.
    found = entries_per_krona("transfer", TAXES, "stat", "individ", taxable=True)
    assert found == pytest.approx(
        {"kommun": 0.05 * 0.95, "region": 0.01 * 0.95, "stat": -1 + 0.24 * 0.95, "individ": 1 - 0.30 * 0.95}
    )


def test_production_by_hand() -> None:
    # The price is the whole labour cost: 0.8 of it is pay, 0.95 of that is taxed.
    pay = 0.8
    assert entries_per_krona("production", TAXES) == pytest.approx(
        {
            "kommun": 0.05 * 0.95 * pay,
            "region": 0.01 * 0.95 * pay,
            "stat": (0.25 - 0.08) * pay + 0.24 * 0.95 * pay,
            "individ": pay * (1 - 0.30 * 0.95 + 0.08),
        }
    )


@pytest.mark.parametrize(("kind", "gain"), [("health", 1.0), ("wellbeing", 1.0), ("wellbeing_loss", -1.0)])
def test_health_and_wellbeing_are_the_individuals(kind: str, gain: float) -> None:
    assert entries_per_krona(kind, TAXES) == {"individ": gain}


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="gift"):
        entries_per_krona("gift", TAXES)


@given(any_taxes)
def test_production_splits_to_its_whole(taxes: Taxes) -> None:
    assert sum(entries_per_krona("production", taxes).values()) == pytest.approx(1.0, rel=1e-14)
    gains, losses = (entries_per_krona(kind, taxes) for kind in ("production", "production_loss"))
    assert losses == {actor: pytest.approx(-gain, rel=1e-14) for actor, gain in gains.items()}


@given(any_taxes, st.lists(st.sampled_from(ACTORS), min_size=2, max_size=2, unique=True), st.booleans())
def test_a_transfer_adds_nothing_to_society(taxes: Taxes, parties: list[str], taxable: bool) -> None:
    entries = entries_per_krona("transfer", taxes, *parties, taxable=taxable)
    assert sum(entries.values()) == pytest.approx(0.0, abs=1e-15)


@given(any_taxes, st.sampled_from(("production", "transfer")))
def test_equalisation_takes_nothing_from_the_public_as_a_whole(taxes: Taxes, kind: str) -> None:
    off = Taxes(
        taxes.employer_contribution,
        taxes.municipal,
        taxes.regional,
        taxes.basic_allowance_share,
        taxes.job_tax_credit_share,
        0.0,
        0.0,
    )
    with_, without = (entries_per_krona(kind, t, "stat", "individ", taxable=True) for t in (taxes, off))
    total = [sum(entries.get(actor, 0.0) for actor in PUBLIC) for entries in (with_, without)]
    assert total[0] == pytest.approx(total[1], abs=1e-15)
    assert with_.get("individ") == without.get("individ")


@pytest.mark.parametrize(
    ("kind", "taxable", "taxed"),
    [
        ("production", False, 0.95 * 0.8),
        ("production_loss", False, -0.95 * 0.8),
        ("transfer", True, 0.95),
        ("transfer", False, 0.0),
        ("resource_cost", False, 0.0),
        ("health", False, 0.0),
    ],
)
def test_taxed_kronor(kind: str, taxable: bool, taxed: float) -> None:
    assert taxed_per_krona(kind, TAXES, taxable) == pytest.approx(taxed)
