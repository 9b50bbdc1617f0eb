"""Which rules apply, how they are told, and every rule of the shipped funds tried both ways."""

import re

import pytest

from socio_calc.review.finding import Finding
from socio_calc.review.fund_file import fund_names, is_manual, load_fund, read_fund
from socio_calc.review.fund_models import AnySector
from socio_calc.review.review import verdict_of
from socio_calc.review.rule_kinds import evaluate
from socio_calc.review.rule_words import rule_message, rule_remedy
from socio_calc.review.rules import FUND_CLOSED, breaks_a_must, rule_findings
from tests.review.cases import GONE, changed, checked_of, organisation
from tests.review.test_fund_files import HEAD, RULE, write

A = "application"
GROUP = f"{A}.target_group"
SAME_SECTOR = {f"{A}.organisations": [organisation("Skolan", "kommun"), organisation("Socialtjänsten", "kommun")]}
COMPANY = {
    f"{A}.organisations": [organisation("Bolaget", "foretag"), organisation("Firman", "foretag")],
    f"{A}.owner": "Bolaget",
}
LOSS = {"costs.0.hours": 20_000}
NO_GAIN = {"outcomes.leave.consequences": []}
WORSE = {"outcomes.leave.effect.value": {"estimate": 1.2, "ci": [1.1, 1.3]}}
#: A year of call in which every rule of the fund is valid and confirmed as far as it ever is, and what breaks each.
BROKEN = {
    "gavleborg": {
        "GB-01": {f"{A}.applied": {"2020": 600_000}},
        "GB-02": {f"{A}.end": "2023-12-31"},
        "GB-03": {f"{A}.applied": {"2020": 450_000, "2021": 450_000}},
        "GB-03-per-year": {f"{A}.applied": {"2020": 450_000, "2021": 100_000}},
        "GB-04": {f"{A}.organisations": [organisation("Skolan", "kommun")]},
        "GB-05": COMPANY,
        "GB-05-county": {f"{A}.organisations.0.county": "Dalarna"},
        "GB-06": {f"{A}.organisations.0.for_profit": True},
        "GB-07": {f"{A}.existing_activity": True},
        "GB-07-start": {f"{A}.call": "2020-01-15"},
        "GB-08": {f"{GROUP}.age_max": 60, f"{GROUP}.risk_of_exclusion": False},
        "GB-11": {"outcomes.leave.evidence.grade": "judgement"},
        "GB-12": {f"{A}.method_status": "skapa", f"{A}.mechanism": "Kort."},
        "GB-13": NO_GAIN,
        "GB-13-npv": LOSS,
        "GB-15": {f"{A}.needs_analysis": "Kort."},
        "GB-16": {f"{A}.implementation_plan": GONE},
        "GB-17": {f"{A}.organisations.1.endorses_implementation": False},
        "GB-18": {f"{A}.end": GONE},
        "GB-19": {f"{A}.followup.1.kind": "social"},
        "GB-20": {f"{A}.organisations": [organisation("Skolan", "kommun")]},
        "GB-22": {f"{A}.attachments": ["budget", "uppfoljning"]},
        "GB-24": {f"{A}.call": "2019-12-15"},
    },
    "vgr": {
        "VG-01": {f"{GROUP}.age_max": 19},
        "VG-01-risk": {f"{GROUP}.risk_of_exclusion": False},
        "VG-02": {f"{GROUP}.indirect": True, f"{A}.mechanism": "Kort."},
        "VG-03": SAME_SECTOR,
        "VG-04": COMPANY,
        "VG-05": {f"{A}.organisations.1.signatory": GONE},
        "VG-09": {f"{A}.existing_activity": True},
        "VG-10": {f"{A}.needs_analysis": "Kort."},
        "VG-11": {f"{A}.attachments": ["budget"]},
        "VG-12": {f"{A}.start": GONE},
        "VG-13": {f"{A}.followup.0.responsible": GONE},
        "VG-14-kommun": WORSE,
        "VG-14-region": WORSE,
        "VG-15": {f"{A}.implementation_plan": "Ja."},
        "VG-16": {f"{A}.child_rights": GONE},
        "VG-17": {f"{A}.equity": "Ja."},
        "VG-18": {},
    },
    "vgr-2025": {"VG-03-cross-sector": SAME_SECTOR},
    "orebro": {
        "OR-01": {f"{A}.organisations": [organisation("Skolan", "kommun")]},
        "OR-02": {f"{A}.organisations.0.for_profit": True},
        "OR-03": NO_GAIN,
        "OR-04": WORSE,
        "OR-05": {f"{A}.existing_activity": True},
        "OR-06": {f"{A}.end": "2020-06-30"},
    },
    "skane-2018": {
        "SK-01": {f"{A}.applied": {"2020": 500_000, "2021": 500_000}},
        "SK-03": {f"{A}.organisations": [organisation("Hälsan", "region")], f"{A}.owner": "Hälsan"},
    },
    "skane-2014": {
        "SK-06": SAME_SECTOR,
        "SK-07": {f"{A}.organisations.0.endorses_run": False},
        "SK-08": NO_GAIN,
    },
}
#: Rules of closed lists that a case cannot hold a wrong value of, and of lists that are missing when they are empty:
#: without the field they cannot be decided.
LEFT_OUT = {
    "gavleborg": {
        "GB-09": {f"{A}.timing": GONE},
        "GB-10": {f"{A}.method_status": GONE},
        "GB-14": {f"{A}.public_health_goals": GONE},
        # Whether two units of one municipality are of different administrations the file does not say.
        "GB-20": SAME_SECTOR,
    },
    "vgr": {"VG-06": {f"{A}.focus_area": GONE}, "VG-08": {f"{A}.timing": GONE}},
    "orebro": {"OR-08": {f"{A}.timing": GONE}},
    "skane-2018": {"SK-04": {"outcomes": [], f"{A}.followup": GONE}, "SK-05": {f"{A}.timing": GONE}},
}
CALLS = {"gavleborg": 2019, "vgr": 2024, "vgr-2025": 2025, "orebro": 2021, "skane-2018": 2018, "skane-2014": 2014}
TRIED = [(fund, rule, changes, "fail") for fund in BROKEN for rule, changes in BROKEN[fund].items()]
TRIED += [(fund, rule, changes, "undecided") for fund in LEFT_OUT for rule, changes in LEFT_OUT[fund].items()]


