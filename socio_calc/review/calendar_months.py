"""Months between two days, as the rules of funds count them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, the last of the month where that is shorter.

    >>> add_months(date(2025, 1, 31), 1)
    datetime.date(2025, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(first: date, last: date) -> tuple[int, int]:
    """Return the months from a day to the end of another, rounded down and rounded up; negative when it comes before.

    >>> months_between(date(2025, 1, 1), date(2027, 12, 31)), months_between(date(2025, 1, 1), date(2028, 1, 1))
    ((36, 36), (36, 37))
    >>> months_between(date(2021, 10, 31), date(2021, 9, 1))
    (-2, -1)
    """
    if last < first:
        # At least one month too few even by a day: "before" must never round to nothing.
        whole, rounded = _counted(last, first)
        return -rounded, -max(whole, 1)
    return _counted(first, last + timedelta(days=1))


def _counted(first: date, end: date) -> tuple[int, int]:
    whole = (end.year - first.year) * 12 + end.month - first.month
    while add_months(first, whole) > end:
        whole -= 1
    return whole, whole if add_months(first, whole) == end else whole + 1
