"""The page at /about: what the graph answers, an example asked at this moment with its receipt, and how to ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from hyoka_kg import __version__
from hyoka_kg.errors import HyokaError
from hyoka_kg.query import load_catalogue, run_canned
from hyoka_kg.service.evaluation import EngineOfApp, evaluate
from hyoka_kg.service.negotiation import Offer

router = APIRouter(tags=["about"])
HTML = Offer("text/html", ("application/xhtml+xml",), ("html",))
_EXAMPLE = "tr01"
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Example:
    """Rows of one answer that lead from a project to clauses, each with its receipt.

    Attributes:
        first: The row that is told in words.
        rows: The rows that are shown.
        total: How many rows the answer has.
    """

    first: dict[str, str]
    rows: list[dict[str, str]]
    total: int


@router.get("/about", summary="A page that explains this service")
async def show_home(request: Request, engine: EngineOfApp) -> HTMLResponse:
    """Show the page."""
    page = _templates().get_template("home.html")
    html = page.render(
        base=str(request.base_url).rstrip("/"),
        catalogue=list(load_catalogue()),
        example=await _ask_example(engine),
        version=__version__,
    )
    return HTMLResponse(html, headers={"Vary": "Accept"})


async def _ask_example(engine: EngineOfApp) -> Example | None:
    try:
        query = load_catalogue()[_EXAMPLE]
        answer = await evaluate(engine, partial(run_canned, query=query, values={}))
    except HyokaError:
        # The page must explain itself even where the graph is empty or busy.
        return None
    rows = [row for row in answer.as_text() if row.get("clause_path")]
    return Example(rows[0], rows[:_SHOWN], len(answer.rows)) if rows else None


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("hyoka_kg.service"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
