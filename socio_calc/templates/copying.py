"""A copy of a worked case with a comment at every key that must be replaced by numbers and words of one's own.

Nothing of the case is changed: comments are put in as whole lines, and the copy is read again to prove it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from socio_calc.case import Document, build_case, parse_document
from socio_calc.locale import Language, texts
from socio_calc.templates.catalogue import Example

#: Keys at the top of a case that a new place or year changes, and the text that says how.
_TOP: Final = {"title": "title", "description": "description", "first_year": "first-year", "taxes": "taxes"}
#: Keys of a cost and of an application that are one's own.
_COST: Final = {"hours": "hours", "wage": "wage", "amount": "amount", "quantity": "quantity", "organisation": "party"}
_APPLICATION: Final = {
    "call": "call",
    "owner": "owner",
    "organisations": "organisations",
    "start": "dates",
    "applied": "applied",
    "needs_analysis": "needs",
    "mechanism": "mechanism",
    "ordinary_practice": "practice",
    "followup": "followup",
    "implementation_plan": "implementation",
    "equity": "equity",
    "child_rights": "children",
}
_GROUP: Final = {"description": "group", "size": "size"}


def copy_of(example: Example, lang: Language) -> str:
    """Return the text of a worked case as a starting point.

    Parameters
    ----------
    example
        The worked case.
    lang
        Language of the comments that are added; the words of the case itself stay as they are.

    Returns
    -------
    The case with a comment line above every key to replace, and a heading that says what to do.

    Raises
    ------
    RuntimeError
        When a comment would have changed the case: a fault of ours.

    Examples
    --------
    >>> from socio_calc.templates import example
    >>> text = copy_of(example("styrka-hela-livet"), "sv")
    >>> text.splitlines()[0], text.count("# BYT UT:") > 30
    ('# Kopia av exemplet Styrka hela livet. Allt nedan är exemplets uppgifter, inte era.', True)
    """
    words = texts(lang)
    original = parse_document(example.path.read_bytes(), example.path.name)
    mark = words.t("new.copy.mark")
    lines = original.text.splitlines()
    comments: dict[int, list[str]] = {}
    for path, key in _to_replace(original.data):
        number, _ = original.places[path]
        said = f"{mark}: {words.t(f'new.copy.{key}')}"
        # Some lines say it already, in more exact words.
        if not any(mark in near for near in lines[max(0, number - 2) : number]):
            comments.setdefault(number, []).append(said)
    title = example.title if lang == "sv" else example.title_en
    written = [f"# {line}" for line in words.t("new.copy.heading", title=title, mark=mark).split("\n")]
    for number, line in enumerate(lines, 1):
        if line.startswith("#") and number <= _own_heading(lines):
            continue
        indent = re.match(r" *", line)
        written += [f"{indent[0] if indent else ''}# {said}" for said in comments.get(number, ())]
        written.append(line)
    text = "\n".join(written) + "\n"
    _prove(original, text)
    return text


def _to_replace(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the path of every key to replace, with the name of its comment."""
    for key, comment in _TOP.items():
        if key in data:
            yield key, comment
    with_age = any("age" in cohort for cohort in data["participants"])
    yield "participants", "participants-age" if with_age else "participants"
    if _is_uncertain(data.get("completion")):
        yield "completion", "completion"
    for name, quantity in data.get("quantities", {}).items():
        if _is_uncertain(quantity):
            yield f"quantities.{name}", "quantity-named"
    for index, cost in enumerate(data.get("costs", [])):
        for key, comment in _COST.items():
            if key in cost and not _is_reference(cost[key]):
                yield f"costs.{index}.{key}", comment
    for outcome in data.get("outcomes", []):
        yield f"outcomes.{outcome['id']}.ordinary", "ordinary"
        if outcome.get("evidence", {}).get("grade") == "judgement":
            yield f"outcomes.{outcome['id']}.effect", "effect"
    for pathway in data.get("pathways", []):
        yield f"pathways.{pathway['id']}.transitions", "transitions"
    if "decision" in data:
        yield "decision", "decision"
    application = data.get("application", {})
    for key, comment in _APPLICATION.items():
        if key in application:
            yield f"application.{key}", comment
    for key, comment in _GROUP.items():
        if key in application.get("target_group", {}):
            yield f"application.target_group.{key}", comment


def _own_heading(lines: list[str]) -> int:
    """Return the number of comment lines that the file begins with."""
    return next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))


def _is_uncertain(value: object) -> bool:
    """Say whether a quantity is a guess with a width: one that is fixed, or comes from the base, stays as it is."""
    return isinstance(value, dict) and "low" in value


def _is_reference(value: object) -> bool:
    return isinstance(value, dict) and bool({"cost", "ref"} & value.keys())


def _prove(original: Document, text: str) -> None:
    copied = parse_document(text.encode(), original.file)
    if build_case(copied) != build_case(original):
        raise RuntimeError(f"the comments changed {original.file}")
