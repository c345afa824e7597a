"""What a title says of its edition: a year, an ordinal, a revision, a span of years."""

from __future__ import annotations

import re

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.citations.records import Edition, EditionKind
from hyoka_kg.normalization.eras import ERA_NAMES, resolve_year
from hyoka_kg.normalization.numerals import roman_number

_YEAR = rf"(?:(?:{ERA_NAMES})(?:元|[0-9]{{1,2}}(?![0-9]))|(?:19|20)[0-9]{{2}})"
_REVISED = "改訂|改定|追補|改正"
_ORDINAL = r"第(?P<ordinal>[0-9]{1,3}|[Ⅰ-Ⅻ])(?:次|期|回|版)"
_PREFIX = re.compile(rf"{_ORDINAL}|(?P<year>{_YEAR})年度?(?:以降に係る|に係る|における)?")
# What an edition in front of a title begins with: an ordinal, an era, a year.
_LEADS = frozenset("第明大昭平令12")
_SUFFIX = re.compile(
    rf"(?P<before>{_REVISED})?(?P<year>{_YEAR})(?!年?[0-9]+月|[./][0-9]|年度?(?:以降|から|に|の|まで))"
    rf"(?:年度?)?(?:[-~](?P<last>{_YEAR})(?:年度?)?)?(?P<after>(?:{_REVISED})版?)?版?"
    rf"|{_ORDINAL}|[Vv][Ee][Rr](?:sion)?\.?(?P<version>[0-9]{{1,2}})(?:\.[0-9]{{1,2}})?"
)


def edition_before(text: str, place: int) -> tuple[Edition, int] | None:
    """Return the edition that begins at a place in front of a title, and where it ends.

    >>> str(edition_before("第6期科学技術・イノベーション基本計画", 0)[0])
    'ordinal:6'
    """
    if text[place : place + 1] not in _LEADS:
        return None
    match = _PREFIX.match(text, place)
    return (_edition(match), match.end()) if match and match.end() > place else None


def edition_behind(text: str, place: int) -> tuple[Edition, int] | None:
    """Return the edition that begins at a place behind a title, and where it ends.

    >>> str(edition_behind("日本再興戦略改訂2015", 6)[0]), str(edition_behind("国家戦略2012-2020", 4)[0])
    ('revision:2015', 'span:2012-2020')
    """
    match = _SUFFIX.match(text, place)
    return (_edition(match), match.end()) if match and match.end() > place else None


def editions_within(text: str) -> tuple[Edition, ...]:
    """Return the editions that the inside of a bracket tells and nothing else; none where it tells something else.

    >>> [str(one) for one in editions_within("平成31年度~平成35年度")]
    ['span:2019-2023']
    """
    editions, place = [], 0
    while place < len(text):
        found = edition_behind(text, place)
        if found is None:
            return ()
        editions.append(found[0])
        place = found[1]
        if text[place : place + 1] in {"・", "、"}:
            place += 1
    return tuple(editions)


def _edition(match: re.Match[str]) -> Edition:
    groups = match.groupdict()
    if groups.get("ordinal"):
        printed = groups["ordinal"]
        return Edition(EditionKind.ORDINAL, int(printed) if printed.isdecimal() else roman_number(printed) or 0)
    if groups.get("version"):
        return Edition(EditionKind.VERSION, int(groups["version"]))
    year = _gregorian(groups["year"])
    if groups.get("last"):
        return Edition(EditionKind.SPAN, year, _gregorian(groups["last"]))
    is_revision = groups.get("before") or groups.get("after")
    return Edition(EditionKind.REVISION if is_revision else EditionKind.YEAR, year)


def _gregorian(printed: str) -> int:
    if printed.isdecimal():
        return int(printed)
    try:
        return resolve_year(printed[:2], printed[2:]).year
    except ValueTextError:
        return 0
