"""What an appraisal says about outcomes that functions of the analyst's own compute: no case file has them."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any

from socio_calc.appraisal.appraisal import Appraisal
from socio_calc.appraisal.result import ResultWarning
from socio_calc.case import OwnOutcome
from socio_calc.case.dump import plain_data


def fingerprint(outcome: OwnOutcome) -> str:
    """Return the SHA-256 of an own outcome: all that is stated of it, and the source of its function.

    Where the source is not to be had (a function made at a prompt), its compiled code stands for it, which other
    versions of Python compile in another way. What the function reads beside its inputs (data, other functions) is
    not in it: the fingerprint shows that something was changed, never that nothing was.

    >>> own = OwnOutcome(id="a", name="A", level="rate", better="lower", function=lambda inputs, years: (0, 0),
    ...     evidence={"grade": "judgement", "sources": []})
    >>> len(fingerprint(own)), fingerprint(own) == fingerprint(own.model_copy(update={"name": "B"}))
    (64, False)
    """
    stated = {name: plain_data(getattr(outcome, name)) for name in type(outcome).model_fields if name != "function"}
    whole = {**stated, "function": _source(outcome.function)}
    plain = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _source(function: Callable[..., Any]) -> str:
    try:
        return inspect.getsource(inspect.unwrap(function))
    except (OSError, TypeError):
        code = getattr(function, "__code__", None)
        return type(function).__qualname__ if code is None else repr(_compiled(code))


def _compiled(code: CodeType) -> tuple[Any, ...]:
    """Return what makes a compiled function what it is, without where it stands."""
    constants = tuple(_compiled(part) if isinstance(part, CodeType) else repr(part) for part in code.co_consts)
    return code.co_code, constants, code.co_names, code.co_varnames


def own_outcomes(appraisal: Appraisal) -> Iterator[ResultWarning]:
    """Say that the case file alone does not give this result."""
    for outcome in appraisal.own_outcomes:
        params = {"outcome": outcome.name, "code": fingerprint(outcome)[:12]}
        yield ResultWarning("own-outcome", outcome.path, params)
