"""What fetching says, in English and Japanese: the texts are in `messages.yml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml


def tell(key: str, **values: object) -> str:
    """Return a message in both languages, English first, with its values filled in."""
    texts = _messages()[key]
    return "\n".join(texts[language].format(**values) for language in ("en", "ja"))


@cache
def _messages() -> dict[str, dict[str, str]]:
    messages: dict[str, dict[str, str]] = yaml.safe_load(
        files(__package__).joinpath("messages.yml").read_text(encoding="utf-8")
    )
    return messages
