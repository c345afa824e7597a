"""The forms in which a text is searched: width, case, kana, spaces and dashes, calendar and old forms do not count."""

from __future__ import annotations

import re

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.eras import ERA_NAMES, resolve_year
from hyoka_kg.normalization.folding import key_form
from hyoka_kg.normalization.numerals import KANJI, kanji_number
from hyoka_kg.normalization.old_characters import present_characters

_FIRST_KATAKANA, _LAST_KATAKANA, _TO_HIRAGANA = 0x30A1, 0x30F6, 0x60
_HIRAGANA = {code: code - _TO_HIRAGANA for code in range(_FIRST_KATAKANA, _LAST_KATAKANA + 1)}
_LETTERS = {"h": "平成", "r": "令和", "s": "昭和"}
# A letter and digits are a year where nothing else goes on in them; S60 is a year only where 年 says so.
_ERA_YEAR = re.compile(
    rf"(?P<era>{ERA_NAMES})(?P<year>元|[0-9]{{1,2}}|[{KANJI}]{{1,3}})(?=年|[^0-9{KANJI}]|$)"
    r"|(?<![0-9a-z])(?:(?P<letter>[hr])(?P<short>元|[0-9]{1,2})(?![0-9a-z])|(?P<s>s)(?P<showa>[0-9]{1,2})(?=年))"
)


def search_form(text: str) -> str:
    """Return the form of a text in which a part of it is found.

    >>> search_form("ﾃﾞｰﾀ ベース（ＩＤ）") == search_form("でーたべーす(id)")
    True
    """
    return key_form(text).casefold().translate(_HIRAGANA)


def present_form(searched: str) -> str:
    """Return a search form as it is written now: years of eras as years of our era, present forms of characters.

    >>> present_form("平成29年度"), present_form("令和元年"), present_form("平成二十九年"), present_form("h29")
    ('2017年度', '2019年', '2017年', '2017')
    >>> present_form("總務省")
    '総務省'
    """
    return _ERA_YEAR.sub(_gregorian, present_characters(searched))


def _gregorian(match: re.Match[str]) -> str:
    letter, printed = match["letter"] or match["s"], match["year"] or match["short"] or match["showa"]
    number = kanji_number(printed)
    try:
        return str(resolve_year(_LETTERS[letter] if letter else match["era"], str(number or printed)).year)
    except ValueTextError:
        return match[0]
