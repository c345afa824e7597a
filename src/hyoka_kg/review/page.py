"""Render the review page: one HTML file with its style and script inside, allowed by their hashes and nothing else."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from hyoka_kg.model import Rect
from hyoka_kg.review.marking import check, mark_lines, unread_texts
from hyoka_kg.review.records import PageImage, Review, Statement
from hyoka_kg.sources.reading.reporting import issue_words

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class _Claim:
    """A statement with its number on the page and the place that it links to."""

    number: int
    statement: Statement
    target: str
    place: str


def render_page(review: Review) -> str:
    """Return the HTML of a review; it loads nothing, and works from a file."""
    checked = replace(review, statements=tuple(check(one, review.lines) for one in review.statements))
    claims = _claims(checked)
    style, script = (_asset(name) for name in ("review.css", "review.js"))
    html: str = _template().render(
        review=checked,
        groups=[(subject, list(rows)) for subject, rows in groupby(claims, key=lambda one: one.statement.subject)],
        lines=mark_lines(checked.lines, checked.statements),
        pages=[_page(page, claims) for page in checked.pages],
        words=_words(),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=f"default-src 'none'; img-src data:; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'",
        issue_count=sum(bool(one.issues) for one in checked.statements),
    )
    return html


def _claims(review: Review) -> list[_Claim]:
    """Return the statements with links to their lines, or to the first claim's rectangle where several share one."""
    owners: dict[Rect, int] = {}
    claims = []
    for number, statement in enumerate(review.statements, 1):
        target = place = ""
        if review.pages and statement.rects:
            first = statement.rects[0]
            target, place = f"r{owners.setdefault(first, number)}", f"p.{first.page}"
        elif review.lines and statement.pieces:
            target, place = f"L{statement.pieces[0].start_line}", ";".join(map(str, statement.pieces))
        claims.append(_Claim(number, statement, target, place))
    return claims


def _page(page: PageImage, claims: list[_Claim]) -> dict[str, Any]:
    """Return a page with the rectangles that link to claims; claims that share a rectangle share its link."""
    linked: dict[Rect, list[_Claim]] = {}
    for claim in claims:
        for rect in claim.statement.rects:
            if rect.page == page.number:
                linked.setdefault(rect, []).append(claim)
    return {
        "page": page,
        "image": base64.b64encode(page.png).decode(),
        "rects": list(linked.items()),
        "unread": unread_texts(page, [claim.statement for claim in claims]),
    }


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _asset(name: str) -> str:
    return (_FOLDER / "templates" / name).read_text(encoding="utf-8")


@cache
def _words() -> dict[str, dict[str, Any]]:
    record: dict[str, dict[str, Any]] = yaml.safe_load((_FOLDER / "words.yml").read_text(encoding="utf-8"))
    return record | {"issue": issue_words() | record["issue"]}


@cache
def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("hyoka_kg.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("review.html")
