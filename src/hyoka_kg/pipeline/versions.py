"""The three versions: of the code, of the ontology and of the data; each goes its own way by semver."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from hyoka_kg import __version__
from hyoka_kg.config import data_dir, ontology_dir
from hyoka_kg.errors import LayoutError

_STATED = re.compile(r'^\s*owl:versionInfo "(?P<version>[^"]+)" ;$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Versions:
    """What stands where.

    Attributes:
        code: Version of the package (`src/hyoka_kg/__init__.py`).
        ontology: Version of the vocabulary (`owl:versionInfo` of `ontology/hyoka.ttl`).
        data: Version of registry and transcribed documents (`data/release.yml`).
    """

    code: str
    ontology: str
    data: str


def read_versions() -> Versions:
    """Return the versions of what is installed.

    Raises:
        LayoutError: The ontology or the data states none.
    """
    ontology, data = ontology_dir() / "hyoka.ttl", data_dir() / "release.yml"
    stated = _STATED.search(ontology.read_text(encoding="utf-8"))
    release = yaml.safe_load(data.read_text(encoding="utf-8"))
    if stated is None or not isinstance(release, dict) or "version" not in release:
        raise LayoutError(f"No version is stated in {ontology if stated is None else data}. Install the package again.")
    return Versions(__version__, stated["version"], str(release["version"]))
