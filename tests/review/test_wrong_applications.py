"""A folder of deliberately wrong applications: every wrong thing is found, exactly once, and nothing else is."""

from collections import Counter

import pytest

from socio_calc.review import review_folder
from tests.review.wrong_applications import WRONG, write_all

#: A question for a person, which every application has.
MANUAL = "GB-21"


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wrong")
    write_all(folder)
    return {item.name.removesuffix(".yaml"): item for item in review_folder(folder, draws=64).files}


def found(item):
    listed = item.review.with_status("fail", "undecided", "finding")
    return Counter(finding.code for finding in listed if finding.code != MANUAL)


def test_every_file_is_reviewed(reviewed):
    assert set(reviewed) == {"ratt", *WRONG}
    assert [name for name, item in reviewed.items() if item.problems] == []


def test_nothing_is_found_in_the_right_one(reviewed):
    assert not found(reviewed["ratt"])


@pytest.mark.parametrize("name", WRONG)
def test_the_wrong_thing_is_found_exactly_once(reviewed, name):
    _, code, beside = WRONG[name]
    codes = found(reviewed[name])
    assert codes[code] == 1, codes
    assert set(codes) - {code} <= beside, codes
