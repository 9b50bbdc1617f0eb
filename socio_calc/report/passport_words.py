"""A passport for people: what stands in a report where a reader looks, and in the properties of a document."""

from __future__ import annotations

from socio_calc.locale import Language, count, texts
from socio_calc.report.passport import Passport

#: First word of the properties of documents that carry a passport.
PROPERTY = "socio-calc"


def passport_facts(passport: Passport, lang: Language) -> tuple[tuple[str, str], ...]:
    """Return what a passport says as (label, value), in the order of reading."""
    words = texts(lang)
    values = {
        "version": passport.version,
        "method": str(passport.method),
        "seed": str(passport.seed),
        "draws": count(passport.draws, lang),
        "sampler": words.t(f"workbook.sampler.{passport.sampler}"),
        "horizons": ", ".join(map(str, passport.horizons)),
        "base": passport.base_version,
        "case_sha256": passport.case_sha256,
        "reference_sha256": passport.reference_sha256,
        "results_sha256": passport.results_sha256,
        "code": passport.code,
    }
    if passport.own:
        values["own"] = "; ".join(f"{name} ({sha256[:12]})" for name, sha256 in passport.own)
    return tuple((words.t(f"passport.{name}"), value) for name, value in values.items())


def passport_properties(passport: Passport) -> dict[str, str]:
    """Return the custom properties of a document, each short enough for every program (255 letters)."""
    values = {
        "passport": passport.code,
        "version": passport.version,
        "seed": str(passport.seed),
        "draws": str(passport.draws),
        "sampler": passport.sampler,
        "case": passport.case_sha256,
        "base": passport.reference_sha256,
        "results": passport.results_sha256,
    }
    return {f"{PROPERTY} {name}": value for name, value in values.items()}
