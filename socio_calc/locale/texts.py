"""The texts of one language: filled templates, and the labels of fields and choices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from socio_calc.locale.catalogue import LANGUAGES, Language, has_template, template
from socio_calc.locale.paths import label_keys
from socio_calc.locale.placeholders import fill, inline


@dataclass(frozen=True)
class Texts:
    """Everything that can be said in one language. Get one from `texts`."""

    lang: Language

    def t(self, key: str, /, **params: object) -> str:
        """Return the text of a key with its placeholders filled (kinds: see `placeholders`).

        Raises
        ------
        KeyError
            The key has no text, or a placeholder has no value.

        Examples
        --------
        >>> texts("en").t("reason.never-payback", h=5)
        'gains do not catch up with costs over the 5-year horizon'
        """
        return fill(template(self.lang, key), params, self.lang)

    def plural(self, key: str, n: int, /, **params: object) -> str:
        """Return the singular or plural form for `n`, which also fills the placeholder ``{n}``.

        Examples
        --------
        >>> texts("en").plural("problem.count", 1), texts("en").plural("problem.count", 3)
        ('One error to correct.', '3 errors to correct.')
        """
        return fill(template(self.lang, key, n), {"n": n, **params}, self.lang)

    def has(self, key: str) -> bool:
        """Say whether a key has a text."""
        return has_template(self.lang, key)

    def label(self, path: str) -> str:
        """Return the label of a field by its path in a case, or by the pattern of a label.

        Raises
        ------
        KeyError
            The format has no such path.

        Examples
        --------
        >>> texts("en").label("costs.0.amount"), texts("en").label("costs.0.amount.low")
        ('Amount', 'Amount: low')
        """
        keys = label_keys(path)
        if not keys:
            raise KeyError(f"label.{path}")
        first, *rest = (self.t(f"label.{key}") for key in keys)
        return ": ".join([first, *(inline(label) for label in rest)])

    def hint(self, path: str) -> str:
        """Return the sentence that says what to write in a field.

        Raises
        ------
        KeyError
            The format has no such path.
        """
        return self._of_field("hint", path)

    def example(self, path: str) -> str:
        """Return an example of what to write in a field.

        Raises
        ------
        KeyError
            The format has no such path.
        """
        return self._of_field("example", path)

    def choice(self, list_name: str, value: str) -> str:
        """Return the label of a value of a closed list.

        Raises
        ------
        KeyError
            The list has no such value.

        Examples
        --------
        >>> texts("sv").choice("actor", "region")
        'Regionen'
        """
        return self.t(f"choice.{list_name}.{value}")

    def explain(self, list_name: str, value: str) -> str | None:
        """Return the explanation of a value of a closed list; some need none.

        Raises
        ------
        KeyError
            The list has no such value.
        """
        self.choice(list_name, value)
        key = f"choice.{list_name}.{value}.explain"
        return self.t(key) if self.has(key) else None

    def _of_field(self, what: str, path: str) -> str:
        keys = label_keys(path)
        if not keys:
            raise KeyError(f"{what}.{path}")
        return self.t(f"{what}.{keys[-1]}")


@cache
def texts(lang: Language) -> Texts:
    """Return the texts of a language; reading a catalogue happens once, when it is first needed.

    Raises
    ------
    KeyError
        There is no such language.
    """
    if lang not in LANGUAGES:
        raise KeyError(f"no texts in language {lang!r}; there are {', '.join(LANGUAGES)}")
    return Texts(lang)
