"""Who visits which page in which language, and the addresses that lead on from there."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from hyoka_kg.figures import Language
from hyoka_kg.vocabulary import PREFIXES

_THINGS = PREFIXES["hyk"]
# What a path may hold as it stands (RFC 3986, section 3.3); the sign of a fragment is a part of our names.
_IN_PATH = "/:;=,.~-_"


# Without slots: it travels to another process with each page, and Python packs a plain instance faster.
@dataclass(frozen=True)
class Visit:
    """A request for a page, as far as the page depends on it.

    Attributes:
        base: Address of the service, without a slash at its end.
        path: Path of the page, escaped.
        language: Language of the words.
        params: Parameters of the address, without the language.
        built: Day on which the graph was built, or empty.
    """

    base: str
    path: str
    language: Language
    params: tuple[tuple[str, str], ...] = ()
    built: str = ""

    def get(self, name: str) -> str:
        """Return a parameter, or an empty text."""
        return dict(self.params).get(name, "")

    def here(self, **changes: str) -> str:
        """Return the address of this page with parameters changed; an empty one is left out."""
        params = {**dict(self.params), **changes}
        return self.to(self.path, **params)

    def to(self, path: str, **params: str) -> str:
        """Return the address of a path of this service, in the language of the visit unless another is given."""
        language = params.pop("lang", self.language)
        asked = {name: value for name, value in params.items() if value}
        if language != "ja":
            asked["lang"] = language
        return f"{self.base}{path}{'?' + urlencode(asked) if asked else ''}"

    def of_thing(self, iri: str) -> str:
        """Return the address of the page of a thing, or empty where the name is not one of ours."""
        if not iri.startswith(_THINGS):
            return ""
        return self.to(f"/doc/{quote(iri.removeprefix(_THINGS), safe=_IN_PATH)}")

    @property
    def other_language(self) -> str:
        """Return the address of this page in the other language."""
        return self.here(lang="en" if self.language == "ja" else "ja")
