"""Articles of a law as cited: 第30条の29, 第4条第1項第13号イ, 第四条第一項; article, paragraph, item and sub-item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.facts import Facts, printed_facts
from hyoka_kg.normalization.numerals import kanji_number

_N = "(?:[0-9]{1,4}|[一二三四五六七八九十百千]{1,7})"
_BRANCHES = rf"(?:の{_N}){{0,3}}"
_ARTICLE = rf"第(?P<article>{_N})条(?P<branch>{_BRANCHES})"
_PARAGRAPH = rf"第?(?P<paragraph>{_N})項"
_ITEM = rf"第?(?P<item>{_N})号(?P<item_branch>{_BRANCHES})"
_SUBITEM = "(?P<subitem>[イロハニホヘトチリヌルヲワカヨタレソ])"
_PLACE = re.compile(rf"(?:{_ARTICLE})?(?:{_PARAGRAPH})?(?:{_ITEM})?(?:{_SUBITEM})?")
_RANGE = re.compile(rf"第({_N})条({_BRANCHES})(?:から|[~〜])第({_N})条({_BRANCHES})(?:まで)?")
_JOINT = re.compile(r"及び|並びに|又は|[、,・]")
_NUMERAL = re.compile(_N)
FIRST_ARTICLE = re.compile(rf"第{_N}条")


@dataclass(frozen=True, slots=True)
class Article:
    """A place in a law, or the first and last article of a range; 第30条の29 is `30の29`.

    Attributes:
        number: The article (条).
        last: The last article of a range, or None.
        paragraph: The paragraph (項) in plain digits, where cited.
        item: The item (号), where cited.
        subitem: The letter of a sub-item (イ, ロ …), where cited.
    """

    number: str
    last: str | None = None
    paragraph: str | None = None
    item: str | None = None
    subitem: str | None = None

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        if self.last is not None:
            return {"from": self.number, "to": self.last}
        inner = printed_facts(paragraph=self.paragraph, item=self.item, subitem=self.subitem)
        return {"article": self.number} | inner


def parse_articles(compacted: str) -> tuple[Article, ...]:
    """Return the places in one law that a folded text without white space lists.

    What a later place leaves out is that of the place before it: 第4条第1項、第2項 is article 4 twice.

    Raises:
        ValueTextError: A part is no place in a law, or the first one names no article.

    >>> [one.as_facts() for one in parse_articles("第四条第一項第十三号及び第2項")]
    [{'article': '4', 'paragraph': '1', 'item': '13'}, {'article': '4', 'paragraph': '2'}]
    """
    return tuple(_articles(_JOINT.split(compacted)))


def _articles(parts: list[str]) -> Iterator[Article]:
    before: Article | None = None
    for part in parts:
        run = _RANGE.fullmatch(part)
        before = Article(_plain(run[1], run[2]), _plain(run[3], run[4])) if run else _parse_place(part, before)
        yield before


def _parse_place(part: str, before: Article | None) -> Article:
    match = _PLACE.fullmatch(part)
    if match is None or not part:
        raise ValueTextError(f"'{part[:40]}' is no article")
    if match["article"] is None and (before is None or before.last is not None):
        raise ValueTextError(f"'{part[:40]}' does not tell its article")
    article = _plain(match["article"], match["branch"]) if match["article"] else before.number if before else ""
    paragraph = _optional(match["paragraph"])
    # 第1項第1号、第2号: the paragraph goes on; 第1項、第2項: it does not.
    if before is not None and match["article"] is None and paragraph is None:
        paragraph = before.paragraph
    item = _plain(match["item"], match["item_branch"]) if match["item"] else None
    if item is None and match["subitem"] and match["article"] is None and match["paragraph"] is None and before:
        item = before.item
    return Article(article, None, paragraph, item, match["subitem"])


def _optional(numeral: str | None) -> str | None:
    return None if numeral is None else _digits(numeral)


def _plain(numeral: str, branches: str) -> str:
    return _NUMERAL.sub(lambda match: _digits(match[0]), numeral + branches)


def _digits(numeral: str) -> str:
    number = int(numeral) if numeral[0] in "0123456789" else kanji_number(numeral)
    if number is None:
        raise ValueTextError(f"'{numeral}' is no number")
    return str(number)
