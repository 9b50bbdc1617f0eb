"""The result as the JSON object of CASE_FORMAT."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from socio_calc.appraisal.appraisal import Appraisal
from socio_calc.appraisal.naming import quantity_name
from socio_calc.appraisal.own_outcomes import fingerprint
from socio_calc.appraisal.result import FlowRow, OccupancyRow, OutcomeRow, ResultRow, ResultWarning
from socio_calc.case.personal_data import redacted
from socio_calc.locale import Language, render_warning, texts

#: Version of the result's format.
FORMAT = 1


def to_json(appraisal: Appraisal, lang: Language = "sv") -> dict[str, Any]:
    """Return the result object of CASE_FORMAT: figures unrounded, every number finite or null.

    Parameters
    ----------
    appraisal
        The computed case.
    lang
        Language of the warnings' messages.

    Raises
    ------
    AssertionError
        When a figure is not finite: a fault of the program, never written.
    """
    result = {
        "format": FORMAT,
        "method": appraisal.method,
        "title": redacted(appraisal.title),
        "case_sha256": appraisal.case_sha256,
        "reference_sha256": appraisal.reference_sha256,
        "version": appraisal.version,
        "seed": appraisal.seed,
        "draws": appraisal.number_of_draws,
        "sampler": appraisal.sampler,
        "share_cut": appraisal.share_cut,
        "evidence_share": appraisal.evidence_share,
        "results": [_plain(row) for row in appraisal.rows],
        "outcomes": [_plain(row) for row in appraisal.outcome_rows],
        "flows": _flows(appraisal),
        **_pathways(appraisal),
        **_own_outcomes(appraisal),
        "warnings": [
            {"code": warning.code, "path": warning.path, "message": warning_message(appraisal, warning, lang)}
            for warning in appraisal.warnings
        ],
    }
    _assert_finite(result)
    return result


def _flows(appraisal: Appraisal) -> list[dict[str, Any]]:
    """Return the ledger; names of lines are the writer's own words, and give no personal data away."""
    names = {row.line: redacted(row.line) for row in appraisal.flow_rows}
    return [_plain(row) | {"line": names[row.line]} for row in appraisal.flow_rows]


def warning_message(appraisal: Appraisal, warning: ResultWarning, lang: Language) -> str:
    """Return a warning in words, without personal data."""
    return redacted(render_warning(warning.code, readable_params(appraisal, warning.params, lang), lang))


def readable_params(appraisal: Appraisal, params: Mapping[str, object], lang: Language) -> dict[str, object]:
    """Return a warning's values with quantity keys replaced by names."""
    named = dict(params)
    for key in ("quantity", "q", "first", "second"):
        value = named.get(key)
        if isinstance(value, str):
            named[key] = quantity_name(appraisal, value, lang)
    name = named.get("name")
    if isinstance(name, str) and name.startswith("cost:"):
        named["name"] = quantity_name(appraisal, name, lang)
    elif isinstance(name, str) and name.startswith("row:"):
        row = appraisal.reference.costs[name.removeprefix("row:")]
        named["name"] = row.name_sv if lang == "sv" else row.name_en
    if isinstance(named.get("country"), str):
        key = f"warning.country.{named['country']}"
        if texts(lang).has(key):  # a country that a local row names in full stays as it is written
            named["country"] = texts(lang).t(key)
    return named


def _pathways(appraisal: Appraisal) -> dict[str, Any]:
    """Return what only a case with pathways has: who is where, in both arms."""
    if not appraisal.plan.pathways:
        return {}
    return {"occupancy": [_plain(row) for row in appraisal.occupancy]}


def _own_outcomes(appraisal: Appraisal) -> dict[str, Any]:
    """Return what only an appraisal with outcomes of the analyst's own has: which, and their fingerprints."""
    own = [{"id": each.id, "name": each.name, "sha256": fingerprint(each)} for each in appraisal.own_outcomes]
    return {"own_outcomes": own} if own else {}


def _plain(row: ResultRow | OutcomeRow | FlowRow | OccupancyRow) -> dict[str, Any]:
    """Return a row as an object; its values are plain, so that none needs the copies of `dataclasses.asdict`."""
    return {name: getattr(row, name) for name in row.__slots__}


def _assert_finite(value: object) -> None:
    if isinstance(value, float):
        if not math.isfinite(value):
            raise AssertionError("a result is not finite")
    elif isinstance(value, dict):
        for part in value.values():
            _assert_finite(part)
    elif isinstance(value, list):
        for part in value:
            _assert_finite(part)
