"""Fill the templates of the pages; every value is escaped."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from hyoka_kg import __version__
from hyoka_kg.service.browser_files import built
from hyoka_kg.service.explorer.visit import Visit
from hyoka_kg.service.explorer.words import show_number, words_in
from hyoka_kg.service.spool import Answer, Spool, SpoolLimits


def render(template: str, visit: Visit, **values: Any) -> str:
    """Return a page."""
    page = _environment().get_template(f"explorer/{template}.html")
    return page.render(visit=visit, words=words_in(visit.language), package_version=__version__, **values)


def as_answer(html: str, limits: SpoolLimits, *, packed: bool) -> Answer:
    """Return a page as an answer, packed where the client reads that."""
    spool = Spool(limits, packed=packed)
    spool.write(html.encode())
    return spool.finish("text/html")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("hyoka_kg.service"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    environment.globals["asset"] = built
    environment.filters["grouped"] = lambda value: show_number(str(value))
    return environment
