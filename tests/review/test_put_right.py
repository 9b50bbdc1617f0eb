"""What all findings do together, put right one after the other."""

import pytest

from socio_calc.review.change_words import change_in_words
from socio_calc.review.effect import net_of
from socio_calc.review.put_right import put_all_right
from tests.review.cases import GONE
from tests.review.reviewed import OUT, A, reviewed

DEAR = {"low": 3e6, "mode": 3.1e6, "high": 3.2e6, "source": "Statistik"}


def test_nothing_to_put_right(tmp_path):
    assert put_all_right(reviewed(tmp_path)) is None
    assert put_all_right(reviewed(tmp_path, {"not_valued": GONE})) is None


def test_one_thing_alone_is_its_own_effect(tmp_path):
    review = reviewed(tmp_path, {"discount_rate": 0.01})
    (finding,) = review.with_status("finding")
    right = put_all_right(review)
    assert right.count == 1 and right.effect.societal == pytest.approx(finding.effect.societal)
    assert right.effect.applicant == pytest.approx(finding.effect.applicant)
    assert right.societal == pytest.approx(net_of(review.scene, "societal") + finding.effect.societal)


def test_two_independent_things_give_the_case_without_both(tmp_path):
    wrong = {f"{OUT}.deadweight": 0.1, f"{OUT}.because": "Försiktighet", "discount_rate": 0.01}
    clean = net_of(reviewed(tmp_path).scene, "societal")
    assert put_all_right(reviewed(tmp_path, wrong)).societal == pytest.approx(clean)


def test_two_prices_of_one_outcome_are_both_taken_away(tmp_path):
    """The second stands in the place of the first when that has gone."""
    wrong = {f"{OUT}.consequences.0.price": DEAR, f"{OUT}.consequences.1.price": DEAR}
    review = reviewed(tmp_path, wrong)
    right = put_all_right(review)
    assert right.count == 2
    assert right.societal == pytest.approx(-review.appraisal.base("pv_costs"))


def test_what_another_correction_has_put_right_is_not_put_right_again(tmp_path):
    """Capped at the largest known effect, what is left is less than what may be removed."""
    wrong = {f"{OUT}.effect": {"measure": "smd", "value": {"estimate": -1.2, "ci": [-1.4, -1.0], "source": "Försöket"}}}
    review = reviewed(tmp_path, wrong)
    codes = {finding.code for finding in review.findings if finding.effect is not None}
    assert codes == {"within-group-effect", "effect-exceeds-baseline"}
    assert put_all_right(review).societal == pytest.approx(-review.appraisal.base("pv_costs"))


def test_the_grant_is_lowered_once_and_society_does_not_notice(tmp_path):
    wrong = {f"{A}.applied": {"2020": 400_000, "2021": 400_000}, "costs.0.hours": 1217.47, "costs.1.hours": 500}
    review = reviewed(tmp_path, wrong)
    broken = {finding.code: finding for finding in review.with_status("fail")}
    assert set(broken) == {"GB-03", "GB-03-per-year"}
    lowered = 800_000 - 0.5 * sum(review.scene.budget.costs.values())
    assert broken["GB-03"].effect.societal == 0.0
    # Half in each of two years, one of them discounted by a year.
    assert broken["GB-03"].effect.applicant == pytest.approx(-lowered / 2 * (1 + 1 / 1.035), rel=1e-5)
    # The rule about each year asks for no more than that, and nothing is lowered twice.
    right = put_all_right(review)
    assert right.effect.societal == 0.0
    assert right.effect.applicant == pytest.approx(broken["GB-03"].effect.applicant)


def test_a_grant_that_covers_less_than_is_applied_for_is_not_lowered(tmp_path):
    wrong = {f"{A}.applied": {"2020": 600_000, "2021": 400_000}, "costs.1.hours": 900}
    broken = {finding.code: finding for finding in reviewed(tmp_path, wrong).with_status("fail")}
    assert broken["GB-01"].effect is None and broken["GB-03"].effect is None


def test_the_cap_of_a_year_lowers_the_grant(tmp_path):
    from tests.review.wrong_applications import RULES

    review = reviewed(tmp_path, RULES["GB-01"][0])
    (broken,) = review.with_status("fail")
    assert broken.code == "GB-01"
    # 157,100 SEK more in each of two years, one of them discounted by a year.
    assert broken.effect.applicant == pytest.approx(-157_100 * (1 + 1 / 1.035), rel=1e-6)


def test_a_cost_that_is_left_out_is_added(tmp_path):
    review = reviewed(tmp_path, {f"{A}.applied": {"2020": 450_000, "2021": 450_000}, "costs.1.hours": 200})
    found = {finding.code: finding for finding in review.with_status("finding")}["grant-left-out-of-cost"]
    missing = 900_000 - sum(review.scene.budget.costs.values())
    assert missing > 0 and found.effect.societal == pytest.approx(-missing)
    assert "tillagd" in change_in_words(found, review, "sv")


@pytest.mark.parametrize(
    ("wrong", "code", "sv", "en"),
    [
        ({"discount_rate": 0.01}, "unusual-rate", "Kalkylränta: 1\u00a0% → 3,5\u00a0%", "Discount rate: 1% → 3.5%"),
        (
            {f"{OUT}.consequences.0.price": DEAR},
            "exclusion-price-tag",
            "utan placering",
            "without placering",
        ),
        (
            {"participants.1": {"year": 1, "number": 60, "age": 14}},
            "same-people-every-year",
            "utan en del av dem som börjar 2021",
            "without some of those who start in 2021",
        ),
        (
            {f"{A}.target_group.size": 59},
            "cohort-larger-than-target-group",
            "Antal deltagare: 60 → 59",
            "Number of participants: 60 → 59",
        ),
        (
            {f"{OUT}.effect_on": "completers"},
            "completion-counted-twice",
            "Effekten gäller: de som fullföljde → alla som började",
            "The effect is for: those who completed → all who started",
        ),
    ],
)
def test_what_was_tried_is_said(tmp_path, wrong, code, sv, en):
    review = reviewed(tmp_path, wrong)
    finding = next(finding for finding in review.with_status("finding") if finding.code == code)
    assert change_in_words(finding, review, "sv") == sv
    assert change_in_words(finding, review, "en") == en
