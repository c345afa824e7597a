"""Known titles, found in a folded text by the longest match: linear in the text, whatever the number of titles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hyoka_kg.normalization.citations.matching import BREAK, QUOTES, title_key

_END = ""
_SKIPPED = QUOTES + BREAK


class TitleIndex:
    """A tree of the keys of known titles."""

    def __init__(self, titles: Iterable[str]) -> None:
        self._root: dict[str, Any] = {}
        for title in titles:
            node = self._root
            for character in title_key(title):
                node = node.setdefault(character, {})
            node[_END] = title_key(title)

    def may_begin(self, text: str, place: int) -> bool:
        """Return whether a known title may begin at a place, by two characters: cheap, for skipping ahead."""
        node = self._root.get(text[place])
        return node is not None and (text[place + 1 : place + 2] in node or text[place + 1 : place + 2] in _SKIPPED)

    def match(self, text: str, place: int) -> tuple[str, int] | None:
        """Return the key of the longest known title that begins at a place, and where it ends.

        Quotation marks and line breaks inside the title do not count; in front of it they are no part of it.

        >>> TitleIndex(["日本再興戦略", "成長戦略"]).match("「日本再興戦略」改訂2015", 1)
        ('日本再興戦略', 7)
        """
        found = None
        if place >= len(text) or not self.may_begin(text, place):
            return found
        node = self._root
        for end in range(place, len(text)):
            character = text[end]
            if character in node:
                node = node[character]
                if _END in node:
                    found = (str(node[_END]), end + 1)
            elif character not in _SKIPPED:
                break
        return found
