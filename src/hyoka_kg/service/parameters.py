"""Read the parameters of a URL or a form, each decoded once."""

from __future__ import annotations

from urllib.parse import parse_qsl

from hyoka_kg.service.refusals import Refusal

FORMAT_NAMES = frozenset({"format", "output", "results"})
_MAX_PARAMETERS = 1000

Pairs = list[tuple[str, str]]


def format_values(pairs: Pairs) -> tuple[str, ...]:
    """Return the values of the parameters that ask for a format."""
    return tuple(value for name, value in pairs if name in FORMAT_NAMES)


def decode_pairs(encoded: bytes) -> Pairs:
    """Return the parameters of a URL or form.

    Raises:
        Refusal: 400, they are not UTF-8, or too many.
    """
    text = decode_text(encoded)
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MAX_PARAMETERS)
    except UnicodeDecodeError as error:
        raise Refusal(400, "The parameters are not percent-encoded UTF-8.") from error
    except ValueError as error:
        raise Refusal(400, f"The request has more than {_MAX_PARAMETERS} parameters.") from error


def decode_text(encoded: bytes) -> str:
    """Return bytes as text.

    Raises:
        Refusal: 400, they are not UTF-8.
    """
    try:
        return encoded.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, "The request is not UTF-8 text.") from error


def all_values(pairs: Pairs, name: str) -> tuple[str, ...]:
    """Return all values of a parameter."""
    return tuple(value for key, value in pairs if key == name)
