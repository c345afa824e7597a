"""What stands behind a title: brackets and words that tell decisions, editions, clauses and pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hyoka_kg.normalization.citations.dating import date_at, read_decisions
from hyoka_kg.normalization.citations.editions import editions_within
from hyoka_kg.normalization.citations.matching import BREAK, QUOTES, MatchText
from hyoka_kg.normalization.citations.places import Headings, Places, places_at
from hyoka_kg.normalization.citations.records import Act, Citation, ClausePath, Decision, Edition, EditionKind

BRACKET_OPEN, YEAR_ONLY = "bracket_open", "year_only"
_OPENING, _CLOSING = "(《[", ")》]"
_STRONG = re.compile(
    r"第(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3}|[Ⅰ-Ⅻ])[部章節](?![会品])|(?:重点項目|別紙|別添|別表)[0-9]|[Pp]\.?[0-9]|"
    r"第[0-9]{1,2}の[0-9(]|[Ⅰ-Ⅻ][.(、0-9-]|[0-9]{1,3}(?:頁|ページ)"
)
_LEAD = re.compile(rf"[:、\n{re.escape(QUOTES)}]{{0,4}}(?:施策番号)?")
_UNDATED_ACT = re.compile(r"(?:国家安全保障会議決定)?(?:及び|・|、)?閣議(?:決定|了解)")
_EDGE = re.compile(r"[\n。;(]|、(?!同?[0-9]|[平令昭]|[HRS][0-9])|[○●◇◆■□]")


@dataclass(slots=True)
class Details:
    """What was found behind one title."""

    editions: list[Edition] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    paths: list[ClausePath] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    def cite(self, span: tuple[int, int], title: str, name: str) -> Citation:
        """Return the citation of a title with all that was found behind it.

        Args:
            span: Where it stands in the string.
            title: The title as printed.
            name: Key of the known title, or empty.
        """
        issues = (issue for decision in self.decisions for issue in decision.issues)
        return Citation(
            *span, title, name, tuple(self.editions), tuple(self.decisions), tuple(self.paths), tuple(self.pages),
            tuple(dict.fromkeys((*self.flags, *issues))),
        )  # fmt: skip

    def add_places(self, places: Places) -> bool:
        """Take up clauses and pages; return whether there were any."""
        self.paths += places.paths
        self.pages += places.pages
        return bool(places.paths or places.pages)


def closings(text: str) -> dict[int, int]:
    """Return where each bracket of a folded text is closed; one that never is has no entry."""
    open_places: list[int] = []
    closed: dict[int, int] = {}
    for place, character in enumerate(text):
        if character in _OPENING:
            open_places.append(place)
        elif character in _CLOSING and open_places:
            closed[open_places.pop()] = place
    return closed


def read_bracket(source: MatchText, start: int, end: int, details: Details) -> bool:
    """Take up what the inside of a bracket tells; return False where it tells nothing of these things."""
    content = source.text[start:end]
    editions = editions_within(content)
    if len(editions) == 1 and editions[0].kind is EditionKind.YEAR:
        details.decisions.append(Decision(str(editions[0].number), Act.UNSTATED, issues=(YEAR_ONLY,)))
        return True
    if editions:
        details.editions += editions
        return True
    if _STRONG.match(content):
        return details.add_places(places_at(source, start, end, Headings.ANY))
    decisions = read_decisions(content)
    details.decisions += decisions
    return bool(decisions)


def read_behind(source: MatchText, place: int, closed: dict[int, int], details: Details) -> int:
    """Take up everything behind a title; return where it ends."""
    while place < len(source.text):
        reached = _read_one(source, place, closed, details)
        if reached <= place:
            break
        place = reached
    return place


def _read_one(source: MatchText, place: int, closed: dict[int, int], details: Details) -> int:
    text = source.text
    opening = place
    while opening < len(text) and (text[opening] in QUOTES or text[opening] == BREAK):
        opening += 1
    if opening < len(text) and text[opening] in _OPENING:
        return _read_bracketed(source, place, opening, closed, details)
    strong = places_behind(source, place, details)
    if strong > place:
        return strong
    if date_at(text, opening) and BREAK not in text[place:opening]:
        edge = _EDGE.search(text, opening)
        end = edge.start() if edge else len(text)
        details.decisions += read_decisions(text[opening:end])
        return end
    act = _UNDATED_ACT.match(text, opening)
    if act and BREAK not in text[place:opening]:
        details.decisions += read_decisions(act[0])
        return act.end()
    return place


def _read_bracketed(source: MatchText, place: int, opening: int, closed: dict[int, int], details: Details) -> int:
    closing = closed.get(opening)
    if closing is None:
        line = source.text.find(BREAK, opening)
        end = len(source.text) if line < 0 else line
        details.flags.append(BRACKET_OPEN)
        return end if read_bracket(source, opening + 1, end, details) else place
    read_bracket(source, opening + 1, closing, details)
    return closing + 1


def places_behind(source: MatchText, place: int, details: Details) -> int:
    """Take up clauses that follow without a bracket, also on the next line; return where they end, or the place."""
    lead = _LEAD.match(source.text, place)
    start = lead.end() if lead else place
    if not _STRONG.match(source.text, start):
        return place
    places = places_at(source, start, headings=Headings.SHORT)
    return places.end if details.add_places(places) else place
