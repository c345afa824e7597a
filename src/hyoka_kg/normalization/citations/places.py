"""Paths to clauses (第３章→５→（３）→⑤, Ⅱ－１－(4), [重点項目３], 別紙２-５) and pages (P78) behind a title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from hyoka_kg.normalization.citations.matching import BREAK, MatchText
from hyoka_kg.normalization.citations.records import ClausePath, Marker
from hyoka_kg.normalization.numerals import CIRCLED, KANJI, circled_number, kanji_number, roman_number

_N = "[0-9]{1,3}"
_ROMAN = r"(?:[Ⅰ-Ⅻ]|[IVX]{1,5}(?![A-Za-z]))"
_SMALL_ROMAN = r"(?:[ⅰ-ⅻ]|[ivx]{1,5}(?![A-Za-z]))"
_KANJI = f"[{KANJI}]{{1,3}}"
_NUMERAL = f"(?P<n>{_N}|{_KANJI}|[Ⅰ-Ⅻ])"
# Words that open a clause by themselves; behind the others stands a mark of its own.
_WORDS = "重点項目|重点分野|別紙|別添|別表|別記|付属書|基本目標"


@dataclass(frozen=True, slots=True)
class _Style:
    """A style of marker; a smaller rank is further out. A plain one opens a path only behind another marker."""

    name: str
    rank: int
    pattern: re.Pattern[str]
    opens: bool = True


def _style(name: str, rank: int, pattern: str, *, opens: bool = True) -> _Style:
    return _Style(name, rank, re.compile(pattern), opens)


_STYLES = (
    _style("第N部", 1, f"第{_NUMERAL}部"),
    _style("第N章", 2, f"第{_NUMERAL}章"),
    _style("第N節", 3, f"第{_NUMERAL}節"),
    _style("第N項", 5, f"第{_NUMERAL}項"),
    _style("第N", 4, f"第(?P<n>{_N}|{_KANJI})(?![0-9次期回版条号年議])"),
    _style("語N", 3, rf"[(\[]?(?P<word>{_WORDS})(?P<n>{_N}|{_KANJI}|[{CIRCLED}]|[Ⅰ-Ⅻ])(?:-(?P<n2>{_N}))?[)\]]?"),
    _style("ROMAN", 4, rf"(?P<n>{_ROMAN})[.、]?"),
    _style("漢", 6, rf"(?P<n>{_KANJI})[.、]"),
    _style("(漢)", 8, rf"\((?P<n>{_KANJI})\)"),
    _style("[N]", 8, rf"\[(?P<n>{_N})\]"),
    _style("(N)", 9, rf"\((?P<n>{_N})\)|(?P<small>[⑴-⒇])"),
    _style("①", 11, f"(?P<n>[{CIRCLED}])"),
    _style("ⅰ)", 10, rf"\(?(?P<n>{_SMALL_ROMAN})\)"),
    _style("(字)", 12, r"\((?P<n>[a-zA-Zア-ン])\)"),
    _style("N", 7, rf"(?P<n>{_N})\.(?P<n2>{_N})(?![0-9])", opens=False),
    _style("N", 7, rf"(?P<n>{_N})\.(?![0-9])"),
    _style("N", 7, rf"(?P<n>{_N})(?![0-9年月日%度か万億人件回位歳割代])", opens=False),
    _style("漢", 6, rf"(?P<n>{_KANJI})(?=[-→]|$)", opens=False),
    _style("ア", 12, r"(?P<n>[ア-ン])(?:(?![ァ-ヺー-])|(?=[イウエオカ]{1,4}(?![ァ-ヺー])))", opens=False),
    _style("a", 13, r"(?P<n>[a-z])(?![A-Za-z])\.?", opens=False),
)
_PAGE = re.compile(
    rf"(?:(?<![A-Za-z])[Pp]{{1,2}}\.?(?P<p>{_N})(?:[-~](?:[Pp]\.?)?{_N})?|(?P<q>{_N})(?:頁|ページ))(?:等)?"
)
_KANA_ITEM = re.compile(r"[ア-ン](?=[一-龥])")
_JOINT = re.compile(r"[-→.・のﾉ>「」『』\n]")
# Where a heading ends that no bracket encloses.
_HEADING_END = re.compile(r"[(、。]|及び|並びに")
_NEXT = re.compile(r"(?:[、;\n]|及び|並びに)+")


@dataclass(frozen=True, slots=True)
class Places:
    """The clauses and pages at a place of a text, and where they end."""

    paths: tuple[ClausePath, ...]
    pages: tuple[int, ...]
    end: int


class Headings(StrEnum):
    """Whether words may stand between the markers: none, those of one line, or any as inside a bracket."""

    NONE = "none"
    SHORT = "short"
    ANY = "any"


def places_at(source: MatchText, place: int, limit: int | None = None, headings: Headings = Headings.NONE) -> Places:
    """Return what a folded text tells of clauses and pages from a place on.

    Args:
        source: The folded text.
        place: Where to begin.
        limit: Where to stop; None means the end of the text.
        headings: Whether words may stand between the markers.

    >>> [path.printed for path in places_at(MatchText.of("第５章１．（２）⑧、３．（３）"), 0).paths]
    ['第５章→１→（２）→⑧', '第５章→３→（３）']
    """
    reader = _Reader(source, place, len(source.text) if limit is None else limit, headings)
    reader.run()
    return Places(tuple(reader.paths), tuple(reader.pages), reader.end)


def path_key(printed: str) -> str:
    """Return the key of a path that is written with arrows; empty where a step is no marker.

    >>> path_key("II→[重点項目３]→(３)→①"), path_key("第二→一→４→（３）→ⅰ）→②")
    ('ROMAN:2/語N:重点項目3/(N):3/①:1', '第N:2/漢:1/N:4/(N):3/ⅰ):1/①:2')
    """
    markers: list[Marker] = []
    for step in printed.split("→"):
        places = _Reader(MatchText.of(step), 0, len(step), Headings.NONE)
        places.run(opens=False)
        if len(places.paths) != 1:
            return ""
        markers += places.paths[0].markers
    return ClausePath(tuple(markers)).key


class _Reader:
    """Reads markers one after the other; a comma begins the next path below what both share."""

    def __init__(self, source: MatchText, place: int, limit: int, headings: Headings) -> None:
        self.source, self.end, self._limit, self._headings = source, place, limit, headings
        self.paths: list[ClausePath] = []
        self.pages: list[int] = []
        self._chain: list[tuple[int, Marker]] = []

    def run(self, *, opens: bool = True) -> None:
        self._opens = opens
        place, fresh = self.end, False
        while 0 <= place < self._limit:
            page = _PAGE.match(self.source.text, place, self._limit)
            if page:
                self.pages.append(int(page["p"] or page["q"]))
                self.end = place = page.end()
            else:
                place, fresh = self._step(place, fresh=fresh)
        self._close()

    def _step(self, place: int, *, fresh: bool) -> tuple[int, bool]:
        """Return where to go on, negative at the end, and whether a new path begins there."""
        found = self._marker_at(place, opens=self._opens and not self._chain)
        if found:
            self._add(*found, fresh=fresh)
            self.end = found[1].end()
            return self.end, False
        if not self._chain:
            return -1, fresh
        joint = _JOINT.match(self.source.text, place, self._limit)
        if joint and (joint[0] != BREAK or self._begins_line(joint.end())):
            return joint.end(), fresh
        separator = _NEXT.match(self.source.text, place, self._limit)
        if separator and self._marker_at(separator.end(), opens=False):
            return separator.end(), True
        return (-1, fresh) if self._headings is Headings.NONE else self._skip_heading(place)

    def _begins_line(self, place: int) -> bool:
        """Return whether the next line that is not empty begins with a marker."""
        while self.source.text[place : place + 1] == BREAK:
            place += 1
        return self._headings is not Headings.NONE and self._marker_at(place, opens=True) is not None

    def _add(self, style: _Style, match: re.Match[str], *, fresh: bool) -> None:
        if fresh:
            self._close()
        names = [marker.style for _, marker in self._chain]
        is_sibling = style.name in names
        if is_sibling or fresh:
            outer = sum(rank < style.rank for rank, _ in self._chain)
            if not fresh:
                self._close()
            self._chain = self._chain[: names.index(style.name) if is_sibling else outer]
        word = match.groupdict().get("word") or ""
        printed = self.source.printed(*match.span()).rstrip(".．、")
        self._chain.append((style.rank, Marker(style.name, word + _number(match), printed)))

    def _skip_heading(self, place: int) -> tuple[int, bool]:
        """Pass over the words of a heading up to the next marker that may open a clause."""
        start = place
        while place < self._limit and not self._ends_heading(place, start):
            place += 1
        if place == start:
            return -1, False
        rank, marker = self._chain[-1]
        heading = self.source.printed(start, place).strip("、・ \u3000\n\t」』「『")
        self._chain[-1] = (rank, Marker(marker.style, marker.number, marker.printed, heading))
        self.end = place
        return place, False

    def _ends_heading(self, place: int, start: int) -> bool:
        text = self.source.text
        if text[place] == BREAK:
            return True
        if self._headings is Headings.SHORT and _HEADING_END.match(text, place):
            return True
        if place > start and self.source.is_gap(place) and _KANA_ITEM.match(text, place):
            return True
        return place > start and self._marker_at(place, opens=True) is not None

    def _close(self) -> None:
        path = ClausePath(tuple(marker for _, marker in self._chain))
        if self._chain and path not in self.paths:
            self.paths.append(path)

    def _marker_at(self, place: int, *, opens: bool) -> tuple[_Style, re.Match[str]] | None:
        gap = min(self.source.next_gap(place), self._limit)
        for limit in dict.fromkeys((gap, self._limit)):
            for style in _STYLES:
                match = style.pattern.match(self.source.text, place, limit) if style.opens or not opens else None
                if match:
                    return style, match
        return None


def _number(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups.get("small"):
        return str(ord(groups["small"]) - ord("⑴") + 1)
    printed = groups["n"]
    read = next((n for n in (circled_number(printed), roman_number(printed), kanji_number(printed)) if n), None)
    return (str(read) if read else printed) + (f"-{groups['n2']}" if groups.get("n2") else "")
