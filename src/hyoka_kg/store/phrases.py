"""What is looked for in the text index, as SQLite's full-text search reads it: phrases of pairs of characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hyoka_kg.normalization import present_form, search_form

# A word, or the ways in which it may be written.
Word = str | tuple[str, ...]

# ASCII signs separate words in SQLite's tokenizer; their full-width twins do not, and no search form holds those.
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
# The least that must stand before or after a character that may differ; a shorter beginning or end is anything.
_HELD = 2
# A character that is another spoils two pairs; one that is missing or too many, three at most.
_SPOILT = 3


def pairs_of(searched: str) -> list[str]:
    """Return the overlapping pairs of a search form, and its last character alone.

    >>> pairs_of("総務省")
    ['総務', '務省', '省']
    """
    wide = "".join(c for c in searched.translate(_WIDE) if c > " ")
    return [wide[place : place + 2] for place in range(len(wide))]


def phrase_of(words: Sequence[Word], loosely: str = "") -> str:
    """Return what finds the texts that hold every word, in one of its ways, as it is or in present writing.

    Args:
        words: The words.
        loosely: One more word, of which one character may be wrong, missing or too many; empty means none.
    """
    parts = [_any_of(_phrases(_ways(word))) for word in words]
    if loosely:
        parts.append(_any_of(_loose(pairs_of(search_form(loosely)))))
    return " AND ".join(part for part in parts if part)


def _ways(word: Word) -> tuple[str, ...]:
    return (word,) if isinstance(word, str) else word


def _phrases(ways: Iterable[str]) -> list[str]:
    plain = [search_form(way) for way in ways]
    forms = dict.fromkeys(form for one in plain for form in (one, present_form(one)))
    return [phrase for phrase in map(_exactly, map(pairs_of, forms)) if phrase]


def _any_of(phrases: Sequence[str]) -> str:
    return f"({' OR '.join(phrases)})" if phrases else ""


def _exactly(pairs: Sequence[str]) -> str:
    if len(pairs) == 1:
        return f'"{pairs[0]}"*'
    # The last pair is the last character alone: whatever follows it in the text is fine.
    return f'"{" ".join(pairs[:-1])}"' if pairs else ""


def _loose(pairs: Sequence[str]) -> list[str]:
    """Return, for each character but the outermost, a phrase without it; and the word without its ends."""
    if len(pairs) < 2 * _HELD:
        return []
    whole = pairs[:-1]
    inner = [
        f'NEAR("{" ".join(whole[: place - 1])}" "{" ".join(whole[place + 1 :])}", {_SPOILT})'
        for place in range(_HELD, len(whole) - _HELD + 1)
    ]
    ends = [whole[1:], whole[:-1]] + ([whole[2:], whole[:-2]] if len(whole) > 2 * _HELD else [])
    return [*(f'"{" ".join(end)}"' for end in ends), *inner]
