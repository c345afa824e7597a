"""What a sheet prints: facts with their true values, and where each stands among the boxes of its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hyoka_kg.model import ValueStatus

Key = tuple[str, str, "int | str | None"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One cell of the truth.

    Attributes:
        subject: Local path of the thing, as in transcriptions, such as `entry/1`.
        field: What is said of it, such as `executed`; of a long text, the name of its box.
        fiscal_year: Gregorian year in which the fiscal year of the value begins, or None.
        printed: The literal, hard breaks as line feeds; empty where nothing is printed.
        kind: Kind of the value grammar, or `text` or `prose`.
        value: Normalised value: yen, numbers with their scale, ISO dates, fiscal years; of texts, the code or the text.
        unit: Unit of the number, whether a heading or the literal gives it, or empty.
        comparator: `ge`, `le` or `eq` of a target, or empty.
        status: Whether there is a value.
        stored: Number that a workbook stores for it, where it stores one.
        number_format: Number format by which the workbook prints it.
        defects: Names of what was planted in it.
        inside: Facts that stand within its literal, each with the character where it begins.
    """

    subject: str
    field: str
    fiscal_year: int | None
    printed: str
    kind: str = "text"
    value: str = ""
    unit: str = ""
    comparator: str = ""
    status: ValueStatus = ValueStatus.REPORTED
    stored: float | None = None
    number_format: str = ""
    defects: tuple[str, ...] = ()
    inside: tuple[tuple[int, Fact], ...] = ()


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing that was planted in a document.

    Attributes:
        document: Document in which it stands.
        kind: Its name.
        subject: Thing concerned, or empty.
        field: Field concerned, or empty.
        fiscal_year: Fiscal year concerned, or None.
        detail: What a reader needs to judge a finding: the true value, the other document.
    """

    document: str
    kind: str
    subject: str = ""
    field: str = ""
    fiscal_year: int | None = None
    detail: str = ""


@dataclass(slots=True)
class Sheet:
    """One document: its facts, the content of its boxes, and the lists that its form repeats.

    Attributes:
        document: Its id.
        kind: `review-sheet` or `ex-ante`.
        fiscal_year: Fiscal year of the sheet.
        number: Its number as printed.
        title: Its title as printed.
        facts: What is printed in it.
        structure: What the form tells by position alone, such as the objective of a means.
        contents: What the names of the layout stand for.
        lists: The subjects of repeated rows, by scope and name.
        defects: What was planted in it.
    """

    document: str
    kind: str
    fiscal_year: int
    number: str
    title: str
    facts: list[Fact] = field(default_factory=list)
    structure: list[Fact] = field(default_factory=list)
    contents: dict[Key, tuple[str | Fact, ...]] = field(default_factory=dict)
    lists: dict[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    defects: list[Defect] = field(default_factory=list)

    def add(self, fact: Fact) -> Fact:
        """Add a fact and let its own key find it; return it."""
        self.facts.append(fact)
        self.contents[fact.subject, fact.field, fact.fiscal_year] = (fact,)
        return fact

    def place(self, scope: str, name: str, *parts: str | Fact, key: int | str | None = None) -> None:
        """Let a name of the layout stand for texts and facts."""
        self.contents[scope, name, key] = parts

    def plant(self, kind: str, fact: Fact | None = None, detail: str = "") -> None:
        """Record a planted defect."""
        if fact is None:
            self.defects.append(Defect(self.document, kind, detail=detail))
            return
        self.defects.append(Defect(self.document, kind, fact.subject, fact.field, fact.fiscal_year, detail))
