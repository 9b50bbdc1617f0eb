import pytest

from socio_calc.case import parse_document
from socio_calc.case.nearest import nearest
from socio_calc.case.paths import field_of, find, item_names, path_of
from socio_calc.case.yaml_scalars import plain_value

DATA = {"outcomes": [{"id": "falls", "consequences": [{"name": "a"}, {"name": "b"}]}, {"id": "falls"}, {"name": "c"}]}


def test_items_are_named_by_id_else_by_number():
    assert item_names(DATA["outcomes"]) == ["falls", "1", "2"]
    assert path_of(("outcomes", 0, "consequences", 1, "price"), DATA) == "outcomes.falls.consequences.1.price"
    assert path_of(("outcomes", 9, "x"), DATA) == "outcomes.9.x"


@pytest.mark.parametrize("path", ["outcomes.falls.consequences.1.name", "outcomes.1.id", "outcomes.2.name", "outcomes"])
def test_find_is_the_inverse_of_path(path):
    location = find(path, DATA)
    assert location is not None
    assert path_of(location, DATA) == path


@pytest.mark.parametrize("path", ["outcomes.x.name", "outcomes.falls.name.x.y", "costs.0", "outcomes.5"])
def test_paths_that_lead_nowhere(path):
    assert find(path, DATA) is None


def test_fields_hide_the_names_that_the_writer_chose():
    assert field_of(("application", "applied", "2025")) == "application.applied.*"
    assert field_of(("scenarios", "low", "discount_rate")) == "scenarios.*.discount_rate"


def test_places_of_every_key_and_item():
    document = parse_document(
        b"costs:\n  - name: A\n    years: [0,\n      1]\n  - {name: B}\noutcomes:\n  - id: x\n    lag: 0\n", "c"
    )
    assert dict(document.places) == {
        "costs": (1, 1),
        "costs.0": (2, 5),
        "costs.0.name": (2, 5),
        "costs.0.years": (3, 5),
        "costs.0.years.0": (3, 13),
        "costs.0.years.1": (4, 7),
        "costs.1": (5, 5),
        "costs.1.name": (5, 6),
        "outcomes": (6, 1),
        "outcomes.x": (7, 5),
        "outcomes.x.id": (7, 5),
        "outcomes.x.lag": (8, 5),
    }
    assert document.place("outcomes.x.effect.value").line == 7
    assert len(document.sha256) == 64


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("+3", 3),
        ("0", 0),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e-05", 1e-05),
        ("1E5", 1e5),
        ("no", "no"),
        ("Null", None),
        ("TRUE", True),
        ("0x1F", "0x1F"),
        ("0o7", "0o7"),
        ("012", "012"),
        ("1_0", "1_0"),
        ("1:30", "1:30"),
        ("12345678901234567890", 12345678901234567890.0),
    ],
)
def test_words_of_the_core_schema(word, value):
    assert plain_value(word) == value
    assert type(plain_value(word)) is type(value)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("tilte", "title"),
        ("TITLE", "title"),
        ("horizon", "horizons"),
        ("ag", "age"),
        ("of", None),
        ("x", None),
        ("", None),
    ],
)
def test_nearest(word, expected):
    assert nearest(word, ("title", "horizons", "age")) == expected
