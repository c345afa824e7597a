"""Get the bytes of documents and know them by their SHA-256."""

from hyoka_kg.acquisition.archive import MANIFEST, Archive, Entry, check_archive, replaced_files, sha256_of
from hyoka_kg.acquisition.asking import open_client
from hyoka_kg.acquisition.downloads import Download, DownloadSource, find_source, read_downloads
from hyoka_kg.acquisition.fetching import Fetched, fetch, take
from hyoka_kg.acquisition.source_texts import read_source_text
from hyoka_kg.acquisition.transfer import Line, Patience

__all__ = [
    "MANIFEST",
    "Archive",
    "Download",
    "DownloadSource",
    "Entry",
    "Fetched",
    "Line",
    "Patience",
    "check_archive",
    "fetch",
    "find_source",
    "open_client",
    "read_downloads",
    "read_source_text",
    "replaced_files",
    "sha256_of",
    "take",
]
