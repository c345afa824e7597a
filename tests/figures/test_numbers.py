"""The picture of the numbers draws a line where a claim that one number follows another stands, and only there."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox
import pytest
from defusedxml import ElementTree

from hyoka_kg.figures.numbers import numbers_figure
from hyoka_kg.query import load_catalogue
from hyoka_kg.store import Rows

NUMBERS = [
    ("own", "2018", "0036", "mic/fy2018/0036", "安全", "p1", "sheet"),
    ("own", "2021", "2021-総務-20-0032", "mic/fy2021/20-0032", "安全", "p1", "sheet"),
]


def _rows(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Rows:
    return Rows(tuple(columns), [tuple(map(ox.Literal, row)) for row in rows])


@pytest.mark.parametrize(
    ("statuses", "lines"),
    [
        ("accepted", 1),
        ("stated", 1),
        ("refuted", 0),
        ("unconfirmed", 0),
        ("open", 0),
        ("stated accepted", 1),
        ("stated refuted", 0),
    ],
)
def test_a_claim_that_does_not_stand_draws_no_line(statuses: str, lines: int) -> None:
    ends = {"from_sheet": "mic/fy2018/0036", "to_sheet": "mic/fy2021/20-0032"}
    columns = load_catalogue()["tr05"].columns
    told = [ends | {"link_status": status} for status in statuses.split()]
    links = _rows(columns, [[row.get(column, "") for column in columns] for row in told])
    numbers = _rows(load_catalogue("pictures")["numbers"].columns, NUMBERS)
    drawn = numbers_figure(numbers, links, _rows(load_catalogue("pages")["project_money"].columns, []))
    root = ElementTree.fromstring(drawn.svg)
    assert len(list(root.iter("{http://www.w3.org/2000/svg}line"))) == lines
