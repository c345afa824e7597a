"""Pairs and whole projects of the corpora, judged by reading both sheets before any linker was run.

Drawn by strata with a fixed seed over all ministries and years, FY2015 to FY2021, and from FY2021 to the RSシステム of
FY2024 (`rs/` and 予算事業ID). Figures named in a reason are million yen. `merged` and `split` mean that the later sheet
tells of a whole of which the earlier one was a part, or the other way; `open` could not be decided and does not count.
No sheet stands in two splits: parameters may be chosen on `tune` only. `test` is the other half of the first sample;
`fresh` was drawn and judged later, over the hard strata alone, and no rule was made on it. `held` was drawn and judged
after all rules, by one who had not seen what they join, over easy and hard strata. The last rows of `tune` were judged
when new rules joined them: they count what those rules are worth, and are no sample.

`second-held` was drawn and judged in the same way when rules had been made from what `held` missed.

`successors.csv` holds simple random samples of sheets, FY2015 to FY2020, with all that they became in the next year:
what stands for the country. Sheets of `random` may stand in `held` too, and in no other split; those of `second-random`
stand in no other split at all.
"""

from __future__ import annotations

import csv
import json
import lzma
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from hyoka_kg.linking.judging import (
    OPEN,
    POSITIVE,
    JudgedPair,
    JudgedSheet,
    Score,
    judge_clusters,
    judge_pairs,
    judge_successors,
)
from hyoka_kg.normalization.project_numbers import parse_project_number

HERE = Path(__file__).parent


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PAIRS = _rows("pairs.csv")
CLUSTERS = _rows("clusters.csv")
SUCCESSORS = _rows("successors.csv")


def _judged(rows: list[dict[str, str]]) -> list[JudgedPair]:
    return [JudgedPair((row["sheet_a"], row["sheet_b"]), row["label"], row["stratum"]) for row in rows]


def test_the_samples_are_as_they_were_drawn() -> None:
    assert Counter(row["stratum"] for row in PAIRS) == {
        "merge": 276, "split": 272, "rs-bridge": 230, "transfer": 207, "renamed": 205, "twin": 138, "easy": 109,
        "gap": 83, "near-name": 68, "restated": 68, "renumbered": 62, "misprint": 37, "two-years": 33, "new": 29,
    }  # fmt: skip
    assert Counter(row["label"] for row in PAIRS) == {
        "same": 800, "different": 565, "merged": 175, "split": 137, "open": 96, "transferred": 44,
    }  # fmt: skip
    fresh = [row for row in PAIRS if row["split"] == "fresh"]
    assert Counter(row["stratum"] for row in fresh) == {
        "split": 28, "merge": 26, "rs-bridge": 26, "transfer": 16, "gap": 12,
    }  # fmt: skip
    assert Counter(row["label"] for row in fresh) == {
        "different": 55, "same": 28, "merged": 14, "split": 6, "open": 5,
    }  # fmt: skip
    held = [row for row in PAIRS if row["split"] == "held"]
    assert Counter(row["stratum"] for row in held) == {
        "split": 92, "merge": 78, "transfer": 52, "rs-bridge": 44, "twin": 32, "renamed": 30, "easy": 22,
        "renumbered": 22, "gap": 20, "two-years": 18,
    }  # fmt: skip
    assert Counter(row["label"] for row in held) == {
        "different": 150, "same": 131, "merged": 50, "split": 34, "open": 32, "transferred": 13,
    }  # fmt: skip
    second = [row for row in PAIRS if row["split"] == "second-held"]
    assert Counter(row["stratum"] for row in second) == {
        "merge": 75, "split": 70, "transfer": 63, "rs-bridge": 47, "renamed": 27, "twin": 25, "gap": 22, "easy": 15,
        "renumbered": 15, "two-years": 15,
    }  # fmt: skip
    assert Counter(row["label"] for row in second) == {
        "different": 138, "same": 120, "open": 39, "merged": 32, "split": 26, "transferred": 19,
    }  # fmt: skip
    assert {row["label"] for row in PAIRS} == POSITIVE | {"different", OPEN}
    assert len({(row["sheet_a"], row["sheet_b"]) for row in PAIRS}) == len(PAIRS)
    assert len({row["sheet_a"].split("/")[0] for row in PAIRS}) == 20


def test_the_earlier_sheet_stands_first() -> None:
    for row in PAIRS:
        years = [int(sheet.split("/")[1]) if sheet[:3] != "rs/" else 2024 for sheet in (row["sheet_a"], row["sheet_b"])]
        assert years[0] < years[1], row


