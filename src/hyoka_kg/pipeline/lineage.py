"""Tell the lineage of a project: its sheets year by year, and between them the claims with their evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from hyoka_kg.errors import QueryError
from hyoka_kg.linking.identity.records import sheet_text
from hyoka_kg.model import SheetKey
from hyoka_kg.query import load_catalogue, resolve, run_maintenance
from hyoka_kg.store import GraphStore
from hyoka_kg.vocabulary import BASE

_NUMBER = re.compile(rf"{BASE}id/review-number/(?P<ministry>[^/]+)/fy(?P<year>\d{{4}})/(?P<number>[^/]+)")
_SHEET = re.compile(rf"{BASE}id/doc/(?P<ministry>[^/]+)/[^/]+/fy(?P<year>\d{{4}})/(?P<number>[^/]+)")
_STATED = "stated"
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RiverSheet:
    """One sheet of a project; money in yen, None where no paper of the store states it.

    Attributes:
        ministry: Ministry that issued it.
        fiscal_year: Publication year.
        number: Its number there, or `rs-` and the 予算事業ID.
        name: Name of the project as printed; empty where only the number is known.
        initial_jpy: Initial budget (当初予算) of the publication year.
        executed_jpy: Executed amount (執行額) of the year before.
    """

    ministry: str
    fiscal_year: int
    number: str
    name: str
    initial_jpy: Decimal | None
    executed_jpy: Decimal | None

    @property
    def text(self) -> str:
        """Return how a person names it."""
        return f"{self.ministry}/fy{self.fiscal_year}/{self.number}"


@dataclass(frozen=True, slots=True)
class RiverLink:
    """A claim that a sheet follows another.

    Attributes:
        earlier: The earlier sheet.
        later: The later sheet.
        relation: What happened between them.
        method: The rule or list that it comes from.
        evidence: Codes of the facts.
        status: `accepted`, `open`, `unconfirmed`, `refuted`, or `stated` where a paper says it and none judged it.
        confidence: A, B or C.
        precision: Share of links by that method that people found right, or empty.
        judged: How many they judged, or empty.
    """

    earlier: str
    later: str
    relation: str
    method: str
    evidence: str
    status: str
    confidence: str
    precision: str
    judged: str


@dataclass(frozen=True, slots=True)
class River:
    """The sheets of a project in order, and the claims about them."""

    project: str
    sheets: tuple[RiverSheet, ...]
    links: tuple[RiverLink, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the lineage as JSON values."""
        sheets = [asdict(sheet) | {"sheet": sheet.text} for sheet in self.sheets]
        for sheet in sheets:
            for name in ("initial_jpy", "executed_jpy"):
                sheet[name] = None if sheet[name] is None else int(sheet[name])
        return {"project": self.project, "sheets": sheets, "links": [asdict(link) for link in self.links]}


def lineage_of(store: GraphStore, what: str) -> River:
    """Return the lineage of a project, named by itself or by one of its sheets such as `mic/fy2018/0036`.

    Raises:
        QueryError: Nothing has that name.
    """
    parameter = next(p for q in load_catalogue() if q.id == "tr05" for p in q.params if p.name == "project")
    project = _project_of_sheet(store, what) or resolve(store, parameter, what)
    money = _money(run_maintenance(store, "money_of_sheets", project=project).as_text())
    sheets = _sheets(run_maintenance(store, "sheets_of_project", project=project).as_text(), money)
    links = _links(run_maintenance(store, "links_of_project", project=project).as_text())
    if not sheets:
        raise QueryError(f"The store knows no sheet of {what}. Find projects by name: hyoka search NAME")
    return River(project.removeprefix(f"{BASE}id/project/"), sheets, links)


def _project_of_sheet(store: GraphStore, what: str) -> str:
    if "/fy" not in what:
        return ""
    rows = run_maintenance(store, "project_of_number", number=f"{BASE}id/review-number/{what}").as_text()
    return next((row["project"] for row in rows), "")


def parse_end(iri: str) -> SheetKey | None:
    """Return the sheet that a number's or a sheet's IRI names, or None."""
    match = _NUMBER.fullmatch(iri) or _SHEET.fullmatch(iri)
    return None if match is None else SheetKey(match["ministry"], int(match["year"]), match["number"])


def _sheets(rows: Iterable[Row], money: Mapping[tuple[str, str], Decimal]) -> tuple[RiverSheet, ...]:
    """Return the sheets in order of year; of several papers that print one number, the first that states it counts."""
    papers: dict[SheetKey, list[Row]] = {}
    for row in rows:
        key = parse_end(row["sheet"])
        if key is not None:
            papers.setdefault(key, []).append(row)
    in_order = sorted(papers, key=lambda key: (key.fiscal_year, key.ministry, key.number))
    return tuple(_sheet(key, papers[key], money) for key in in_order)


def _sheet(key: SheetKey, papers: list[Row], money: Mapping[tuple[str, str], Decimal]) -> RiverSheet:
    name = next((" ".join(row["name"].split()) for row in papers if row["name"]), "")
    amounts = [
        next((money[row["document"], phase] for row in papers if (row["document"], phase) in money), None)
        for phase in ("initial", "executed")
    ]
    return RiverSheet(key.ministry, key.fiscal_year, key.number, name, *amounts)


def _money(rows: Iterable[Row]) -> dict[tuple[str, str], Decimal]:
    """Return the amounts by document and phase."""
    return {(row["document"], row["phase"]): Decimal(row["amount"]) for row in rows}


def _links(rows: Iterable[Row]) -> tuple[RiverLink, ...]:
    links = []
    for row in rows:
        earlier, later = parse_end(row["earlier"]), parse_end(row["later"])
        if earlier is not None and later is not None:
            links.append(
                RiverLink(
                    earlier=sheet_text(earlier),
                    later=sheet_text(later),
                    relation=row["relation"],
                    method=row["method"],
                    evidence=row["evidence"],
                    status=row["status"] or _STATED,
                    confidence=row["confidence"],
                    precision=row["precision"],
                    judged=row["judged"],
                )
            )
    return tuple(links)
