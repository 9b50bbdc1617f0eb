"""What the report says of the review: no rule reads as met that is not, and every reason is true."""

import re
from dataclasses import replace

import pytest

from socio_calc.locale import LANGUAGES, texts
from socio_calc.paper import Table
from socio_calc.reference import shipped_folder
from socio_calc.report.document.check_sections import checks
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.review import review_case
from socio_calc.review.finding import Lack
from socio_calc.review.hit import Untested
from socio_calc.review.report_part import report_part
from socio_calc.review.rule_words import rule_text
from socio_calc.review.traps import TRAPS
from socio_calc.review.wording import untested_in_words
from tests.report.document.document_cases import analysed
from tests.review.cases import GONE, changed, organisation, scene_of
from tests.review.reviewed import reviewed
from tests.review.test_rules import BROKEN, findings

A = "application"
NOT_MET = {"sv": ("Regeln: ", " Inte uppfylld. "), "en": ("The rule: ", " Not met. ")}
#: Models with negative results, with pathways, without a gain, of one fund and of another.
SLUGS = ("fullfoljda-studier", "forenade-i-rorelse", "kiva", "vaxa-ambassadorerna", "hembesok", "skolfam")


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    return reviewed(tmp_path_factory.mktemp("clean"))


def model(slug):
    return review_case(shipped_folder("models") / f"{slug}.yaml", draws=64)


@pytest.mark.parametrize("fund", BROKEN)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rule_that_is_not_met_never_reads_as_if_it_were(fund, lang, clean):
    rule_word, not_met = NOT_MET[lang]
    for code, changes in BROKEN[fund].items():
        broken = next(finding for finding in findings(fund, changes) if finding.code == code)
        assert broken.status == "fail"
        (note,) = report_part(replace(clean, findings=(broken,)), lang).notes
        assert note.what.startswith(f"{rule_word}{rule_text(broken.rule, lang)}{not_met}")
        # Its reason are the fund's own words with their source, as they stand; what to do is told apart.
        assert broken.rule.source.words in note.why and broken.rule.source.title in note.why
        assert note.remedy.endswith(".") and note.remedy not in note.what
        assert "{" not in note.what + note.remedy and "–" not in note.what
        if code.startswith(("GB-13-npv", "VG-14", "OR-04")):
            assert not re.search(r"\d[\s,]\d{3}[\s,]\d{3}", note.what)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_names_fields_and_no_keys(slug, lang):
    part = report_part(model(slug), lang)
    assert part.notes
    for note in part.notes:
        assert note.why and note.remedy
        # A path, a key in brackets, an id of the base: for those who edit the file, not for who reads the report.
        ours = re.sub(r"[”“].*?[”“]", "", f"{note.what} {note.place} {note.why} {note.remedy}")
        assert not re.search(r"[a-z]_[a-z]|[a-z]\.[a-z]|\(completion\)|\brad \d|\bline \d", ours), ours


def test_what_could_not_be_tested_is_told_with_its_true_reason():
    told = {slug: " ".join(report_part(model(slug), "sv").untested) for slug in SLUGS}
    # The fund has no limit of the share; amount, costs and dates are all there.
    assert "större del av kostnaden" not in " ".join(told.values())
    # The follow-up plan is there; no year has a gain.
    assert "uppföljningsplan" not in told["forenade-i-rorelse"]
    # Only the effects that lack it are named, and no judgement of one's own: nobody studied it.
    assert "vem som gjorde studien för elever som utsätts för mobbning" in told["kiva"]
    assert "vem som gjorde studien" not in told["hembesok"]
    assert told["hembesok"].count("åldrar för barn som ammas.") == 1


def test_a_limit_that_cannot_be_tested_names_what_is_missing(tmp_path):
    review = reviewed(tmp_path, {f"{A}.end": GONE})
    (text,) = (untested_in_words(lack, texts("sv")) for lack in review.lacks if lack.code == "grant-over-half")
    assert text.endswith("uppgifter saknas (slutdatum).")


def test_everything_that_a_trap_may_lack_can_be_said():
    nothing = changed({A: GONE, "costs": [], "participants": [{"year": 0, "number": 60}, {"year": 1, "number": 50}]})
    ages = changed({f"{A}.target_group.age_min": GONE, f"{A}.followup": GONE})
    found = set()
    for data in (nothing, ages, changed({})):
        scene = scene_of(data, draws=64)
        found |= {(trap.code, item.needs) for trap in TRAPS for item in trap.test(scene) if isinstance(item, Untested)}
    keys = texts("sv")
    codes = {trap.code for trap in TRAPS if keys.has(f"trap.{trap.code}.untested")}
    assert {code for code, needs in found if not needs} <= codes and len(found) > 8
    every = found | {(code, "") for code in codes}
    swedish = ("sv", "Om ", r"uppgift|angiv|har|säger|saknas|är ingen")
    english = ("en", "Whether ", r"\b(is|are|has|does)\b")
    for lang, first, verb in (swedish, english):
        for code, needs in every:
            text = untested_in_words(Lack(code, needs, ("Placering", "Vård")), texts(lang))
            assert text.startswith(first) and text.endswith(".") and re.search(verb, text), text


def test_a_rule_for_a_person_is_told_apart_from_one_that_lacks_something(clean):
    same = {f"{A}.organisations": [organisation("Skolan", "kommun"), organisation("Socialtjänsten", "kommun")]}
    asked = report_part(replace(clean, findings=findings("gavleborg", same)), "sv")
    assert any("olika förvaltningar?" in text for text in asked.undecided) and asked.lacking == ()
    lacks = report_part(replace(clean, findings=findings("gavleborg", {f"{A}.timing": GONE})), "sv")
    assert [text for text in lacks.lacking if text.endswith("ange om insatsen är förebyggande eller tidig.")]
    assert all("Kan inte avgöras" not in text for text in lacks.undecided)


def test_warnings_of_one_reason_are_one_row(tmp_path):
    found = analysed("forenade-i-rorelse", tmp_path)
    appraisal = found.appraisal
    missing = [warning for warning in appraisal.warnings if warning.code == "no-result-for-measure"]
    assert len(missing) > 1
    whole = replace(appraisal, warnings=tuple(missing))
    for shown in (whole, appraisal):
        blocks = checks(DocumentFacts(shown, "sv", found), None).blocks
        section = next(block for block in blocks if getattr(block, "id", "") == "warnings")
        (table,) = (block for block in section.blocks if isinstance(block, Table))
        reasons = [row.cells[-1] for row in table.rows if "påhittat tal" in str(row.cells[-1])]
        assert len(reasons) == 1 and len(table.columns) == 2
