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


# ASCII letters for the styles of markers and the words in them: an IRI holds no other.
_STYLE_LETTERS = {
    **{
        "第N部": "b",
        "第N章": "c",
        "第N節": "s",
        "第N項": "k",
        "第N": "d",
        "ROMAN": "r",
        "漢": "h",
        "(漢)": "j",
        "N": "n",
    },
    **{"[N]": "q", "(N)": "p", "①": "o", "ⅰ)": "i", "(字)": "a", "ア": "u", "a": "e", "頁": "page", "語N": ""},
}
_WORD_LETTERS = {"重点項目": "priority", "重点分野": "area", "別紙": "annex", "別添": "attached", "別表": "table"}
_WORD_LETTERS |= {"別記": "note", "付属書": "appendix", "基本目標": "goal"}
PAGE_STYLE = "頁"


@dataclass(frozen=True, slots=True)
class Marker:
    """One step of a path to a clause: its style, its number, how it is printed, and the heading behind it."""

    style: str
    number: str
    printed: str
    heading: str = ""

    @property
    def slug(self) -> str:
        """Return style and number in ASCII letters, digits and hyphens."""
        number = self.number
        for word, letters in _WORD_LETTERS.items():
            number = number.replace(word, letters)
        return _STYLE_LETTERS[self.style] + "".join(one if one.isascii() else f"x{ord(one):x}" for one in number)


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

    @property
    def slug(self) -> str:
        """Return the path in ASCII, for an IRI.

        >>> ClausePath((Marker("第N章", "5", "第５章"), Marker("①", "8", "⑧"))).slug
        'c5.o8'
        """
        return ".".join(marker.slug for marker in self.markers)

    @property
    def prefixes(self) -> tuple[ClausePath, ...]:
        """Return the paths from the outermost clause to this one."""
        return tuple(ClausePath(self.markers[:end]) for end in range(1, len(self.markers) + 1))


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
    def places(self) -> tuple[ClausePath, ...]:
        """Return the paths to clauses, and the pages as paths of one step."""
        pages = tuple(ClausePath((Marker(PAGE_STYLE, str(page), f"P{page}"),)) for page in self.pages)
        return self.paths + pages

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


@dataclass(frozen=True, slots=True)
class Citations:
    """All citations of one string."""

    found: tuple[Citation, ...]

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        return {"citations": [citation.as_facts() for citation in self.found]}
