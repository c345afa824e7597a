"""Projects are named once and for good, and every sheet is of exactly one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hyoka_kg.linking.identity.links import Link, LinkStatus
from hyoka_kg.linking.identity.projects import resolve
from hyoka_kg.model import SheetKey

SHEETS = [SheetKey("mic", year, number) for year in (2015, 2016, 2017) for number in ("0001", "0002", "0003")]


def _link(earlier: SheetKey, later: SheetKey, status: LinkStatus = LinkStatus.ACCEPTED) -> Link:
    return Link(earlier, later, "renumbered", "name-and-figures", ("equal-name",), status)


def _key(year: int, number: str) -> SheetKey:
    return SheetKey("mic", year, number)


# Drawn from the possible pairs alone: a filter throws most draws away, which a loaded machine calls too slow.
PAIRS = [(one, other) for one in SHEETS for other in SHEETS if one.fiscal_year < other.fiscal_year]
LINKS = st.lists(st.sampled_from(PAIRS).map(lambda pair: _link(*pair)), unique=True, max_size=6)


def test_a_project_is_named_after_its_first_sheet() -> None:
    found = resolve(SHEETS, [_link(_key(2015, "0002"), _key(2016, "0001"))], {}, {})
    assert found.projects[_key(2016, "0001")] == found.projects[_key(2015, "0002")] == "mic/fy2015-0002"
    assert found.projects[_key(2016, "0002")] == "mic/fy2016-0002"
    assert SheetKey("mic", 2024, "rs-698") not in found.projects


def test_a_registered_name_is_never_overruled() -> None:
    registered = {_key(2016, "0001"): "mic/juki", _key(2017, "0001"): "mic/other"}
    links = [_link(_key(2015, "0001"), _key(2016, "0001")), _link(_key(2016, "0001"), _key(2017, "0001"))]
    found = resolve(SHEETS, links, registered, {_key(2015, "0001"): "mic/fy2015-0001"})
    assert found.projects[_key(2015, "0001")] == "mic/juki"
    assert found.projects[_key(2017, "0001")] == "mic/other"
    assert found.refused == [links[1]]
    assert [(change.kind, change.successor) for change in found.changes] == [("replaced", "mic/juki")]


def test_only_an_accepted_link_joins() -> None:
    for status in (LinkStatus.OPEN, LinkStatus.UNCONFIRMED, LinkStatus.REFUTED):
        found = resolve(SHEETS, [_link(_key(2015, "0001"), _key(2016, "0001"), status)], {}, {})
        assert len(set(found.projects.values())) == len(SHEETS)


def test_a_merged_cluster_keeps_the_older_name_and_tells_the_other() -> None:
    alone = resolve(SHEETS, [], {}, {}).projects
    found = resolve(SHEETS, [_link(_key(2015, "0001"), _key(2016, "0003"))], {}, alone)
    (change,) = found.changes
    assert (change.kind, change.project, change.successor) == ("replaced", "mic/fy2016-0003", "mic/fy2015-0001")
    assert change.reason == "name-and-figures equal-name"


def test_a_divided_cluster_leaves_the_name_with_its_first_sheet() -> None:
    joined = resolve(SHEETS, [_link(_key(2015, "0001"), _key(2016, "0003"))], {}, {}).projects
    found = resolve(SHEETS, [], {}, joined)
    assert found.projects[_key(2015, "0001")] == "mic/fy2015-0001"
    assert found.projects[_key(2016, "0003")] == "mic/fy2016-0003"
    assert [change.kind for change in found.changes] == ["divided"]


def test_a_name_stays_with_its_first_sheet_though_an_older_project_takes_the_rest() -> None:
    """The set that takes the later sheet begins with a smaller number, and has no right to the name for that."""
    joined = resolve(SHEETS, [_link(_key(2015, "0003"), _key(2016, "0002"))], {}, {}).projects
    found = resolve(SHEETS, [_link(_key(2015, "0002"), _key(2016, "0002"))], {}, joined)
    assert found.projects[_key(2015, "0003")] == "mic/fy2015-0003"
    assert found.projects[_key(2016, "0002")] == "mic/fy2015-0002"


def test_an_earlier_year_that_arrives_later_renames_nothing() -> None:
    later = [sheet for sheet in SHEETS if sheet.fiscal_year > 2015]
    issued = resolve(later, [], {}, {}).projects
    found = resolve(SHEETS, [_link(_key(2015, "0001"), _key(2016, "0002"))], {}, issued)
    assert found.projects[_key(2015, "0001")] == "mic/fy2016-0002"
    assert found.changes == []


def test_a_link_between_sheets_that_are_one_already_is_not_refused() -> None:
    chain = [_key(2015, "0001"), _key(2016, "0001"), _key(2017, "0001")]
    links = [_link(chain[0], chain[1]), _link(chain[1], chain[2]), _link(chain[0], chain[2])]
    found = resolve(SHEETS, links, {}, {})
    assert found.refused == []
    assert {found.projects[sheet] for sheet in chain} == {"mic/fy2015-0001"}


def test_a_name_that_was_issued_and_is_registered_is_no_change() -> None:
    sheet = _key(2015, "0001")
    found = resolve(SHEETS, [], {sheet: "mic/juki"}, {sheet: "/".join(("mic", "juki"))})
    assert found.projects[sheet] == "mic/juki"
    assert found.changes == []


@given(LINKS)
def test_every_sheet_is_of_one_project_with_one_sheet_a_year(links: list[Link]) -> None:
    projects = resolve(SHEETS, links, {}, {}).projects
    assert set(projects) == set(SHEETS)
    years = [(project, sheet.fiscal_year) for sheet, project in projects.items()]
    assert len(years) == len(set(years))


@given(LINKS)
def test_a_second_run_changes_nothing(links: list[Link]) -> None:
    first = resolve(SHEETS, links, {}, {})
    second = resolve(SHEETS, links, {}, first.projects)
    assert second.projects == first.projects
    assert second.changes == []


@given(LINKS, LINKS)
def test_no_issued_name_ever_means_other_sheets_alone(before: list[Link], after: list[Link]) -> None:
    issued = resolve(SHEETS, before, {}, {}).projects
    projects = resolve(SHEETS, after, {}, issued).projects
    for name in set(issued.values()) & set(projects.values()):
        first = next(sheet for sheet, project in issued.items() if project == name)
        assert projects[first] == name
