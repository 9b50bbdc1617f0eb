"""The rule files: the shipped ones are whole, and every way to break one is told with its line."""

import re
from pathlib import Path

import pytest

from socio_calc.locale import render_all
from socio_calc.locale.placeholders import placeholders
from socio_calc.problems import InputError
from socio_calc.review.fund_file import checks_in, fund_names, load_fund, read_fund
from socio_calc.review.fund_models import KINDS, Manual

RULE = """\
  - id: T-01
    text_sv: "Beloppet är högst 100 kr."
    text_en: "The amount is at most SEK 100."
    severity: must
    valid_from: 2020
    valid_to: null
    confirmed_to: 2021
    stage: any
    check: {kind: max_per_year, field: applied, limit: 100}
    source: {title: Riktlinje, publisher: Fonden, url: "https://example.se", words: "högst 100 kr"}
    messages: {fail_sv: "{value} kr år {where}."}
"""
HEAD = """\
format: 1
fund: test
name_sv: Testfonden
name_en: The test fund
publisher: Fonden
url: https://example.se
definition_sv: En fond.
stages:
  - {valid_from: 2020, valid_to: null, values: [ide, utformning]}
open: {from: 2020, to: null}
rules:
"""


def write(folder, text, name="test"):
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_funds():
    assert fund_names() == ("gavleborg", "orebro", "skane", "vgr")
    counts = {name: len(load_fund(name).rules) for name in fund_names()}
    assert counts == {"gavleborg": 28, "orebro": 8, "skane": 8, "vgr": 23}


@pytest.mark.parametrize("name", ["gavleborg", "orebro", "skane", "vgr"])
def test_no_message_to_an_applicant_names_a_key_of_the_file(name):
    for rule in load_fund(name).rules:
        for text in rule.messages.model_dump(exclude_none=True).values():
            assert not re.search(r"\([a-z_.]+\)|[a-z]_[a-z]", text), (rule.id, text)


@pytest.mark.parametrize("name", ["gavleborg", "orebro", "skane", "vgr"])
def test_every_shipped_rule_has_a_source_with_its_words(name):
    for rule in load_fund(name).rules:
        assert rule.source.words and rule.source.url.startswith("http")
        assert rule.messages.fail_sv or isinstance(rule.check, Manual)
        assert list(checks_in(rule.check))


@pytest.mark.parametrize("name", ["gavleborg", "orebro", "skane", "vgr"])
def test_a_rule_says_what_should_be_and_never_what_is(name):
    """A rule that stands in a table of what is not met must not read as a finding."""
    for rule in load_fund(name).rules:
        assert re.search(r"\b(ska|bör|får)\b|^Gärna ", rule.text_sv), rule.text_sv
        assert re.search(r"\b(must|should|may)\b|are welcome", rule.text_en), rule.text_en


@pytest.mark.parametrize("name", ["gavleborg", "orebro", "skane", "vgr"])
def test_english_says_what_swedish_says(name):
    for rule in load_fund(name).rules:
        for kind in ("pass", "fail", "undecided", "remedy"):
            sv, en = (getattr(rule.messages, f"{kind}_{lang}") for lang in ("sv", "en"))
            assert bool(sv) == bool(en), (rule.id, kind)
            assert sv is None or placeholders(sv) == placeholders(en), (rule.id, kind)
        # What to do is told apart from what was found; where only a person judges, there may be nothing to do.
        assert rule.messages.remedy_sv or isinstance(rule.check, Manual)


def test_a_new_fund_is_a_new_file(tmp_path):
    write(tmp_path, HEAD + RULE)
    fund = load_fund("test", tmp_path)
    assert fund.rules[0].check.limit == 100
    assert fund.stages_in(2020) == ("ide", "utformning")
    assert not fund.open_in(2019)
    assert fund.rules[0].confirmed_in(2021) and not fund.rules[0].confirmed_in(2022)


def test_the_example_of_the_page_about_funds(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "adding-a-fund.md").read_text(encoding="utf-8")
    example = page.partition("```yaml\n")[2].partition("```")[0]
    fund = read_fund(write(tmp_path, example, "testfonden"))
    assert fund.rules[0].check.limit == 300_000
    assert all(f"`{kind}`" in page for kind in KINDS)


def test_an_unknown_fund_is_told_with_the_known_ones():
    with pytest.raises(InputError) as raised:
        load_fund("gavleborgs")
    (problem,) = raised.value.problems
    assert problem.code == "unknown-fund" and problem.params["nearest"] == "gavleborg"


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("fund: test", "fund: other", "fund-name-differs", 2),
        ("    severity: must\n", "", "fund-key-missing", 12),
        ("severity: must", "severity: maste", "wrong-choice", 15),
        ("kind: max_per_year", "kind: max_per_month", "wrong-choice", 20),
        ("limit: 100}", "limit: hundra}", "fund-value", 20),
        ("limit: 100}", "limit: 100, limits: 2}", "unknown-key", 20),
        ("limit: 100}", "}", "fund-key-missing", 20),
        ("field: applied", "field: aplied", "fund-path", 20),
        ("{value} kr", "{amount} kr", "fund-placeholder", 22),
        ("valid_from: 2020\n    valid_to", "valid_from: x\n    valid_to", "fund-value", 16),
        ("rules:\n", "rules: []\nrulez:\n", "unknown-key", 12),
    ],
)
def test_a_broken_file_is_told_with_its_line(tmp_path, old, new, code, line):
    text = HEAD + RULE
    assert old in text
    path = write(tmp_path, text.replace(old, new, 1))
    with pytest.raises(InputError) as raised:
        read_fund(path)
    found = {(problem.code, problem.place.line) for problem in raised.value.problems}
    assert (code, line) in found
    for lang in ("sv", "en"):
        assert path.name in render_all(raised.value.problems, lang)


def test_a_rule_that_is_there_twice(tmp_path):
    with pytest.raises(InputError) as raised:
        read_fund(write(tmp_path, HEAD + RULE + RULE))
    assert [(problem.code, problem.place.line) for problem in raised.value.problems] == [("fund-rule-twice", 23)]


def test_broken_checks_inside_others_are_found(tmp_path):
    then = "{kind: any_sector, sectors: [kommunen]}"
    asked = "{kind: manual, question_sv: a, question_en: b}"
    nested = f"{{kind: all_of, checks: [{{kind: when, if: {asked}, then: {then}}}]}}"
    text = (HEAD + RULE).replace("{kind: max_per_year, field: applied, limit: 100}", nested)
    with pytest.raises(InputError) as raised:
        read_fund(write(tmp_path, text))
    (problem,) = raised.value.problems
    assert problem.code == "wrong-choice"
    assert problem.place.path == "rules.T-01.check.checks.0.then.sectors.0"
