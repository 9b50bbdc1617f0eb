"""Decisions in words: the list to choose from, and what a reviewer wrote, read back in either language."""

from __future__ import annotations

from socio_calc.locale import LANGUAGES, Texts, texts
from socio_calc.review.protocol.record import DECISIONS, Answered, Protocol, StatedLine

#: Decisions on assumptions: whether they are reasonable; codes of the texts `protocol.reasonable.*`.
REASONABLE = ("yes", "no", "ask")


def decision_in_words(decision: str, words: Texts) -> str:
    """Return a decision by its code in words; what a reviewer wrote in other words stays.

    >>> from socio_calc.locale import texts
    >>> decision_in_words("accepted", texts("sv")), decision_in_words("Se bilaga", texts("sv"))
    ('Godtas', 'Se bilaga')
    """
    for kind, codes in (("decision", DECISIONS), ("reasonable", REASONABLE)):
        prefix = f"{kind}:"
        code = decision.removeprefix(prefix) if decision.startswith(prefix) else decision if kind == "decision" else ""
        if code in codes:
            return words.t(f"protocol.{kind}.{code}")
    return decision


def decisions_in_words(words: Texts) -> tuple[str, ...]:
    """Return the decisions that a reviewer may choose from."""
    return tuple(words.t(f"protocol.decision.{code}") for code in DECISIONS)


def reasonable_in_words(words: Texts) -> tuple[str, ...]:
    """Return the answers on assumptions that a reviewer may choose from."""
    return tuple(words.t(f"protocol.reasonable.{code}") for code in REASONABLE)


def decision_code(written: str) -> str:
    """Return the code of a decision written in either language; other words as they are.

    >>> decision_code("godtas "), decision_code("Ask the applicant"), decision_code("Se bilaga")
    ('accepted', 'ask', 'Se bilaga')
    """
    plain = " ".join(written.split())
    for lang in LANGUAGES:
        for code in DECISIONS:
            if plain.casefold() == texts(lang).t(f"protocol.decision.{code}").casefold():
                return code
        for code in REASONABLE:
            if plain.casefold() == texts(lang).t(f"protocol.reasonable.{code}").casefold():
                return f"reasonable:{code}"
    return plain


def list_in_words(listed: tuple[str, ...], words: Texts) -> str:
    """Return items with commas, or that there are none."""
    return ", ".join(listed) or words.t("protocol.none")


def earlier_sum(protocol: Protocol, words: Texts) -> str:
    """Return in one sentence what came of the earlier protocol, empty without one."""
    earlier = protocol.earlier
    if earlier is None:
        return ""
    gone = sum(item.gone for item in earlier.answered)
    counts = {"a": len(earlier.answered) - gone, "b": earlier.left, "c": gone, "new": earlier.new}
    said = words.plural("protocol.earlier-sum", earlier.asked, date=earlier.date, **counts)
    if earlier.other_title is None:
        return said
    return f"{words.t('protocol.earlier-title', title=earlier.other_title)} {said}"


def agreement_in_words(line: StatedLine, words: Texts) -> str:
    """Return how a stated result agrees with the computed one."""
    if line.agreement == "different" and line.origin is not None:
        return words.t("protocol.agreement.from", origin=line.origin)
    return words.t(f"protocol.agreement.{line.agreement}")


def answer_in_words(answered: Answered, words: Texts) -> str:
    """Return how a finding of the earlier protocol was answered: what stood there and what stands there now."""
    if answered.gone:
        return words.t("protocol.mark.gone")
    after = answered.after or words.t("protocol.not-given")
    if answered.before is None or answered.before == after:
        return words.t("protocol.mark.answered")
    return words.t("protocol.answered", old=answered.before, new=after)
