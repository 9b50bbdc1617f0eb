"""Keys by which a finding is known again in a later version of the same application: its code and where it stands.

Items of lists are named by their id, and without one by what they are called, so that a cost which is added above
another does not make the findings about the other look new.

Keys stand where no reader sees them. What an applicant calls things, which may be the name of a person, is therefore
not written in them: a fingerprint of it tells as well whether it is the same.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from socio_calc.case.paths import item_names
from socio_calc.report.files import slug
from socio_calc.review.finding import Finding

#: Between a code and a path, before what tells apart findings at the same place, and before a fingerprint of a name.
_JOIN, _APART, _NAMED = "|", "#", "~"
#: Digits of a fingerprint: two of the few hundred names in a case are the same by chance once in a hundred thousand.
_DIGITS = 8
#: Parts of a case whose keys are the applicant's own words.
_OWN_PARTS = (["scenarios"], ["quantities"])


def finding_keys(findings: Sequence[Finding], data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a key for every finding of a review, all of them different.

    Parameters
    ----------
    findings
        In the order of the review.
    data
        Raw data of the case.
    """
    plain = [_JOIN.join((finding.code, stable_path(finding.place.path, data))) for finding in findings]
    # A rule stands once, wherever it was decided: it keeps its key when what it is about moves.
    plain = [
        finding.code + _JOIN if finding.rule is not None else key for finding, key in zip(findings, plain, strict=True)
    ]
    twice = {key for key, count in Counter(plain).items() if count > 1}
    keys = [
        f"{key}{_APART}{_subject(finding)}" if key in twice else key
        for finding, key in zip(findings, plain, strict=True)
    ]
    seen: Counter[str] = Counter()
    for index, key in enumerate(keys):
        seen[key] += 1
        if seen[key] > 1:
            keys[index] = f"{key}{_APART}{seen[key]}"
    return tuple(keys)


def stable_path(path: str | None, data: Any) -> str:
    """Return a path in which items without an id go by a fingerprint of their names, where no other has the same.

    >>> data = {"costs": [{"name": "Lokal"}, {"name": "Ledare", "amount": 5}, {"name": "Lokal"}]}
    >>> stable_path("costs.1.amount", data), stable_path("costs.2", data)
    ('costs.~caf68326.amount', 'costs.2')
    """
    found: list[str] = []
    for step in (path or "").split("."):
        if isinstance(data, list):
            names, called = item_names(data), [_called(item) for item in data]
            index = names.index(step) if step in names else None
            if index is not None and step.isdigit() and called[index] and called.count(called[index]) == 1:
                found.append(_fingerprint(called[index]))
            else:
                found.append(step)
            data = None if index is None else data[index]
        else:
            found.append(_fingerprint(step) if found in _OWN_PARTS else step)
            data = data.get(step) if isinstance(data, dict) else None
    return ".".join(found)


def _fingerprint(name: str) -> str:
    return _NAMED + hashlib.sha256(name.encode()).hexdigest()[:_DIGITS]


def _called(item: Any) -> str:
    name = item.get("name") or item.get("indicator") if isinstance(item, dict) else None
    return slug(name) if isinstance(name, str) and name.strip() else ""


def _subject(finding: Finding) -> str:
    """Return what tells findings at the same place apart: their words, not their figures, which may move a little."""
    words = "\n".join(f"{name}={value}" for name, value in sorted(finding.params.items()) if isinstance(value, str))
    return hashlib.sha256(words.encode()).hexdigest()[:_DIGITS]
