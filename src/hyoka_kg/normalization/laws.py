"""Laws and their articles (根拠法令): 住民基本台帳法第30条の29から第30条の40まで及び第31条."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.facts import Facts
from hyoka_kg.normalization.folding import compact, unwrap

_NUMBER = r"第[0-9]{1,4}条(?:の[0-9]{1,3}){0,3}"
_FIRST_ARTICLE = re.compile(r"第[0-9]{1,4}条")
_ARTICLE = re.compile(rf"({_NUMBER})(?:から({_NUMBER})まで)?")
_JOINT = re.compile(r"及び|並びに|、")
_LAW_ENDS = ("法", "法律", "令", "規則", "条約")


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a law, or the first and last of a range; 第30条の29 is `30の29`."""

    number: str
    last: str | None = None

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        return {"article": self.number} if self.last is None else {"from": self.number, "to": self.last}


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A law and the articles of it that a form cites; no articles where it cites the law as a whole."""

    law: str
    articles: tuple[Article, ...]

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        return {"law": self.law, "articles": [article.as_facts() for article in self.articles]}


def parse_law(raw: str) -> LegalBasis:
    """Return the law and the articles that a text cites.

    Raises:
        ValueTextError: The text names no law, or continues with something else than articles.

    >>> parse_law("総務省設置法第４条")
    LegalBasis(law='総務省設置法', articles=(Article(number='4', last=None),))
    """
    folded = compact(raw)
    first = _FIRST_ARTICLE.search(folded)
    place = first.start() if first else len(folded)
    name = "".join(unwrap(raw).text.split())[:place]
    if not name or (first is None and not name.endswith(_LAW_ENDS)):
        raise ValueTextError("no name of a law")
    cited = _JOINT.split(folded[place:]) if first else []
    return LegalBasis(name, tuple(_parse_article(one) for one in cited))


def _parse_article(text: str) -> Article:
    match = _ARTICLE.fullmatch(text)
    if match is None:
        raise ValueTextError(f"'{text[:40]}' is no article")
    return Article(_plain_number(match[1]), _plain_number(match[2]) if match[2] else None)


def _plain_number(article: str) -> str:
    return article.removeprefix("第").replace("条", "")
