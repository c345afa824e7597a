"""The words of the pages in Japanese and English, from `words.yml`, and how numbers and years are shown."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from hyoka_kg.figures import Language, shared_labels

LANGUAGES: tuple[Language, ...] = ("ja", "en")


class Words:
    """The words in one language.

    Attributes:
        language: Which one.
    """

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._words = _read()[language]
        self._labels = shared_labels(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the words of a key with values filled in."""
        return str(self._words[key]).format(**values)

    def of(self, group: str, key: str) -> str:
        """Return a word of a group; what has no word stands for itself."""
        return str(self._words[group].get(key, key))

    def group(self, name: str) -> Mapping[str, str]:
        """Return all words of a group."""
        words: Mapping[str, str] = self._words[name]
        return words

    def code(self, column: str, code: str) -> str | None:
        """Return the name of a code that the pages themselves give out, or None."""
        name = self._words["codes"].get(column, {}).get(code)
        return None if name is None else str(name)

    def fiscal_year(self, text: str) -> str:
        """Return a fiscal year in both calendars, where it is a year."""
        if not (text.isascii() and text.isdigit() and len(text) == 4):
            return text
        return " / ".join(self._labels.fiscal_year(int(text)))

    def receipt(self, document: str, place: str) -> str:
        """Return the paper and the place in it, in words; empty where no paper is named."""
        if not document:
            return ""
        return self("receipt", document=document, place=place) if place else self("receipt_only", document=document)

    def place(self, page: str, line: str) -> str:
        """Return the place in a paper in words; empty where it is not known."""
        known = {"page": page, "line": line}
        parts = [self._words["place"][name].format(**known) for name, value in known.items() if value]
        return " ".join(parts)


def named(row: Mapping[str, str], stem: str, language: Language) -> str:
    """Return what a row calls something in a language, else in the other: its columns `STEM_ja` and `STEM_en`.

    >>> named({"label_ja": "省", "label_en": ""}, "label", "en")
    '省'
    """
    endings = ("_en", "_ja") if language == "en" else ("_ja", "_en")
    return next((row[stem + end] for end in endings if row.get(stem + end)), "")


def show_number(text: str) -> str:
    """Return a number with separators; what is no number stays as it is.

    >>> show_number("481994000.50"), show_number("-"), show_number("0.1")
    ('481,994,000.5', '-', '0.1')
    """
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return f"{number:,f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:,f}"


def way_to_show(column: str) -> str:
    """Return how a column is shown: `fiscal_year`, `number`, `whole` (without separators), `date`, or empty."""
    return str(_read()["show"].get(column, ""))


def scheme_of(column: str) -> str:
    """Return the scheme that the codes of a column belong to, or empty."""
    return str(_read()["schemes"].get(column, ""))


@cache
def words_in(language: Language) -> Words:
    """Return the words of a language."""
    return Words(language)


@cache
def _read() -> Any:
    return yaml.safe_load((files("hyoka_kg.service.explorer") / "words.yml").read_text(encoding="utf-8"))
