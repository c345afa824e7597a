"""What becomes of a statement that no rule bears out: each fact that lets it stand, and each that does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.identity.conftest import MILLION

from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.linking.identity.evidence import Evidence, compare
from hyoka_kg.linking.identity.links import _is_kin
from hyoka_kg.linking.identity.matching import strength
from hyoka_kg.linking.identity.statements import (
    Statement,
    _is_alike,
    _is_cut_from,
    _is_merged,
    _is_older,
    _is_split,
    is_late_part,
    is_supported,
    judge,
)
from hyoka_kg.model import SheetKey

Make = Callable[..., SheetDigest]
_STRANGERS = [SheetDigest(SheetKey("mic", year, "1")) for year in (2015, 2016)]
NOTHING = compare(*_STRANGERS, is_name_shared=False, is_only=False)._replace(
    stated="yes", name="far", likeness=0.1, start="differs", figures="differ", equal_figures=0, differing_figures=3,
    text="differs", indicators="differ", bureau="differs", division="differs",
)  # fmt: skip


def facts(**more: Any) -> Evidence:
    """Return the evidence about two sheets that have nothing in common but what is given."""
    return NOTHING._replace(**more)


def money(*amounts: int, first: int = 2012, phase: str = "executed") -> tuple[tuple[str, int, int], ...]:
    return tuple((phase, first + n, amount * MILLION) for n, amount in enumerate(amounts))


@pytest.fixture
def state(make: Make) -> Callable[..., Statement]:
    """Return what makes a statement of a sheet of FY2016 about one of FY2015 of the same ministry."""
    former = make("mic/2015/0001", start=2005)
    # It asks for new money, so that it is not the last of its project.
    names = make("mic/2016/0002", start=2016, figures=money(5, first=2016, phase="initial"))

    def build(**more: Any) -> Statement:
        fields: dict[str, Any] = {
            "one": former, "other": names, "facts": NOTHING, "hop": "renamed", "follower": None, "has_before": False,
            "is_claimed_again": False, "is_listed": False, "is_whole": False, "has_namesake": False,
        }  # fmt: skip
        return Statement(**(fields | more))

    return build


@pytest.fixture
def follower(make: Make) -> SheetDigest:
    return make("mic/2016/0009", figures=money(5, first=2016, phase="initial"))


@pytest.fixture
def last(make: Make) -> SheetDigest:
    """Return a sheet that only accounts for the years before: it is the last of its project."""
    return make("mic/2016/0009", figures=money(5, 5))


@pytest.mark.parametrize(("start", "is_new"), [(2014, False), (2015, True), (2016, True), (0, False)])
def test_a_project_is_new_from_the_year_of_the_former_sheet(
    state: Callable[..., Statement], make: Make, start: int, is_new: bool
) -> None:
    assert state(other=make("mic/2016/0002", start=start)).is_new == is_new


def test_a_project_that_ended_for_a_sheet_of_its_bureau_goes_on_no_more(
    state: Callable[..., Statement], make: Make, follower: SheetDigest, last: SheetDigest
) -> None:
    near = facts(bureau="equal")
    assert state(facts=near, follower=follower).has_after
    assert not state(facts=near, follower=last).has_after
    assert state(follower=last).has_after
    assert state(facts=near, follower=last, other=make("met/2016/0002", figures=money(5, first=2016))).has_after
    assert not state().has_after


@pytest.mark.parametrize(
    ("parts", "more", "is_cut"),
    [
        ((10, 20, 30), {}, True),
        ((10, 20), {}, False),
        ((10, 20, 300), {}, False),
        ((10, 200, 30), {}, False),
        ((10, 20, -30), {}, False),
        ((10, 20, 30), {"start": 2006, "bureau": "よその局"}, False),
        ((10, 20, 30), {"start": 2006}, True),
        ((10, 20, 30), {"bureau": "よその局"}, True),
    ],
)
def test_money_of_the_past_that_was_told_within_another_was_cut_from_it(
    state: Callable[..., Statement], make: Make, parts: tuple[int, ...], more: dict[str, Any], is_cut: bool
) -> None:
    whole = make("mic/2015/0001", start=2005, figures=money(100, 200, 300))
    part = make("mic/2016/0002", figures=money(*parts), **({"start": int("2005")} | more))
    assert _is_cut_from(state(one=whole, other=part)) == is_cut


def test_sheets_of_no_known_bureau_or_start_are_not_near(state: Callable[..., Statement], make: Make) -> None:
    whole = make("mic/2015/0001", start=0, bureau="", figures=money(100, 200, 300))
    part = make("mic/2016/0002", start=0, bureau="", figures=money(10, 20, 30))
    assert not _is_cut_from(state(one=whole, other=part))


def test_a_sheet_that_several_name_is_cut_up_unless_one_goes_on_whole(
    state: Callable[..., Statement], make: Make, follower: SheetDigest
) -> None:
    whole = make("mic/2015/0001", start=2005, figures=money(100, 200, 300))
    part = make("mic/2016/0002", start=2007, figures=money(10, 20, 30))
    cut = {"one": whole, "other": part, "is_claimed_again": True, "follower": follower}
    assert judge(state(**cut)) == ("split-into", True)
    assert judge(state(**cut, is_whole=True)) != ("split-into", True)
    assert judge(state(**cut, has_before=True)) == ("renamed", False)


def test_a_statement_is_refuted_where_both_go_on_apart(state: Callable[..., Statement], follower: SheetDigest) -> None:
    assert judge(state(follower=follower, has_before=True)) == ("renamed", False)
    assert judge(state(follower=follower, has_before=True, is_listed=True)) == ("merged-into", None)
    assert judge(state(follower=follower, has_before=True, facts=facts(text="some")))[1] is not False
    assert judge(state(follower=follower))[1] is not False
    assert judge(state(has_before=True))[1] is not False


def test_a_listed_sheet_of_the_same_name_and_wording_merged_whatever_goes_on(
    state: Callable[..., Statement], follower: SheetDigest
) -> None:
    both = {"follower": follower, "has_before": True, "is_listed": True}
    assert _is_merged(state(facts=facts(name="equal", text="some"), **both))
    assert not _is_merged(state(facts=facts(name="equal"), **both))
    assert not _is_merged(state(facts=facts(name="near", text="some"), **both))


@pytest.mark.parametrize(
    ("more", "is_split"),
    [
        ({"bureau": "equal", "division": "equal"}, True),
        ({"bureau": "differs", "division": "equal"}, False),
        ({"bureau": "equal", "division": "differs"}, False),
        ({"start": "near"}, False),
        ({"start": "equal"}, True),
        ({"text": "some"}, True),
    ],
)
def test_a_new_sheet_beside_one_that_goes_on_is_a_part_only_of_its_own_division(
    state: Callable[..., Statement], follower: SheetDigest, more: dict[str, str], is_split: bool
) -> None:
    assert _is_split(state(facts=facts(**more), follower=follower)) == is_split


def test_a_new_sheet_is_a_part_of_one_that_ended_near_it(
    state: Callable[..., Statement], make: Make, follower: SheetDigest
) -> None:
    near = facts(division="equal")
    assert _is_split(state(facts=near))
    assert not _is_split(state())
    assert not _is_split(state(facts=near, has_namesake=True))
    assert not _is_split(state(facts=near, follower=follower))
    assert not _is_split(state(facts=near, other=make("mic/2016/0002", start=2014)))
    young = make("mic/2015/0001", start=2015)
    old = make("mic/2016/0002", start=2014)
    assert not _is_split(state(one=young, other=old, facts=facts(start="equal"), follower=follower))


@pytest.mark.parametrize(
    ("start", "figures", "is_older"),
    [(2014, "differ", True), (2014, "none", False), (2015, "differ", False), (0, "differ", False)],
)
def test_a_project_with_years_and_money_of_its_own_is_older(
    state: Callable[..., Statement], make: Make, start: int, figures: str, is_older: bool
) -> None:
    statement = state(other=make("mic/2016/0002", start=start), facts=facts(figures=figures))
    assert _is_older(statement) == is_older


@pytest.mark.parametrize(
    ("fact", "alike", "supported"),
    [
        ({}, False, False),
        ({"name": "near"}, True, True),
        ({"name": "akin"}, False, False),
        ({"figures": "equal"}, True, True),
        ({"figures": "some"}, False, True),
        ({"figures": "weak"}, False, True),
        ({"figures": "thin"}, False, False),
        ({"text": "equal"}, True, True),
        ({"text": "some"}, True, True),
        ({"indicators": "worded"}, False, True),
        ({"indicators": "valued"}, False, True),
    ],
)
def test_each_fact_alone_supports_a_statement_and_fewer_make_a_pair_alike(
    fact: dict[str, str], alike: bool, supported: bool
) -> None:
    assert (_is_alike(facts(**fact)), is_supported(facts(**fact))) == (alike, supported)


LATE = {"start": "equal", "bureau": "equal", "stated": "none", "text": "equal", "figures": "none"}


@pytest.mark.parametrize(
    ("change", "is_late"),
    [
        ({}, True),
        ({"text": "some", "payees": "shared"}, True),
        ({"text": "some", "payees": "differ"}, False),
        ({"text": "some", "payees": "none"}, False),
        ({"text": "differs", "payees": "shared"}, False),
        ({"stated": "yes"}, False),
        ({"bureau": "differs"}, False),
        ({"ministry": "differs"}, False),
        ({"start": "near"}, False),
        ({"figures": "differ"}, False),
    ],
)
def test_a_sheet_without_money_of_the_past_is_a_late_part_by_wording_and_origin(
    make: Make, change: dict[str, str], is_late: bool
) -> None:
    assert is_late_part(make("mic/2015/0001", start=2005), facts(**(LATE | change))) == is_late
    assert not is_late_part(make("mic/2015/0001", start=2015), facts(**(LATE | change)))


@pytest.mark.parametrize(
    ("fact", "is_kin"),
    [
        ({"stated": "yes"}, True),
        ({"stated": "no"}, False),
        ({"stated": "none"}, False),
        ({"stated": "none", "name": "akin"}, True),
        ({"stated": "none", "text": "some"}, True),
        ({"stated": "none", "indicators": "worded"}, True),
        ({"stated": "none", "figures": "equal"}, False),
    ],
)
def test_sheets_are_kin_by_anything_but_the_figures(fact: dict[str, str], is_kin: bool) -> None:
    assert _is_kin(facts(**fact)) == is_kin


def test_more_speaks_for_a_pair_fact_by_fact() -> None:
    weak = facts(equal_figures=4, differing_figures=2, stated="none")
    assert strength(weak)[0] == 2
    stronger = [
        {"equal_figures": 5}, {"stated": "yes"}, {"likeness": 0.2}, {"start": "equal"}, {"text": "some"},
        {"indicators": "worded"}, {"bureau": "equal"}, {"division": "equal"},
    ]  # fmt: skip
    ranked = [strength(weak._replace(**more)) for more in stronger]
    assert all(one > strength(weak) for one in ranked)
    assert ranked == sorted(ranked, reverse=True)
