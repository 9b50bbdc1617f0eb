"""The algebra of flows: products, sums of products, and what makes a shape uncertain."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from socio_calc.engine.terms import ONE, Product, Shape, multiply

products = st.builds(
    Product, st.integers(-9, 9).map(float), st.lists(st.integers(0, 3), max_size=3).map(sorted).map(tuple)
)
sums = st.lists(products, min_size=1, max_size=3).map(tuple)


def value(of: tuple[Product, ...]) -> float:
    """Return a sum of products at factors 2, 3, 5, 7."""
    return sum(product.coefficient * float(np.prod([(2, 3, 5, 7)[i] for i in product.factors])) for product in of)


@given(products, products, products)
def test_products_commute_and_associate(a: Product, b: Product, c: Product) -> None:
    assert a.times(b) == b.times(a)
    assert a.times(b).times(c) == a.times(b.times(c))
    assert a.times(ONE) == a


@given(st.lists(sums, min_size=1, max_size=3))
def test_a_product_of_sums_has_the_product_of_their_values(parts: list[tuple[Product, ...]]) -> None:
    assert value(multiply(*parts)) == np.prod([value(part) for part in parts])


def test_nothing_multiplied_is_one() -> None:
    assert multiply() == (ONE,)


def test_a_product_is_scaled_in_its_coefficient() -> None:
    assert Product(3.0, (1, 1)).scaled(0.5) == Product(1.5, (1, 1))


def test_a_shape_is_uncertain_when_its_hold_or_its_rate_is() -> None:
    assert not Shape(0, Product(2.0), "exponential", rate=Product(0.3)).uncertain
    assert Shape(0, Product(1.0, (0,)), "cut").uncertain
    assert Shape(0, Product(2.0), "exponential", rate=Product(1.0, (1,))).uncertain
    assert not Shape(0, None, "cut").uncertain
