"""The whole check: verdict, findings with their places and effects, JSON, folders, and what must never be shown."""

import json
from io import StringIO

import pytest
from ruamel.yaml import YAML

from socio_calc.case.personal_data import kinds_in, redacted
from socio_calc.cli.check import RULE_BROKEN, check
from socio_calc.problems import InputError
from socio_calc.review import review_case, review_folder
from socio_calc.review.effect import applicant, effect_of
from socio_calc.review.export import folder_json, review_json
from socio_calc.review.screen import folder_screen, review_screen
from socio_calc.review.stated import check_stated
from tests.review.cases import CLEAN, GONE, case_of, changed, hits, organisation, scene_of

A = "application"
NUMBER = "640327-3813"
BROKEN = {f"{A}.existing_activity": True}


def write(folder, changes=None, name="case.yaml"):
    text = StringIO()
    YAML(typ="safe", pure=True).dump(changed(changes or {}), text)
    path = folder / name
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def review(folder, changes=None, **options):
    return review_case(write(folder, changes), draws=64, **options)


def listed(reviewed, *statuses):
    return [finding.code for finding in reviewed.with_status(*(statuses or ("fail", "finding")))]


def test_the_clean_case_has_nothing_but_a_question_for_a_person(tmp_path):
    reviewed = review(tmp_path)
    assert listed(reviewed, "fail", "finding", "undecided") == ["GB-21"]
    assert reviewed.verdict == "pass" and reviewed.fund.fund == "gavleborg" and reviewed.year == 2019


def test_a_broken_must_rule_fails_and_is_found_once_with_its_line(tmp_path):
    reviewed = review(tmp_path, BROKEN)
    assert reviewed.verdict == "fail" and listed(reviewed) == ["GB-07"]
    place = reviewed.with_status("fail")[0].place
    assert place.path == f"{A}.existing_activity"
    assert "existing_activity: true" in (tmp_path / "case.yaml").read_text().splitlines()[place.line - 1]


def test_what_the_file_leaves_out_has_a_path_and_no_line(tmp_path):
    left_out = review(
        tmp_path, WRONG["nothing-unvalued"] | {"completion": GONE, "outcomes.leave.evidence.grade": "quasi_experiment"}
    )
    places = {item.code: item.place for item in left_out.with_status("finding")}
    assert places["everyone-completes"].path == "completion" and places["everyone-completes"].line is None
    assert places["nothing-unvalued"].path is None
    assert "rad" not in next(line for line in review_screen(left_out, "sv").splitlines() if "· completion" in line)


WRONG = {
    "GB-01": {
        "costs.0.hours": 2000,
        "costs.1.hours": 3000,
        f"{A}.applied": {"2020": 657_100, "2021": 657_100},
        "outcomes.leave.consequences.1.price": {
            "low": 690_000,
            "mode": 700_000,
            "high": 710_000,
            "source": "Statistik",
        },
    },
    "grant-left-out-of-cost": {f"{A}.applied": {"2020": 300_000, "2021": 300_000}},
    "double-deadweight": {"outcomes.leave.deadweight": 0.1, "outcomes.leave.because": "Försiktighet"},
    "unusual-rate": {"discount_rate": 0.01},
    "nothing-unvalued": {"not_valued": GONE},
    "personal-data": {"description": f"Fråga {NUMBER}"},
    "GB-04": {f"{A}.organisations": [organisation("Skolan", "kommun")], "costs.1.actor": "kommun"},
    "GB-09": {f"{A}.timing": GONE},
}


@pytest.mark.parametrize("code", WRONG)
def test_each_wrong_thing_is_found_exactly_once(tmp_path, code):
    found = listed(review(tmp_path, WRONG[code]), "fail", "finding", "undecided")
    expected = {code, "GB-21", *(("GB-20",) if code == "GB-04" else ())}
    assert sorted(found) == sorted(expected)


