"""Names, bureaus and start years drift: for each rule that bears it, a pair that it joins and one that it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.linking.identity.linking import link_years
from hyoka_kg.linking.identity.links import Link, LinkStatus, YearPair
from hyoka_kg.linking.identity.naming import with_named
from hyoka_kg.linking.identity.rules import rules
from hyoka_kg.normalization.folding import bare_form

Make = Callable[..., SheetDigest]
Facts = dict[str, Any]
NAME, CLOSE, NEAR, AKIN, FAR = (
    "地域の港を整える事業",
    "地域の港を整える仕事",
    "地域の港を直し整える業務",
    "地域の港を直す事業",
    "別の名の業務",
)
MONEY = {2016: (5317, 5101), 2017: (4988, 4720), 2018: (6021, 5873)}
OTHER = {2016: (811, 790), 2017: (904, 877), 2018: (951, 933)}
WEAK = {2017: (50, None), 2018: (50, None)}
ONCE = {2018: (123, None)}
ASKED, GIVEN, CUT = (
    {"figures": (("requested", 2019, 150_000_000),)},
    {"figures": (("initial", 2019, 150_000_000),)},
    {"figures": (("initial", 2019, 90_000_000),)},
)
ELSEWHERE = {"bureau": "よその局", "division": "よその課"}
OLDER, LATER = {"start": 2003}, {"start": 2011}
PAID, OTHERS = {"payees": ("1000000000001",)}, {"payees": ("2000000000002",)}
WORDS, OTHER_WORDS = {"sentences": (11, 12, 13)}, {"sentences": (21, 22)}
STATED = {"stated": ["mic/2018/0034"]}
NO_BUREAU, NO_DIVISION = {"bureau": "よその局"}, {"division": "よその課"}

# Rule, what both sheets share, the later name, what the later one has of its own, and what keeps the rule from joining.
CASES: list[tuple[str, Facts, str, Facts, Facts]] = [
    ("akin-name-and-figures", {"money": MONEY}, AKIN, OLDER, {"money": OTHER}),
    ("figures-and-start", {"money": MONEY}, FAR, ELSEWHERE, OLDER),
    ("figures-bureau-and-payees", {"money": MONEY, **PAID}, FAR, OLDER | NO_DIVISION, OTHERS),
    ("figures-and-unit", {"money": MONEY}, FAR, OLDER, NO_DIVISION),
    ("akin-name-weak-figures-and-start", {"money": WEAK}, AKIN, ELSEWHERE, OLDER),
    ("akin-name-some-figures-and-start", {"money": ONCE}, AKIN, ELSEWHERE, OLDER),
    ("akin-name-few-figures-and-payees", {"money": WEAK, **PAID}, AKIN, OLDER | ELSEWHERE, OTHERS),
    ("name-weak-figures-and-payees", {"money": WEAK, **PAID}, NAME, OLDER | ELSEWHERE, OTHERS),
    ("name-payees-and-bureau", PAID, NAME, OLDER | NO_DIVISION, OTHERS),
    (
        "close-name-start-wording-and-bureau",
        {"money": MONEY, **WORDS},
        CLOSE,
        {"money": OTHER} | NO_DIVISION,
        OTHER_WORDS,
    ),
    ("close-name-start-and-division", {"money": MONEY}, CLOSE, {"money": OTHER} | NO_BUREAU, NO_DIVISION),
    ("close-name-start-and-request", ASKED, CLOSE, GIVEN | ELSEWHERE, CUT),
    ("close-name-some-figures-and-payees", {"money": ONCE, **PAID}, CLOSE, OLDER | ELSEWHERE, OTHERS),
    ("close-name-some-figures-and-bureau", {"money": ONCE}, CLOSE, OLDER | NO_DIVISION, NO_BUREAU),
    ("close-name-near-start-and-request", ASKED, CLOSE, GIVEN | LATER | NO_DIVISION, CUT),
    ("close-name-near-start-and-unit", {}, CLOSE, LATER, NO_DIVISION),
    ("near-name-start-and-payees", PAID, NEAR, NO_DIVISION, OTHERS),
    ("wording-start-and-payees", {**PAID, **WORDS}, FAR, NO_DIVISION, OTHERS),
    ("stated-wording-and-near-start", WORDS, FAR, LATER | STATED | NO_DIVISION, OTHER_WORDS),
    ("stated-unit-and-near-start", {}, FAR, LATER | STATED, NO_DIVISION),
]


def _accepted(links: list[Link]) -> list[str]:
    return [link.method for link in links if link.status is LinkStatus.ACCEPTED]


@pytest.mark.parametrize(("rule", "shared", "name", "own", "spoilt"), CASES, ids=[case[0] for case in CASES])
def test_a_rule_joins_what_drifted_and_not_what_lacks_a_fact(
    make: Make, rule: str, shared: Facts, name: str, own: Facts, spoilt: Facts
) -> None:
    earlier = [make("mic/2018/0034", NAME, **shared)]
    joined = make("mic/2019/0041", name, **(shared | own))
    assert _accepted(list(YearPair(earlier, [joined]).links())) == [rule]
    apart = make("mic/2019/0041", name, **(shared | own | spoilt))
    assert _accepted(list(YearPair(earlier, [apart]).links())) == []


def test_each_rule_of_drift_has_its_case() -> None:
    assert len(CASES) == 20
    assert {case[0] for case in CASES} <= {rule.name for rule in rules()}


def test_a_ministry_founded_since_takes_projects_by_name(make: Make) -> None:
    earlier = [make("mhlw/2021/20-0761", "児童扶養手当", start=1961)]
    later = [make("cfa/2024/rs-6525", "児童扶養手当", start=2023, bureau="支援局")]
    (link,) = YearPair(earlier, later).links()
    assert (link.method, link.relation, link.joins) == ("founded-name", "transferred", True)
    assert "different-ministry" in link.evidence
    old = [*earlier, make("cfa/2021/20-0001", "ほかの仕事", start=2000)]
    assert list(YearPair(old, later).links()) == []
    ended = [make("mhlw/2021/20-0737", "災害臨時特例補助金", start=2020, end=2020)]
    again = [make("cfa/2024/rs-20861", "災害臨時特例補助金", start=2024, bureau="支援局")]
    assert list(YearPair(ended, again).links()) == []


def test_a_ministry_founded_since_takes_renamed_projects_by_their_wording(make: Make) -> None:
    earlier = [make("cas/2021/20-0014", "認証の基盤の整備及び運用", start=2020, **WORDS)]
    later = make("digital/2024/rs-14", "認証の基盤の整備", start=2021, bureau="機能", **WORDS)
    assert _accepted(list(YearPair(earlier, [later]).links())) == ["founded-near-name-and-wording"]
    assert list(YearPair(earlier, [later._replace(sentences=(91, 92))]).links()) == []


@pytest.mark.parametrize(
    ("rule", "own", "spoilt"),
    [
        ("twin-name-start-and-indicators", ELSEWHERE, {"indicators": ()}),
        ("twin-name-near-start-wording-and-unit", LATER | WORDS, OTHER_WORDS),
    ],
)
def test_a_twin_goes_on_by_indicators_or_wording(make: Make, rule: str, own: Facts, spoilt: Facts) -> None:
    from hyoka_kg.linking.identity.digests import IndicatorDigest

    told = {"indicators": (IndicatorDigest("outcome/1", "outcome", "港の数", "港", ()),)}
    earlier = [
        make("mic/2018/0034", NAME, **(told | WORDS)),
        make("mic/2018/0035", NAME, start=1980, bureau="島の局", division="島の課"),
    ]
    assert _accepted(list(YearPair(earlier, [make("mic/2019/0041", NAME, **(told | own))]).links())) == [rule]
    assert _accepted(list(YearPair(earlier, [make("mic/2019/0041", NAME, **(told | own | spoilt))]).links())) == []


def test_a_division_and_its_section_are_one_unit_and_a_list_of_divisions_is_not(make: Make) -> None:
    earlier = [make("mic/2018/0034", NAME, division="港湾課計画室")]
    for division, methods in (("港湾課", ["close-name-near-start-and-unit"]), ("道路課", [])):
        later = make("mic/2019/0041", CLOSE, division=division, **LATER)
        assert _accepted(list(YearPair(earlier, [later]).links())) == methods
    later = make("mic/2019/0041", CLOSE, division="港湾課", **LATER)
    listed = [make("mic/2018/0034", NAME, division="港湾課、道路課")]
    assert _accepted(list(YearPair(listed, [later]).links())) == []


def test_a_history_names_former_projects(make: Make) -> None:
    formers = [
        make("moe/2021/20-0285", "地球環境の広場の運営事業", MONEY),
        make("moe/2021/20-0286", "地方の環境の広場を進める事業", OTHER),
        make("moe/2021/20-0290", "環境の広場を進める事業", start=1999),
        make("mhlw/2021/20-0001", "地球環境の広場の運営事業", start=1999),
    ]
    text = bare_form("「地球環境の広場の運営事業」及び「地方の環境の広場を進める事業」を統合")
    (later,) = with_named(formers, [make("moe/2024/rs-4959", "環境の広場の経費", told=(text,))])
    assert [key.number for key in later.histories] == ["20-0285", "20-0286"]
    links = {link.earlier.number: (link.relation, link.status) for link in YearPair(formers, [later]).links()}
    assert links == dict.fromkeys(("20-0285", "20-0286"), ("merged-into", LinkStatus.ACCEPTED))
    onwards = (bare_form("令和6年度に「地球環境の広場の運営事業」へ統合"),)
    assert with_named(formers, [later._replace(told=onwards, histories=())])[0].histories == ()


def _heirs(make: Make, new_money: bool) -> list[SheetDigest]:
    told = {2015: (3050, 2093), 2016: (3050, 2082), 2017: (3050, None)}
    listed = ["meti/2017/0195", "meti/2017/0196"]
    return [
        make("meti/2018/0184", "離島の石油の流通を支える費用", {2018: (4760, None)}, start=2018, stated=listed),
        make("meti/2018/0185", "島の費用を助ける仕事", told | ({2018: (3000, None)} if new_money else {})),
        make("meti/2018/0186", "過疎の地の仕事", OTHER, start=2009),
    ]


def test_a_sheet_that_only_accounts_for_the_past_does_not_go_on(make: Make) -> None:
    earlier = [
        make("meti/2017/0196", "島の費用を助ける仕事", {2015: (3050, 2093), 2016: (3050, 2082), 2017: (3050, None)}),
        make("meti/2017/0195", "過疎の地の仕事", OTHER, start=2009),
    ]
    for new_money, status in ((False, LinkStatus.ACCEPTED), (True, LinkStatus.UNCONFIRMED)):
        links = YearPair(earlier, _heirs(make, new_money)).links()
        found = {(link.earlier.number, link.later.number): link.status for link in links}
        assert found["0196", "0184"] is status
        assert found["0196", "0185"] is LinkStatus.ACCEPTED
        assert found["0195", "0184"] is LinkStatus.UNCONFIRMED


def test_a_part_that_tells_no_money_of_the_past_began_with_the_whole(make: Make) -> None:
    earlier = [make("mic/2021/20-0172", "消防の援助隊の機能強化", MONEY, start=2004, **WORDS)]
    whole = make("mic/2024/rs-838", "消防の援助隊の機能強化", MONEY, start=2004)
    part = make("mic/2024/rs-6635", "消防の車両の配置", start=2004, **WORDS)
    links = {link.later.number: link for link in YearPair(earlier, [whole, part]).links()}
    assert (links["rs-6635"].relation, links["rs-6635"].method) == ("split-into", "part-without-figures")
    assert not links["rs-6635"].joins
    for other in (part._replace(start=2012), part._replace(sentences=OTHER_WORDS["sentences"])):
        assert {link.later.number for link in YearPair(earlier, [whole, other]).links()} == {"rs-838"}


class _Shelf:
    def __init__(self, *digests: SheetDigest) -> None:
        self.digests = digests

    def years(self) -> list[int]:
        return sorted({digest.key.fiscal_year for digest in self.digests})

    def of_year(self, year: int) -> list[SheetDigest]:
        return [digest for digest in self.digests if digest.key.fiscal_year == year]


def test_a_name_that_comes_back_joins_over_the_sheet_between(make: Make) -> None:
    """The sheet of the year between has another name, and is joined to the later one by its figures."""
    between = make("mlit/2017/0321", "まるで別の言い方", MONEY, **ELSEWHERE)
    proposed = make("mlit/2016/new28-0042", "移動の新しい手段を広める事業", start=2010)
    again = make("mlit/2018/0345", "移動の新しい手段を広める事業", MONEY, **ELSEWHERE)
    found = {(x.earlier.number, x.later.number) for x in link_years(_Shelf(proposed, between, again))}
    assert found == {("0321", "0345"), ("new28-0042", "0345")}
    known = make("mlit/2016/0320", "まるで別の言い方", MONEY, **ELSEWHERE)
    found = {(x.earlier.number, x.later.number) for x in link_years(_Shelf(known, proposed, between, again))}
    assert found == {("0320", "0321"), ("0321", "0345")}


def test_a_stranger_of_a_few_million_proves_no_sum(make: Make) -> None:
    """What is within the rounding of the whole adds up to it whatever it is."""
    whole = {2017: (6759, 6632), 2018: (7301, 6457), 2019: (8329, None)}
    large = {year: (initial - 2, done and done - 2) for year, (initial, done) in whole.items()}
    small = {year: (2, done and 2) for year, (_, done) in whole.items()}
    parts = [make("mod/2018/0290", "道の改修", large, **OLDER), make("mod/2018/0321", "海の会合", small)]
    pair = YearPair(parts, [make("mod/2019/5375", "路の整備", whole, **ELSEWHERE)])
    assert pair.mergers == []
    grown = {year: (initial + 500, done and done + 500) for year, (initial, done) in small.items()}
    total = {year: (a + grown[year][0] - 2, b and b + (grown[year][1] or 0) - 2) for year, (a, b) in whole.items()}
    parts[1] = make("mod/2018/0321", "海の会合", grown)
    assert len(YearPair(parts, [make("mod/2019/5375", "路の整備", total, **ELSEWHERE)]).mergers) == 1


def test_a_sum_bears_an_amount_in_three_that_was_told_anew_and_no_more(make: Make) -> None:
    phases = ("initial", "executed", "supplementary")
    cells = [(phase, year) for phase in phases for year in (2016, 2017, 2018)][:7]
    one, other = (53171, 69882, 96213, 51013, 47209, 31877, 8821), (81177, 30418, 42519, 79041, 87733, 64120, 5673)
    parts = [
        make(
            f"mod/2018/{number}",
            name,
            figures=tuple((*cell, yen * 1_000_000) for cell, yen in zip(cells, told, strict=True)),
        )
        for number, name, told in (("0290", "道の改修", one), ("0321", "海の会合", other))
    ]
    for restated, count in ((2, 1), (3, 0)):
        sums = [a + b + 500 * (place < restated) for place, (a, b) in enumerate(zip(one, other, strict=True))]
        figures = tuple((*cell, yen * 1_000_000) for cell, yen in zip(cells, sums, strict=True))
        whole = make("mod/2019/5375", "路の整備", figures=figures, start=2001, bureau="よその局", division="よその課")
        assert len(YearPair(parts, [whole]).mergers) == count
