"""A lineage is drawn sheet by sheet, with what happened between two of them in words."""

from __future__ import annotations

import pytest
from defusedxml import ElementTree

from hyoka_kg.errors import QueryError
from hyoka_kg.figures import lineage_figure

SHEETS = [
    {"sheet": f"mic/fy{year}/{number}", "name": f"安全 <{year}>", "money": "4.0M"}
    for year, number in ((2018, "0036"), (2019, "0037"), (2020, "0037"))
]
LINKS = [
    {
        "earlier": "mic/fy2018/0036",
        "later": "mic/fy2019/0037",
        "relation": "renumbered",
        "status": status,
        "evidence": "equal-figures:8/8",
    }
    for status in ("stated", "accepted")
]


def test_every_sheet_and_link_is_told_in_words() -> None:
    figure = lineage_figure("mic/juki", SHEETS, LINKS)
    root = ElementTree.fromstring(figure.svg)
    words = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert [word for word in words if word and word.startswith("mic/fy")] == [
        f"{s['sheet']}   {s['money']}" for s in SHEETS
    ]
    assert "安全 <2018>" in words
    assert [word for word in words if word and "renumbered" in word] == ["renumbered (accepted): equal-figures:8/8"]
    assert len(list(root.iter("{http://www.w3.org/2000/svg}line"))) == 1
    assert "3" in figure.alt


def test_a_lineage_without_sheets_is_refused() -> None:
    with pytest.raises(QueryError, match="at least one sheet"):
        lineage_figure("mic/juki", [], [])