def findings(fund, changes=None, year=None, answers=None):
    call = {f"{A}.call": f"{year or CALLS[fund]}-10-31"}
    name = fund.partition("-")[0]
    checked = checked_of(changed(call | {f"{A}.fund": name} | (changes or {})), answers)
    return rule_findings(load_fund(name), checked)


def of(code, found):
    return next(finding for finding in found if finding.code == code)


@pytest.mark.parametrize(("fund", "rule", "changes", "status"), TRIED, ids=[f"{item[1]}-{item[3]}" for item in TRIED])
def test_every_rule_can_be_broken_and_is_then_told(fund, rule, changes, status):
    finding = of(rule, findings(fund, changes))
    assert finding.status == status
    for lang in ("sv", "en"):
        message = rule_message(finding, lang)
        assert message and "{" not in message
    if rule != "VG-18":
        assert "–" not in rule_message(finding, "sv").replace(" – ", "")


@pytest.mark.parametrize(("fund", "rule"), [(item[0], item[1]) for item in TRIED if item[1] not in ("VG-18", "OR-01")])
def test_every_rule_holds_in_a_good_application(fund, rule):
    finding = of(rule, findings(fund))
    assert finding.status in ("pass", "not_applicable")
    assert rule_message(finding, "sv")


def test_rules_that_need_more_than_the_clean_case_hold_too():
    association = {
        f"{A}.organisations": [organisation("Föreningen", "civilsamhalle"), organisation("Skolan", "kommun")]
    }
    assert of("VG-18", findings("vgr", association)).status == "pass"
    assert of("OR-01", findings("orebro", association)).status == "pass"
    assert of("VG-02", findings("vgr", {f"{GROUP}.indirect": True})).status == "pass"
    assert of("GB-12", findings("gavleborg", {f"{A}.method_status": "utveckla"})).status == "pass"


@pytest.mark.parametrize("name", ["gavleborg", "orebro", "skane", "vgr"])
def test_every_shipped_rule_is_tried(name):
    tried = {rule for fund, rule, _, _ in TRIED if fund.partition("-")[0] == name}
    manual = {rule.id for rule in load_fund(name).rules if is_manual(rule)}
    assert tried | manual == {rule.id for rule in load_fund(name).rules}


