"""Rows as JSON values, CSV and Markdown."""

from __future__ import annotations

import pyoxigraph as ox

from hyoka_kg.service.tables import STYLES, rows_as_json
from hyoka_kg.store import Rows

XSD = "http://www.w3.org/2001/XMLSchema#"


def _typed(text: str, name: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(f"{XSD}{name}"))


ROWS = Rows(
    ("text", "number", "flag", "thing"),
    [
        (ox.Literal("５百万円", language="ja"), _typed("4.5", "decimal"), _typed("true", "boolean"), None),
        (ox.Literal('a|b\n<i>[x](javascript:0)"'), _typed("2017", "integer"), None, ox.NamedNode("http://a/%20")),
        (ox.Literal("0036"), _typed("INF", "double"), None, ox.BlankNode("b")),
    ],
)


def test_json_has_numbers_as_numbers_and_texts_as_texts() -> None:
    assert rows_as_json(ROWS) == [
        {"text": "５百万円", "number": 4.5, "flag": True, "thing": None},
        {"text": 'a|b\n<i>[x](javascript:0)"', "number": 2017, "flag": None, "thing": "http://a/%20"},
        {"text": "0036", "number": "INF", "flag": None, "thing": "b"},
    ]


def test_csv_quotes_what_needs_it() -> None:
    lines = "".join(STYLES["csv"].write(ROWS)).split("\r\n")
    assert lines[0] == "text,number,flag,thing"
    assert lines[1] == "５百万円,4.5,true,"
    assert lines[2] == '"a|b\n<i>[x](javascript:0)""",2017,,http://a/%20'


def test_markdown_reads_nothing_in_a_cell_as_markup() -> None:
    lines = "".join(STYLES["md"].write(ROWS)).splitlines()
    assert lines[:3] == [
        "| text | number | flag | thing |",
        "| --- | --- | --- | --- |",
        "| ５百万円 | 4.5 | true |  |",
    ]
    assert lines[3].startswith("| a\\|b<br>&lt;i&gt;\\[x\\](javascript:0)")
