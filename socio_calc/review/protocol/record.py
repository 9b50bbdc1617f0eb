"""The record of a review: everything that the protocol says, in words of one language, personal data blanked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from socio_calc.locale import Language

#: What a reviewer may decide about a finding; codes of the texts `protocol.decision.*`.
DECISIONS: Final = ("accepted", "ask", "change", "not-relevant")
#: Headings of the support group's own assessment; codes of the texts `protocol.assessment.*`.
ASSESSMENT: Final = (
    "results",
    "link",
    "followup",
    "capacity",
    "implementation",
    "cooperation",
    "regional",
    "political",
    "not-shown",
)
Mark = Literal["new", "left"]


@dataclass(frozen=True)
class Judgement:
    """What a reviewer has written: a decision (a code of `DECISIONS`, or words of one's own) and a comment."""

    decision: str = ""
    comment: str = ""

    def __bool__(self) -> bool:
        """Whether anything is written."""
        return bool(self.decision or self.comment)


@dataclass(frozen=True)
class Item:
    """A rule or a finding.

    Attributes
    ----------
    key
        By which it is known again; see `keys`.
    number
        Its number among the findings; 0 for rules.
    code, status, severity
        As in the review.
    title
        What kind of finding it is; of a rule its words.
    topic, question
        What it is about in a letter, and the question to the applicant; None where only the fund can answer it.
    where, value
        Where it stands, and what stands there; None where that is no single value.
    what, why, remedy
        What was found, why it matters, what to do.
    quoted, source, url
        The words of the source, its title and its address.
    tried, societal, applicant
        What was changed to put it right, and the net present values then, SEK; None where nothing could be.
    mark
        Whether it is new since the earlier protocol; None without one.
    judgement
        The reviewer's own, from the earlier protocol.
    edited
        What a cell of a report that was written over does to the result, in words; None for all else.
    """

    key: str
    number: int
    code: str
    status: str
    severity: str
    title: str
    topic: str
    question: str | None
    where: str | None
    value: str | None
    what: str
    why: str | None
    remedy: str | None
    quoted: str | None
    source: str | None
    url: str | None
    tried: str | None
    societal: float | None
    applicant: float | None
    mark: Mark | None
    judgement: Judgement
    edited: str | None = None


@dataclass(frozen=True)
class StatedLine:
    """A result that was stated, or stands in a report, beside the computed one, in words.

    `agreement` is a code of the texts `protocol.agreement.*`; `origin` is the cell from which on a report differs.
    """

    measure: str
    stated: str
    computed: str
    difference: str
    agreement: str
    origin: str | None = None


@dataclass(frozen=True)
class AssumptionLine:
    """An assumption with the reviewer's judgement of it; `weighty` says whether the result hangs on it."""

    key: str
    name: str
    value: str
    source: str | None
    turns_at: str | None
    weighty: bool
    judgement: Judgement


@dataclass(frozen=True)
class Answered:
    """A finding of the earlier protocol that is no more.

    `before` and `after` are what stood and stands in the application where it was; `gone` says that the place itself
    is no more.
    """

    code: str
    title: str
    what: str
    before: str | None
    after: str | None
    gone: bool
    judgement: Judgement


@dataclass(frozen=True)
class Earlier:
    """What came of the earlier protocol: its date, its findings that are no more, and how many are left and new.

    `other_title` is the title on it where that is another than the application's of today.
    """

    date: str
    answered: tuple[Answered, ...]
    left: int
    new: int
    other_title: str | None = None

    @property
    def asked(self) -> int:
        """Findings of the earlier protocol."""
        return len(self.answered) + self.left


@dataclass(frozen=True)
class Identity:
    """Which application was reviewed, with what, and when."""

    title: str
    file: str
    fund: str | None
    call: str | None
    stage: str | None
    date: str
    version: str
    reference: str
    case_sha256: str


@dataclass(frozen=True)
class Protocol:
    """The whole protocol.

    Attributes
    ----------
    verdict
        pass, remarks or fail.
    broken
        Ids of the must-rules that are not met.
    before, after
        Society's net present value as applied for, and with everything put right; the second None where nothing can
        be. `applicant_before` and `applicant_after` are the applicant's.
    perspective
        The actor that the applicant is, None where that is not told.
    horizon
        Years that the amounts cover.
    summary
        Sentences of the summary.
    rules, findings
        Rules in the order of the review; findings, most serious first.
    rule_notes
        Sentences under the rules: which do not apply or come in a later step, and what the fund's file says of itself.
    stated, assumptions
        Results that were stated, and every number of the case, the weightiest first.
    untested
        Sentences on what could not be tested.
    good
        What the application describes clearly: names of fields.
    assessment
        The group's own words under each heading of `ASSESSMENT`, from the earlier protocol.
    """

    lang: Language
    identity: Identity
    verdict: str
    broken: tuple[str, ...]
    before: float
    after: float | None
    applicant_before: float | None
    applicant_after: float | None
    perspective: str | None
    horizon: int
    summary: tuple[str, ...]
    rules: tuple[Item, ...]
    findings: tuple[Item, ...]
    rule_notes: tuple[str, ...]
    stated: tuple[StatedLine, ...]
    assumptions: tuple[AssumptionLine, ...]
    untested: tuple[str, ...]
    good: tuple[str, ...]
    earlier: Earlier | None
    assessment: tuple[tuple[str, str], ...]

    @property
    def testable(self) -> tuple[Item, ...]:
        """Rules and findings about the case that could be put right mechanically."""
        return tuple(item for item in (*self.rules, *self.findings) if item.tried is not None)

    def of_severity(self, severity: str) -> tuple[Item, ...]:
        """Return the findings of one severity."""
        return tuple(item for item in self.findings if item.severity == severity)