def test_questions_for_a_person_stay_open_until_answered():
    for fund, rule in (("gavleborg", "GB-21"), ("vgr", "VG-07"), ("orebro", "OR-07"), ("skane-2018", "SK-02")):
        assert of(rule, findings(fund)).status == "undecided"
        assert "?" in rule_message(of(rule, findings(fund)), "en") or rule == "GB-21"
        assert of(rule, findings(fund, answers={rule: False})).status == "fail"


def test_the_year_of_the_call_decides_which_rules_apply():
    assert {finding.code for finding in findings("vgr", year=2025)} & {"VG-03", "VG-03-cross-sector"} == {
        "VG-03-cross-sector"
    }
    assert {finding.code for finding in findings("vgr", year=2024)} & {"VG-03", "VG-03-cross-sector"} == {"VG-03"}


def test_a_rule_without_a_source_for_the_year_is_no_must():
    broken = {f"{A}.applied": {"2020": 600_000}}
    sure, unsure = (of("GB-01", findings("gavleborg", broken, year)) for year in (2019, 2022))
    assert (sure.severity, unsure.severity) == ("must", "should")
    assert "2021" in rule_message(unsure, "sv") and "bekräftad" not in rule_message(sure, "sv")
    assert breaks_a_must(sure) and not breaks_a_must(unsure)


def test_the_stage_decides_what_is_tested():
    idea = findings("gavleborg", {f"{A}.stage": "ide"}, 2023)
    design = findings("gavleborg", {f"{A}.stage": "utformning"}, 2023)
    assert of("GB-01", idea).status == "not_applicable" and of("GB-01", idea).later
    assert "steg 2" in rule_message(of("GB-01", idea), "sv")
    assert of("GB-23", idea).status == "undecided" and of("GB-23", design).status == "not_applicable"
    assert of("GB-01", design).status == "pass"
    # Before 2023 there was one stage, whatever the case says.
    assert of("GB-01", findings("gavleborg", {f"{A}.stage": "ide"}, 2019)).status == "pass"


def test_a_fund_without_calls_fails_with_one_finding():
    (finding,) = findings("orebro", year=2023)
    assert finding.code == FUND_CLOSED and finding.source.words.startswith("Från 2023")
    assert verdict_of([finding]) == "fail"


def test_the_order_is_that_of_the_rules():
    found = findings("gavleborg", {f"{A}.applied": {"2020": 600_000}, f"{A}.timing": GONE, **LOSS})
    statuses = [(finding.status, finding.severity) for finding in found]
    order = [("fail", "must"), ("undecided", "must"), ("fail", "should"), ("undecided", "info"), ("pass", "must")]
    assert [statuses.index(item) for item in order] == sorted(statuses.index(item) for item in order)
    ids = [rule.id for rule in load_fund("gavleborg").rules]
    passed = [finding.code for finding in found if finding.status == "pass"]
    assert passed == sorted(passed, key=ids.index)


def test_figures_are_written_as_the_language_writes_them():
    finding = of("GB-01", findings("gavleborg", {f"{A}.applied": {"2020": 600_000}}))
    assert rule_message(finding, "sv").startswith("Ansökt belopp är 600\u00a0000\u00a0kr år 2020.")
    assert "600,000" in rule_message(finding, "en")
    share = of("GB-03", findings("gavleborg"))
    assert "40\u00a0%" in rule_message(share, "sv")
    county = of("GB-05-county", findings("gavleborg", {f"{A}.organisations.0.county": GONE}))
    assert rule_message(county, "sv").endswith("län saknas för Skolan.")


def test_strict_counts_what_is_undecided_but_not_questions(tmp_path):
    lacking = of("GB-09", findings("gavleborg", {f"{A}.timing": GONE}))
    assert verdict_of([lacking]) == "remarks" and verdict_of([lacking], strict=True) == "fail"
    question = RULE.replace(
        "kind: max_per_year, field: applied, limit: 100", "kind: manual, question_sv: A?, question_en: B?"
    )
    rule = read_fund(write(tmp_path, HEAD + question)).rules[0]
    asked = Finding(rule.id, "undecided", "must", rule=rule)
    assert verdict_of([asked], strict=True) == "remarks"
    assert fund_names(tmp_path) == ("test",)


