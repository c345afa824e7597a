"""What a citation says, as read from its string: title, edition, decisions, places, and what is odd about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hyoka_kg.normalization.facts import Facts, printed_facts


class Act(StrEnum):
    """What was done on a printed date."""

    DECIDED = "decided"
    REVISED = "revised"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Decision:
    """A printed date with what was done on it and by whom.

    Attributes:
        date: ISO 8601 date, month or year; empty where only the deciding body is printed.
        act: What was done.
        body: Who did it, as printed; empty where that is not printed.
        issues: What is odd about the date.
    """

    date: str
    act: Act
    body: str = ""
    issues: tuple[str, ...] = ()

    def as_facts(self) -> Facts:
        """Return the JSON object of the decision."""
        return printed_facts(date=self.date, act=str(self.act), body=self.body, issues=self.issues)


class EditionKind(StrEnum):
    """What numbers the editions of a work."""

    YEAR = "year"
    ORDINAL = "ordinal"
    REVISION = "revision"
    SPAN = "span"
    VERSION = "version"


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """What a title says of its edition.

    Attributes:
        kind: Year (方針2016), ordinal (第5次), revision of a year (改訂2015), span of years, or version (Ver5.0).
        number: The year, or the ordinal; of a span its first year.
        last: Last year of a span, else 0.
    """

    kind: EditionKind
    number: int
    last: int = 0

    def __str__(self) -> str:
        return f"{self.kind}:{self.number}" + (f"-{self.last}" if self.last else "")


@dataclass(frozen=True, slots=True)
class Marker:
    """One step of a path to a clause: its style, its number, how it is printed, and the heading behind it."""

    style: str
    number: str
    printed: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class ClausePath:
    """The markers from the outermost printed one to the clause itself."""

    markers: tuple[Marker, ...]

    @property
    def printed(self) -> str:
        """Return the path as the registry writes it: 第３章→５→（３）→⑤."""
        return "→".join(marker.printed for marker in self.markers)

    @property
    def key(self) -> str:
        """Return the path by style and number, the same for every way of printing it."""
        return "/".join(f"{marker.style}:{marker.number}" for marker in self.markers)


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation of a document in a string.

    Attributes:
        start: Where it begins in the string.
        end: Where it ends.
        title: The title as printed, with its edition.
        name: Key of the known title that was found; empty where none was.
        editions: What the title or a bracket behind it says of the edition.
        decisions: Printed dates and bodies.
        paths: Paths to clauses.
        pages: Pages.
        flags: What is odd.
    """

    start: int
    end: int
    title: str
    name: str = ""
    editions: tuple[Edition, ...] = ()
    decisions: tuple[Decision, ...] = ()
    paths: tuple[ClausePath, ...] = ()
    pages: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def span(self) -> tuple[int, int]:
        """Return where it stands in the string."""
        return self.start, self.end

    def as_facts(self) -> Facts:
        """Return the JSON object of the citation."""
        return {"title": self.title, "span": [self.start, self.end]} | printed_facts(
            name=self.name,
            editions=tuple(map(str, self.editions)),
            decisions=tuple(one.as_facts() for one in self.decisions),
            paths=tuple(path.printed for path in self.paths),
            pages=self.pages,
            issues=self.flags,
        )
