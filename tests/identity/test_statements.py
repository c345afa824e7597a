"""A list of former sheets alone joins no two subjects: what else must speak for it, and what speaks against it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.linking.identity.links import LinkStatus, YearPair
from hyoka_kg.normalization.folding import bare_form

Make = Callable[..., SheetDigest]
Facts = dict[str, Any]
MONEY = {2015: (5317, 5101), 2016: (4988, 4720), 2017: (6021, None)}
OTHER = {2015: (811, 790), 2016: (904, 877), 2017: (951, None)}
LISTED = ["maff/2018/0007", "maff/2018/0011"]
STRANGE: Facts = {"bureau": "山の局", "division": "山の課"}
TOLD = (bare_form("「森を守る仕事」及び「魚を育てる費用」を統合"),)


def _statuses(earlier: list[SheetDigest], later: list[SheetDigest]) -> dict[str, tuple[str, LinkStatus]]:
    return {link.earlier.number: (link.relation, link.status) for link in YearPair(earlier, later).links()}


@pytest.mark.parametrize(
    ("own", "status"),
    [
        ({}, LinkStatus.ACCEPTED),
        ({"bureau": "別の局"}, LinkStatus.ACCEPTED),
        ({"division": "別の課", "payees": ("1000000000001",)}, LinkStatus.ACCEPTED),
        ({"division": "別の課", "start": 2010}, LinkStatus.ACCEPTED),
        ({"told": TOLD} | STRANGE, LinkStatus.ACCEPTED),
        ({"division": "別の課"}, LinkStatus.UNCONFIRMED),
        ({"payees": ("1000000000001",)} | STRANGE, LinkStatus.UNCONFIRMED),
        ({"start": 2010} | STRANGE, LinkStatus.UNCONFIRMED),
        (STRANGE, LinkStatus.UNCONFIRMED),
    ],
)
def test_a_list_joins_what_is_of_one_unit_or_told_by_name(make: Make, own: Facts, status: LinkStatus) -> None:
    payees = {"payees": ("1000000000001",)}
    formers = [
        make("maff/2018/0007", "森を守る仕事", MONEY, end=2018, **payees),
        make("maff/2018/0011", "魚を育てる費用", OTHER, end=2018, **payees),
    ]
    later = make("maff/2019/new32-0014", "輸出の拡大", **({"start": 2020, "stated": LISTED} | own))
    assert _statuses(formers, [later]) == dict.fromkeys(("0007", "0011"), ("merged-into", status))


@pytest.mark.parametrize(("unit", "status"), [({}, LinkStatus.ACCEPTED), (STRANGE, LinkStatus.UNCONFIRMED)])
def test_a_listed_sheet_that_ends_is_taken_in_by_its_own_unit(make: Make, unit: Facts, status: LinkStatus) -> None:
    """A list names related sheets too: that one of them ends is no reason to think that it was taken in."""
    formers = [
        make("maff/2018/0007", "森を守る仕事", MONEY),
        make("maff/2018/0011", "魚を育てる費用", start=1999, **unit),
    ]
    later = make("maff/2019/0007", "森を守る仕事", MONEY, stated=LISTED)
    assert _statuses(formers, [later]) == {
        "0007": ("continues", LinkStatus.ACCEPTED),
        "0011": ("merged-into", status),
    }


@pytest.mark.parametrize(
    ("division", "status"), [("ためし課", LinkStatus.ACCEPTED), ("別の課", LinkStatus.UNCONFIRMED)]
)
def test_a_number_that_is_one_off_names_a_neighbour_of_the_bureau(
    make: Make, division: str, status: LinkStatus
) -> None:
    """A sheet that ended, and that two others name: each of them was a part of it, or one of them means another."""
    former = make("maff/2017/0017", "食べ物を買う場の改善", MONEY, start=2014, end=2017)
    later = [
        make("maff/2018/0020", "食べ物を買う場の改善", start=2018, stated=["maff/2017/0017"], sentences=(1,)),
        make("maff/2018/new31-0002", "品質を保つ支援", start=2019, stated=["maff/2017/0017"], division=division),
    ]
    found = {link.later.number: link for link in YearPair([former], later).links()}
    assert (found["new31-0002"].relation, found["new31-0002"].status) == ("split-into", status)


def test_a_sheet_whose_name_another_former_one_bears_split_from_no_other(make: Make) -> None:
    formers = [
        make("mext/2017/0025", "博物館の運営に必要な経費", MONEY, start=2001),
        make("mext/2017/new30-0004", "博物館の施設の整備に必要な経費", start=2018),
    ]
    later = [
        make("mext/2018/0024", "博物館の運営に必要な経費", MONEY, start=2001, stated=["mext/2017/0025"]),
        make("mext/2018/0025", "博物館の施設の整備に必要な経費", start=2001, stated=["mext/2017/0025"]),
    ]
    for earlier, status in ((formers, LinkStatus.UNCONFIRMED), (formers[:1], LinkStatus.ACCEPTED)):
        found = {link.later.number: link.status for link in YearPair(earlier, later).links()}
        assert found == {"0024": LinkStatus.ACCEPTED, "0025": status}


@pytest.mark.parametrize(
    ("new_money", "status"), [({}, LinkStatus.ACCEPTED), ({2018: (7000, None)}, LinkStatus.UNCONFIRMED)]
)
def test_what_two_sheets_of_another_ministry_name_moved_where_it_does_not_go_on(
    make: Make, new_money: dict[int, tuple[int, int | None]], status: LinkStatus
) -> None:
    former = make("mic/2017/0033", "基盤の整備", MONEY, start=2003)
    part: Facts = {"start": 2018, "stated": ["mic/2017/0033"], "bureau": "室"}
    later = [
        make("mic/2018/0033", "基盤の整備", MONEY | new_money, start=2003),
        make("cas/2018/new02-0001", "印の運用", **part),
        make("cas/2018/new02-0005", "網の運用", **part),
    ]
    found = {link.later.number: link.status for link in YearPair([former], later).links()}
    assert found == {"0033": LinkStatus.ACCEPTED, "new02-0001": status, "new02-0005": status}


def test_one_number_beside_a_predecessor_is_a_misprint(make: Make) -> None:
    formers = [make("maff/2018/0007", "森を守る仕事", MONEY), make("maff/2018/0011", "魚を育てる費用", OTHER)]
    later = make("maff/2019/0007", "森を守る仕事", MONEY, stated=["maff/2018/0011"])
    assert _statuses(formers, [later]) == {
        "0007": ("continues", LinkStatus.ACCEPTED),
        "0011": ("merged-into", LinkStatus.UNCONFIRMED),
    }