def test_a_start_before_the_call_is_told_once_with_both_dates():
    found = _called("2020-11-22")
    early = of("GB-07-start", found)
    assert early.status == "fail"
    assert "2020-01-01" in rule_message(early, "sv") and "2020-11-22" in rule_message(early, "sv")
    assert of("GB-07", found).status == "pass"
    assert of("GB-24", found).status == "not_applicable"


def test_an_existing_activity_is_not_told_to_begin_too_early():
    found = findings("gavleborg", {f"{A}.existing_activity": True})
    assert "befintlig verksamhet" in rule_message(of("GB-07", found), "sv")
    assert of("GB-07-start", found).status == "pass"


def test_a_short_time_to_the_start_is_told_with_both_dates():
    message = rule_message(of("GB-24", _called("2019-12-15")), "sv")
    assert "2020-01-01" in message and "2019-12-15" in message and "2 månader" in message


def test_rules_that_hang_on_the_kind_of_method_ask_for_it_and_not_for_evidence():
    found = findings("gavleborg", {f"{A}.method_status": GONE})
    for code in ("GB-11", "GB-12"):
        message = rule_message(of(code, found), "sv")
        assert of(code, found).status == "undecided"
        assert message.startswith("Kan inte avgöras förrän det här är ifyllt: ") and "videns" not in message


def test_how_long_a_text_is_stands_in_words():
    told = {
        text: of("GB-15", findings("gavleborg", {f"{A}.needs_analysis": text}))
        for text in (GONE, "Kort.", "Ganska kort.")
    }
    message = {text: rule_message(finding, "sv") for text, finding in told.items()}
    assert "Texten saknas." in message[GONE] and "Texten har 1 ord." in message["Kort."]
    assert "Texten har 2 ord." in message["Ganska kort."]
    assert rule_remedy(told["Kort."], "sv").startswith("Beskriv behovet med minst 50 ord.")
    assert rule_remedy(told["Kort."], "en").startswith("Describe the need in at least 50 words.")


def test_a_reviewer_may_say_that_the_parties_are_of_different_administrations():
    undecided = of("GB-20", findings("gavleborg", SAME_SECTOR))
    assert "olika förvaltningar" in rule_message(undecided, "sv") and rule_remedy(undecided, "sv") is None
    for answer, status in ((True, "pass"), (False, "fail")):
        assert of("GB-20", findings("gavleborg", SAME_SECTOR, answers={"GB-20": answer})).status == status


def test_amounts_have_units_and_those_of_the_result_are_rounded():
    broken = of("GB-13-npv", findings("gavleborg", LOSS))
    assert re.search(r"är −[\d,]+\u00a0mkr på", rule_message(broken, "sv"))
    assert re.search(r"is −SEK\u00a0[\d.]+\u00a0million at", rule_message(broken, "en"))
    cap = of("GB-01", findings("gavleborg", {f"{A}.applied": {"2020": 600_001}}))
    # What somebody has applied for is told to the krona: a krona above the limit is above it.
    assert "SEK 600,001" in rule_message(cap, "en") and "SEK 500,000" in rule_message(cap, "en")


def test_a_rule_without_words_of_its_own_is_told_with_units_and_nothing_untrue(tmp_path):
    plain = RULE.replace('    messages: {fail_sv: "{value} kr år {where}."}\n', "")
    rule = read_fund(write(tmp_path, HEAD + plain)).rules[0]
    result = evaluate(rule.check, checked_of(changed({f"{A}.applied": {"2020": 600_000}})))
    finding = Finding(rule.id, result.status, "must", rule=rule, result=result)
    assert rule_message(finding, "en") == "Not met: SEK 600,000 (limit SEK 100) for 2020."
    assert rule_remedy(finding, "en") == "Change what falls short, or explain your thinking."
    two = AnySector(kind="any_sector", sectors=("kommun",), limit=2)
    # One municipality is there: a second one is wanted, and no sector is missing.
    assert evaluate(two, checked_of()).status == "fail" and evaluate(two, checked_of()).missing == ()


def _called(day):
    checked = checked_of(changed({f"{A}.call": day}))
    return rule_findings(load_fund("gavleborg"), checked)
