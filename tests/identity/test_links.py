"""What links two sheets, what does not, and what is left open: one case a kind, in the shapes of the real papers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.linking.identity.links import Link, LinkStatus, YearPair
from hyoka_kg.linking.identity.related import related_links

Make = Callable[..., SheetDigest]
MONEY = {2016: (5317, 5101), 2017: (4988, 4720), 2018: (6021, 5873), 2019: (6133, None)}
OTHER = {2016: (811, 790), 2017: (904, 877), 2018: (951, 933), 2019: (962, None)}


def _links(earlier: list[SheetDigest], later: list[SheetDigest]) -> dict[tuple[str, str], Link]:
    found = list(YearPair(earlier, later).links())
    links = {(link.earlier.number, link.later.number): link for link in found}
    assert len(links) == len(found), "a pair is linked once"
    return links


def test_a_project_goes_on_under_another_number(make: Make) -> None:
    links = _links(
        [make("mic/2018/0034", "住基の安全", MONEY), make("mic/2018/0035", "別のこと", OTHER, start=2003)],
        [make("mic/2019/0035", "住基の安全", MONEY), make("mic/2019/0034", "別のこと", OTHER, start=2003)],
    )
    assert {pair: (link.relation, link.status) for pair, link in links.items()} == {
        ("0034", "0035"): ("renumbered", LinkStatus.ACCEPTED),
        ("0035", "0034"): ("renumbered", LinkStatus.ACCEPTED),
    }
    assert links["0034", "0035"].evidence[:2] == ("equal-figures:5/5", "equal-name")


def test_the_number_alone_links_nothing(make: Make) -> None:
    assert (
        _links([make("mic/2018/0034", "住基の安全", MONEY)], [make("mic/2019/0034", "別のこと", OTHER, start=2003)])
        == {}
    )


def test_a_renamed_project_is_known_by_its_figures_and_wording(make: Make) -> None:
    words = {"sentences": (11, 12, 13)}
    links = _links(
        [make("mic/2018/0034", "古い名前の仕事", MONEY, **words)],
        [make("mic/2019/0041", "すっかり新しい名称", MONEY, **words)],
    )
    assert links["0034", "0041"].relation == "renamed"
    assert links["0034", "0041"].method == "wording-and-figures"


def test_a_blank_year_or_other_figures_do_not_make_a_renamed_project(make: Make) -> None:
    assert _links([make("mic/2018/0034", "古い名前の仕事", MONEY)], [make("mic/2019/0041", "新しい名称", OTHER)]) == {}
    assert _links([make("mic/2018/0034", "古い名前の仕事")], [make("mic/2019/0041", "新しい名称")]) == {}


def test_twins_are_told_apart_by_their_figures(make: Make) -> None:
    links = _links(
        [make("mic/2018/0051", "強化対策事業", MONEY), make("mic/2018/0052", "強化対策事業", OTHER)],
        [make("mic/2019/0053", "強化対策事業", OTHER), make("mic/2019/0054", "強化対策事業", MONEY)],
    )
    assert set(links) == {("0051", "0054"), ("0052", "0053")}


def test_twins_alike_in_all_go_by_the_order_of_their_numbers(make: Make) -> None:
    links = _links(
        [make(f"mic/2018/{number}", "強化対策事業", MONEY) for number in ("0051", "0052")],
        [make(f"mic/2019/{number}", "強化対策事業", MONEY) for number in ("0071", "0072")],
    )
    assert {pair: link.method for pair, link in links.items()} == {
        ("0051", "0071"): "name-and-figures+number-order",
        ("0052", "0072"): "name-and-figures+number-order",
    }


def test_twins_of_which_one_is_gone_are_left_open(make: Make) -> None:
    links = _links(
        [make(f"mic/2018/{number}", "強化対策事業", MONEY) for number in ("0051", "0052")],
        [make("mic/2019/0071", "強化対策事業", MONEY)],
    )
    assert {link.status for link in links.values()} == {LinkStatus.OPEN}
    assert set(links) == {("0051", "0071"), ("0052", "0071")}


def test_one_name_with_another_start_year_is_another_project(make: Make) -> None:
    links = _links(
        [make("mic/2017/0051", "強化対策事業", {2016: (25500, 23400)}, start=2015)],
        [make("mic/2018/0030", "強化対策事業", {2018: (377, None)}, start=2018)],
    )
    assert links == {}


def test_a_start_year_of_another_era_is_a_misprint(make: Make) -> None:
    links = _links(
        [make("mic/2015/new28-0001", "検証する事業", start=2016)], [make("mic/2016/0044", "検証する事業", start=1953)]
    )
    assert "start-year-of-another-era" in links["new28-0001", "0044"].evidence


def test_a_misprinted_predecessor_is_refuted(make: Make) -> None:
    earlier = [
        make("mic/2018/0033", "情報システムの一元的な管理", MONEY, start=2003),
        make("mic/2018/0034", "人材を育てる事業", OTHER, start=1960),
    ]
    later = [
        make("mic/2019/0034", "情報システムの一元的な管理", MONEY, start=2003, stated=["mic/2018/0034"]),
        make("mic/2019/0035", "人材を育てる事業", OTHER, start=1960, stated=["mic/2018/0034"]),
    ]
    links = _links(earlier, later)
    assert links["0034", "0034"].status is LinkStatus.REFUTED
    assert links["0034", "0034"].evidence == (
        "stated-predecessor-number",
        "equal-figures:0/5",
        "different-start-year",
        "equal-bureau",
        "equal-division",
    )
    assert {pair for pair, link in links.items() if link.joins} == {("0033", "0034"), ("0034", "0035")}


def test_a_true_predecessor_is_not_refuted(make: Make) -> None:
    links = _links(
        [make("mic/2018/0034", "人材を育てる事業", OTHER)],
        [make("mic/2019/0035", "人材の養成", OTHER, stated=["mic/2018/0034"])],
    )
    assert [link.status for link in links.values()] == [LinkStatus.ACCEPTED]


def test_a_statement_without_any_support_is_unconfirmed(make: Make) -> None:
    links = _links(
        [make("mic/2018/0034", "普及を図る事業", OTHER, end=2018)],
        [make("mic/2019/new31-0023", "広報の仕事", start=2019, stated=["mic/2018/0034"])],
    )
    assert {(link.status, link.joins) for link in links.values()} == {(LinkStatus.UNCONFIRMED, False)}


def test_a_project_splits_three_ways_into_another_ministry(make: Make) -> None:
    part = {"start": 2020, "stated": ["mic/2019/0033"], "bureau": "室"}
    links = _links(
        [make("mic/2019/0033", "基盤の整備", MONEY, start=2003, end=2019)],
        [
            make(f"cas/2020/new02-000{n}", f"{name}の整備及び運用", **part)
            for n, name in ((8, "場"), (1, "印"), (5, "網"))
        ],
    )
    assert {(link.relation, link.status) for link in links.values()} == {("split-into", LinkStatus.ACCEPTED)}
    assert len(links) == 3
    assert not any(link.joins for link in links.values())


@pytest.mark.parametrize(("told", "status"), [((1, 2), LinkStatus.ACCEPTED), ((3,), LinkStatus.UNCONFIRMED)])
def test_two_projects_merge_where_the_list_names_both_and_wording_bears_it_out(
    make: Make, told: tuple[int, ...], status: LinkStatus
) -> None:
    listed = ["mic/2019/0044", "mic/2019/0071"]
    links = _links(
        [
            make("mic/2019/0044", "調達の維持", MONEY, sentences=(1,)),
            make("mic/2019/0071", "資格の審査", OTHER, sentences=(2,)),
        ],
        [make("cas/2020/new02-0006", "調達の運用", start=2020, stated=listed, sentences=told)],
    )
    assert {(link.relation, link.status) for link in links.values()} == {("merged-into", status)}
    assert len(links) == 2


@pytest.mark.parametrize("is_split", [True, False])
def test_figures_that_add_up_prove_a_split_or_a_merger(make: Make, is_split: bool) -> None:
    whole = {
        year: (MONEY[year][0] + OTHER[year][0], MONEY[year][1] and MONEY[year][1] + (OTHER[year][1] or 0))
        for year in MONEY
    }
    one, two = ("2018", "2019") if is_split else ("2019", "2018")
    wholes = [make(f"moe/{one}/0100", "港の環境を整える事業", whole, start=1973)]
    parts = [
        make(f"moe/{two}/0033", "護岸の事業", MONEY, start=1973),
        make(f"moe/{two}/0034", "公害を防ぐ仕事", OTHER, start=1972),
    ]
    links = _links(wholes, parts) if is_split else _links(parts, wholes)
    relation = "split-into" if is_split else "merged-into"
    assert {(link.relation, link.method) for link in links.values()} == {(relation, "sum-of-figures")}
    assert len(links) == 2


def test_figures_that_nearly_add_up_prove_nothing(make: Make) -> None:
    whole = {year: (MONEY[year][0] + OTHER[year][0] + 40, None) for year in MONEY}
    links = _links(
        [make("moe/2018/0100", "港の環境を整える事業", whole, start=1973)],
        [
            make("moe/2019/0033", "護岸の事業", MONEY, start=1973),
            make("moe/2019/0034", "公害を防ぐ仕事", OTHER, start=1972),
        ],
    )
    assert links == {}


def test_a_transfer_without_a_statement_needs_name_and_figures(make: Make) -> None:
    moved = make("npa/2019/0058", "被害者を支える経費", MONEY, bureau="別の局")
    assert (
        _links([make("cao/2018/0090", "被害者を支える経費", MONEY)], [moved])["0090", "0058"].relation == "transferred"
    )
    assert _links([make("cao/2018/0090", "被害者を支える経費", OTHER)], [moved]) == {}


def test_a_listed_sheet_that_goes_on_by_itself_is_related_and_not_merged(make: Make) -> None:
    earlier = [make("mofa/2018/0336", "条約の拠出金", OTHER), make("meti/2018/0384", "条約の分担金", OTHER, start=2016)]
    later = [
        make("mofa/2019/0336", "条約の拠出金", OTHER),
        make("meti/2019/0375", "条約の分担金", OTHER, start=2016, stated=["mofa/2018/0336"]),
    ]
    found = {(link.earlier.ministry, link.later.ministry): link for link in YearPair(earlier, later).links()}
    assert found["mofa", "meti"].status is not LinkStatus.ACCEPTED
    assert found["mofa", "mofa"].joins
    assert found["meti", "meti"].joins


def test_related_projects_of_one_year_tell_mergers_and_splits_only(make: Make) -> None:
    merged = make("mic/2024/rs-1", rs_id="1", relations=(("統合先", "2"), ("親事業", "3")))
    whole = make("mic/2024/rs-2", rs_id="2", relations=(("統合元", "1"), ("分割先", "9")))
    links = list(related_links([merged, whole, make("mic/2024/rs-3", rs_id="3")]))
    assert [(link.earlier.number, link.later.number, link.relation) for link in links] == [
        ("rs-1", "rs-2", "merged-into")
    ]


def test_what_was_asked_for_tells_a_renamed_proposal(make: Make) -> None:
    """A proposal has no figures yet: the budget it asks for is the first that the next sheet prints."""
    asked = make(
        "mlit/2019/new32-0034", "まちなか再建の推進事業", start=2020, figures=(("requested", 2020, 150_000_000),)
    )
    begun = make("mlit/2020/new02-0036", "まちなか歩行空間推進事業", {2020: (150, None)}, start=2020)
    (link,) = YearPair([asked], [begun]).links()
    assert (link.method, link.relation) == ("akin-name-request-and-unit", "renamed")
    assert "budget-as-requested" in link.evidence
    less = make("mlit/2020/new02-0036", "まちなか歩行空間推進事業", {2020: (90, None)}, start=2020)
    assert list(YearPair([asked], [less]).links()) == []


def test_a_close_name_with_all_figures_is_one_project_whatever_the_start(make: Make) -> None:
    earlier = [make("mof/2018/0041", "国際機関に対する任意の拠出金", MONEY, start=2004)]
    later = make("mof/2019/0043", "国際機関に対する任意の拠出金（うち事務局）", MONEY, start=2006)
    (link,) = YearPair(earlier, [later]).links()
    assert link.method == "close-name-and-figures"
    other = later._replace(figures=make("mof/2019/0043", "", OTHER).figures)
    assert list(YearPair(earlier, [other]).links()) == []


def test_a_part_that_no_sheet_had_before_was_cut_from_the_one_it_names(make: Make) -> None:
    """Its money of former years stood within the other's, which does not go on whole."""
    part = {year: (initial // 3, done and done // 3) for year, (initial, done) in MONEY.items()}
    rest = {year: (initial // 2, done and done // 2) for year, (initial, done) in MONEY.items()}
    earlier = [make("cao/2018/0043", "防災の基本を定める経費", MONEY, start=2000)]
    later = [
        make("cao/2019/0043", "計画を立てる仕事", rest, start=2000, stated=["cao/2018/0043"]),
        make("cao/2019/0044", "建物を保つ費用", part, start=2000, stated=["cao/2018/0043"]),
    ]
    assert {(link.relation, link.status) for link in YearPair(earlier, later).links()} == {
        ("split-into", LinkStatus.ACCEPTED)
    }


def test_a_part_of_one_that_goes_on_whole_was_not_cut_from_it(make: Make) -> None:
    part = {year: (initial // 3, done and done // 3) for year, (initial, done) in MONEY.items()}
    earlier = [make("cao/2018/0043", "防災の基本を定める経費", MONEY, start=2000)]
    later = [
        make("cao/2019/0043", "防災の基本を定める経費", MONEY, start=2000, stated=["cao/2018/0043"]),
        make("cao/2019/0044", "建物を保つ費用", part, start=2001, stated=["cao/2018/0043"]),
    ]
    links = {link.later.number: link.status for link in YearPair(earlier, later).links()}
    assert links == {"0043": LinkStatus.ACCEPTED, "0044": LinkStatus.REFUTED}


def test_budgets_that_hardly_change_add_up_by_chance_in_every_year(make: Make) -> None:
    """One year's sum says little when the next year's differs by a million."""
    flat = {year: (33 + year % 2, None) for year in MONEY}
    links = YearPair(
        [make("moe/2018/0100", "港の環境を整える事業", flat, start=1973)],
        [
            make("moe/2019/0033", "護岸の事業", dict.fromkeys(MONEY, (30, None)), start=1980),
            make("moe/2019/0034", "公害を防ぐ仕事", {year: (3 + year % 2, None) for year in MONEY}, start=1990),
        ],
    )
    assert links.splits == []


def test_a_related_sheet_of_another_ministry_that_ends_is_not_merged(make: Make) -> None:
    """A list of former sheets names related ones too; within one ministry what ends was merged."""
    earlier = [
        make("moe/2018/0131", "湾の再生を評価する事業", MONEY),
        make("maff/2018/0262", "赤い潮への対策", OTHER),
        make("moe/2018/0140", "赤い潮への対策", OTHER),
    ]
    listed = ["moe/2018/0131", "maff/2018/0262", "moe/2018/0140"]
    links = YearPair(earlier, [make("moe/2019/0125", "湾の再生を評価する事業", MONEY, stated=listed)]).links()
    assert {(link.earlier.ministry, link.earlier.number): link.status for link in links} == {
        ("moe", "0131"): LinkStatus.ACCEPTED,
        ("maff", "0262"): LinkStatus.UNCONFIRMED,
        ("moe", "0140"): LinkStatus.ACCEPTED,
    }
