"""For analysts: an appraisal whose every number is a tidy frame, a chart or a file; `socio_calc` shows these names.

>>> import socio_calc
>>> case = socio_calc.load(socio_calc.model("styrka-hela-livet"))
>>> appraisal = socio_calc.appraise(case, draws=512)
>>> appraisal.results(measure="npv", perspective="societal", view="all")["horizon"].is_monotonic_increasing
True
"""

from socio_calc.api.appraisal import Appraisal, appraise
from socio_calc.api.paired import PairedDraws
from socio_calc.api.shipped import model, models

__all__ = ["Appraisal", "PairedDraws", "appraise", "model", "models"]
