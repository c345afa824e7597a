"""Pages of an answer: asked by `page` and `size`, and linked to each other (RFC 8288)."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request

from hyoka_kg.service.question import Page
from hyoka_kg.service.refusals import Refusal

_LARGEST, _USUAL, _LAST = 1000, 100, 1_000_000


def take_page(values: dict[str, str], usual: int = _USUAL) -> Page | None:
    """Take the page out of the parameters of a request; None where no page is asked for.

    Raises:
        Refusal: 400, one of them is not a number, or too large.
    """
    number, size = values.pop("page", None), values.pop("size", None)
    if number is None and size is None:
        return None
    return Page(_whole("page", number or "1", _LAST), _whole("size", size or str(usual), _LARGEST))


def links_between(request: Request, page: Page, total: int) -> str:
    """Return the Link header that leads to the other pages of the same request."""
    last = max(1, -(-total // page.size))
    numbers = {"first": 1, "last": last}
    if page.number > 1:
        numbers["prev"] = min(page.number - 1, last)
    if page.number < last:
        numbers["next"] = page.number + 1
    others = [(name, value) for name, value in request.query_params.multi_items() if name != "page"]
    here = request.url.replace(query="")
    return ", ".join(f'<{here}?{urlencode([*others, ("page", n)])}>; rel="{rel}"' for rel, n in numbers.items())


def _whole(name: str, value: str, most: int) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 10 and 1 <= int(value) <= most):
        raise Refusal(400, f"{name}={value} is not a number from 1 to {most}.")
    return int(value)
