"""Digests hold what identity needs, survive the file aside, and say no more than the sheet."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_kg.config import data_dir
from hyoka_kg.linking.identity.digests import DigestMaker, IndicatorDigest, SheetDigest, sentence_hashes
from hyoka_kg.linking.identity.evidence import compare, same_amount
from hyoka_kg.linking.identity.rules import rules
from hyoka_kg.linking.identity.shelf import DigestShelf
from hyoka_kg.model import Reading, SheetKey
from hyoka_kg.normalization.number_mentions import find_project_numbers
from hyoka_kg.sources.judgit_json import JudgitFile, read_judgit
from hyoka_kg.sources.lookups import read_lookups

KEYS = st.builds(SheetKey, st.sampled_from(["mic", "meti"]), st.integers(2015, 2024), st.sampled_from(["0001", "rs-9"]))
TEXT = st.text(max_size=8)
DIGESTS = st.builds(
    SheetDigest,
    key=KEYS,
    name=TEXT,
    form=TEXT,
    start=st.integers(0, 2024),
    figures=st.lists(st.tuples(TEXT, st.integers(2010, 2025), st.integers(-(10**15), 10**15)), max_size=3).map(tuple),
    sentences=st.lists(st.integers(-(2**63), 2**63 - 1), max_size=3).map(tuple),
    stated=st.lists(KEYS, max_size=2).map(tuple),
    histories=st.lists(KEYS, max_size=2).map(tuple),
    told=st.lists(TEXT, max_size=2).map(tuple),
    relations=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
    indicators=st.lists(
        st.builds(
            IndicatorDigest,
            TEXT,
            TEXT,
            TEXT,
            TEXT,
            st.lists(st.tuples(TEXT, st.integers(2010, 2025), TEXT), max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
)


@pytest.fixture(scope="session")
def corpora(root: Path) -> ModuleType:
    """Return the writers of small corpora, which the tests of the national build have too."""
    spec = importlib.util.spec_from_file_location("identity_corpora", root / "tests" / "national" / "corpora.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["identity_corpora"] = module
    spec.loader.exec_module(module)
    return module


@given(DIGESTS)
def test_a_digest_comes_back_as_it_was(digest: SheetDigest) -> None:
    shelf = DigestShelf(Path(":memory:"))
    shelf.add([digest])
    assert shelf.get(digest.key) == digest
    assert list(shelf.of_year(digest.key.fiscal_year)) == [digest]
    assert shelf.keys() == [digest.key]


def test_parts_of_one_sheet_are_joined() -> None:
    key = SheetKey("mic", 2024, "rs-698")
    shelf = DigestShelf(Path(":memory:"))
    shelf.add(
        [SheetDigest(key, rs_id="698", name="名"), SheetDigest(key, rs_id="698", figures=(("initial", 2024, 5),))]
    )
    assert shelf.get(key) == SheetDigest(key, rs_id="698", name="名", figures=(("initial", 2024, 5),))


def test_a_blank_that_became_zero_is_no_figure(corpora: ModuleType, tmp_path: Path) -> None:
    path = corpora.write_ndjson(tmp_path / "a.ndjson", [corpora.sheet()])
    lookups = read_lookups(data_dir())
    (part,) = read_judgit(JudgitFile(path, "0" * 64), (0, 1), lookups, Reading())
    digest = DigestMaker(lookups.ministries.by_abbreviation).digest(part)
    assert ("supplementary", 2016, 0) not in digest.figures
    assert ("initial", 2016, 10_000_000) in digest.figures
    assert ("executed", 2017, 9_500_000) in digest.figures
    assert digest.stated == (SheetKey("mic", 2017, "0100"),)
    assert (digest.form, digest.start, digest.bureau) == ("ためしの事業", 2010, "ためし局")
    assert digest.payees == ("2000012020001",)
    assert {indicator.form for indicator in digest.indicators} == {"よくなった数", "回数"}
    assert "ためすこと" not in str(digest), "prose is kept as hashes only"


def test_long_sentences_are_hashed_and_short_ones_say_nothing() -> None:
    one = "情報システムの安全を確かめるための研修を行う。"
    assert len(sentence_hashes(one + "以上。")) == 1
    assert sentence_hashes(one) == sentence_hashes(f"　{one}ほかに続けて長い文を置いてもよい。") & sentence_hashes(one)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (5_000_000, 5_000_000, True),
        (5_317_000_000, 5_316_789_000, True),
        (5_316_000_000, 5_316_789_000, True),
        (5_316_700_000, 5_316_789_000, False),
        (5_000_000, 6_000_000, False),
        (300_000, 265_000, True),
        (400_000, 265_000, False),
        (300_000, 90_000, False),
    ],
)
def test_amounts_are_equal_within_the_rounding_of_one_of_them(one: int, other: int, is_same: bool) -> None:
    assert same_amount(one, other) is is_same
    assert same_amount(other, one) is is_same


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2023-官房-22-0006", [(2023, "官房", "22-0006")]),
        ("2023警察220059", [(2023, "警察", "22-0059")]),
        ("2023 - 文科 - 22 - 0130", [(2023, "文科", "22-0130")]),
        ("2023ｰ経産ｰ22ｰ0248", [(2023, "経産", "22-0248")]),
        ("2023-総務省-22-0100", [(2023, "総務", "22-0100")]),
        ("2023-経産-新23--0068", [(2023, "経産", "new23-0068")]),
        ("2021環境新220011、2022環境新220009", [(2021, "環境", "new22-0011"), (2022, "環境", "new22-0009")]),
        ("2022-環境-21-0204、環境-21-0212", [(2022, "環境", "21-0204"), (2022, "環境", "21-0212")]),
        ("新02-0026、経産20-0435", [(2021, "経産", "20-0435")]),
        ("2021国交省20009700大気の観測", [(2021, "国交", "20-0097")]),
        ("経産新21：0034", []),
        ("0407,0416", []),
        ("政策: 15　施策: 21", []),
        ("--", []),
    ],
)
def test_numbers_in_free_texts(text: str, found: list[tuple[int, str, str]]) -> None:
    numbers = [mention.number for mention in find_project_numbers(text)]
    assert [(n.sheet_fiscal_year, n.ministry_abbreviation, n.slug) for n in numbers] == found


@given(st.text(max_size=40))
def test_any_text_is_searched_for_numbers(text: str) -> None:
    for mention in find_project_numbers(text):
        assert mention.number.sheet_fiscal_year
        assert mention.number.slug.isascii()


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rule_holds_with_all_that_it_wants_and_not_without_any(rule: object) -> None:
    blank = compare(
        SheetDigest(SheetKey("a", 1, "1"), form="甲"),
        SheetDigest(SheetKey("b", 2, "2"), form="乙乙"),
        is_name_shared=True,
        is_only=False,
    )
    wanted = dict(rule.wanted)
    facts = blank._replace(**{name: sorted(classes)[0] for name, classes in wanted.items()})
    assert rule.holds(facts)
    for name in wanted:
        without = facts._replace(**{name: "no such class"})
        assert not rule.holds(without)
        assert rule.missing(without) == [name]


def test_the_rules_are_distinct() -> None:
    names = [rule.name for rule in rules()]
    assert len(names) == len(set(names)) == 97
    assert len({rule.wanted for rule in rules()}) == len(names)
