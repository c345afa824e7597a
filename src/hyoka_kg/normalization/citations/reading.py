"""Read a string as the citations that it holds, one after the other, whatever joins them."""

from __future__ import annotations

import re
from dataclasses import replace

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.citations.dating import date_at, read_decisions
from hyoka_kg.normalization.citations.details import Details, closings, places_behind, read_behind, read_bracket
from hyoka_kg.normalization.citations.editions import edition_before, edition_behind
from hyoka_kg.normalization.citations.matching import BREAK, QUOTES, MatchText
from hyoka_kg.normalization.citations.records import Citation, Citations, Decision, Edition, EditionKind
from hyoka_kg.normalization.citations.title_index import TitleIndex

_BULLETS = "・○●◎◇◆■□※*→>-/+、。;:)》]|▪➢✓"
_JOINTS = re.compile(r"(?:及び|並びに|又は|または|及)(?=.)")
_JOINT_LEADS = frozenset("及並又ま等なほ他そ")
_NUMBERING = re.compile(r"\(?(?:[0-9]{1,2}|[ア-ン]|[a-z])[).](?![0-9])|\[[0-9]{1,2}\]|[①-⑳⑴-⒇]")
_REMARK = re.compile(
    r"等?(?:の(?:一部)?(?:変更|改定|改訂|改正|修正|見直し|策定|決定))?に\n?ついて|(?:の一部|の)?(?:改正|変更)|の?概要|\(案\)"
)
_SUBTITLE = re.compile(
    r"[^()\n、。]{0,40}[-~][^()\n]{2,80}?[-~](?=[()\n」』\"》]|$)|[^()\n。「]{2,40}~[^()\n]{2,60}~(?=[(\n」』\"]|$)"
)
_AND_MORE = re.compile(r"(?:等|など|ほか|他|その他)")
_BOUNDARY = re.compile(
    rf"$|[、。;:\n・()\[\]《》/~※○●◇◆■□→*{re.escape(QUOTES)}-]|及び|並びに|又は|または|等|など|ほか|他|その他|閣議|抜粋|"
    r"第(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3}|[Ⅰ-Ⅻ])[部章節]|第[0-9]{1,2}の[0-9(]|(?:重点項目|施策番号|別紙|別添|別表)[0-9]|"
    r"[Pp]\.?[0-9]|[Ⅰ-Ⅻ][.(0-9-]"
)
# Who decided a document, or the number of a notice, in front of its title. A ministry needs a mark behind it: its
# 気候変動適応計画 is not that of the cabinet.
_DECIDER = re.compile(
    r"(?:(?:会議|本部|[審議部分科員検討談]会)(?:決定|答申|中間答申|提言)?|[0-9]号(?:\([^()\n]{0,20}\))?)[:「『｢]?|[省庁][:「『｢]"
)
_WORD = re.compile(r"[^\W\d_]")
_PREFIX_LENGTH, _OPEN_LENGTH = 40, 80
# The longest box of the corpora holds some 700 characters.
_LONGEST_BOX = 20_000


def read_citations(raw: str, titles: TitleIndex | None = None) -> tuple[Citation, ...]:
    """Return the citations in a string, each with its place in it.

    Args:
        raw: The string as printed: one citation, several on one line or on many, or none.
        titles: Known titles, which tell where a title with commas ends and where the next begins; without them
            only the punctuation does.

    >>> [one.title for one in read_citations("成長戦略（令和3年6月18日閣議決定）、防災基本計画 等")]
    ['成長戦略', '防災基本計画']
    """
    return tuple(_Reading(MatchText.of(raw), titles or TitleIndex(())).run())


def parse_citations(raw: str) -> Citations:
    """Return the citations in a string by its punctuation alone.

    Raises:
        ValueTextError: The string cites nothing, or is longer than any box of a sheet.

    >>> parse_citations("成長戦略（令和3年6月閣議決定）").as_facts()["citations"][0]["decisions"]
    [{'date': '2021-06', 'act': 'decided', 'body': '閣議'}]
    """
    if len(raw) > _LONGEST_BOX:
        raise ValueTextError(f"longer than {_LONGEST_BOX:,} characters: no box of a sheet holds so much")
    found = read_citations(raw)
    if not found:
        raise ValueTextError("no title of a document")
    return Citations(found)