def test_a_doubt_gives_remarks_and_says_what_it_does_to_the_result(tmp_path):
    reviewed = review(tmp_path, WRONG["double-deadweight"])
    (doubt,) = reviewed.with_status("finding")
    assert reviewed.verdict == "remarks"
    clean = review(tmp_path).appraisal
    assert doubt.effect.societal == pytest.approx(clean.base() - reviewed.appraisal.base())
    own = clean.base("npv", "kommun") - reviewed.appraisal.base("npv", "kommun")
    assert doubt.effect.applicant == pytest.approx(own)


def test_the_applicant_is_the_actor_of_the_owner():
    assert applicant(scene_of()) == "kommun"
    assert applicant(scene_of(changed({f"{A}.owner": "hälsan"}))) == "region"
    assert applicant(scene_of(changed({f"{A}.owner": "En annan"}))) is None
    scene = scene_of(changed({f"{A}.owner": GONE}))
    effect = effect_of(scene, {"discount_rate": 0.0})
    assert effect.applicant is None and effect.societal > 0
    assert effect_of(scene, {}) is None
    assert effect_of(scene, {"discount_rate": "x"}) is None
    assert effect_of(scene, {"outcomes.other.lasts": 2}) is None


@pytest.mark.parametrize(
    ("stated", "agreement"), [(0.0, "equal"), (0.4, "rounding"), (0.004, "rounding"), (0.02, "different")]
)
def test_stated_results_are_recomputed(stated, agreement):
    net = scene_of().appraisal.base()
    value = net + stated if agreement == "rounding" and stated > 0.1 else net * (1 + stated)
    entry = [{"perspective": "societal", "horizon": 3, "measure": "npv", "value": value}]
    scene = scene_of(changed({"stated_results": entry}))
    (checked,) = check_stated(scene.appraisal)
    assert (checked.agreement, checked.computed) == (agreement, pytest.approx(net))
    assert bool(hits("stated-differs", scene)) == (agreement == "different")


def test_a_stated_figure_that_does_not_exist_differs(tmp_path):
    entry = [{"perspective": "societal", "horizon": 3, "measure": "qalys", "value": 2.0}]
    reviewed = review(tmp_path, {"stated_results": entry})
    assert reviewed.stated[0].computed is None and "stated-differs" in listed(reviewed)
    shown = " ".join(review_screen(reviewed, "sv").split())
    assert "är 2, omräknat –" in shown and "angivet 2, omräknat –. De skiljer sig." in shown


def test_stated_figures_are_told_so_that_their_difference_is_seen(tmp_path):
    entry = [{"perspective": "societal", "horizon": 3, "measure": "npv", "value": 4_640_000}]
    shown = review_screen(review(tmp_path, {"stated_results": entry}), "en")
    assert "4,640,000" in shown and "4,670,781" in shown


