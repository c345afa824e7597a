"""A finding: one rule that one thing in the graph breaks, with the values that show it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Violation: our graph is wrong. Warning, Info: the source says something to know."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One finding, the same record for SHACL results and for integrity queries.

    Attributes:
        rule: Rule id, such as `BUD-01`.
        severity: How much it weighs.
        focus: IRI of the thing concerned.
        values: Names and values that the rule compared, in the order of the rule.
        message_ja: The sentence in Japanese, values filled in.
        message_en: The sentence in English, values filled in.
    """

    rule: str
    severity: Severity
    focus: str
    values: tuple[tuple[str, str], ...]
    message_ja: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding and where it stands; what is not known is empty.

    Attributes:
        finding: The finding.
        document: Identifier of the document of its focus.
        ministry: Identifier of the ministry of that document.
        fy: Fiscal year of that document.
        project: Identifier of the project concerned.
        page: Page in the source.
        line: First line in the source, from 1.
        column: First character in that line, from 1.
    """

    finding: Finding
    document: str
    ministry: str
    fy: str
    project: str
    page: str
    line: str
    column: str
