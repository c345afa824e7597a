"""Laws and what is cited of them (根拠法令): 住民基本台帳法第30条の29から第30条の40まで及び第31条."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.articles import FIRST_ARTICLE, Article, parse_articles
from hyoka_kg.normalization.facts import Facts, printed_facts
from hyoka_kg.normalization.folding import BULLETS, SOFT_BREAK, fold
from hyoka_kg.normalization.missing import Missing, find_missing
from hyoka_kg.normalization.numerals import CIRCLED

_LAW_ENDS = ("法", "法律", "令", "規則", "条約", "条例", "規程", "協定", "憲章", "憲法")
_LAW_END = f"(?:{'|'.join(_LAW_ENDS)})"
# Words that stand for a law named elsewhere: alone they name none.
_BACKWARD = re.compile(
    r"(?:同|本|この|その|当該|上記|右)?(?:法|法律|令|政令|省令|規則|条約|条例)?(?:施行令|施行規則)?|.*法令"
)
# What goes on with a name that a line break or a space has cut: 住民基本台帳法⏎施行令.
_GOES_ON = re.compile(r"[ぁ-ん]|施行|特別措置|特例|臨時|整備|改正|附則|等")
_LAW_NUMBER = re.compile(r"\((?P<number>[^()]{4,30}(?:法律|政令|省令|勅令|条約|府令|規則|告示)第[^()]{1,8}号)\)")
_TWO_LAWS = re.compile(rf"{_LAW_END}(?:[、,・]|国立|独立行政)|法律?(?:及び|並びに)[^、]*{_LAW_END}$")
_NO_NAME = re.compile(rf"[0-9A-Za-z。:;()/「」{CIRCLED}]")
# Behind an article, a comma and a name that is none of its places: the next law.
_NEXT_LAW = re.compile(r"(?<=[条項号)）0-9０-９])[、,，](?=[^第0-9０-９一二三四五六七八九十百千イロハニホヘト])")

_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A law and the articles of it that a form cites; no articles where it cites the law as a whole.

    Attributes:
        law: Its name as printed.
        articles: What of it is cited.
        number: Its number (平成11年法律第103号) as printed, or None.
    """

    law: str
    articles: tuple[Article, ...]
    number: str | None = None

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        law: Facts = {"law": self.law, "articles": [article.as_facts() for article in self.articles]}
        return law | printed_facts(law_number=self.number)


@dataclass(frozen=True, slots=True)
class LegalBases:
    """Several laws in one cell, in printed order."""

    laws: tuple[LegalBasis, ...]

    def as_facts(self) -> Facts:
        """Return the JSON object with one object a law."""
        return {"laws": [law.as_facts() for law in self.laws]}


def parse_law(raw: str) -> LegalBasis | LegalBases | Missing:
    """Return the law and the articles that a text cites; the laws, where each line or word cites one of its own.

    Raises:
        ValueTextError: The text names no law, continues with something else than articles, or does not tell where
            one law ends and the next begins.

    >>> parse_law("総務省設置法第４条").as_facts()
    {'law': '総務省設置法', 'articles': [{'article': '4'}]}
    >>> [law.law for law in parse_law("警察法第37条⏎警察法施行令第２条").laws]
    ['警察法', '警察法施行令']
    """
    missing = find_missing(raw)
    if missing:
        return missing
    text = raw.replace(SOFT_BREAK, "\n")
    apart = _NEXT_LAW.sub("\n", text)
    laws = _read_apart(["".join(line.split()) for line in apart.splitlines()]) or _read_apart(apart.split())
    return LegalBases(laws) if laws else _parse_one("".join(text.split()).lstrip(BULLETS))


def _read_apart(pieces: list[str]) -> tuple[LegalBasis, ...] | None:
    """Return one law a piece, or None where a piece is not a law by itself and so goes on with the one before."""
    printed = [piece.lstrip(BULLETS) for piece in pieces if piece]
    if len(printed) < _SEVERAL or any(_GOES_ON.match(piece) for piece in printed[1:]):
        return None
    try:
        return tuple(map(_parse_one, printed))
    except ValueTextError:
        return None


def _parse_one(text: str) -> LegalBasis:
    folded = fold(text)
    number = _LAW_NUMBER.search(folded)
    behind = number.end() if number else 0
    first = FIRST_ARTICLE.search(folded, behind)
    place = first.start() if first else len(folded)
    if number and folded[behind:place] not in ("", "("):
        raise ValueTextError("behind the number of the law stands something else than articles")
    name = text[: number.start() if number else place].rstrip("(（")
    _check_name(fold(name))
    articles = parse_articles(_unbracketed(folded, place)) if first else ()
    return LegalBasis(name, articles, text[number.start("number") : number.end("number")] if number else None)


def _unbracketed(folded: str, place: int) -> str:
    """Return what is cited from a place on, without the one bracket around the whole of it."""
    cited = folded[place:]
    if folded[place - 1] != "(":
        return cited
    if not cited.endswith(")") or cited.count(")") != 1:
        raise ValueTextError("the bracket around the articles does not close at the end")
    return cited[:-1]


def _check_name(name: str) -> None:
    if not name.endswith(_LAW_ENDS) or _NO_NAME.search(name):
        raise ValueTextError("no name of a law")
    if _BACKWARD.fullmatch(name):
        raise ValueTextError(f"'{name}' names a law by what is printed elsewhere")
    if _TWO_LAWS.search(name):
        raise ValueTextError("it does not tell where one law ends and the next begins")