def test_grant_over_half_is_told_by_the_rule_and_by_the_trap_only_where_the_rule_is_not_tested(tmp_path):
    wrong = {f"{A}.applied": {"2020": 400_000, "2021": 400_000}, "costs.0.hours": 1217.47}
    wrong |= {"costs.1.hours": 500}
    reviewed = review(tmp_path, wrong)
    assert "GB-03" in listed(reviewed) and "grant-over-half" not in listed(reviewed)
    early = review(tmp_path, wrong | {f"{A}.stage": "ide", f"{A}.call": "2023-10-31"})
    assert "GB-03" not in listed(early) and "grant-over-half" in listed(early)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (NUMBER, ("personnummer",)),
        ("19640327-3813", ("personnummer",)),
        ("196403273813", ("personnummer",)),
        ("640387-3810", ("personnummer",)),
        ("640327-3814", ()),
        ("641327-3813", ()),
        ("anna.svensson@example.se", ("email",)),
        ("070-123 45 67", ("phone",)),
        ("+46 70 123 45 67", ("phone",)),
        ("026-12 34 56", ("phone",)),
        ("350 000 kr 2018-2020, 0,5 procent", ()),
        ("https://doi.org/10.3102/0013189X16656615", ()),
        ("https://example.se/640327-3813", ()),
        ("ISBN 978-91-7555-123-4", ()),
        ("640327–3813", ("personnummer",)),
        ("640327\u00a03813", ("personnummer",)),
        ("+46 (0)70 123 45 67", ("phone",)),
        ("0046 70 123 45 67", ("phone",)),
        ("08-12 34 56", ("phone",)),
        ("081234567", ("phone",)),
        ("registrator@gavle.se, info@regiongavleborg.se", ()),
        ("organisationsnummer 212000-1355 och 556036-0793", ()),
        ("08-02-2020 och 01/02/2020", ()),
        ("kl. 0800-1700", ()),
        ("01 02 03 04 05", ()),
        ("026 123 456 kr", ()),
        ("bankgiro 5050-1055, plusgiro 4 14 90-7, dnr RS 2019/0123-4567", ()),
        ("ORCID 0000-0002-1825-0097, ISSN 0284-1851", ()),
        ("kvot 0.77 (0.71-0.83), 2012-2014, 1 720 timmar", ()),
    ],
)
def test_personal_data_in_text(text, kinds):
    assert kinds_in(text) == kinds
    assert bool(kinds) == (redacted(text) != text)


@pytest.mark.parametrize("sign", ["a", "1", "0", "1 ", "a.", "07-"])
def test_long_texts_from_strangers_are_searched_in_linear_time(sign):
    """A search that went back and forth would take hours here."""
    text = sign * 200_000
    assert kinds_in(text) == ()
    assert redacted(text) == text


def test_the_size_of_the_target_group_is_read_from_words():
    described = {f"{A}.target_group.size": GONE, f"{A}.needs_analysis": "Av 2 100 elever har 55 elever hög frånvaro."}
    assert hits("cohort-larger-than-target-group", scene_of(changed(described))) == []
    few = described | {f"{A}.needs_analysis": "Här har 55 elever hög frånvaro. " + "9" * 100_000}
    (hit,) = hits("cohort-larger-than-target-group", scene_of(changed(few)))
    assert hit.params["size"] == 55


def test_personal_data_are_found_and_never_shown(tmp_path):
    named = {
        "outcomes.leave.name": f"Placering av {NUMBER}",
        "title": "Ring 070-123 45 67",
        "outcomes.leave.effect.value": 0.8,
    }
    reviewed = review(tmp_path, named)
    found = [
        (item.place.path, item.params["kinds"])
        for item in reviewed.with_status("finding")
        if item.code == "personal-data"
    ]
    assert sorted(found) == [("outcomes.leave.name", ("personnummer",)), ("title", ("phone",))]
    for lang in ("sv", "en"):
        shown = review_screen(reviewed, lang) + json.dumps(review_json(reviewed, lang), ensure_ascii=False)
        assert NUMBER not in shown and "123 45 67" not in shown
        assert "certain-effect" in shown


def test_the_json_object_has_exactly_its_keys(tmp_path):
    result = review_json(review(tmp_path, WRONG["unusual-rate"]), "en")
    assert list(result) == ["verdict", "fund", "findings", "untested"]
    keys = ["code", "status", "severity", "path", "cell", "message", "remedy", "npv_effect", "source"]
    assert all(list(finding) == keys for finding in result["findings"])
    rate = next(finding for finding in result["findings"] if finding["code"] == "unusual-rate")
    assert rate["npv_effect"]["societal"] < 0 and rate["cell"] is None and rate["path"] == "discount_rate"
    rule = next(finding for finding in result["findings"] if finding["code"] == "GB-01")
    assert rule["status"] == "pass" and rule["source"]["words"]
    assert "waitlist-comparator" in result["untested"]
    json.dumps(result, allow_nan=False)


