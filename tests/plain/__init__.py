"""A second implementation of the method, slow and obvious: lists, floats and loops over years.

It shares no line with ``socio_calc``. It reads the raw case and the CSV files of ``data/`` by itself and follows the
method's sections one by one for a single draw, so that agreement between the two says something about both.
"""

from tests.plain.appraisal import Flow, OutcomeSums, Result, appraise
from tests.plain.tables import Tables, load_case, read_tables

__all__ = ["Flow", "OutcomeSums", "Result", "Tables", "appraise", "load_case", "read_tables"]
