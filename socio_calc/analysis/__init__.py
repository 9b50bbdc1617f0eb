"""What drives a result, what must be true, and what is worth measuring."""

from socio_calc.analysis.information import Information, information
from socio_calc.analysis.sensitivity import Sensitivity, sensitivity

__all__ = ["Information", "Sensitivity", "information", "sensitivity"]
