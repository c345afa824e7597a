"""What a run of the synthetic ministry is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hyoka_kg.errors import HyokaError

FIRST_YEAR, LAST_YEAR = 2014, 2023
_MOST_PROJECTS = 20_000


class Kind(StrEnum):
    """Which forms are written."""

    EX_ANTE = "ex-ante"
    REVIEW_SHEET = "review-sheet"
    BOTH = "both"


class Route(StrEnum):
    """How documents are written; `facts` writes the tables and no document, `judgit` public objects over the years."""

    TEXT = "text"
    PDF = "pdf"
    XLSX = "xlsx"
    ALL = "all"
    FACTS = "facts"
    JUDGIT = "judgit"


class RequestError(HyokaError):
    """The run that is asked for cannot be made."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Request:
    """A run: the same request gives the same bytes.

    Attributes:
        seed: Any whole number.
        projects: Projects in each year.
        first: First fiscal year of the sheets.
        last: Last fiscal year of the sheets.
        kind: Which forms.
        route: How documents are written.
        disorder: How torn the text layer is, from 0 (order of reading) to 1.
    """

    seed: int
    projects: int = 20
    first: int = 2017
    last: int = 2018
    kind: Kind = Kind.BOTH
    route: Route = Route.TEXT
    disorder: float = 0.2

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.first <= self.last <= LAST_YEAR:
            raise RequestError(
                f"The years {self.first}-{self.last} cannot be made: the forms are known for FY{FIRST_YEAR} to "
                f"FY{LAST_YEAR}, and the first year comes first. Use --years {FIRST_YEAR}-{LAST_YEAR} or a part of it."
            )
        if not 1 <= self.projects <= _MOST_PROJECTS:
            raise RequestError(f"--projects {self.projects} is not between 1 and {_MOST_PROJECTS:,}.")
        if not 0 <= self.disorder <= 1:
            raise RequestError(f"--disorder {self.disorder} is not between 0 and 1.")

    @property
    def routes(self) -> tuple[Route, ...]:
        """Return the routes to write, in order."""
        if self.route is Route.ALL:
            return (Route.TEXT, Route.PDF, Route.XLSX)
        return () if self.route in (Route.FACTS, Route.JUDGIT) else (self.route,)


def parse_years(text: str) -> tuple[int, int]:
    """Return the first and last fiscal year of `2017-2019` or `2018`.

    Raises:
        RequestError: The text is no such range.
    """
    first, _, last = text.partition("-")
    if not (first.isascii() and first.isdecimal() and (not last or (last.isascii() and last.isdecimal()))):
        raise RequestError(
            f"--years '{text}' is no range of fiscal years. Write it as 2017-2019, or 2018 for one year."
        )
    return int(first), int(last or first)
