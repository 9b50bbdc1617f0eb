"""Problems in words: where, what, why and what to do, in that order, for YAML files and for forms.

Readers carry codes and raw values (`socio_calc.problems`); here they become the message block of the terminal. Texts
that depend on the field itself (its label, hint and example) are found by its path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from textwrap import fill
from typing import Final

from socio_calc.locale.catalogue import Language
from socio_calc.locale.paths import label_keys
from socio_calc.locale.texts import Texts, texts
from socio_calc.problems import Place, Problem

MOST_PROBLEMS: Final = 50
_INDENT: Final = "  "
_NO_BREAK_SPACE: Final = "\u00a0"
# Values that name another key of the same item: written as that key's label.
_KEYS_OF_THE_ITEM: Final = ("missing", "given")


def render_problem(problem: Problem, lang: Language, width: int | None = None) -> str:
    """Return the message block of one problem: its place, then what, why and remedy on a line each.

    Parameters
    ----------
    problem : Problem
    lang : {"sv", "en"}
    width : int, optional
        Columns to wrap the sentences at; without it they stay on one line each.

    Raises
    ------
    KeyError
        The code has no message, or a value that its message needs was not given.

    Examples
    --------
    >>> place = Place(file="case.yaml", line=3, column=1, path="titel")
    >>> print(render_problem(Problem("unknown-key", place, {"key": "titel", "nearest": "title"}), "en"))
    case.yaml, line 3, column 1 · titel
      The word “titel” is not in the format.
      The program does not know how to count it and never skips anything silently.
      Do this: Did you mean “title”? Change the word or remove the line.
    """
    words = texts(lang)
    params = _with_field(problem, words)
    what, why, remedy = (words.t(_part(problem, part, words), **params) for part in ("what", "why", "remedy"))
    lines = [what, why, words.t("problem.remedy", remedy=remedy)]
    place = _place(problem.place, words)
    if not place:
        return "\n".join(map(printable, lines))
    return "\n".join([printable(place), *(_indented(printable(line), width) for line in lines)])


def render_all(problems: Iterable[Problem], lang: Language, width: int | None = None) -> str:
    """Return all problems, sorted by place, with the count that ends them; after fifty the rest is only counted."""
    words = texts(lang)
    given = list(problems)
    # Sheets come in the order in which the reader of the form went through them.
    sheets = list(dict.fromkeys(problem.place.sheet or "" for problem in given))
    listed = sorted(given, key=lambda problem: _order(problem.place, sheets))
    blocks = [render_problem(problem, lang, width) for problem in listed[:MOST_PROBLEMS]]
    if len(listed) > MOST_PROBLEMS:
        blocks.append(words.plural("problem.more", len(listed) - MOST_PROBLEMS))
    errors = sum(problem.level == "error" for problem in listed)
    if errors:
        blocks.append(f"{words.plural('problem.count', errors)} {words.t('problem.nothing-computed')}")
    elif listed:
        blocks.append(words.plural("problem.warnings", len(listed)))
    return "\n\n".join(blocks)


def render_warning(code: str, params: Mapping[str, object], lang: Language) -> str:
    """Return the sentence of a warning about a result.

    Parameters
    ----------
    code : str
        A code of the warnings, for instance ``"old-price"``.
    params : mapping
        Raw values of its placeholders; ``n`` decides the plural form where it has one.
    lang : {"sv", "en"}

    Raises
    ------
    KeyError
        The code has no text, or a value is missing.

    Examples
    --------
    >>> render_warning("assumed-price-range", {"n": 1}, "en")
    'One price has an assumed uncertainty, as its source gives no interval.'
    """
    n = params.get("n", 1)
    values = {name: value for name, value in params.items() if name != "n"}
    return texts(lang).plural(f"warning.{code}", n if isinstance(n, int) else 1, **values)


def printable(text: str) -> str:
    r"""Replace what a terminal might obey instead of showing: control characters and marks of text direction.

    Examples
    --------
    >>> printable("a\x1b[31mb")
    'a [31mb'
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == _NO_BREAK_SPACE else " " for char in text)


def _part(problem: Problem, part: str, words: Texts) -> str:
    """Return the key of a part of a message; some parts say another thing to those who fill in a form."""
    in_form = f"problem.form.{problem.code}.{part}"
    return in_form if problem.place.sheet is not None and words.has(in_form) else f"message.{problem.code}.{part}"


def _indented(line: str, width: int | None) -> str:
    if width is None:
        return _INDENT + line
    return fill(line, width, initial_indent=_INDENT, subsequent_indent=_INDENT, break_long_words=False)


