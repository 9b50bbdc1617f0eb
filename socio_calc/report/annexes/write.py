"""All annexes of an application, written together or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from socio_calc.appraisal import Appraisal
from socio_calc.locale import Language, texts
from socio_calc.report.annexes.budget_annex import budget_annex
from socio_calc.report.annexes.cofinancing_annex import cofinancing_annex
from socio_calc.report.annexes.followup_annex import followup_annex
from socio_calc.report.annexes.fund_limits import FundLimits
from socio_calc.report.annexes.gaps import Gap, sentences
from socio_calc.report.annexes.lines import project_budget
from socio_calc.report.annexes.time_annex import time_annex
from socio_calc.report.files import slug, write_files

#: Without a fund there are no limits, and no forms that are known.
NO_FUND = FundLimits("", "")


@dataclass(frozen=True)
class Annexes:
    """What was written.

    Attributes
    ----------
    files
        The workbooks, in the order of the annexes.
    titles
        What each is called.
    gaps
        What the case lacks for each, in the same order.
    """

    files: tuple[Path, ...]
    titles: tuple[str, ...]
    gaps: tuple[tuple[Gap, ...], ...]

    def missing(self, lang: Language) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the annexes for which the case lacks something, each with what, in sentences."""
        words = texts(lang)
        found = ((title, sentences(gaps, words)) for title, gaps in zip(self.titles, self.gaps, strict=True))
        return tuple((title, what) for title, what in found if what)


def write_annexes(
    appraisal: Appraisal, folder: Path, lang: Language = "sv", *, fund: FundLimits | None = None, force: bool = False
) -> Annexes:
    """Write the annexes of an application: budget, co-financing in money and in time, follow-up plan.

    Parameters
    ----------
    appraisal
        The case and its draws.
    folder
        Made when it does not exist.
    lang
        Language of the annexes.
    fund
        The fund: its limits stand in the budget, and the annexes have its names; None is none.
    force
        Whether files that exist may be replaced.

    Raises
    ------
    OutputError
        When a file exists or cannot be written; then none is.
    """
    from socio_calc.analysis.sensitivity import sensitivity
    from socio_calc.report.sensitivity_facts import SensitivityFacts

    words, whose = texts(lang), fund or NO_FUND
    budget = project_budget(appraisal)
    facts = SensitivityFacts(appraisal, lang, sensitivity(appraisal))
    names = ("budget", "cofinancing", "time", "followup")
    kind = whose.id if whose.has_annexes else "general"
    titles = tuple(words.t(f"annex.title.{kind}.{name}") for name in names)
    made = (
        budget_annex(budget, whose, titles[0], lang),
        cofinancing_annex(budget, whose, titles[1], lang),
        time_annex(budget, whose, titles[2], lang),
        followup_annex(facts, budget, whose, titles[3], lang),
    )
    start = slug(appraisal.title)
    files = {f"{start}-{slug(title)}.xlsx": data for title, (data, _) in zip(titles, made, strict=True)}
    paths = write_files(folder, files, force=force)
    return Annexes(tuple(paths), titles, tuple(tuple(book.gaps) for _, book in made))
