"""The glossary: what the report uses, in any form and also in tables alone, the same in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from socio_calc.locale import LANGUAGES, Language, texts
from socio_calc.paper import Block, KeyValues, Paper, Paragraph, Section, Table, Term
from socio_calc.paper.inline import parts
from socio_calc.report.document.term_forms import FORMS, ONLY_IN_REPORTS, TERMS
from socio_calc.report.document.terms import OwnWords, marked
from socio_calc.report.explanations import explanations
from tests.report.document.document_cases import MODELS, reported
from tests.report.document.test_content import section, words

NOBODY = OwnWords(frozenset(), "")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("glossary")


def explained(paper: Paper) -> set[str]:
    lists = [block for block in section(paper, "glossary").blocks if isinstance(block, KeyValues)]
    return {str(item.id).removeprefix("term-") for block in lists for item in block.items}


@pytest.mark.parametrize("model", MODELS)
def test_every_language_explains_the_same_terms(model: str, folder: Path) -> None:
    assert explained(reported(model, folder, "sv")) == explained(reported(model, folder, "en"))


@pytest.mark.parametrize(
    ("model", "needed"),
    [
        ("kiva", {"personar", "kvalitetsjusterat-levnadsar", "oddskvot", "undantrangning", "konfidensintervall"}),
        ("skolnarvaro", {"internranta", "utjamning", "prisar", "frigjord-tid-och-plats", "nytta-per-satsad-krona"}),
        ("foraldrastod", {"standardiserad-skillnad", "percentil", "grundkalkyl", "sobolfoljd"}),
        ("hembesok", {"riskkvot", "personar"}),
    ],
)
def test_terms_of_tables_alone_are_explained(model: str, needed: set[str], folder: Path) -> None:
    for lang in LANGUAGES:
        assert needed <= explained(reported(model, folder, lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_explained_that_the_report_does_not_say(lang: Language, folder: Path) -> None:
    for name in ("nothing", "kiva"):
        paper = reported(name, folder, lang)
        said = " ".join(words(block) for block in paper.blocks if not _is_glossary(block))
        for slug in explained(paper):
            assert re.search(FORMS[slug][lang], said, re.IGNORECASE), slug


def _is_glossary(block: Block) -> bool:
    return isinstance(block, Section) and block.id == "glossary"


@pytest.mark.parametrize("slug", FORMS)
def test_a_term_is_found_by_its_own_name_and_stands_in_both_catalogues(slug: str) -> None:
    for lang in LANGUAGES:
        name = texts(lang).t(f"term.{slug}.name").partition(" (")[0]
        block = Paragraph(f"Se: {name}.")
        (done,), found = marked((block,), lang, NOBODY)
        assert isinstance(done, Paragraph)
        assert slug in found, name
        assert any(isinstance(part, Term) for part in parts(done.content)), name
        assert texts(lang).t(f"term.{slug}.text").endswith(".")


@pytest.mark.parametrize(
    ("lang", "said", "slug"),
    [
        ("sv", "1,0 kvalitetsjusterade levnadsår (QALY)", "kvalitetsjusterat-levnadsar"),
        ("sv", "undvikna kostnader", "undviken-kostnad"),
        ("sv", "oddskvoten", "oddskvot"),
        ("en", "parties", "part"),
        ("en", "it breaks even", "gar-jamnt-upp"),
        ("en", "odds ratios", "oddskvot"),
    ],
)
def test_inflected_forms_are_the_term(lang: Language, said: str, slug: str) -> None:
    assert slug in marked((Paragraph(f"Så {said} här."),), lang, NOBODY)[1]


def test_words_of_the_case_are_not_terms_of_the_report() -> None:
    own = OwnWords(frozenset({"en social investering i bidrag"}), "en social investering i bidrag")
    said = Paragraph("En social investering i bidrag")
    named = Paragraph("Utfallet ”Bidrag till evidens” räknas.")
    blocks, found = marked((said, named), "sv", own)
    assert set(found) == {"utfall"}
    assert blocks[0] == Paragraph(("En social investering i bidrag",))


def test_a_net_present_value_is_no_present_value() -> None:
    said = Paragraph("The net present value. Another net present value.")
    assert marked((said,), "en", NOBODY)[1] == ("nettonuvarde",)


def test_explain_answers_once_for_what_it_has_its_own_answer_to() -> None:
    keys = [one.key for one in explanations("sv")]
    assert set(TERMS) <= set(keys)
    assert not set(ONLY_IN_REPORTS) & set(TERMS)
    assert len(keys) == len(set(keys))


def test_tables_keep_their_words(folder: Path) -> None:
    paper = reported("kiva", folder)
    tables = [block for block in section(paper, "long-term").blocks if isinstance(block, Table)]
    assert all(not isinstance(part, Term) for table in tables for note in table.footnotes for part in parts(note))
