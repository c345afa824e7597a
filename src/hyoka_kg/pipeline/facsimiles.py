"""One document by several routes: where the readings of workbook, PDF and text differ, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hyoka_kg.model import CellKey, Claim, FormReading
from hyoka_kg.pipeline.comparing import bare
from hyoka_kg.pipeline.unnumbered import renamed, rows_of_claims

STORED = "printed_vs_stored"
LITERAL = "literal_differs"
NOT_TOLD = "not_told"


@dataclass(frozen=True, slots=True)
class RouteDifference:
    """One cell that routes do not tell alike.

    Attributes:
        key: Subject, field and year.
        reason: `printed_vs_stored` where a workbook stores another number than it prints, though all literals are
            equal; `literal_differs` where two routes state different literals; `not_told` where a route states none.
        told: The literal of each route that states one; with `printed_vs_stored` the stored number as well.
    """

    key: CellKey
    reason: str
    told: Mapping[str, str]


def compare_routes(readings: Mapping[str, FormReading]) -> list[RouteDifference]:
    """Return the cells that the readings of one document do not tell alike, in the order of the form.

    Rows without a number are those of the first reading that print the same words.

    Args:
        readings: A reading by the name of its route.
    """
    claims = _told_by_route(readings)
    keys = dict.fromkeys(key for told in claims.values() for key in told)
    return [one for key in keys for one in _differences(key, claims)]


def told_cells(readings: Mapping[str, FormReading]) -> int:
    """Return how many cells at least one of the readings tells."""
    return len({key for told in _told_by_route(readings).values() for key in told})


def _told_by_route(readings: Mapping[str, FormReading]) -> dict[str, dict[CellKey, Claim]]:
    told = {
        route: [one for one in reading.claims if one.is_told and one.printed] for route, reading in readings.items()
    }
    first = rows_of_claims(next(iter(told.values()), []))
    return {route: {claim.key: claim for claim in renamed(own, first)} for route, own in told.items()}


def _differences(key: CellKey, claims: Mapping[str, Mapping[CellKey, Claim]]) -> Iterator[RouteDifference]:
    found = {route: told[key] for route, told in claims.items() if key in told}
    printed = {route: bare(claim.printed) for route, claim in found.items()}
    stored = {f"{route} stores": value for route, claim in found.items() for value in _stored(claim)}
    if len(set(printed.values())) > 1:
        yield RouteDifference(key, LITERAL, printed)
    if len(found) < len(claims):
        yield RouteDifference(key, NOT_TOLD, printed)
    if stored:
        yield RouteDifference(key, STORED, printed | stored)


def _stored(claim: Claim) -> list[str]:
    return [issue.partition(":")[2] for issue in claim.issues if issue.startswith(f"{STORED}:")]