def test_no_sheet_stands_in_two_splits() -> None:
    halves: dict[str, set[str]] = defaultdict(set)
    for row in PAIRS:
        halves[row["sheet_a"]].add(row["split"])
        halves[row["sheet_b"]].add(row["split"])
    for row in CLUSTERS:
        if row["sheet"]:
            halves[row["sheet"]].add(row["split"])
    assert [sheet for sheet, found in halves.items() if len(found) > 1] == []
    assert set.union(*halves.values()) == {"tune", "test", "fresh", "held", "second-held"}
    first, second = _drawn("random"), _drawn("second-random")
    assert first & second == set()
    assert set.union(*(halves[sheet] for sheet in first)) == {"held"}
    assert second & halves.keys() == set()


def _drawn(split: str) -> set[str]:
    """Return the random sheets of a split, and what they became."""
    return {row[side] for row in SUCCESSORS if row["split"] == split for side in ("sheet", "successor")} - {""}


@pytest.mark.parametrize(
    ("split", "labels"),
    [
        ("random", {"same": 185, "none": 12, "merged": 3, OPEN: 1}),
        ("second-random", {"same": 179, "none": 13, "merged": 3, "transferred": 1, OPEN: 6}),
    ],
)
def test_random_sheets_are_judged_with_all_that_they_became(split: str, labels: dict[str, int]) -> None:
    rows = [row for row in SUCCESSORS if row["split"] == split]
    assert len({row["draw"] for row in rows}) == len({row["sheet"] for row in rows}) == 200
    assert len({(row["sheet"], row["successor"]) for row in rows}) == len(rows)
    assert Counter(row["label"] for row in rows) == labels
    for row in rows:
        assert (row["label"] == "none") == (not row["successor"])
        assert 2015 <= _year(row["sheet"]) <= 2020
        assert not row["successor"] or _year(row["successor"]) == _year(row["sheet"]) + 1


def test_every_random_sheet_belongs_to_a_split_and_is_drawn_once() -> None:
    assert {row["split"] for row in SUCCESSORS} == {"random", "second-random"}
    assert len({row["draw"] for row in SUCCESSORS}) == len({row["sheet"] for row in SUCCESSORS}) == 400


def test_random_sheets_and_pairs_agree() -> None:
    labels = {(row["sheet_a"], row["sheet_b"]): row["label"] for row in PAIRS}
    both = {(row["sheet"], row["successor"]): row["label"] for row in SUCCESSORS}
    assert {couple: labels[couple] for couple in both.keys() & labels.keys()} == {
        ("maff/2017/0221", "maff/2018/0224"): "same",
        ("maff/2017/0221", "maff/2018/new30-0020"): OPEN,
    }
    assert all(labels[couple] == both[couple] for couple in both.keys() & labels.keys())


def _year(sheet: str) -> int:
    return int(sheet.split("/")[1])


def test_a_project_is_judged_in_every_year() -> None:
    projects: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in CLUSTERS:
        projects[row["cluster"]].append(row)
    assert len(projects) == 45
    for rows in projects.values():
        assert [int(row["fiscal_year"]) for row in rows] == list(range(2015, 2022))
        assert all((row["state"] == "present") == bool(row["sheet"]) for row in rows)
        assert {row["state"] for row in rows} <= {"present", "absent", "split", "merged"}


def test_pairs_and_clusters_agree() -> None:
    """No pair of two sheets of one judged project is judged apart, and none of two projects is judged the same."""
    project = {row["sheet"]: row["cluster"] for row in CLUSTERS if row["sheet"]}
    for row in PAIRS:
        if row["sheet_a"] in project and row["sheet_b"] in project and row["label"] != OPEN:
            together = project[row["sheet_a"]] == project[row["sheet_b"]]
            assert together == (row["label"] in POSITIVE), row


def test_disagreements_with_the_publishers_id_are_judged() -> None:
    """Consecutive sheets FY2015 to FY2019 that the publisher's 事業ID joins, or equal names and figures, not both.

    Of 3,563 such disagreements (13,879 agreements) fifty were drawn: 18 of 893 that figures alone join, and of 2,670
    that the id alone joins 18 where neither name nor figures are equal, 8 where the name is, 6 where the figures are.
    """
    rows = _rows("judgit_disagreements.csv")
    assert len(rows) == 50
    for row in rows:
        joined = row["label"] in POSITIVE
        other = {"judgit": "figures", "figures": "judgit"}[row["joined_by"]]
        assert row["right"] == ("open" if row["label"] == OPEN else row["joined_by"] if joined else other)
    assert Counter((row["joined_by"], row["right"]) for row in rows) == {
        ("figures", "figures"): 18, ("judgit", "judgit"): 20, ("judgit", "figures"): 8, ("judgit", "open"): 4,
    }  # fmt: skip


