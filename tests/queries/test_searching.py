"""Words find things by their texts, each with its place; narrowed, counted, and asked for less where nothing fits."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from hyoka_kg.errors import QueryError
from hyoka_kg.query import browse, facets_of, search, search_loosely, ways_to_write
from hyoka_kg.query.search import excerpt, near
from hyoka_kg.store import EmbeddedStore, open_build_area
from hyoka_kg.store.texts import Text, write_text_index
from hyoka_kg.store.writing import StoreWriter
from hyoka_kg.vocabulary import BASE, PREFIXES

_TYPE, _DEF = f"{PREFIXES['rdf']}type", f"{BASE}def#"
_LABEL = f"{PREFIXES['skos']}prefLabel"
ENTRIES = {
    "mic/ex-ante/fy2017/08/entry/1": "住民基本台帳の整備",
    "mic/review-sheet/fy2018/0036/entry/1": "住民基本台帳ネットワークの整備",
    "meti/review-sheet/fy2018/0007/entry/1": "石油の備蓄と整備",
}
PROJECT = f"{BASE}id/project/mic/juki-net"


def entry(name: str) -> str:
    return f"{BASE}id/doc/{name}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    folder = tmp_path_factory.mktemp("searched")
    paper, span = f"{BASE}id/doc/mic/ex-ante/fy2017/08", f"{BASE}id/span/1"
    first = entry("mic/ex-ante/fy2017/08/entry/1")
    told = [
        (first, f"{_DEF}statedIn", f"<{paper}>"),
        (paper, f"{PREFIXES['dcterms']}identifier", '"mic-ex-ante-fy2017-08"'),
        (first, f"{PREFIXES['prov']}wasDerivedFrom", f"<{span}>"),
        (span, f"{_DEF}page", '"3"'),
        (span, f"{_DEF}startLine", '"120"'),
    ]
    texts = [Text(entry(name), f"{_DEF}ProjectEntry", _LABEL, 1, text) for name, text in ENTRIES.items()]
    texts.append(Text(PROJECT, f"{_DEF}Project", _LABEL, 1, "住民基本台帳 セキュリティ"))
    with open_build_area(folder) as area:
        writer = StoreWriter(area.engine_directory)
        writer.load([f"<{s}> <{p}> {o} <{BASE}id/graph/1> .\n" for s, p, o in told])
        writer.finish()
        del writer
        write_text_index(area.folder / "texts.sqlite", texts)
        area.publish("searched", "{}")
    return EmbeddedStore.open(folder)


def things(store: EmbeddedStore, words: str, kind: str = "", **more: str) -> set[str]:
    result = search(store, words, kind, **more)
    assert result.total == len(result.found)
    return {one.thing.removeprefix(f"{BASE}id/").removeprefix("doc/") for one in result.found}


def test_what_is_found_tells_the_place_that_states_it(store: EmbeddedStore) -> None:
    result = search(store, "台帳の整備")
    (one,) = result.found
    assert (one.thing, one.kind, one.property) == (
        entry("mic/ex-ante/fy2017/08/entry/1"), "hyoka:ProjectEntry", "skos:prefLabel"
    )  # fmt: skip
    assert (one.text, one.more) == ("住民基本台帳の整備", 0)
    assert (one.document, one.page, one.line) == ("mic-ex-ante-fy2017-08", "3", "120")
    (row,) = result.as_rows().rows
    assert row[4:6] == (ox.Literal(0), ox.Literal("mic-ex-ante-fy2017-08"))
    (unplaced,) = search(store, "石油").found
    assert (unplaced.document, unplaced.page, unplaced.line) == ("", "", "")
    assert search(store, "石油").as_rows().rows[0][5:] == (None, None, None)


def test_kinds_ministries_and_years_narrow(store: EmbeddedStore) -> None:
    whole = {*ENTRIES, "project/mic/juki-net"}
    assert things(store, "整備") == set(ENTRIES)
    assert things(store, "住民") == {name for name in whole if "mic/" in name}
    assert things(store, "住民", "project") == {"project/mic/juki-net"}
    assert things(store, "住民", "hyoka:ProjectEntry, project") == things(store, "住民")
    assert things(store, "住民", "strategy") == set()
    assert things(store, "整備", ministry="meti") == {"meti/review-sheet/fy2018/0007/entry/1"}
    assert things(store, "整備", year="2018") == {name for name in ENTRIES if "fy2018" in name}
    assert things(store, "整備", ministry="mic", year="2018") == {"mic/review-sheet/fy2018/0036/entry/1"}


def test_what_is_found_is_counted_by_ministry_and_year(store: EmbeddedStore) -> None:
    facets = facets_of(store, "整備")
    assert (facets.ministries, facets.years, facets.counted) == ({"mic": 2, "meti": 1}, {"2017": 1, "2018": 2}, 3)
    assert list(facets.ministries) == ["mic", "meti"]
    assert facets_of(store, "整備", most=1).counted == 1
    assert facets_of(store, "住民", "project").years == {}


def test_the_papers_of_a_ministry_follow_each_other_over_both_forms(store: EmbeddedStore) -> None:
    both = [entry(name) for name in ENTRIES if name.startswith("mic/")]
    assert browse(store, "mic") == (both, 2)
    assert browse(store, "mic", start=1, count=1) == (both[1:], 2)
    assert browse(store, "mic", start=0, count=1) == (both[:1], 2)
    assert browse(store, "mic", "2018") == (both[1:], 1)
    assert browse(store, "moj") == ([], 0)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "There is nothing to look for"),
        ("　", "There is nothing to look for"),
        ("年" * 201, r"have 201 characters; at most 200 are read"),
        ("\ud842", r"'\\ud842' are not text: they hold half of a character"),
    ],
)
def test_words_that_cannot_be_looked_for_are_refused(store: EmbeddedStore, words: str, told: str) -> None:
    for ask in (search, facets_of):
        with pytest.raises(QueryError, match=told):
            ask(store, words)


def test_an_unknown_kind_is_told_with_the_known_ones(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match=r"no kind 'x' with texts\. There are: project, .*hyoka:ProjectEntry"):
        search(store, "整備", "project,x")


def test_a_store_without_texts_says_how_to_have_them() -> None:
    bare = StoreWriter.in_memory()
    for ask in (lambda: search(bare, "a"), lambda: facets_of(bare, "a"), lambda: browse(bare, "mic")):
        with pytest.raises(QueryError, match=r"no index of its texts .*hyoka build"):
            ask()
    assert near(bare, PROJECT) == []


def test_names_that_are_near_are_offered_and_far_or_endless_ones_are_not(store: EmbeddedStore) -> None:
    assert near(store, f"{BASE}id/project/mic/juki-nte") == [PROJECT]
    assert near(store, "zzz") == []
    assert near(store, PROJECT + "x" * 300) == []


def test_where_nothing_fits_the_shortest_word_is_left_out_first(store: EmbeddedStore) -> None:
    loose = search_loosely(store, "石油 台帳")
    assert loose is not None
    assert (loose.left_out, loose.altered, loose.result.total) == ("石油", "", 3)
    second = search_loosely(store, "備蓄 どこにもない語")
    assert second is not None
    assert (second.left_out, second.result.total) == ("どこにもない語", 1)


def test_one_character_of_the_longest_word_may_be_another(store: EmbeddedStore) -> None:
    loose = search_loosely(store, "住民基木台帳", "project")
    assert loose is not None
    assert (loose.left_out, loose.altered, [one.thing for one in loose.result.found]) == ("", "住民基木台帳", [PROJECT])
    assert search_loosely(store, "どこにもない語 無い", ministry="mic") is None
    with pytest.raises(QueryError, match="nothing to look for"):
        search_loosely(store, "")


def test_an_alias_is_looked_for_as_papers_write_it() -> None:
    assert ways_to_write("住民") == ("住民",)
    assert ways_to_write("住基ネットの") == ("住基ネットの", "住民基本台帳ネットワークの")
    assert ways_to_write("ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞ")[:2] == ("ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞ", "個人番号カード")


def test_a_long_text_is_cut_around_the_word_and_says_so() -> None:
    assert excerpt("一行目\n  二行目", "二") == "一行目 二行目"
    long = "あ" * 300 + "２９年" + "い" * 300
    shown = excerpt(long, "29")
    assert (shown[0], shown[-1], len(shown)) == ("…", "…", 162)
    assert shown.index("２９年") == 41
    assert excerpt(long, "い").count("い") == 120
    assert excerpt(long, "無") == "あ" * 160 + "…"
    assert excerpt("㍻" * 161 + "住民", "住民").endswith("住民")
