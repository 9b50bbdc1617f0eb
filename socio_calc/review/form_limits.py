"""What a fund's rules say that the live checks of the form can compare with while one types."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from socio_calc.case import Application
from socio_calc.form.live import FundLimits
from socio_calc.problems import Place
from socio_calc.review.fund_file import load_fund
from socio_calc.review.fund_models import (
    AllOf,
    Check,
    Fund,
    MaxMonths,
    MaxPerYear,
    MaxShare,
    MinCount,
    RequiredText,
    When,
)

_SUMS = ("applied", "costs", "total")


def form_limits(
    name: str, application: Application | None = None, place: Place | None = None, today: date | None = None
) -> FundLimits:
    """Return a fund's limits for the call of an application; without one, for this year's.

    Parameters
    ----------
    name
        The fund.
    application
        Its call decides which rules apply.
    place
        Where the name was written, for the message when there is no such fund.
    today
        Decides the year where there is no application.

    Raises
    ------
    InputError
        There is no such fund, or its file is broken.

    Examples
    --------
    >>> form_limits("gavleborg", today=date(2021, 10, 31)).most_per_year
    500000.0
    """
    fund = load_fund(name, place=place)
    year = (application.call if application is not None else today or date.today()).year
    found: dict[str, float] = {}
    words: dict[str, int] = {}
    for check in _checks(fund, year):
        match check:
            case MaxPerYear(field="applied", limit=limit):
                found["most_per_year"] = limit
            case MaxShare(limit=limit) if (check.part, check.whole, check.per) == _SUMS:
                found["least_own_share"] = 1 - limit
            case MaxMonths(limit=limit) if (check.from_, check.to) == ("start", "end"):
                found["most_months"] = limit
            case MinCount(field="organisations", limit=limit):
                found["least_parties"] = limit
            case RequiredText() if check.min_words > 1:
                words |= {f"application.{path}": check.min_words for path in check.fields_}
    return FundLimits(
        fund=fund.fund,
        most_per_year=found.get("most_per_year"),
        least_own_share=found.get("least_own_share"),
        most_months=_whole(found.get("most_months")),
        least_parties=_whole(found.get("least_parties")),
        least_words=words,
    )


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def _checks(fund: Fund, year: int) -> Iterator[Check]:
    """Yield the checks of a year's rules, also those that hold only under a condition or together."""
    waiting = [rule.check for rule in fund.rules if rule.valid_in(year)]
    while waiting:
        check = waiting.pop(0)
        yield check
        if isinstance(check, AllOf):
            waiting.extend(check.checks)
        elif isinstance(check, When):
            waiting.append(check.then)
