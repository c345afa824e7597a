"""Project numbers mentioned inside a text, each with the publication year and the ministry that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.folding import DASHES, compact
from hyoka_kg.normalization.project_numbers import ProjectNumber, parse_project_number

_DASH = f"[{DASHES}]"
_NUMBER = re.compile(
    rf"20[0-9]{{2}}{_DASH}*(?P<ministry>[一-龥ァ-ヶぁ-ん]{{1,5}}?)省?{_DASH}*新?[0-9]{{2}}{_DASH}*[0-9]{{4,6}}(?:{_DASH}[0-9]{{1,2}})?"
)
_OFFICE = re.compile(rf"(?<=[一-龥])省(?={_DASH}|20)")
_CENTURY = 2000
_REPEATED_DASH = re.compile(rf"{_DASH}+")
# Year label, four digits, and two more for a branch that is none: 2021国交省20009700.
_NO_BRANCH = re.compile("(?<=[^0-9][0-9]{6})00$")
# 経産20-0435: the label tells the year of publication, which is the next.
_SHORT = re.compile(
    rf"(?<![0-9一-龥{DASHES}])(?P<ministry>(?:(?!新)[一-龥]){{1,5}}?)省?{_DASH}*(?P<label>2[0-9])[{DASHES}:](?P<number>[0-9]{{4}})(?![0-9])"
)
_HISTORY = re.compile("統合|分割|移管|組替|組み替え|改称|旧事業|事業番号")
# A name in which the former one stands: 「新しい名（旧：前の名）」「新しい名（前の名から改称）」.
_RENAMED = re.compile("旧[:：](?P<behind>.+)|[（(](?P<before>[^（(]+)から(?:名称変更|改称)")
# …へ統合: the text names where the project went, not where it came from.
_ONWARDS = "[」』）)]*[にへヘと].{0,6}(?:統合|移管|組替)"


class NumberMention(NamedTuple):
    """A number as it stands in a text.

    Attributes:
        text: The mention as it was read, folded.
        number: Its parts; the publication year and the ministry are always there.
    """

    text: str
    number: ProjectNumber


def find_project_numbers(raw: str) -> list[NumberMention]:
    """Return the project numbers of a text that name their publication year and ministry; others say too little.

    >>> [mention.number.slug for mention in find_project_numbers("2021環境新220011、2022-環境-新22-0009")]
    ['new22-0011', 'new22-0009']
    >>> find_project_numbers("0407,0416")
    []
    """
    text = compact(raw)
    found = []
    for mention, full in (*((match[0], match[0]) for match in _NUMBER.finditer(text)), *_short(text)):
        number = _read(full)
        if number is not None and number.sheet_fiscal_year and number.ministry_abbreviation:
            found.append(NumberMention(mention, number))
    return found


def _short(text: str) -> Iterator[tuple[str, str]]:
    """Yield the numbers without a year of publication, with the number in full."""
    for match in _SHORT.finditer(text):
        label = int(match["label"])
        yield match[0], f"{_CENTURY + label + 1}-{match['ministry']}-{label}-{match['number']}"


def tells_history(raw: str) -> bool:
    """Return whether a text tells of former projects: what was joined, divided, moved or renamed.

    >>> tells_history("令和4年度に下記の3事業を統合"), tells_history("金額は単位未満を四捨五入")
    (True, False)
    """
    return _HISTORY.search(compact(raw)) is not None


def told_in_name(name: str) -> str:
    """Return the part of a name that tells the former one, or an empty text.

    >>> told_in_name("港の整備（旧：港の改修）"), told_in_name("港の整備（港の改修から改称）")
    ('港の改修)', '港の改修')
    >>> told_in_name("旧軍港の整備")
    ''
    """
    match = _RENAMED.search(compact(name))
    return (match["behind"] or match["before"]) if match else ""


def names_former(text: str, name: str) -> bool:
    """Return whether a folded text names something by its folded name, and not as that which a project went into.

    >>> names_former("港の調査及び海の調査を統合", "港の調査"), names_former("令和6年度に港の調査へ統合", "港の調査")
    (True, False)
    """
    return name in text and re.search(re.escape(name) + _ONWARDS, text) is None


def _read(text: str) -> ProjectNumber | None:
    plain = _NO_BRANCH.sub("", _OFFICE.sub("", _REPEATED_DASH.sub("-", text)))
    try:
        return parse_project_number(plain)
    except ValueTextError:
        return None
