"""What the page of each kind of thing shows, from `pages.yml`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from hyoka_kg.vocabulary import expand


@dataclass(frozen=True, slots=True)
class TablePlan:
    """A table of a page.

    Attributes:
        name: File of `queries/pages` that gives its rows.
        rows: How many rows stand on a page.
    """

    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class PagePlan:
    """The page of one kind of thing.

    Attributes:
        kind: Its name in the words of the pages.
        classes: IRIs of the classes of such things; none means any.
        pictures: Names of the pictures to draw.
        tables: The tables, in order.
        named_by: Table and column that name a thing without a name of its own; empty texts where none do.
    """

    kind: str
    classes: frozenset[str]
    pictures: tuple[str, ...]
    tables: tuple[TablePlan, ...]
    named_by: tuple[str, str]

    def table(self, name: str) -> TablePlan | None:
        """Return a table by name, or None where the page has no such table."""
        return next((table for table in self.tables if table.name == name), None)


def plan_for(classes: Iterable[str]) -> PagePlan:
    """Return the page of a thing of some classes; every thing has one."""
    held = set(classes)
    return next(plan for plan in page_plans() if not plan.classes or plan.classes & held)


@cache
def page_plans() -> tuple[PagePlan, ...]:
    """Return all pages; the last takes any thing."""
    written = (files("hyoka_kg.service.explorer") / "pages.yml").read_text(encoding="utf-8")
    return tuple(
        PagePlan(
            kind=one["kind"],
            classes=frozenset(
                name for local in one["classes"] for name in (expand(f"hyoka:{local}"), expand(f"org:{local}"))
            ),
            pictures=tuple(one["pictures"]),
            tables=tuple(TablePlan(**table) for table in one["tables"]),
            named_by=tuple(one.get("named_by", ("", ""))),
        )
        for one in yaml.safe_load(written)
    )
