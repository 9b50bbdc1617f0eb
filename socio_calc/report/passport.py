"""The passport of a report: what was computed, from what, and everything that is needed to compute it again.

Every report carries one, as a line of letters that programs leave alone (`encoded`). It is no signature: who wants to
deceive can make another one. It says what to compute again, and that is what is compared.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from socio_calc.appraisal import Appraisal, ResultRow
from socio_calc.appraisal.base_rows import TABLES, Rows, used_rows
from socio_calc.appraisal.own_outcomes import fingerprint
from socio_calc.case import Case
from socio_calc.case.dump import case_data, dump_data
from socio_calc.case.fields import LONGEST
from socio_calc.case.personal_data import redacted, redacted_data
from socio_calc.engine.ledger import PERSPECTIVES
from socio_calc.locale import Language

#: Version of the passport itself.
FORMAT: Final = 1
#: Significant digits of figures in passports and in the hash of results: what differs beyond them is the machine's.
DIGITS: Final = 9
#: What the line begins and ends with, so that it is found in any file.
START, END = "SOCIO-CALC-PASSPORT:1:", ":END"
LINE: Final = re.compile(rb"SOCIO-CALC-PASSPORT:1:([A-Za-z0-9_-]{1,4000000}):([0-9a-f]{64}):END")
#: Largest passport when unpacked; a case file holds at most a megabyte, and so does a file of local prices.
MAX_BYTES: Final = 8_000_000
#: Most draws that a run can have.
MOST_DRAWS: Final = 4_194_304
#: What a row of the result says, in the order in which a passport keeps it.
FIGURES: Final = tuple(field.name for field in fields(ResultRow))
_NUMBERS: Final = FIGURES[4:-1]
#: Columns of the reference base that hold numbers.
_NUMERIC: Final = frozenset(
    ("value", "low", "high", "price_year", "estimate", "ci_low", "ci_high", "tau", "followup_months")
)


class PassportError(ValueError):
    """A passport that cannot be read or that somebody has changed; `reason` is `missing`, `edited` or `unknown`."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class PriceFile:
    """A file of local prices as text; `blanked` where personal data were taken out of it."""

    name: str
    text: str
    blanked: bool = False


@dataclass(frozen=True)
class Passport:
    """What a report was computed from.

    Attributes
    ----------
    case_sha256
        Hash of the case file's bytes, as in the result's JSON object.
    reference_sha256, tables_sha256, base_version
        Hash of the base with local prices and of its tables alone, and the base's version.
    results_sha256
        See `results_hash`.
    case_text
        The case as YAML, personal data blanked out; without what only the original file has (comments, order of keys).
    prices
        Files of local prices, in the order in which they were read.
    rows
        Rows of the base that were used, by table and id: the columns that decide numbers.
    figures
        Every row of the result in the order of `FIGURES`, numbers rounded to `DIGITS` significant digits.
    own
        Outcomes that Python functions compute, name and fingerprint of each: with any, the case alone is not enough.
    """

    title: str
    lang: Language
    version: str
    method: int
    seed: int
    draws: int
    sampler: str
    horizons: tuple[int, ...]
    case_sha256: str
    reference_sha256: str
    tables_sha256: str
    base_version: str
    results_sha256: str
    case_text: str
    prices: tuple[PriceFile, ...]
    rows: Mapping[str, Rows]
    figures: tuple[tuple[Any, ...], ...]
    own: tuple[tuple[str, str], ...] = ()

    @property
    def code(self) -> str:
        """Twelve letters that stand for the whole passport, for people to compare."""
        return hashlib.sha256(_canonical(self)).hexdigest()[:12]


def passport_of(appraisal: Appraisal, lang: Language = "sv") -> Passport:
    """Return the passport of an appraisal, to be put into every report of it.

    Parameters
    ----------
    appraisal
        The computed case.
    lang
        Language of the report, so that its sheets can be made again.
    """
    base, figures = appraisal.reference, figures_of(appraisal.rows)
    return Passport(
        title=redacted(appraisal.title),
        lang=lang,
        version=appraisal.version,
        method=appraisal.method,
        seed=appraisal.seed,
        draws=appraisal.number_of_draws,
        sampler=appraisal.sampler,
        horizons=appraisal.case.horizons,
        case_sha256=appraisal.case_sha256,
        reference_sha256=base.sha256,
        tables_sha256=base.tables_sha256,
        base_version=base.version,
        results_sha256=_figures_hash(figures),
        case_text=case_text(appraisal.case),
        prices=tuple(_price_file(file.name, file.content) for file in base.local_files),
        rows=used_rows(appraisal.case, appraisal.plan, base),
        figures=figures,
        own=tuple((redacted(outcome.name), fingerprint(outcome)) for outcome in appraisal.own_outcomes),
    )


def _price_file(name: str, content: bytes) -> PriceFile:
    text = content.decode("utf-8")  # a byte order mark stays, so that the hash does
    blanked = redacted(text)
    return PriceFile(name, blanked, blanked != text)


def case_text(case: Case) -> str:
    """Return a case as YAML, without the personal data that its texts may hold.

    Examples
    --------
    >>> from socio_calc.case import Cohort
    >>> case = Case(format=1, title="Ring 070-123 45 67", first_year=2025, price_year=2024, horizons=(5,),
    ...     participants=(Cohort(year=0, number=60),))
    >>> case_text(case).splitlines()[2]
    'title: Ring •••'
    """
    return dump_data(redacted_data(case_data(case, given=True)))


# -- figures ----------------------------------------------------------------------------------------------------------


def figures_of(rows: Iterable[ResultRow | Mapping[str, Any]]) -> tuple[tuple[Any, ...], ...]:
    """Return rows of a result, or of its JSON object, as a passport keeps them."""
    return tuple(
        tuple(_rounded(_get(row, name)) if name in _NUMBERS else _get(row, name) for name in FIGURES) for row in rows
    )


