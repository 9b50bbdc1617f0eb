"""Every word and every figure a user sees, in Swedish and in English.

The catalogues are gettext files under `<language>/LC_MESSAGES`, one file per domain, with dotted keys as `msgid`. The
`.po` files are the source; `pybabel compile --directory socio_calc/locale --domain <domain>` makes the `.mo` files that
are read at run time, and a test holds the two together. A new language is one more folder and its name in `LANGUAGES`.
"""

from socio_calc.locale.catalogue import LANGUAGES, Language
from socio_calc.locale.differences import adding_up, adds_up, signed_number
from socio_calc.locale.numbers import (
    MISSING,
    MoneyUnit,
    count,
    money,
    money_interval,
    number,
    ratio,
    ratio_interval,
    share,
    share_interval,
    shares,
    table_money,
    table_unit,
    unit_heading,
    year,
)
from socio_calc.locale.probability import probability_figure, probability_short, probability_words
from socio_calc.locale.problems import printable, render_all, render_problem, render_warning
from socio_calc.locale.texts import Texts, texts

__all__ = [
    "LANGUAGES",
    "MISSING",
    "Language",
    "MoneyUnit",
    "Texts",
    "adding_up",
    "adds_up",
    "count",
    "money",
    "money_interval",
    "number",
    "printable",
    "probability_figure",
    "probability_short",
    "probability_words",
    "ratio",
    "ratio_interval",
    "render_all",
    "render_problem",
    "render_warning",
    "share",
    "share_interval",
    "shares",
    "signed_number",
    "table_money",
    "table_unit",
    "texts",
    "unit_heading",
    "year",
]
