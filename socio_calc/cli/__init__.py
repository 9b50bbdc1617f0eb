"""The command line: one module per command, no arithmetic.

Exit status: 0 done; 1 the case is wrong; 2 wrong usage; 3 a must-rule fails or a report differs; 4 a file cannot be
written; 70 our own fault (CASE_FORMAT).
"""

from socio_calc.cli.main import main

__all__ = ["main"]
