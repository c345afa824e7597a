"""What a reader says of a file that it cannot read: one text in English and Japanese, with its values."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml


def told(key: str, **values: object) -> str:
    """Return the message of a key with its values, in English and then in Japanese.

    Raises:
        KeyError: There is no such message, or one of its holes has no value.

    >>> told("no_cells", path="a.xlsx").startswith("a.xlsx has no visible cell")
    True
    """
    shown = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
    message = _messages()[key]
    return f"{message['en'].format_map(shown)} {message['ja'].format_map(shown)}"


@cache
def _messages() -> dict[str, dict[str, str]]:
    record: dict[str, dict[str, str]] = yaml.safe_load(
        files(__package__).joinpath("messages.yml").read_text(encoding="utf-8")
    )
    return record
