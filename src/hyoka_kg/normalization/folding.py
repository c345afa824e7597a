"""Fold printed text for reading and for matching, without ever changing the literal itself."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import accumulate

SOFT_BREAK = "⏎"
DASHES = "-－‐‑–—―−ーｰ"
BULLETS = "・○●◎■□◆◇•"
SENTENCE_END = "。"
COLONS = ":："
COMMAS = "、､"
PARENTHESES = "()（）"
ANGLES = "<>＜＞"
IDEOGRAPHIC_SPACE = "\u3000"
_BREAKS = re.compile(r"[\r\n]+")
# Character by character, so that a place in the folded text is the same place in the text.
_FOLDED = str.maketrans("０１２３４５６７８９％．，（）／：＋＝～\u3000", "0123456789%.,()/:+=~ ")
# NFKC leaves these pairs apart, yet the papers print one for the other (データべース with a hiragana べ).
_LOOK_ALIKES = str.maketrans(dict.fromkeys(DASHES, "-") | dict(zip("へべぺり～〜", "ヘベペリ~~", strict=True)))


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A literal without its line wraps.

    Attributes:
        text: The literal as one line, without outer white space.
        wraps: Where in `text` the literal was broken.
    """

    text: str
    wraps: tuple[int, ...]


def unwrap(raw: str) -> Unwrapped:
    """Return the text of a literal without line wraps, and where they stood.

    >>> unwrap("平成13年⏎度")
    Unwrapped(text='平成13年度', wraps=(5,))
    """
    lines = _BREAKS.split(raw.replace(SOFT_BREAK, "\n").strip())
    return Unwrapped("".join(lines), tuple(accumulate(len(line) for line in lines[:-1])))


def fold(text: str) -> str:
    """Return a text of the same length with full-width digits and punctuation of numbers made half-width.

    Circled and Roman numerals stay: NFKC would turn ③ into 3 and lose that it is circled.

    >>> fold("（２，２６６百万円）③")
    '(2,266百万円)③'
    """
    return text.translate(_FOLDED)


def compact(raw: str) -> str:
    """Return the folded text of a literal in which white space has no meaning.

    >>> compact("平成26⏎年６月 24⏎日")
    '平成26年6月24日'
    """
    return "".join(fold(unwrap(raw).text).split())


def key_form(raw: str) -> str:
    """Return the form of a text that is compared and searched, never shown.

    >>> key_form("データべース") == key_form("デ－タベース")
    True
    """
    text = unicodedata.normalize("NFKC", unwrap(raw).text).translate(_LOOK_ALIKES)
    return "".join(text.split())


def bare_form(raw: str) -> str:
    """Return the letters and digits of a text alone: brackets, points and dashes come and go in names of projects.

    >>> bare_form("基盤整備（第２期）・運用") == bare_form("基盤整備 第2期運用")
    True
    """
    return "".join(character for character in key_form(raw) if character.isalnum())
