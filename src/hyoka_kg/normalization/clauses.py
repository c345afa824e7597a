"""Headings of clauses in cabinet plans: the style of the marker, its number and the text behind it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.facts import Facts, printed_facts
from hyoka_kg.normalization.folding import DASHES, fold, unwrap
from hyoka_kg.normalization.numerals import (
    CIRCLED,
    KANJI,
    ROMAN,
    SMALL_ROMAN,
    circled_number,
    kanji_number,
    roman_number,
)

_OMISSION = re.compile(r"\(略\)\s*")
_INTEGER = "[0-9]{1,2}"
_UPPER_ROMAN = f"(?:[{ROMAN}]|[IVX]{{1,5}})"
_LOWER_ROMAN = f"(?:[{SMALL_ROMAN}]|[ivx]{{1,5}})"
_KANJI = f"[{KANJI}]{{1,3}}"


@dataclass(frozen=True, slots=True)
class Style:
    """A style of heading; a smaller rank is further out."""

    name: str
    rank: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Clause:
    """The heading of a clause.

    Attributes:
        style: Name of the style; with its word where the marker has one ([重点項目N]).
        rank: Prior rank of the style, from outer to inner.
        numbers: The number of the marker; several where the marker is composite (Ⅱ－１－(4)).
        marker: The marker as printed.
        text: The heading behind the marker, as printed.
        label: The word in the marker (重点項目), where printed.
    """

    style: str
    rank: int
    numbers: tuple[int, ...]
    marker: str
    text: str
    label: str | None = None

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        n: object = self.numbers[0] if len(self.numbers) == 1 else list(self.numbers)
        return {"style": self.style, "n": n, "text": self.text} | printed_facts(label=self.label)


@dataclass(frozen=True, slots=True)
class Omission:
    """The mark （略）: text of the plan is left out, no heading begins."""

    text: str

    def as_facts(self) -> Facts:
        """Return the JSON object of the omission."""
        return {"omission": True, "text": self.text}


def _style(name: str, rank: int, pattern: str) -> Style:
    return Style(name, rank, re.compile(pattern))


# From outer to inner. Two styles of one rank never stand inside each other.
STYLES = (
    _style("第N部", 1, f"第(?P<n>{_INTEGER}|{_KANJI})部"),
    _style("第N章", 2, f"第(?P<n>{_INTEGER}|{_KANJI})章"),
    _style("第漢", 3, rf"第(?P<n>{_KANJI})(?=\s|$)"),
    _style("複合", 4, rf"(?P<n>{_UPPER_ROMAN})[{DASHES}](?P<n2>{_INTEGER})(?:[{DASHES}]\(?(?P<n3>{_INTEGER})\)?)?"),
    _style("ROMAN.", 4, rf"(?P<n>{_UPPER_ROMAN})\."),
    _style("[{label}N]", 5, rf"[\[［](?P<label>[ァ-ヶー一-龥々ぁ-ん]{{1,12}})(?P<n>{_INTEGER})[\]］]"),
    _style("漢.", 6, rf"(?P<n>{_KANJI})\."),
    _style("N.", 7, rf"(?P<n>{_INTEGER})\.(?![0-9])"),
    _style("[N]", 8, rf"[\[［](?P<n>{_INTEGER})[\]］]"),
    _style("(N)", 9, rf"\((?P<n>{_INTEGER})\)"),
    _style("ⅰ)", 10, rf"(?P<n>{_LOWER_ROMAN})\)"),
    _style("①", 11, f"(?P<n>[{CIRCLED}])"),
)
_READERS: tuple[Callable[[str], int | None], ...] = (circled_number, roman_number, kanji_number)


def parse_clause(raw: str) -> Clause | Omission:
    """Return the heading that a line prints, or the mark of an omission.

    Raises:
        ValueTextError: The line begins with no marker of a clause.

    >>> parse_clause("Ⅱ－１－(4) マイナンバーカードの普及・活用").numbers
    (2, 1, 4)
    """
    text = unwrap(raw).text
    folded = fold(text)
    omission = _OMISSION.match(folded)
    if omission:
        return Omission(text[omission.end() :])
    for style in STYLES:
        match = style.pattern.match(folded)
        numbers = _numbers(match) if match else None
        if match and numbers:
            label = match.groupdict().get("label")
            marker, rest = text[: match.end()], text[match.end() :].strip()
            return Clause(style.name.format(label=label), style.rank, numbers, marker, rest, label)
    raise ValueTextError("no marker of a clause at the beginning")


def _numbers(match: re.Match[str]) -> tuple[int, ...] | None:
    printed = [match[name] for name in ("n", "n2", "n3") if match.groupdict().get(name)]
    numbers = [_number(one) for one in printed]
    return None if None in numbers else tuple(number for number in numbers if number is not None)


def _number(numeral: str) -> int | None:
    if numeral[0] in "0123456789":
        return int(numeral)
    return next((number for read in _READERS if (number := read(numeral)) is not None), None)
