"""The support group's check: the rules of a fund, what is doubtful in a case, and what each doubt does to the result.

`review_case` checks one file, `review_folder` many; both carry findings as data. `wording` and `screen` put them into
words, `export` into the JSON object of `socio-calc check --json`.
"""

from socio_calc.review.finding import Effect, Finding, Status, Verdict
from socio_calc.review.folder import FolderReview, ReviewedFile, review_folder
from socio_calc.review.fund_file import fund_names, load_fund
from socio_calc.review.fund_models import Fund, Rule
from socio_calc.review.review import Review, review_case

__all__ = [
    "Effect",
    "Finding",
    "FolderReview",
    "Fund",
    "Review",
    "ReviewedFile",
    "Rule",
    "Status",
    "Verdict",
    "fund_names",
    "load_fund",
    "review_case",
    "review_folder",
]
