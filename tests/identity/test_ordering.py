"""The order in which sheets were given their 予算事業ID: what it tells, and that it joins nothing alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.linking.identity.links import Link, LinkStatus, YearPair
from hyoka_kg.linking.identity.ordering import Order
from hyoka_kg.linking.identity.records import write_links
from hyoka_kg.linking.identity.rules import rules
from hyoka_kg.linking.identity.shelf import DigestShelf
from hyoka_kg.model import SheetKey
from hyoka_kg.pipeline.sheet_pairs import explain_pair

Make = Callable[..., SheetDigest]
Facts = dict[str, Any]
MILLION = 1_000_000
CODE = "id-in-number-order"
OLD, NEW = "古い名前の仕事", "すっかり新しい名称"
LATER = {"start": 2015}
ELSEWHERE = {"bureau": "よその局", "division": "よその課"}
WORDS = {"sentences": (11, 12, 13)}


def _order(*pairs: tuple[str, int]) -> Order:
    return Order((SheetKey("mhlw", 2021, number), rs_id) for number, rs_id in pairs)


@pytest.mark.parametrize(
    ("number", "ids"),
    [
        ("20-0002", [102, 103]),
        ("20-0003", [102, 103]),
        ("20-0001-1", [102, 103]),
        ("20-0004", [102, 103, 104]),
        ("20-0004-2", []),
        ("20-0001", []),
        ("20-0005", []),
        ("new21-0002", []),
        ("meti-20-0002", []),
        ("2", []),
    ],
)
def test_the_ids_between_those_of_the_nearest_neighbours(number: str, ids: list[int]) -> None:
    order = _order(("20-0001", 101), ("20-0004", 104), ("20-0005", 105))
    assert list(order.between(SheetKey("mhlw", 2021, number))) == ids
    assert list(order.between(SheetKey("mlit", 2021, number))) == []


def test_a_project_that_was_given_a_new_id_does_not_spoil_the_order() -> None:
    order = _order(("20-0001", 101), ("20-0002", 5940), ("20-0004", 104), ("20-0005", 12), ("20-0006", 106))
    assert list(order.between(SheetKey("mhlw", 2021, "20-0003"))) == [102, 103]
    assert list(order.between(SheetKey("mhlw", 2021, "20-0005"))) == [105]


@pytest.mark.parametrize(("last", "count"), [(122, 20), (123, 0)])
def test_neighbours_with_many_ids_between_tell_nothing(last: int, count: int) -> None:
    assert len(_order(("20-0001", 101), ("20-0003", last)).between(SheetKey("mhlw", 2021, "20-0002"))) == count


def _sheet(make: Make, key: str, name: str, amounts: tuple[int, int], **more: Any) -> SheetDigest:
    figures = (("initial", 2021, amounts[0] * MILLION), ("requested", 2022, amounts[1] * MILLION))
    return make(key, name, figures=figures, **more)


def _record(make: Make, rs_id: int, name: str, amounts: tuple[int, int], **more: Any) -> SheetDigest:
    ministry = more.pop("ministry", "mhlw")
    return _sheet(make, f"{ministry}/2024/rs-{rs_id}", name, amounts, rs_id=str(rs_id), **more)


def _links(make: Make, earlier: list[SheetDigest], later: list[SheetDigest]) -> list[Link]:
    """Return what is accepted between two sure neighbours."""
    names = {1: ("前の隣の事業", (5317, 4988)), 3: ("後ろの隣の課題", (6021, 6133))}
    sheets = [_sheet(make, f"mhlw/2021/20-000{n}", *told, start=1990 + n) for n, told in names.items()]
    sheets.append(_sheet(make, "mlit/2021/20-0009", "よその省の仕事", (7001, 8002), start=1999))
    records = [_record(make, 100 + n, *told, start=1990 + n) for n, told in names.items()]
    links = [*YearPair([*sheets, *earlier], [*records, *later]).links()]
    assert {link.method for link in links if link.earlier.number != "20-0002"} == {"name-and-figures"}
    return [link for link in links if link.earlier.number == "20-0002" and link.status is LinkStatus.ACCEPTED]


CASES: list[tuple[str, Facts, list[Facts]]] = [
    ("order-figures-and-start", ELSEWHERE, [LATER, {"amounts": (91, 17)}]),
    ("order-figures-and-division", LATER, [{"division": "よその課"}, {"amounts": (91, 92)}]),
    (
        "order-figures-and-wording",
        LATER | ELSEWHERE | WORDS | {"amounts": (16, 92)},
        [{"sentences": (21, 22)}, {"amounts": (91, 92)}],
    ),
    (
        "order-wording-and-start",
        ELSEWHERE | WORDS | {"amounts": (91, 92)},
        [LATER, {"sentences": (21, 22)}],
    ),
    (
        "order-some-figures-start-and-division",
        {"amounts": (16, 92)},
        [LATER, {"division": "よその課"}, {"amounts": (91, 92)}],
    ),
    (
        "order-moved-name-and-figures",
        LATER | ELSEWHERE | {"ministry": "mlit", "name": OLD},
        [{"name": NEW}, {"amounts": (91, 92)}],
    ),
]


@pytest.mark.parametrize(("method", "own", "spoilt"), CASES)
def test_what_else_speaks_for_a_pair_is_enough_within_the_order(
    make: Make, method: str, own: Facts, spoilt: list[Facts]
) -> None:
    def found(rs_id: int, **more: Any) -> list[Link]:
        facts: Facts = {"name": NEW, "amounts": (16, 17)} | own | more
        sheet = _sheet(make, "mhlw/2021/20-0002", OLD, (16, 17), **WORDS)
        return _links(make, [sheet], [_record(make, rs_id, **facts)])

    (link,) = found(102)
    assert (link.method, link.later.number, link.evidence[-1]) == (method, "rs-102", CODE)
    assert link.relation == ("transferred" if "ministry" in own else "renamed")
    assert found(204) == []
    assert [found(102, **more) for more in spoilt] == [[] for _ in spoilt]


def test_every_rule_of_the_order_has_a_case() -> None:
    asking = {rule.name for rule in rules() if "order" in dict(rule.wanted)}
    assert asking == {method for method, _, _ in CASES}
    assert all(len(rule.wanted) > 3 for rule in rules() if rule.name in asking)


def test_the_order_alone_joins_nothing(make: Make) -> None:
    sheet = _sheet(make, "mhlw/2021/20-0002", OLD, (16, 17))
    assert _links(make, [sheet], [_record(make, 102, NEW, (91, 92), **LATER, **ELSEWHERE)]) == []


@pytest.mark.parametrize(("ids", "expected"), [((102, 205), ["rs-102"]), ((204, 205), [])])
def test_the_order_tells_twins_apart(make: Make, ids: tuple[int, int], expected: list[str]) -> None:
    sheet = _sheet(make, "mhlw/2021/20-0002", OLD, (16, 17))
    records = [_record(make, rs_id, OLD, (16, 17)) for rs_id in ids]
    assert [link.later.number for link in _links(make, [sheet], records)] == expected


def test_the_order_is_told_when_a_pair_is_explained(make: Make, tmp_path: Path) -> None:
    names = ("前の隣の事業", OLD, "後ろの隣の課題")
    sheets = [_sheet(make, f"mhlw/2021/20-000{n}", name, (5310 + n, 4980 + n)) for n, name in enumerate(names)]
    records = [_record(make, 100 + n, name, (5310 + n, 4980 + n)) for n, name in enumerate(names)]
    folder = tmp_path / "identity"
    folder.mkdir()
    shelf = DigestShelf(folder / "digests-x.sqlite")
    shelf.add([*sheets, *records])
    shelf.close()
    write_links(folder / "links-x.csv.gz", YearPair(sheets, records).links())
    explained = explain_pair(tmp_path, "mhlw/fy2021/20-0001", "mhlw/fy2024/rs-101")
    assert (explained.facts["order"], explained.evidence[-1]) == ("between", CODE)
    assert explain_pair(tmp_path, "mhlw/fy2021/20-0001", "mhlw/fy2024/rs-102").facts["order"] == "unknown"
