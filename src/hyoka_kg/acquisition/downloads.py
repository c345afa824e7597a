"""What can be fetched: the official addresses, licences and known hashes of `data/sources/downloads.yml`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

from hyoka_kg.acquisition.messages import tell
from hyoka_kg.errors import AcquisitionError, LayoutError

_MEGABYTE = 1_000_000
_IN_PLACE, _NEVER = "in-place", "never"


@dataclass(frozen=True, slots=True)
class Download:
    """One file of a source at its official address.

    Attributes:
        source: Identifier of the source, which names its folder in the archive.
        name: Name of the file, as published.
        url: Address.
        year: Fiscal year of publication, or None where the file holds several.
        sha256: SHA-256 of the file when this project read it, or "" where it has not.
    """

    source: str
    name: str
    url: str
    year: int | None
    sha256: str


@dataclass(frozen=True, slots=True)
class DownloadSource:
    """A source with its licence and the manners that its server is owed.

    Attributes:
        id: Identifier, the same as that of its reader.
        title_ja: What it is, in Japanese.
        title_en: The same in English.
        publisher_ja: Who publishes it, in Japanese.
        publisher_en: The same in English.
        page: Page for people.
        licence_ja: Name of the licence, in Japanese.
        licence_en: The same in English.
        licence_url: Text of the licence.
        attribution: Words that the licence asks for.
        changes_in_place: Whether the publisher replaces files under the same address.
        hosts: Hosts that may answer, redirects included.
        max_bytes: Largest file that is taken.
        pause_seconds: Pause between two files.
        downloads: Its files.
    """

    id: str
    title_ja: str
    title_en: str
    publisher_ja: str
    publisher_en: str
    page: str
    licence_ja: str
    licence_en: str
    licence_url: str
    attribution: str
    changes_in_place: bool
    hosts: tuple[str, ...]
    max_bytes: int
    pause_seconds: float
    downloads: tuple[Download, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """Return the fiscal years that can be chosen."""
        return tuple(sorted({download.year for download in self.downloads if download.year}))

    def choose(self, years: Collection[int] = (), words: Collection[str] = ()) -> tuple[Download, ...]:
        """Return the files of the given years whose names hold one of the words; all where none is given.

        Raises:
            AcquisitionError: No file is left.
        """
        chosen = tuple(
            download
            for download in self.downloads
            if (not years or download.year in years) and (not words or any(word in download.name for word in words))
        )
        if not chosen:
            known = ", ".join(map(str, self.years)) or "-"
            raise AcquisitionError(tell("nothing-chosen", source=self.id, years=known))
        return chosen


def read_downloads(data: Path) -> dict[str, DownloadSource]:
    """Return the sources by their identifier.

    Raises:
        LayoutError: The file is absent, or an entry lacks a part.
    """
    path = data / "sources" / "downloads.yml"
    try:
        entries: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        return {name: _source(name, dict(entry)) for name, entry in entries.items()}
    except OSError as error:
        raise LayoutError(
            f"{path}: cannot be read ({error.strerror}). Restore the file, or name another --data."
        ) from error
    except (KeyError, TypeError, AttributeError, ValueError, yaml.YAMLError) as error:
        raise LayoutError(f"{path}: an entry is not whole ({error}). Write it after the others.") from error


def find_source(sources: Mapping[str, DownloadSource], name: str) -> DownloadSource:
    """Return a source.

    Raises:
        AcquisitionError: There is none of that name.
    """
    if name not in sources:
        raise AcquisitionError(tell("unknown-source", source=name, known=", ".join(sources)))
    return sources[name]


def _source(name: str, entry: dict[str, Any]) -> DownloadSource:
    downloads = tuple(_downloads(name, entry.pop("address"), entry.pop("years"), entry.pop("files")))
    changes = entry.pop("changes")
    if changes not in (_IN_PLACE, _NEVER):
        raise ValueError(f"{name}, changes: '{changes}' is neither {_IN_PLACE} nor {_NEVER}")
    hosts, limit = tuple(entry.pop("hosts")), entry.pop("max_megabytes") * _MEGABYTE
    return DownloadSource(
        id=name, changes_in_place=changes == _IN_PLACE, hosts=hosts, max_bytes=limit, downloads=downloads, **entry
    )


def _downloads(source: str, address: str, years: list[int], files: list[dict[str, Any]]) -> Iterator[Download]:
    editions: list[int | None] = [*years] or [None]
    for year in editions:
        for file in files:
            name = file["name"].format(year=year)
            hashes = file.get("sha256", {})
            yield Download(source, name, address.format(year=year, name=quote(name)), year, hashes.get(year, ""))
