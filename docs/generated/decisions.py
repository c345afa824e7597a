"""The decisions: number, title and the sentence that decides, from the pages themselves."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).resolve().parents[1] / "adr"
_PAGE = re.compile(r"# (?P<number>\d{4})\. (?P<title>.+)\n.*?## Decision\n\n(?P<first>[^\n]+)", re.DOTALL)
_SENTENCE = re.compile(r".+?[.](?= |$)")


def told() -> dict[str, Any]:
    """Return every decision in the order of its number.

    Raises:
        ValueError: A page has no number, title or decision.
    """
    return {"decisions": [_decision(path) for path in sorted(_FOLDER.glob("[0-9]*.md"))]}


def _decision(path: Path) -> dict[str, str]:
    match = _PAGE.match(path.read_text(encoding="utf-8"))
    if match is None:
        raise ValueError(f"{path}: '# NNNN. Title' and '## Decision' are expected. Write it like its neighbours.")
    sentence = _SENTENCE.match(match["first"])
    return {
        "file": path.name,
        "number": match["number"],
        "title": match["title"],
        "sentence": sentence[0] if sentence else match["first"],
    }
