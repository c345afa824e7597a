"""Numerals that mark items: circled, Roman, and kanji. They are read before any Unicode normalisation."""

from __future__ import annotations

import re

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
_KANJI_PLACES = {"thousands": 1000, "hundreds": 100, "tens": 10, "ones": 1}
_DIGIT = KANJI[:9]
_KANJI_NUMERAL = re.compile(
    rf"(?:(?P<thousands>[{_DIGIT}])?(?P<thousands_word>千))?(?:(?P<hundreds>[{_DIGIT}])?(?P<hundreds_word>百))?"
    rf"(?:(?P<tens>[{_DIGIT}])?(?P<tens_word>十))?(?P<ones>[{_DIGIT}])?(?P<ones_word>)"
)


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
    """Return the number of a kanji numeral below ten thousand.

    >>> kanji_number("二十一"), kanji_number("百三"), kanji_number("十"), kanji_number("一二")
    (21, 103, 10, None)
    """
    match = _KANJI_NUMERAL.fullmatch(numeral)
    if match is None or not numeral:
        return None
    return sum(_kanji_place(match[name], match[name + "_word"]) * value for name, value in _KANJI_PLACES.items())


def _kanji_place(digit: str | None, word: str | None) -> int:
    return KANJI.find(digit) + 1 if digit else int(bool(word))


def _in_blocks(character: str, blocks: tuple[tuple[str, str, int], ...]) -> int | None:
    for first, last, number in blocks:
        if len(character) == 1 and first <= character <= last:
            return ord(character) - ord(first) + number
    return None
