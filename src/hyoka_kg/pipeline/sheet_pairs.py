"""Explain a pair of sheets: the facts about it, the rules that they satisfy, and what the others lack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hyoka_kg.errors import QueryError
from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.linking.identity.evidence import Evidence, evidence_codes
from hyoka_kg.linking.identity.links import Link
from hyoka_kg.linking.identity.ordering import SURE_RULES, Order
from hyoka_kg.linking.identity.records import parse_sheet, read_links, sheet_text
from hyoka_kg.linking.identity.rules import rules
from hyoka_kg.linking.identity.shelf import DigestShelf
from hyoka_kg.linking.identity.surroundings import Surroundings
from hyoka_kg.model import SheetKey
from hyoka_kg.pipeline.national.identity import issued_project, outcome_files

_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two sheets are one project, or why not.

    Attributes:
        earlier: The earlier sheet.
        later: The later sheet.
        projects: The project of each.
        facts: Every fact that was compared, with its class.
        evidence: The facts as the codes that links state.
        satisfied: The rules that the facts satisfy, the surest first.
        lacking: The rules that lack least, each with the facts that they lack.
        links: The claims about the two sheets, with each other and with others of the same years.
    """

    earlier: str
    later: str
    projects: tuple[str, str]
    facts: dict[str, Any]
    evidence: tuple[str, ...]
    satisfied: list[str]
    lacking: list[tuple[str, list[str]]]
    links: list[Link]

    @property
    def is_one_project(self) -> bool:
        """Return whether both sheets are of one project."""
        return bool(self.projects[0]) and self.projects[0] == self.projects[1]

    def as_json(self) -> dict[str, Any]:
        """Return the explanation as JSON values."""
        links = [
            link._asdict() | {"earlier": sheet_text(link.earlier), "later": sheet_text(link.later)}
            for link in self.links
        ]
        return asdict(self) | {"links": links, "is_one_project": self.is_one_project}


def explain_pair(store: Path, one: str, other: str) -> Explanation:
    """Return the explanation of two sheets, each written as `mic/fy2018/0036`.

    Raises:
        QueryError: A sheet is not written so, or the corpora have none of that name.
        StoreError: The store was built without the corpora.
    """
    digests, links = outcome_files(store)
    shelf = DigestShelf(digests)
    earlier, later = sorted((_digest(shelf, one), _digest(shelf, other)), key=lambda digest: digest.key.fiscal_year)
    facts = _compare(shelf, earlier, later, links)
    shelf.close()
    missing = [(rule.name, rule.missing(facts)) for rule in rules()]
    return Explanation(
        earlier=sheet_text(earlier.key),
        later=sheet_text(later.key),
        projects=(issued_project(store, earlier.key), issued_project(store, later.key)),
        facts=facts._asdict(),
        evidence=evidence_codes(facts),
        satisfied=[name for name, lacks in missing if not lacks],
        lacking=sorted(((name, lacks) for name, lacks in missing if lacks), key=lambda item: len(item[1]))[:_NEAREST],
        links=list(_links_about(read_links(links), earlier.key, later.key)),
    )


def _digest(shelf: DigestShelf, text: str) -> SheetDigest:
    try:
        digest = shelf.get(parse_sheet(text))
    except ValueError as error:
        raise QueryError(f"'{text}' is no sheet. Write ministry, year and number: mic/fy2018/0036") from error
    if digest is None:
        raise QueryError(f"The corpora have no sheet {text}. List those of a project: hyoka lineage PROJECT")
    return digest


def _compare(shelf: DigestShelf, earlier: SheetDigest, later: SheetDigest, links: Path) -> Evidence:
    """Return the evidence as the linker saw it: what other sheets of the two years say counts too."""
    before, after = (list(shelf.of_year(digest.key.fiscal_year)) for digest in (earlier, later))
    around = Surroundings(before, after)
    facts = around.compare(earlier, next(digest for digest in around.later if digest.key == later.key))
    return facts._replace(order=_order(links, after).tell(earlier.key, later)) if later.rs_id else facts


def _order(links: Path, later: Iterable[SheetDigest]) -> Order:
    """Return the order in which the sheets of a year were given their ids, as the sure links tell it."""
    ids = {digest.key: int(digest.rs_id) for digest in later if digest.rs_id}
    sure = (link for link in read_links(links) if link.method in SURE_RULES and link.later in ids)
    return Order((link.earlier, ids[link.later]) for link in sure)


def _links_about(links: Iterable[Link], earlier: SheetKey, later: SheetKey) -> Iterable[Link]:
    """Yield the links of the earlier sheet onwards and of the later one backwards."""
    return (link for link in links if link.earlier == earlier or link.later == later)
