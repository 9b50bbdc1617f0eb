"""What a scenario is called in reports."""

from __future__ import annotations

from socio_calc.locale import Texts


def scenario_name(words: Texts, name: str | None) -> str:
    """Return a scenario's name for a reader: the base case and the usual names in the language of the report.

    Parameters
    ----------
    words
        The texts of the language.
    name
        As the case writes it, None for the base case. A name that is not one of the usual ones keeps its words, with
        spaces.

    Examples
    --------
    >>> from socio_calc.locale import texts
    >>> [scenario_name(texts("sv"), name) for name in ("cautious", "med_nya_lokaler")]
    ['försiktigt', 'med nya lokaler']
    """
    if name is None:
        return words.t("chart.scenarios.base")
    key = f"term.scenario.{name}"
    return words.t(key) if words.has(key) else name.replace("_", " ")
