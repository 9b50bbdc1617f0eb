"""What a fund's rules say that stands in the annexes of an application: the limits on amount and share."""

from __future__ import annotations

from datetime import date

from socio_calc.case import Application
from socio_calc.locale import Language
from socio_calc.problems import Place
from socio_calc.report.annexes import FundLimits, Limit
from socio_calc.review.fund_file import load_fund
from socio_calc.review.fund_models import MaxPerYear, MaxShare


def annex_limits(
    name: str, application: Application | None, lang: Language, place: Place | None = None, today: date | None = None
) -> FundLimits:
    """Return a fund's limits for the call of an application.

    Parameters
    ----------
    name
        The fund.
    application
        Its call decides which rules apply; without one it is this year's.
    lang
        Language of the fund's name.
    place
        Where the name was written, for the message when there is no such fund.
    today
        Decides the year where there is no application.

    Raises
    ------
    InputError
        There is no such fund, or its file is broken.
    """
    fund = load_fund(name, place=place)
    year = (application.call if application is not None else today or date.today()).year
    per_year = share = None
    for rule in fund.rules:
        if not rule.valid_in(year):
            continue
        check = rule.check
        if isinstance(check, MaxPerYear) and check.field == "applied":
            per_year = Limit(check.limit, rule.id, rule.confirmed_in(year))
        elif isinstance(check, MaxShare) and (check.part, check.whole, check.per) == ("applied", "costs", "total"):
            share = Limit(check.limit, rule.id, rule.confirmed_in(year))
    return FundLimits(fund.fund, getattr(fund, f"name_{lang}"), per_year, share)
