"""Which text speaks of which thing: by the longest run of words that the name and the text share."""

from __future__ import annotations

from collections.abc import Sequence

from hyoka_kg.normalization import key_form

SHORTEST = 8


def pair_by_echo(names: Sequence[str], texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return pairs of name and text, where each is the other's only best; the rest is left.

    >>> pair_by_echo(["電子調達システムの運用", "自治体クラウド"], ["電子調達システムを利用する。", "その他"])
    [(0, 0)]
    """
    keys = [key_form(name) for name in names]
    scores = [[_shared(key, key_form(text)) for text in texts] for key in keys]
    pairs = []
    for at, line in enumerate(scores):
        best = _only_best(line)
        if best is not None and _only_best([other[best] for other in scores]) == at:
            pairs.append((at, best))
    return pairs


def _only_best(scores: Sequence[int]) -> int | None:
    best = max(scores, default=0)
    return scores.index(best) if best >= SHORTEST and list(scores).count(best) == 1 else None


def _shared(name: str, text: str) -> int:
    """Return the length of the longest run of characters of a name that a text repeats."""
    longest = start = 0
    for end in range(1, len(name) + 1):
        while start < end and name[start:end] not in text:
            start += 1
        longest = max(longest, end - start)
    return longest
