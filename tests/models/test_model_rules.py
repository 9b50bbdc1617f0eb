"""The application of each worked case passes the must-rules of its fund; every finding is explained in its card."""

from __future__ import annotations

import re

from socio_calc.review import Review
from tests.models.conftest import MODELS, SLUGS, text_of

#: What every result carries and no case can be without.
ALWAYS = {"calculation-not-alone", "version-stamp"}
_EXPLAINED = re.compile(r"^- ((?:`[^`]+`(?:, )?)+): (.+)$", re.MULTILINE)
_HEADING = "**Varningar och anmärkningar, och varför de får stå kvar**"


def test_the_case_names_a_fund_and_breaks_none_of_its_must_rules(review: Review) -> None:
    assert review.fund is not None
    musts = [finding for finding in review.findings if finding.rule is not None and finding.rule.severity == "must"]
    assert len(musts) >= 5
    broken = [finding.code for finding in musts if finding.status == "fail"]
    assert broken == []
    left = [finding.code for finding in musts if finding.status == "undecided"]
    # Only a person can answer whether more pupils will leave compulsory school with a pass.
    assert set(left) <= {"VG-07"}


def test_enough_must_rules_are_met(review: Review) -> None:
    """The confirmed ones of Västra Götaland, and at least the six of Gävleborg that need nothing but the file."""
    assert review.fund is not None
    passed = {finding.code for finding in review.findings if finding.status == "pass"}
    wanted = {
        "gavleborg": {"GB-01", "GB-02", "GB-03", "GB-04", "GB-05", "GB-07"},
        "vgr": {"VG-01", "VG-03", "VG-04", "VG-06"},
    }
    assert wanted[review.fund.fund] <= passed
    if review.fund.fund == "vgr":
        indirect = next(finding for finding in review.findings if finding.code == "VG-02")
        assert indirect.status in ("pass", "not_applicable")


def test_no_finding_is_serious(review: Review) -> None:
    assert [finding.code for finding in review.findings if finding.severity == "serious"] == []
    assert review.verdict != "fail"


def test_the_card_explains_what_the_program_remarks_and_nothing_else(slug: str, review: Review) -> None:
    found = {warning.code for warning in review.appraisal.warnings}
    found |= {finding.code for finding in review.with_status("fail", "finding")}
    explained = _explained(slug)
    assert set(explained) == found - ALWAYS
    assert all(len(text) > 20 and text.endswith(".") for text in explained.values())


def test_few_findings_are_left_to_explain() -> None:
    """The checks cry wolf seldom: of what they find in careful cases all but a handful each say something true."""
    left = {slug: [code for code in _explained(slug) if _is_trap(code)] for slug in SLUGS}
    assert sum(map(len, left.values())) / len(SLUGS) <= 2.5, left
    assert max(map(len, left.values())) <= 5, left


#: Remarks that concern the result as such and are no sign of a mistake.
_OF_THE_RESULT = {
    "no-result-for-measure", "assumed-price-range", "negative-not-bad", "grant-not-societal-gain", "not-cashable",
    "kommun-tax-equalisation", "not-valued",
}  # fmt: skip


def _is_trap(code: str) -> bool:
    return code not in _OF_THE_RESULT and not re.match(r"[A-Z]{2}-\d", code)


def _explained(slug: str) -> dict[str, str]:
    """Return the explanations of a card by code."""
    card = text_of(MODELS / f"{slug}.md")
    assert card.count(_HEADING) == 1
    section = card.partition(_HEADING)[2].partition("**Källor:**")[0]
    found: dict[str, str] = {}
    for codes, text in _EXPLAINED.findall(section):
        for code in re.findall(r"`([^`]+)`", codes):
            assert code not in found, f"{slug} explains {code} twice"
            found[code] = text
    return found
