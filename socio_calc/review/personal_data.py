"""Personal data in free text; the search itself stands with the case, as reports need it too."""

from socio_calc.case.personal_data import BLANK, PERSONAL_KINDS_KEY, Kind, kinds_in, luhn, redacted, texts_in

__all__ = ["BLANK", "PERSONAL_KINDS_KEY", "Kind", "kinds_in", "luhn", "redacted", "texts_in"]
