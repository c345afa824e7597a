"""Known titles inside running text: only where the words around them leave no doubt that the title is meant."""

from __future__ import annotations

import re

from hyoka_kg.normalization.citations.details import Details, closings, read_bracket
from hyoka_kg.normalization.citations.editions import edition_before, edition_behind
from hyoka_kg.normalization.citations.matching import BREAK, MatchText
from hyoka_kg.normalization.citations.records import Citation
from hyoka_kg.normalization.citations.title_index import TitleIndex

# A letter of these in front or behind may belong to a longer title: 農林水産省地球温暖化対策計画, 防災基本計画修正案.
_LETTER = re.compile(r"[一-龥々ァ-ヺーA-Za-z0-9-]")
_OTHERS = re.compile(r"(?:新たな|新しい|次期|旧|前|現行の|[都道府県市町村区庁省社体国]の|及び|並びに)$")
_OPENING, _CLOSING = "「『｢", "」』｣"
# An edition or a quotation mark in front of a title.
_LEADS = frozenset("第平令昭2" + _OPENING)
_LOOK_BACK = 5
_LEAST_LETTERS = 8
_PLAN = re.compile(
    r"(?:計画|戦略|方針|大綱|プラン|宣言|ビジョン|プログラム|対策|工程表|フォロ-アップ|パッケ-ジ|ロ-ドマップ)$"
)


def read_mentions(raw: str, titles: TitleIndex) -> tuple[Citation, ...]:
    """Return the known titles that a running text names, with the editions and dates behind them.

    A short title counts only in quotation marks, with its edition, or with a date behind it.

    >>> titles = TitleIndex(["日本再興戦略", "成長戦略"])
    >>> [one.title for one in read_mentions("「日本再興戦略」に基づき、県の成長戦略を", titles)]
    ['日本再興戦略']
    """
    source = MatchText.of(raw)
    closed, found, place = closings(source.text), [], 0
    while place < len(source.text):
        if source.text[place] not in _LEADS and not titles.may_begin(source.text, place):
            place += 1
            continue
        citation, end = _mention_at(source, place, titles, closed)
        if citation is not None:
            found.append(citation)
        place = max(end, place + 1)
    return tuple(found)


def _mention_at(
    source: MatchText, place: int, titles: TitleIndex, closed: dict[int, int]
) -> tuple[Citation | None, int]:
    text = source.text
    before = edition_before(text, place) if text[place] in _LEADS else None
    start = before[1] if before else place
    start += start < len(text) and text[start] in _OPENING
    match = titles.match(text, start) if start < len(text) and text[start] not in _OPENING else None
    if match is None:
        return None, place
    end = match[1]
    details = Details(editions=[before[0]] if before else [])
    after = edition_behind(text, _past(text, end))
    if after:
        details.editions.append(after[0])
        end = after[1]
    stop = _read_brackets(source, end, closed, details)
    if not _stands_alone(text, place, end) or not _is_telling(text, (start, end), match[0], details):
        return None, match[1]
    title = source.printed(place, end).replace(BREAK, "").strip("「」『』｢｣ ")
    return details.cite(source.slice(place, stop), title, match[0]), stop


def _past(text: str, place: int) -> int:
    return place + (place < len(text) and text[place] in _CLOSING)


def _read_brackets(source: MatchText, end: int, closed: dict[int, int], details: Details) -> int:
    """Take up the brackets right behind a title; return where the last of them ends."""
    stop = end
    while True:
        opening = _past(source.text, stop)
        if source.text[opening : opening + 1] != "(" or opening not in closed:
            return stop
        if not read_bracket(source, opening + 1, closed[opening], details):
            return stop
        stop = closed[opening] + 1


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether no letter on either side could belong to a longer title, and no word makes it another one."""
    if start and (_LETTER.match(text[start - 1]) or _OTHERS.search(text[max(0, start - _LOOK_BACK) : start])):
        return False
    return end >= len(text) or not _LETTER.match(text[end])


def _is_telling(text: str, place: tuple[int, int], name: str, details: Details) -> bool:
    start, end = place
    is_quoted = 0 < start <= end < len(text) and text[start - 1] in _OPENING and text[end] in _CLOSING
    has_date = any(decision.date for decision in details.decisions)
    return bool(is_quoted or has_date or details.editions or (len(name) >= _LEAST_LETTERS and _PLAN.search(name)))
