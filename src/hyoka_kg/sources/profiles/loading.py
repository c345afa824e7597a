"""Load profiles: `<form>-<year>.yml`, each the one it extends with its own entries laid over it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from hyoka_kg.errors import LayoutError
from hyoka_kg.normalization import fold, key_form

_SUFFIX = ".yml"
_KEYS = {"form", "fiscal_year", "extends", "identify", "required", "labels", "words", "patterns", "vocabularies"}
_KEYS |= {"cells", "tables", "crosses", "items", "blocks"}


@dataclass(frozen=True)
class Profile:
    """What a form of one year prints.

    Attributes:
        form: `ex-ante` or `review-sheet`.
        fiscal_year: Fiscal year of the sheets that print it so.
        content: The whole of the YAML, inheritance applied.
    """

    form: str
    fiscal_year: int
    content: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Return the name a user gives with `--as`, such as `ex-ante/2017`."""
        return f"{self.form}/{self.fiscal_year}"

    @cached_property
    def labels(self) -> dict[str, str]:
        """Return the key of each label by its form for matching, aliases included."""
        return {
            label_key(alias): key
            for key, aliases in self.content["labels"].items()
            for alias in ([aliases] if isinstance(aliases, str) else aliases)
        }

    def label(self, text: str) -> str | None:
        """Return the key of the label that a text is, or None."""
        return self.labels.get(label_key(text))

    def labels_of(self, key: str) -> tuple[str, ...]:
        """Return the labels of a key, in their form for matching."""
        return tuple(label for label, name in self.labels.items() if name == key)

    def pattern(self, name: str) -> re.Pattern[str]:
        """Return a pattern over folded text."""
        return _compiled(self.content["patterns"][name])

    def words(self, name: str) -> tuple[str, ...]:
        """Return a list of words, folded."""
        return tuple(fold(word) for word in self.content["words"][name])

    def vocabulary(self, name: str) -> dict[str, str]:
        """Return codes by the key form of the word that prints them."""
        return {key_form(word): code for word, code in self.content["vocabularies"][name].items()}


_NOTE = re.compile(r"[(\uff08]?\s*\u203b\s*[0-9\uff10-\uff19]*\s*[)\uff09]?")


@lru_cache(maxsize=16384)
def label_key(text: str) -> str:
    """Return a label as it is compared: without note marks (※３), white space and width.

    >>> label_key("予算額（執行額）（※３）") == label_key("予算額(執行額)")
    True
    """
    return key_form(_NOTE.sub("", text))


@cache
def load_profiles() -> tuple[Profile, ...]:
    """Return all profiles, newest first."""
    names = sorted(entry.name for entry in files(__package__).iterdir() if entry.name.endswith(_SUFFIX))
    loaded = [load_profile(name.removesuffix(_SUFFIX)) for name in names]
    return tuple(sorted(loaded, key=lambda profile: (profile.form, -profile.fiscal_year)))


@cache
def load_profile(stem: str) -> Profile:
    """Return the profile of a file stem such as `review-sheet-2018`.

    Raises:
        LayoutError: There is no such profile, or one of its keys is unknown.
    """
    content = _content(stem)
    return Profile(content["form"], int(content["fiscal_year"]), content)


def _content(stem: str) -> dict[str, Any]:
    path = files(__package__).joinpath(stem + _SUFFIX)
    if not path.is_file():
        raise LayoutError(f"There is no profile '{stem}'. Copy the nearest YAML in sources/profiles and change it.")
    own: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    unknown = sorted(set(own) - _KEYS)
    if unknown:
        raise LayoutError(f"{stem}{_SUFFIX}: unknown keys {', '.join(unknown)}; known are {', '.join(sorted(_KEYS))}.")
    return _overlay(_content(own["extends"]), own) if own.get("extends") else own


def _overlay(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in own.items():
        below = merged.get(key)
        merged[key] = _overlay(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
    return merged


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
