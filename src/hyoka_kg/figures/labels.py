"""The words of the figures in Japanese and English, from `labels.yml`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

Language = Literal["ja", "en"]


class Labels:
    """The words of one figure in one language.

    Attributes:
        language: Which language.
    """

    def __init__(self, language: Language, words: dict[str, Any]) -> None:
        self.language = language
        self._words = words

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the words of a key with values filled in."""
        return str(self._words[key]).format(**values)

    def code(self, table: str, code: str) -> str:
        """Return the words of a code of a closed list; an unknown code stands for itself."""
        return str(self._words[table].get(code, code))

    def order(self, table: str) -> Callable[[str], int]:
        """Return the place of a code in a closed list; unknown codes come last."""
        places = {code: place for place, code in enumerate(self._words[table])}
        return lambda code: places.get(code, len(places))

    def fiscal_year(self, year: int) -> list[str]:
        """Return the lines that name a fiscal year: its era year and its Gregorian year."""
        no_era: dict[str, Any] = {"name": "", "from": 1}
        era = next((e for e in self._words["eras"] if year >= e["from"]), no_era)
        count = year - era["from"] + 1
        written = self._words["founding_year"] if count == 1 else count
        return [line.format(era=era["name"], count=written, year=year) for line in self._words["fiscal_year"]]


def labels_of(figure: str, language: Language) -> Labels:
    """Return the words of a figure."""
    words = _read()[language]
    return Labels(language, {**words["common"], **words[figure]})


def shared_labels(language: Language) -> Labels:
    """Return the words that all figures share."""
    return Labels(language, _read()[language]["common"])


@cache
def _read() -> Any:
    return yaml.safe_load((files("hyoka_kg.figures") / "labels.yml").read_text(encoding="utf-8"))