def _get(row: ResultRow | Mapping[str, Any], name: str) -> Any:
    return row.get(name) if isinstance(row, Mapping) else getattr(row, name)


def _rounded(value: float | None) -> float | None:
    """Round to `DIGITS` significant digits; −0 is 0.

    >>> _rounded(1234567.8912345), _rounded(-0.0), _rounded(None)
    (1234567.89, 0.0, None)
    """
    return None if value is None else float(f"{value:.{DIGITS - 1}e}") + 0.0


def results_hash(rows: Iterable[ResultRow | Mapping[str, Any]]) -> str:
    """Return the hash of a result: SHA-256 of its rows as JSON, numbers rounded to nine significant digits.

    The last bits of a figure may differ between machines, and are rounded away. A figure that lies at the edge between
    two roundings can still come out on either side: unequal hashes are a reason to compare the figures, no proof.
    """
    return _figures_hash(figures_of(rows))


def _figures_hash(figures: tuple[tuple[Any, ...], ...]) -> str:
    return hashlib.sha256(_json(figures)).hexdigest()


# -- as a line of letters ---------------------------------------------------------------------------------------------


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _canonical(passport: Passport) -> bytes:
    plain = {"format": FORMAT, **vars(passport), "prices": [asdict(file) for file in passport.prices]}
    if not passport.own:
        del plain["own"]  # as before there were any: the codes of reports stay what they are
    return _json(plain)


def encoded(passport: Passport) -> str:
    """Return a passport as one line of ASCII letters, digits, `-`, `_` and `:`, for a report to carry.

    The line is the JSON of the passport, compressed, in base64 for addresses, with the SHA-256 of the JSON behind it.
    """
    plain = _canonical(passport)
    body = base64.urlsafe_b64encode(zlib.compress(plain, 9)).decode().rstrip("=")
    return f"{START}{body}:{hashlib.sha256(plain).hexdigest()}{END}"


def decoded(line: str) -> Passport:
    """Return the passport of a line.

    Raises
    ------
    PassportError
        The line has been changed (`edited`), or a later version of the program wrote it (`unknown`).
    """
    match = LINE.fullmatch(line.encode("ascii", "replace"))
    if match is None:
        raise PassportError("edited")
    body, checksum = match.groups()
    try:
        unpack = zlib.decompressobj()
        plain = unpack.decompress(base64.urlsafe_b64decode(body + b"=" * (-len(body) % 4)), MAX_BYTES)
        if unpack.unconsumed_tail or hashlib.sha256(plain).hexdigest() != checksum.decode():
            raise PassportError("edited")
        data = json.loads(plain)
        if data.pop("format", None) != FORMAT:
            raise PassportError("unknown")
        passport = _built(data)
    except (
        zlib.error,
        binascii.Error,
        UnicodeDecodeError,
        TypeError,
        KeyError,
        ValueError,
        OverflowError,
        RecursionError,
    ) as error:
        raise error if isinstance(error, PassportError) else PassportError("edited") from error
    return passport


def _built(data: dict[str, Any]) -> Passport:
    """Return the passport of plain data, every field of the type that it must have."""
    prices = tuple(PriceFile(**file) for file in data.pop("prices"))
    horizons = tuple(int(year) for year in data.pop("horizons"))
    figures = tuple(_figure(row) for row in data.pop("figures"))
    own = tuple((name, sha256) for name, sha256 in data.pop("own", ()))
    passport = Passport(prices=prices, horizons=horizons, figures=figures, own=own, **data)
    if not all(isinstance(text, str) for each in own for text in each):
        raise TypeError("own")
    texts = ("title", "version", "sampler", "case_sha256", "reference_sha256", "tables_sha256", "base_version")
    for name in (*texts, "results_sha256", "case_text"):
        if not isinstance(getattr(passport, name), str):
            raise TypeError(name)
    whole = (passport.method, passport.seed, passport.draws)
    if not all(type(number) is int and number >= 0 for number in whole):
        raise TypeError("numbers")
    within = all(1 <= horizon <= LONGEST for horizon in passport.horizons)
    if not within or not passport.horizons or not 1 <= passport.draws <= MOST_DRAWS:
        raise ValueError("limits")
    if passport.lang not in ("sv", "en") or passport.sampler not in ("sobol", "random", "lhs"):
        raise ValueError("choices")
    for table in TABLES:
        for columns in passport.rows[table].values():
            if not all(_fits(table, name, value) for name, value in columns.items()):
                raise TypeError(table)
    return passport


def _fits(table: str, name: str, value: Any) -> bool:
    """Say whether a column of a row of the base holds what such a column can hold."""
    if table == "indices" or name in _NUMERIC:
        needed = table == "indices" or name == "value"
        return (value is None and not needed) or (isinstance(value, int | float) and not isinstance(value, bool))
    return value is None or isinstance(value, str | bool)


def _figure(row: Any) -> tuple[Any, ...]:
    """Return one row of figures, which may come from a stranger."""
    values = dict(zip(FIGURES, row, strict=True))
    if not all(values[name] is None or isinstance(values[name], int | float) for name in _NUMBERS):
        raise TypeError("figures")
    if not are_figures(values):
        raise ValueError("figures")
    return tuple(row)


def are_figures(values: Mapping[str, Any]) -> bool:
    """Say whether a row of figures, which may come from a stranger, is about a perspective, and its numbers finite.

    Raises
    ------
    TypeError, OverflowError
        A number is none, or a whole number that is larger than any result.
    """
    numbers = [values.get(name) for name in _NUMBERS]
    return values["perspective"] in PERSPECTIVES and all(value is None or math.isfinite(value) for value in numbers)
