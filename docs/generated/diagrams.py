"""Diagrams in Mermaid, drawn as SVG while the site is built: a page loads no script for them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from merman import Merman

_OPTIONS = json.dumps({"site_config": {"theme": "neutral", "fontFamily": "sans-serif"}})


def drawn(source: str, *_: Any, **__: Any) -> str:
    """Return a diagram as SVG in a figure; called by the Markdown extension for each block ```mermaid."""
    # An id of its own: several diagrams share a page, and each styles itself by its id.
    name = f"diagram-{hashlib.sha256(source.encode()).hexdigest()[:8]}"
    svg = Merman().render_svg(source, _OPTIONS).replace("merman", name)
    return f'<figure class="diagram">{svg}</figure>'