def _order(place: Place, sheets: Sequence[str]) -> tuple[str, int, int, int, str]:
    sheet = sheets.index(place.sheet or "")
    return (place.file or "", sheet, place.line or 0, place.column or 0, place.cell or place.path or "")


def _place(place: Place, words: Texts) -> str:
    label = words.label(place.path) if place.path and label_keys(place.path) else None
    values: dict[str, object] = {
        "file": PurePath(place.file).name if place.file else None,
        "line": place.line,
        "column": place.column,
        "path": place.path,
        "label": label,
        "sheet": place.sheet,
        "cell": place.cell,
    }
    return words.t("place.form" if place.sheet else "place.yaml", **values).strip(" ·,")


def _with_field(problem: Problem, words: Texts) -> dict[str, object]:
    """Add the texts of the field that the problem stands at, and put names of sibling keys into words."""
    params = dict(problem.params)
    if isinstance(id_ := params.get("id"), str):
        params.setdefault("word", id_.partition("-")[0])
    if problem.place.sheet is not None:
        params |= _as_the_form_says(params, words)
    path = problem.place.path
    if path:
        # A name with points in it leads a path astray; the reader then tells the field.
        named = next((way for way in (path, str(params.get("field"))) if label_keys(way)), None)
        params.setdefault("label", words.label(named) if named else path)
        if named:
            params.setdefault("hint", words.hint(named))
            params.setdefault("example", _example(problem.place, named, words))
        if isinstance(given := params.get("given"), str) and "value" in params:
            params["value"] = _choice_of_sibling(problem.place, given, params["value"], words)
        for name in _KEYS_OF_THE_ITEM:
            if isinstance(value := params.get(name), str):
                params[name] = _sibling(problem.place, value, words)
    return params


def _as_the_form_says(params: Mapping[str, object], words: Texts) -> dict[str, object]:
    """Return values that a form shows in other words: choices and keys by their labels, numbers without quotes."""
    said: dict[str, object] = {}
    choices, name = params.get("choices"), params.get("choice_list")
    if isinstance(name, str) and isinstance(choices, tuple):
        shown = {value: f"choice.{_list_of(name, value)}.{value}" for value in map(str, choices)}
        labels = {value: words.t(key) if words.has(key) else value for value, key in shown.items()}
        said["choices"] = tuple(labels.values())
        said["nearest"] = labels.get(str(params.get("nearest")))
    if isinstance(keys := params.get("keys"), tuple):
        said["keys"] = tuple(words.t(f"label.Q.{key}") if words.has(f"label.Q.{key}") else key for key in keys)
    if isinstance(written := params.get("write_b"), str):
        said["write_b"] = written.strip('"')
    return said


def _list_of(name: str, value: str) -> str:
    """Return the list of choices that has a value: perspectives are parties or sums of them."""
    return "actor" if name == "perspective" and value not in ("societal", "public") else name


def _example(place: Place, path: str, words: Texts) -> str:
    """Return an example as it is typed in a YAML file, where that differs from how a form shows it."""
    written = f"written.{label_keys(path)[-1]}"
    return words.t(written) if place.sheet is None and words.has(written) else words.example(path)


def _sibling(place: Place, key: str, words: Texts) -> str:
    """Return the label of another key of the same item, with the key itself for those who write YAML."""
    field = _field_of_sibling(place.path or "", key)
    return key if field is None else _quoted(words.t(f"label.{field}"), key, place, words)


def _choice_of_sibling(place: Place, key: str, value: object, words: Texts) -> str:
    """Return the label of what was chosen for another key of the same item, with its code for those who write YAML."""
    parts = (_field_of_sibling(place.path or "", key) or key).split(".")
    for name in (".".join(parts[-2:]), parts[-1]):
        if words.has(label := f"choice.{name}.{value}"):
            return _quoted(words.t(label), str(value), place, words)
    return words.t("problem.quoted", text=str(value), key=key)


def _quoted(text: str, code: str, place: Place, words: Texts) -> str:
    return words.t("problem.quoted" if place.sheet else "problem.quoted-key", text=text, key=code)


def _field_of_sibling(path: str, key: str) -> str | None:
    """Return the field that a key of an item is, or of what the item is part of; None where there is none."""
    within = path
    while True:
        if keys := label_keys(f"{within}.{key}" if within else key):
            return keys[-1]
        if not within:
            return None
        within = within.rpartition(".")[0]
