"""A text as it is compared: folded character by character, without white space, every character knowing its origin."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

from hyoka_kg.normalization.folding import DASHES, SOFT_BREAK
from hyoka_kg.normalization.numerals import KANJI, kanji_number

QUOTES = "「」『』｢｣\"“”〝〟″'‘’《》〈〉"
BREAK = "\n"
# One compatibility form would turn ③ into 3 and Ⅴ into V: marks of clauses stay as they are.
_MARKS = re.compile("[①-⑳㉑-㉟㊱-㊿Ⅰ-ⅿ⑴-⒇]")
_LIKE = str.maketrans(
    dict.fromkeys(DASHES + "－─━", "-")
    | dict.fromkeys("～〜∼", "~")
    | {"靭": "靱", ",": "、", "，": "、", "､": "、", "【": "(", "】": ")", "〔": "(", "〕": ")"}
    | {"･": "・", "•": "・", "·": "・", "〇": "○", SOFT_BREAK: BREAK, "\r": BREAK}
)
_VOICINGS = "ﾞﾟ"
_ORDINAL = re.compile(rf"第([{KANJI}]{{1,3}})(?=[次期回版])")


@dataclass(frozen=True, slots=True)
class MatchText:
    """A folded text.

    Attributes:
        raw: The text as printed.
        text: Its folded characters; white space is left out, line breaks stay.
        origins: For each folded character, where it stands in `raw`.
        gaps: The folded characters in front of which white space was left out, in order.
    """

    raw: str
    text: str
    origins: tuple[int, ...]
    gaps: tuple[int, ...]

    @classmethod
    def of(cls, raw: str) -> MatchText:
        """Return the folded form of a text.

        >>> MatchText.of("第五次　環境基本計画").text
        '第5次環境基本計画'
        """
        folded = [_fold(one) for one in raw]
        for place in range(1, len(raw)):
            if raw[place] in _VOICINGS:
                folded[place - 1 : place + 1] = unicodedata.normalize("NFKC", folded[place - 1] + raw[place]), ""
        text = "".join(folded)
        origins = [place for place, character in enumerate(folded) if character]
        for match in reversed(list(_ORDINAL.finditer(text))):
            digits = str(kanji_number(match[1]) or match[1])
            start, end = match.span(1)
            text = text[:start] + digits + text[end:]
            origins[start:end] = [origins[start]] * len(digits)
        gaps = tuple(
            place for place in range(1, len(origins)) if raw[origins[place - 1] + 1 : origins[place]].isspace()
        )
        return cls(raw, text, tuple(origins), gaps)

    def is_gap(self, place: int) -> bool:
        """Return whether white space stood in front of a folded character."""
        index = bisect_left(self.gaps, place)
        return index < len(self.gaps) and self.gaps[index] == place

    def next_gap(self, place: int) -> int:
        """Return the next place behind one where white space stood, or the end."""
        index = bisect_right(self.gaps, place)
        return self.gaps[index] if index < len(self.gaps) else len(self.text)

    def slice(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of folded characters stands in the text as printed."""
        if start >= end:
            return (0, 0)
        return self.origins[start], self.origins[end - 1] + 1

    def printed(self, start: int, end: int) -> str:
        """Return a stretch of folded characters as printed."""
        first, last = self.slice(start, end)
        return self.raw[first:last]


def title_key(raw: str) -> str:
    """Return the form in which titles are compared: folded, without quotation marks and breaks.

    >>> title_key("「日本再興戦略」改訂２０１５") == title_key("日本再興戦略 改訂2015")
    True
    """
    return "".join(one for one in MatchText.of(raw).text if one not in QUOTES and one != BREAK)


@cache
def _fold(one: str) -> str:
    """Return the folded form of a character; empty for white space that is no line break."""
    if _MARKS.match(one):
        return one
    folded = unicodedata.normalize("NFKC", one)
    character = (folded if len(folded) == 1 else one).translate(_LIKE)
    return character if character == BREAK or not character.isspace() else ""
