"""Asking one question at a time: in a terminal with questionary, else line by line, or from answers given beforehand.

A wrong answer is explained and the question asked again; where it cannot be asked again it is an error.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from socio_calc.locale import Texts
from socio_calc.problems import InputError, Place, Problem

T = TypeVar("T")

#: Most digits of the number of a choice.
_DIGITS = 4
#: Columns that a list in a terminal needs beside the label.
_MARGIN = 4


class WrongAnswer(Exception):
    """An answer that cannot be used; `reason` is the last word of the key `new.wrong.…` that explains it."""

    def __init__(self, reason: str, **params: object) -> None:
        self.reason = reason
        self.params = params
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from: what it stands for, and the label that is shown."""

    value: str
    label: str


@dataclass(frozen=True)
class Question(Generic[T]):
    """One question.

    Attributes
    ----------
    key
        Its name, by which an answer may be given beforehand; its words are `new.ask.KEY`.
    read
        Makes the value of an answer, or raises `WrongAnswer`.
    default
        Answer for an empty line, None where there is none.
    options
        What to choose from; empty for a free answer.
    params
        Fill the placeholders of the words.
    """

    key: str
    read: Callable[[str], T]
    default: str | None = None
    options: tuple[Option, ...] = ()
    params: Mapping[str, object] | None = None


class Asker:
    """Gets an answer to each question, from wherever answers come.

    Parameters
    ----------
    words
        The texts of the language.
    given
        Answers given beforehand, by the key of the question: they are not asked.
    terminal
        Whether someone sits at a terminal; else lines are read from standard input.
    """

    def __init__(self, words: Texts, given: Mapping[str, str], terminal: bool) -> None:
        self.words = words
        self._given = dict(given)
        self.terminal = terminal
        #: Whether a question stands on the screen without a line end after it.
        self.asked_by_lines = False

    def ask(self, question: Question[T]) -> T:
        """Return the value of the answer.

        Raises
        ------
        InputError
            When an answer given beforehand cannot be used, or standard input has ended.
        KeyboardInterrupt
            When the person stops.
        """
        if question.key in self._given:
            return self._from_given(question, self._given[question.key])
        return self._in_terminal(question) if self.terminal else self._by_lines(question)

    def is_given(self, key: str) -> bool:
        """Say whether a question has been answered beforehand."""
        return key in self._given

    def yes(self, key: str, **params: object) -> bool:
        """Ask someone at a terminal whether to go on; `key` is the question's, its answers are `KEY.yes` and `KEY.no`.

        Raises
        ------
        KeyboardInterrupt
            When the person stops.
        """
        import questionary

        choices = [questionary.Choice(self.words.t(f"{key}.{way}"), value=way) for way in ("no", "yes")]
        asked = questionary.select(self.words.t(key, **params), choices, qmark="", instruction=" ", pointer="›")
        return bool(asked.unsafe_ask() == "yes")

    def _from_given(self, question: Question[T], answer: str) -> T:
        try:
            return question.read(_chosen(question, answer))
        except WrongAnswer as wrong:
            params = {"key": question.key, "value": answer, "reason": self._explained(question, wrong)}
            raise InputError([Problem("new-wrong-answer", Place(), params)]) from None

    def _by_lines(self, question: Question[T]) -> T:
        say = sys.stdout.write
        self.asked_by_lines = True
        say(f"\n{self._asked(question)}\n")
        for number, option in enumerate(question.options, 1):
            say(f"  {number:>2}  {option.label}\n")
        while True:
            shown = _shown_default(question)
            say(f"[{shown}] > " if shown else "> ")
            sys.stdout.flush()
            line = sys.stdin.readline()
            if not line:
                params = {"key": question.key, "question": _only_the_question(self._asked(question))}
                raise InputError([Problem("new-no-answer", Place(), params)])
            answer = line.strip() or (question.default or "")
            try:
                return question.read(_chosen(question, answer))
            except WrongAnswer as wrong:
                say(f"{self._explained(question, wrong)}\n")

    def _in_terminal(self, question: Question[T]) -> T:
        import questionary

        if question.options:
            width = shutil.get_terminal_size((80, 24)).columns - _MARGIN
            choices = [
                questionary.Choice(shorten(f"{number}  {option.label}", width), value=option.value)
                for number, option in enumerate(question.options, 1)
            ]
            default = next((choice for choice in choices if choice.value == question.default), None)
            instruction = self.words.t("new.ask-choose")
            answer = questionary.select(
                self._asked(question), choices, default=default, instruction=instruction, qmark="", pointer="›"
            ).unsafe_ask()
            return question.read(str(answer))

        def usable(text: str) -> bool | str:
            try:
                question.read(text.strip())
            except WrongAnswer as wrong:
                return self._explained(question, wrong)
            return True

        answer = questionary.text(
            self._asked(question), default=question.default or "", validate=usable, qmark=""
        ).unsafe_ask()
        return question.read(str(answer).strip())

    def _asked(self, question: Question[Any]) -> str:
        return self.words.t(f"new.ask.{question.key}", **(question.params or {}))

    def _explained(self, question: Question[Any], wrong: WrongAnswer) -> str:
        key = f"new.example.{question.key}"
        example = self.words.t(key) if self.words.has(key) else None
        return self.words.t(f"new.wrong.{wrong.reason}", example=example, **wrong.params)


def option_reader(options: Sequence[Option]) -> Callable[[str], str]:
    """Return a reader that takes the value of one of the options.

    Examples
    --------
    >>> option_reader([Option("kommun", "Kommunen")])("kommun")
    'kommun'
    """
    values = {option.value for option in options}

    def read(answer: str) -> str:
        if answer not in values:
            raise WrongAnswer("option", n=len(options))
        return answer

    return read


def shorten(text: str, width: int) -> str:
    """Cut a text to a width, with a sign that it goes on.

    >>> shorten("Kommunen och regionen", 11)
    'Kommunen o…'
    """
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def _chosen(question: Question[Any], answer: str) -> str:
    """Return the value of the option that an answer means: its number, its value or its label; else the answer."""
    # A choice has a few digits; of thousands no number can be made.
    if answer.isdecimal() and len(answer) <= _DIGITS and 1 <= int(answer) <= len(question.options):
        return question.options[int(answer) - 1].value
    for option in question.options:
        if answer.casefold() in (option.value.casefold(), option.label.casefold()):
            return option.value
    return answer


def _only_the_question(asked: str) -> str:
    """Return a question without what is said after it.

    >>> _only_the_question("What does it cost? For example 900 000")
    'What does it cost?'
    """
    question, mark, _ = asked.partition("?")
    return question + mark


def _shown_default(question: Question[Any]) -> str:
    for number, option in enumerate(question.options, 1):
        if option.value == question.default:
            return str(number)
    return question.default or ""
