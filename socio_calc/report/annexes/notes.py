"""What stands at the head of every annex: what it was made of, which years and which prices."""

from __future__ import annotations

from socio_calc.locale import Texts
from socio_calc.report.annexes.fund_limits import FundLimits
from socio_calc.report.annexes.lines import ProjectBudget


def lead(words: Texts, budget: ProjectBudget, fund: FundLimits | None, annex: str) -> tuple[str, ...]:
    """Return the paragraphs of an annex's first sheet.

    Parameters
    ----------
    words
        Texts of the language.
    budget
        The project.
    fund
        The fund; None where the case names none.
    annex
        `budget`, `cofinancing`, `time` or `followup`.
    """
    paragraphs = [words.t(f"annex.lead.{annex}", title=budget.appraisal.title)]
    if fund is None or not fund.has_annexes:
        paragraphs.append(words.t("annex.lead.general", fund=None if fund is None else fund.name))
    if annex == "followup":
        return tuple(paragraphs)
    if not budget.dated:
        paragraphs.append(words.t("annex.lead.undated", first=budget.years[0], last=budget.years[-1]))
    paragraphs.append(words.t("annex.lead.years", first=budget.appraisal.first_year))
    paragraphs += prices(words, budget)
    if budget.later:
        later = words_kronor(words, budget.later)
        paragraphs.append(words.t("annex.lead.later", years=list(budget.later_years), total=later))
    return tuple(paragraphs)


def prices(words: Texts, budget: ProjectBudget) -> tuple[str, ...]:
    """Return in which prices the amounts stand; it is said on the annex itself too, where the fund reads it."""
    own = budget.appraisal.price_year
    said = [words.t("annex.lead.prices", year=own)]
    others = [year for year in budget.price_years if year != own]
    if others:
        whole = words_kronor(words, budget.in_case_prices)
        said.append(words.t("annex.lead.mixed-prices", years=others, year=own, total=whole))
    return tuple(said)


def words_kronor(words: Texts, amount: float) -> str:
    """Return an amount to the krona with its unit."""
    return words.t("annex.kronor", amount=round(amount))
