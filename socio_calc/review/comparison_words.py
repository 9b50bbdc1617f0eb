"""Changes between two cases in words: what each change is, in the names that the case gives its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from socio_calc.analysis.case_changes import Change
from socio_calc.analysis.comparison import Step
from socio_calc.appraisal import Appraisal
from socio_calc.case import Fixed
from socio_calc.case.paths import item_names
from socio_calc.case.personal_data import redacted
from socio_calc.locale import Language, Texts, number, texts
from socio_calc.locale.paths import label_keys
from socio_calc.locale.placeholders import inline
from socio_calc.review.scene import Scene
from socio_calc.review.value_words import value_in_words

#: Lists whose items have words of their own when one comes or goes.
_ITEMS: Final = ("costs", "consequences", "outcomes", "participants", "quantities", "pathways")


class ChangeWords:
    """The words of the changes between two cases in one language.

    Parameters
    ----------
    appraisals
        Both cases computed, for the names of what their values refer to.
    lang
        Language of the words.
    """

    def __init__(self, appraisals: tuple[Appraisal, Appraisal], lang: Language) -> None:
        self.words: Texts = texts(lang)
        self.scenes = Scene(appraisals[0]), Scene(appraisals[1])

    def step(self, step: Step) -> str:
        """Return what a step is: its change, or all of them where they belong together."""
        said = [self.change(change) for change in step.changes]
        return said[0] if len(said) == 1 else self.words.t("compare.together", changes="; ".join(said))

    def short(self, step: Step) -> str:
        """Return what a step is about, without the values before and after."""
        said = [
            redacted(self._about(change)) if change.kind == "changed" else self.change(change)
            for change in step.changes
        ]
        return said[0] if len(said) == 1 else self.words.t("compare.together", changes="; ".join(said))

    def change(self, change: Change) -> str:
        """Return what a change is, personal data blanked out."""
        if change.kind == "base":
            said = self._base(change)
        elif change.kind == "changed":
            said = self._changed(change)
        else:
            said = self._item(change)
        return redacted(said)

    def _item(self, change: Change) -> str:
        parts = change.paths[0].split(".")
        kind = next((part for part in reversed(parts[:-1]) if part in _ITEMS), "other")
        name = change.owners[-1] if change.owners else parts[-1].replace("_", " ")
        if kind == "participants":
            name = self._group(change.paths[0], self.scenes[change.kind == "added"])
        inside = change.owners[-2] if kind == "consequences" and len(change.owners) > 1 else None
        return self.words.t(f"compare.{change.kind}.{kind}", name=name, owner=inside)

    def _owner(self, change: Change) -> str | None:
        """Return what the changed fields belong to."""
        if change.paths[0].startswith("participants."):
            return self._group(change.paths[0], self.scenes[1])
        if change.paths[0].startswith("quantities."):
            return change.paths[0].split(".")[1].replace("_", " ")
        return change.owners[-1] if change.owners else None

    def _about(self, change: Change) -> str:
        labels = tuple(dict.fromkeys(self._label(path) for path in change.paths))
        return self.words.t("compare.changed.several", labels=labels, owner=self._owner(change))

    def _changed(self, change: Change) -> str:
        if len(change.edits) > 1:
            return self._about(change)
        label, owner = self._label(change.paths[0]), self._owner(change)
        before, after = (
            self._value(change.paths[0], value, scene)
            for value, scene in zip((change.before, change.after), self.scenes, strict=True)
        )
        if before == after:
            return self.words.t("compare.changed.somehow", label=label, owner=owner)
        return self.words.t("compare.changed", label=label, owner=owner, before=before, after=after)

    def _group(self, path: str, scene: Scene) -> str:
        """Return what a group of participants is called: by its own name, else by the year in which it begins."""
        at = path.split(".")[1]
        listed = scene.case.participants
        if not at.isdecimal() or int(at) >= len(listed):
            return at
        group = listed[int(at)]
        return group.group or self.words.t("compare.group", year=scene.case.first_year + group.year)

    def _label(self, path: str) -> str:
        return self.words.label(path) if label_keys(path) else path

    def _value(self, path: str, value: Any, scene: Scene) -> str:
        if value is None:
            value = _default_at(path, scene)
        if value is None:
            return self.words.t("compare.default")
        if isinstance(value, Mapping) and "measure" in value:
            measure = inline(self.words.choice("measure", str(value["measure"])))
            size = value_in_words(f"{path}.value", value.get("value"), scene, self.words)
            return self.words.t("compare.effect", measure=measure, size=size)
        return value_in_words(path, value, scene, self.words)

    def _base(self, change: Change) -> str:
        table, _, id = change.paths[0].partition(":")
        name = self._row_name(table, id)
        if change.before is None or change.after is None:
            return self.words.t("compare.base", name=name)
        before, after = (
            number(value, self.words.lang) if isinstance(value, int | float) else str(value)
            for value in (change.before, change.after)
        )
        return self.words.t("compare.base.value", name=name, before=before, after=after)

    def _row_name(self, table: str, id: str) -> str:
        if table == "indices":
            return self.words.choice("index", id) if self.words.has(f"choice.index.{id}") else id
        if table == "life_table":
            return self.words.t("compare.life-table")
        row = getattr(self.scenes[1].base, table)[id]
        sv = self.words.lang == "sv"
        if table == "evidence":
            return str(row.outcome_sv if sv else row.outcome_en)
        return str(row.name_sv if sv else row.name_en)

    def quiet(self, keys: Sequence[str]) -> tuple[str, ...]:
        """Return parts of a case by their labels, as inside a sentence."""
        return tuple(inline(self._label(key)) for key in keys)


def _default_at(path: str, scene: Scene) -> Any:
    """Return what the program takes where a case says nothing: a plain value, or None for what is no such value."""
    part: Any = scene.case
    for step in path.split("."):
        if isinstance(part, tuple):
            names = item_names(part)
            part = part[names.index(step)] if step in names else None
        else:
            part = getattr(part, step, None)
    value = part.value if isinstance(part, Fixed) else part
    return value if isinstance(value, bool | int | float | str) else None
