"""Numerals that mark items: circled, Roman, and kanji. They are read before any Unicode normalisation."""

from __future__ import annotations

CIRCLED = "①-⑳㉑-㉟㊱-㊿"
ROMAN = "Ⅰ-Ⅻ"
SMALL_ROMAN = "ⅰ-ⅻ"
KANJI = "一二三四五六七八九十"
_CIRCLED_BLOCKS = (("①", "⑳", 1), ("㉑", "㉟", 21), ("㊱", "㊿", 36))
_ROMAN_BLOCKS = (("Ⅰ", "Ⅻ", 1), ("ⅰ", "ⅻ", 1))
_ASCII_ROMAN = (
    *("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
    *("xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"),
)
_BY_ROMAN = {letters: number for number, letters in enumerate(_ASCII_ROMAN, start=1)}
_TEN = "十"


def circled_number(character: str) -> int | None:
    """Return the number in a circle.

    >>> circled_number("⑮"), circled_number("15")
    (15, None)
    """
    return _in_blocks(character, _CIRCLED_BLOCKS)


def roman_number(numeral: str) -> int | None:
    """Return the number of a Roman numeral, one character or ASCII letters of either case.

    >>> roman_number("Ⅳ"), roman_number("iv"), roman_number("iiii")
    (4, 4, None)
    """
    return _in_blocks(numeral, _ROMAN_BLOCKS) or _BY_ROMAN.get(numeral.lower())


def kanji_number(numeral: str) -> int | None:
    """Return the number of a kanji numeral below one hundred.

    >>> kanji_number("二十一"), kanji_number("十"), kanji_number("一二")
    (21, 10, None)
    """
    tens, ten, ones = numeral.rpartition(_TEN)
    if not numeral or len(tens) > 1 or len(ones) > 1 or (_TEN in tens):
        return None
    if not set(tens + ones) <= set(KANJI):
        return None
    digit = KANJI.find(ones) + 1 if ones else 0
    return digit + 10 * ((KANJI.find(tens) + 1 if tens else 1) if ten else 0)


def _in_blocks(character: str, blocks: tuple[tuple[str, str, int], ...]) -> int | None:
    for first, last, number in blocks:
        if len(character) == 1 and first <= character <= last:
            return ord(character) - ord(first) + number
    return None