def test_the_screen_ends_with_who_decides(tmp_path):
    passed = " ".join(review_screen(review(tmp_path), "sv").split())
    assert passed.endswith("Inga måste-regler bröts. 1 regel kan inte avgöras av programmet. Fonden beslutar.")
    failed = " ".join(review_screen(review(tmp_path, BROKEN), "sv").split())
    assert failed.endswith("En måste-regel är inte uppfylld. Fonden beslutar.")
    for text in (passed, failed):
        assert "godkän" not in text.lower()


def test_without_a_fund_only_the_calculation_is_checked(tmp_path):
    alone = review(tmp_path, {A: GONE})
    assert alone.fund is None and "Ingen" not in listed(alone) and review_json(alone, "sv")["fund"] is None
    assert "--fund" in review_screen(alone, "sv")
    named = review(tmp_path, {A: GONE}, fund="gavleborg")
    assert named.call_assumed and named.fund.fund == "gavleborg"
    assert "undecided" in {finding.status for finding in named.findings}


def test_another_fund_can_be_asked_for(tmp_path):
    assert review(tmp_path, fund="orebro").fund.fund == "orebro"
    with pytest.raises(InputError) as raised:
        review(tmp_path, {f"{A}.fund": "gavle"})
    (problem,) = raised.value.problems
    assert problem.code == "unknown-fund" and problem.place.line


def test_a_folder_is_sorted_worst_first_and_a_broken_file_stops_nothing(tmp_path):
    write(tmp_path, name="clean.yaml")
    write(tmp_path, WRONG["unusual-rate"], "doubtful.yaml")
    write(tmp_path, BROKEN, "broken-rule.yaml")
    (tmp_path / "unreadable.yaml").write_text("title: [", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no case", encoding="utf-8")
    seen = []
    folder = review_folder(tmp_path, draws=64, progress=lambda done, total, name: seen.append((done, total)))
    assert [item.name for item in folder.files] == [
        "unreadable.yaml",
        "broken-rule.yaml",
        "doubtful.yaml",
        "clean.yaml",
    ]
    assert seen == [(0, 4), (1, 4), (2, 4), (3, 4)]
    verdicts = [entry["verdict"] for entry in folder_json(folder, "sv")["cases"]]
    assert verdicts == [None, "fail", "remarks", "pass"]
    for lang in ("sv", "en"):
        assert "unreadable.yaml" in folder_screen(folder, lang)


def test_a_fault_of_ours_in_one_file_keeps_the_others(tmp_path, monkeypatch):
    write(tmp_path, name="a.yaml")
    monkeypatch.setattr("socio_calc.review.folder.review_file", lambda path, **_: 1 / 0)
    (item,) = review_folder(tmp_path).files
    assert item.problems[0].code == "check-stopped" and item.problems[0].params == {"error": "ZeroDivisionError"}


def test_a_folder_without_cases_is_told(tmp_path):
    with pytest.raises(InputError) as raised:
        review_folder(tmp_path)
    assert raised.value.problems[0].code == "no-cases"


@pytest.mark.parametrize("as_json", [True, False])
def test_the_command_ends_with_its_status(tmp_path, capsys, as_json):
    import typer

    check(write(tmp_path), as_json=as_json)
    shown = capsys.readouterr()
    assert ("verdict" in shown.out) == as_json and shown.err == ""
    for target in (write(tmp_path, BROKEN), tmp_path):
        with pytest.raises(typer.Exit) as stopped:
            check(target, as_json=as_json)
        assert stopped.value.exit_code == RULE_BROKEN
        shown = capsys.readouterr()
        assert shown.err == ""
        if as_json:
            json.loads(shown.out)


def test_a_folder_that_holds_no_case_that_can_be_computed(tmp_path, capsys):
    import typer

    (tmp_path / "a.yaml").write_text("title: [", encoding="utf-8")
    with pytest.raises(typer.Exit) as stopped:
        check(tmp_path)
    assert stopped.value.exit_code == 1
    assert case_of(CLEAN).title not in capsys.readouterr().out
