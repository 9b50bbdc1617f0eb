"""The report as a paper: every section in the order in which a committee reads."""

from __future__ import annotations

from collections.abc import Iterable

from socio_calc.analysis.sensitivity import Sensitivity
from socio_calc.locale import Language
from socio_calc.paper import Attachment, Block, Contents, Paper
from socio_calc.report.charts.chart import Chart
from socio_calc.report.document.assumption_sections import assumptions
from socio_calc.report.document.check_sections import checks
from socio_calc.report.document.effect_sections import long_term, short_term
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.document.first_page import first_page
from socio_calc.report.document.group_sections import ordinary_practice, target_group
from socio_calc.report.document.method_sections import glossary, method
from socio_calc.report.document.money_sections import costs, parties, society
from socio_calc.report.document.review_summary import ReviewSummary
from socio_calc.report.document.terms import marked, own_words
from socio_calc.report.document.uncertainty_sections import follow_up, must_hold, not_valued, uncertainty
from socio_calc.report.passport import Passport, encoded
from socio_calc.report.passport_words import passport_properties
from socio_calc.report.screen_variants import choose_variant
from socio_calc.report.text_layout import shortened

#: Longest title at the foot of a page.
_RUNNING = 80


def report_paper(
    sensitivity: Sensitivity,
    lang: Language = "sv",
    *,
    charts: Iterable[Chart] = (),
    passport: Passport | None = None,
    review: ReviewSummary | None = None,
) -> Paper:
    """Return the report of an appraisal.

    Parameters
    ----------
    sensitivity
        What drives the result, with the appraisal that it is about.
    lang
        Language of every word that is not the case's own.
    charts
        Pictures by their names; each stands in the section that it belongs to, others are left out.
    passport
        What the report can be computed again from; it is shown, and travels inside the file.
    review
        What the check of the case came to, where one was made.
    """
    facts = DocumentFacts(sensitivity.appraisal, lang, sensitivity)
    variant = choose_variant(facts)
    pictures = {chart.name: chart for chart in charts}
    ways = tuple(chart for name, chart in pictures.items() if name.startswith("pathway"))
    body: tuple[Block, ...] = (
        first_page(facts, variant),
        Contents(),
        target_group(facts),
        ordinary_practice(facts),
        short_term(facts),
        long_term(facts, ways),
        costs(facts),
        parties(facts, variant, pictures),
        society(facts, pictures),
        uncertainty(facts, pictures),
        must_hold(facts, variant),
        not_valued(facts),
        follow_up(facts, pictures),
        assumptions(facts),
        checks(facts, review),
        method(facts, passport),
    )
    blocks, slugs = marked(body, lang, own_words(facts.appraisal))
    if slugs:
        blocks = (*blocks, glossary(facts, slugs))
    title = facts.say("title", title=facts.appraisal.title)
    return Paper(
        lang=lang,
        title=title,
        blocks=blocks,
        subtitle=_subtitle(facts),
        author=f"socio-calc {facts.appraisal.version}",
        subject=facts.say("subject"),
        keywords=tuple(facts.say("keywords").split(", ")),
        running=shortened(title, _RUNNING),
        attachment=None if passport is None else _attachment(facts, passport),
    )


def _subtitle(facts: DocumentFacts) -> tuple[str, ...]:
    """Return who is behind the application, where one is described, and in whose words it is told."""
    application = facts.appraisal.case.application
    # A case does not say which language it is written in: of a Swedish report nobody expects it to be translated.
    own = (facts.say("own-words"),) if facts.lang == "en" else ()
    if application is None:
        return own
    parties = [row.name for row in application.organisations if row.name]
    owner = application.owner or (parties[0] if parties else None)
    lines = []
    if owner:
        others = len([name for name in parties if name != owner])
        lines.append(facts.say_n("subtitle.parties", others, owner=owner) if others else owner)
    key = f"choice.fund.{application.fund}"
    fund = facts.words.t(key) if facts.words.has(key) else application.fund
    lines.append(facts.say("subtitle.fund", fund=fund, call=application.call))
    return (*lines, *own)


def _attachment(facts: DocumentFacts, passport: Passport) -> Attachment:
    return Attachment(
        "socio-calc-passport",
        encoded(passport),
        facts.words.t("passport.heading"),
        tuple(passport_properties(passport).items()),
    )
