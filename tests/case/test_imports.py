import subprocess
import sys


def test_reading_a_case_needs_none_of_the_heavy_libraries():
    heavy = (
        "numpy",
        "pandas",
        "scipy",
        "matplotlib",
        "openpyxl",
        "xlsxwriter",
        "rich",
        "ruamel",
    )
    code = f"import sys, socio_calc.case; print([name for name in {heavy!r} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