class _Reading:
    """The reading of one string."""

    def __init__(self, source: MatchText, titles: TitleIndex) -> None:
        self._source, self._text, self._titles = source, source.text, titles
        self._closed = closings(source.text)
        self._citations: list[Citation] = []

    def run(self) -> list[Citation]:
        place = self._skip(0)
        while place < len(self._text):
            reached = self._more_details(place) or self._item(place)
            place = self._skip(max(reached, place + 1))
        return self._citations

    def _skip(self, place: int) -> int:
        """Return the next place where a citation may begin: behind bullets, numbering and words that join."""
        text = self._text
        while place < len(text):
            is_line = place == 0 or text[place - 1] == BREAK
            numbering = _NUMBERING.match(text, place) if is_line or text[place] in "①②③④⑤⑥⑦⑧⑨⑩" else None
            joint = numbering or self._joint_at(place, is_line=is_line)
            if joint:
                place = joint.end()
            elif text[place] in _BULLETS or text[place] == BREAK:
                place += 1
            else:
                break
        return place

    def _joint_at(self, place: int, *, is_line: bool) -> re.Match[str] | None:
        if self._text[place] not in _JOINT_LEADS:
            return None
        return _JOINTS.match(self._text, place) or (None if is_line else _AND_MORE.match(self._text, place))

    def _more_details(self, place: int) -> int:
        """Return where clauses or a bracket end that belong to the citation before; 0 where there are none."""
        if self._known(place):
            return 0
        details = Details()
        if self._text[place] == "(" and place in self._closed:
            reached = self._closed[place] + 1
            if not read_bracket(self._source, place + 1, reached - 1, details):
                return 0
        else:
            reached = places_behind(self._source, place, details)
        if reached == place:
            return 0
        if self._citations:
            self._citations[-1] = _extended(self._citations[-1], self._source.slice(place, reached)[1], details)
        return reached

    def _item(self, place: int) -> int:
        start, decisions = self._decided_before(place)
        known = self._known(start)
        if known is None and self._text[place] == "(" and place in self._closed:
            return self._closed[place] + 1
        if known is None:
            start = self._behind_decider(start)
            known = self._known(start)
        if known:
            name, editions, title_end, end = known
        else:
            name, editions, end = "", [], self._unknown_end(start)
            title_end = end
        if not known and not _WORD.search(self._text, start, title_end):
            return end
        details = Details(editions=editions, decisions=list(decisions))
        reached = read_behind(self._source, end, self._closed, details)
        self._add(place, reached, (start, title_end), name, details)
        return reached

    def _add(self, start: int, end: int, title: tuple[int, int], name: str, details: Details) -> None:
        printed = self._source.printed(*title).strip().strip(QUOTES + BREAK).strip()
        self._citations.append(details.cite(self._source.slice(start, end), printed, name))

    def _decided_before(self, place: int) -> tuple[int, tuple[Decision, ...]]:
        """Return where the title begins behind a date that stands in front of it, and what that date tells."""
        found = date_at(self._text, place)
        if found is None:
            return place, ()
        for end in range(found.end, min(found.end + _PREFIX_LENGTH, len(self._text))):
            character = self._text[end]
            if character in ":\n「『" or self._known(end):
                start = end + 1 if character in ":\n" else end
                return start, read_decisions(self._text[place:end])
            if character in "(、。":
                break
        return place, ()

    def _behind_decider(self, start: int) -> int:
        """Return where a known title begins behind its decider, or the start."""
        deciders = _DECIDER.finditer(self._text, start, self._unknown_end(start))
        return next((decider.end() for decider in deciders if self._known(decider.end())), start)

    def _known(self, place: int) -> tuple[str, list[Edition], int, int] | None:
        """Return the key, editions and end of a known title at a place, and the end of what belongs to it."""
        start = self._past_quotes(place)
        before = edition_before(self._text, start)
        match = self._titles.match(self._text, start)
        editions: list[Edition] = []
        if before:
            behind = self._titles.match(self._text, self._past_quotes(before[1]))
            if behind and (match is None or behind[1] > match[1]):
                match, editions = behind, [before[0]]
        if match is None:
            return None
        end = self._past_quotes(match[1])
        after = edition_behind(self._text, end)
        # 第3次A計画　第4次A計画: the second edition belongs to the title behind it.
        if after and after[0].kind is EditionKind.ORDINAL and self._titles.match(self._text, after[1]):
            after = None
        if after:
            editions.append(after[0])
        title_end = after[1] if after else match[1]
        end = self._belonging(title_end)
        return (match[0], editions, title_end, end) if self._is_boundary(end) else None

    def _belonging(self, place: int) -> int:
        """Return the end of a remark (の変更について) or subtitle behind a title."""
        remark = _REMARK.match(self._text, self._past_quotes(place))
        place = remark.end() if remark else place
        subtitle = _SUBTITLE.match(self._text, place)
        return subtitle.end() if subtitle else place

    def _is_boundary(self, place: int) -> bool:
        if _BOUNDARY.match(self._text, place) or date_at(self._text, place):
            return True
        return self._source.is_gap(place) or self._titles.match(self._text, place) is not None

    def _past_quotes(self, place: int) -> int:
        while place < len(self._text) and self._text[place] in QUOTES:
            place += 1
        return place

    def _unknown_end(self, start: int) -> int:
        """Return the end of a title that is not known: punctuation outside quotes, or a bracket that tells of it."""
        depth, place = 0, start
        while place < len(self._text):
            character = self._text[place]
            depth += (character in "「『｢") - (character in "」』｣")
            if character == BREAK or (depth <= 0 and place > start and self._ends(place)):
                break
            if character == "(":
                closing = self._closing(place)
                if place > start and read_bracket(self._source, place + 1, closing, Details()):
                    break
                place = closing if place in self._closed else place
            place += 1
        return place

    def _closing(self, opening: int) -> int:
        """Return where a bracket is closed on its line; where it is left open, how far it may reach."""
        closing = self._closed.get(opening, opening + _OPEN_LENGTH)
        line = self._text.find(BREAK, opening, closing)
        return min(closing if line < 0 else line, len(self._text))

    def _ends(self, place: int) -> bool:
        character = self._text[place]
        if character in "、。;○●◇◆■□":
            return True
        more = _AND_MORE.match(self._text, place) if self._source.is_gap(place) else None
        if more and self._text[more.end() : more.end() + 1] in ("", BREAK, "、"):
            return True
        joint = _JOINTS.match(self._text, place)
        following = joint.end() if joint else place + 1
        return (character == "・" or joint is not None) and self._known(following) is not None


def _extended(citation: Citation, end: int, details: Details) -> Citation:
    """Return a citation with what stands behind it on a line or in a bracket of its own."""
    return replace(
        citation,
        end=end,
        editions=citation.editions or tuple(details.editions),
        decisions=citation.decisions or tuple(details.decisions),
        paths=citation.paths + tuple(details.paths),
        pages=citation.pages + tuple(details.pages),
    )