@pytest.fixture(scope="module")
def publisher_ids(corpus_dir: Path, root: Path) -> dict[str, int | None]:
    """Return the publisher's id of every sheet of the corpus by the sheet's key."""
    with (root / "data" / "national" / "ministries.csv").open(encoding="utf-8", newline="") as file:
        ministries = list(csv.DictReader(file))
    slugs = {row["name_ja"]: row["org_id"] for row in ministries}
    issuers = {row["abbreviations"]: row["org_id"] for row in ministries}
    ministry, year, number, project = "府省庁", "公開年度", "事業番号", "事業ID"
    found: dict[str, int | None] = {}
    for path in sorted((corpus_dir / "judgit").glob("judgit_20??.ndjson.xz")):
        with lzma.open(path) as lines:
            for sheet in map(json.loads, lines):
                own, printed = slugs[sheet[ministry]], parse_project_number(sheet[number])
                issuer = issuers.get(printed.ministry_abbreviation or "", own)
                slug = printed.slug if issuer == own else f"{issuer}-{printed.slug}"
                found[f"{own}/{sheet[year]}/{slug}"] = sheet[project]
    return found


@pytest.mark.corpus
def test_every_judged_sheet_exists(publisher_ids: dict[str, int | None]) -> None:
    judged = {row[side] for row in PAIRS for side in ("sheet_a", "sheet_b")} | {row["sheet"] for row in CLUSTERS}
    judged |= {row[side] for row in SUCCESSORS for side in ("sheet", "successor")}
    judged |= {row[side] for row in _rows("judgit_disagreements.csv") for side in ("sheet_a", "sheet_b")}
    assert {one for one in judged if one and not one.startswith("rs/")} <= publisher_ids.keys()


@pytest.mark.corpus
def test_the_publishers_id_is_a_noisy_second_opinion(publisher_ids: dict[str, int | None]) -> None:
    """To FY2019, where the id still means something, on the judged pairs: it is rarely wrong and joins half."""
    drawn = [row for row in PAIRS if row["pair"] <= "p0792"]
    pairs = [pair for pair in _judged(drawn) if pair.sheets[1].split("/")[1] in {"2016", "2017", "2018", "2019"}]
    score = judge_pairs(pairs, lambda a, b: publisher_ids[a] == publisher_ids[b])[""]
    assert score == Score(right=192, wrong=14, missed=186, apart=167)


class TestJudging:
    """The judge itself, on answers whose score is known."""

    def test_the_truth_scores_full(self) -> None:
        truth = {pair.sheets: pair.label in POSITIVE for pair in _judged(PAIRS)}
        scores = judge_pairs(_judged(PAIRS), lambda a, b: truth[a, b])
        assert scores[""] == Score(right=1156, apart=565)
        assert (scores[""].precision, scores[""].recall) == (1.0, 1.0)

    def test_abstaining_costs_recall_and_never_precision(self) -> None:
        scores = judge_pairs(_judged(PAIRS), lambda _a, _b: None)
        assert scores[""] == Score(missed=1156, abstained=1721)
        assert (scores[""].precision, scores[""].recall) == (None, 0.0)

    def test_joining_all_costs_precision(self) -> None:
        assert judge_pairs(_judged(PAIRS), lambda _a, _b: True)["twin"].wrong > 30

    def test_the_number_alone_is_a_bad_judge(self) -> None:
        """The same number next year names another project: what this sample must be able to show."""
        scores = judge_pairs(_judged(PAIRS), lambda a, b: a.split("/")[-1] == b.split("/")[-1])
        assert scores[""].precision is not None
        assert scores[""].precision < 0.7
        assert scores[""].recall is not None
        assert scores[""].recall < 0.3

    def test_successors_are_counted_one_by_one(self) -> None:
        """A merger missed in part, an end linked and one not, an undecided sheet linked, and a link left open."""
        known = [
            JudgedSheet("a", frozenset("bc")),
            JudgedSheet("d", frozenset()),
            JudgedSheet("e", frozenset()),
            JudgedSheet("f", frozenset("g"), frozenset("h")),
            JudgedSheet("i", frozenset("j")),
        ]
        links = {"a": "b", "d": "x", "f": "gh"}
        score = judge_successors(known, lambda sheet: frozenset(links.get(sheet, "")), {"a", "i"}.__contains__)
        assert score == Score(right=2, wrong=1, missed=2, apart=1, abstained=1)

    def test_clusters_count_every_couple(self) -> None:
        truth = [frozenset("abc"), frozenset("de")]
        assert judge_clusters(truth, {"a": "1", "b": "1", "c": "2", "d": "2", "e": "2"}.__getitem__) == Score(
            right=2, wrong=2, missed=2
        )

    def test_a_chain_by_neighbours_needs_no_gap(self) -> None:
        years = [row for row in CLUSTERS if row["state"] == "present"]
        hops = [(a, b) for a, b in pairwise(years) if a["cluster"] == b["cluster"]]
        assert sum(int(b["fiscal_year"]) - int(a["fiscal_year"]) > 1 for a, b in hops) == 1
