"""All written pages by their address in the documentation."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from docs.generated import commands, decisions, dictionary, endpoints, glossary, questions, shapes, vocabulary
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hyoka_kg.store import GraphStore


def written_pages(store: GraphStore) -> dict[str, str]:
    """Return the text of every written page, in Markdown.

    Args:
        store: The sample graph, which answers the canned queries and tells how classes are joined.
    """
    pages = {
        "reference/cli.md": _page("commands", commands.told()),
        "reference/http-api.md": _page("endpoints", endpoints.told()),
        "reference/ontology.md": _page("vocabulary", vocabulary.told(store)),
        "reference/schemes.md": _page("schemes", vocabulary.schemes()),
        "reference/shapes.md": _page("shapes", shapes.told()),
        "reference/data-dictionary.md": _page("dictionary", dictionary.told()),
        "reference/queries/index.md": _page("questions", questions.listed()),
        "glossary.md": _page("glossary", glossary.told()),
        "adr/index.md": _page("decisions", decisions.told()),
    }
    for question in questions.answered(store):
        pages[f"reference/queries/{question['query'].id}.md"] = _page("question", question)
    return pages


def _page(template: str, values: dict[str, Any]) -> str:
    return _templates().get_template(f"{template}.md.j2").render(values)


@cache
def _templates() -> Environment:
    folder = Path(__file__).parent / "templates"
    # Markdown, not HTML: what is printed comes from this repository, and cells are escaped by the filter.
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=False,  # noqa: S701 - as above
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["cell"] = _cell
    return environment


def _cell(text: object) -> str:
    """Return a text that stands in one cell of a Markdown table, its signs as they are."""
    escaped = re.sub(r"([\\|<>*_`\[\]])", r"\\\1", str(text))
    return re.sub(r"\s*\n\s*", " ", escaped).replace("\\<", "&lt;").replace("\\>", "&gt;")
