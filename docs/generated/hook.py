"""Hooks of MkDocs: add the written pages to the site, list folders in the navigation, tell the language of a page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docs.generated.pages import written_pages
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from hyoka_kg.config import Settings
from hyoka_kg.store import EmbeddedStore

_ROOT = Path(__file__).resolve().parents[2]
# Files of the repository that pages link to and that are worth reading: they are published beside the pages.
_PUBLISHED = ("queries/**/*.rq", "ontology/**/*.ttl", "ontology/*.csv")
_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<path>\.\./[^)#\s]*)[^)]*\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are written from the code, the ontology, the tables and the sample graph."""
    store = EmbeddedStore.open(Settings.from_environment().store_dir)
    for address, text in written_pages(store).items():
        files.append(File.generated(config, address, content=text))
    for path in (path for pattern in _PUBLISHED for path in sorted(_ROOT.glob(pattern))):
        address = f"source/{path.relative_to(_ROOT).as_posix()}"
        files.append(File.generated(config, address, abs_src_path=str(path)))
    config.nav = _with_folders(config.nav, files, frozenset(_named(config.nav)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lead links that leave the documentation to the published copy of the file; a folder stays a name."""
    folder = posixpath.dirname(page.file.src_uri)

    def lead(match: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(folder, match["path"]))
        if not path.startswith("../"):
            return match[0]
        address = f"source/{path.removeprefix('../')}"
        if files.get_file_from_path(address) is None:
            return match["text"]
        return f"[{match['text']}]({posixpath.relpath(address, folder)})"

    return _LINK.sub(lead, markdown)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Say that a page under `ja/` is Japanese, for readers aloud and for fonts."""
    if not page.file.src_uri.startswith("ja/"):
        return output
    return output.replace(f'<html lang="{config.theme["language"]}"', '<html lang="ja"', 1)


def _with_folders(nav: Any, files: Files, named: frozenset[str]) -> Any:
    """Return the navigation with each entry that ends in a slash replaced by the pages of that folder, index first.

    Pages that have a place of their own in the navigation are left out of their folder.
    """
    if isinstance(nav, dict):
        return {title: _with_folders(below, files, named) for title, below in nav.items()}
    if isinstance(nav, list):
        return [_with_folders(entry, files, named) for entry in nav]
    if not nav.endswith("/"):
        return nav
    pages = {file.src_uri for file in files.documentation_pages() if posixpath.dirname(file.src_uri) == nav.rstrip("/")}
    return sorted(pages - named, key=lambda address: (not address.endswith("/index.md"), address))


def _named(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
        return
    for entry in nav.values() if isinstance(nav, dict) else nav:
        yield from _named(entry)
