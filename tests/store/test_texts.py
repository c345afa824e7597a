"""The text index finds exactly what a scan for the characters finds, whatever their width, kana or calendar."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hyoka_kg.errors import StoreError
from hyoka_kg.normalization import present_form, search_form
from hyoka_kg.store.builds import TEXT_INDEX
from hyoka_kg.store.texts import Text, TextIndex, write_text_index

EX = "http://example.org/"
TEXTS = [
    "教育訓練の電子化",
    "平成29年度の執行額",
    "２０１７年度 予算",
    "Ｈ２９．４月のｻｰﾊﾞｰ更改",
    "サーバー（ＩＤ：＃１）",
    "データべースの整備",
    "令和元年の見込み",
    'quote " and * and (NEAR) OR -',
    "住民基本台帳⏎ネットワーク",
    "e-Japan 2001年",
    "㎡当たりの単価（㍻）",
    "𠮷野川",
    "あ",
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TextIndex:
    path = tmp_path_factory.mktemp("texts") / TEXT_INDEX
    rows = [
        Text(f"{EX}{n:02}", f"{EX}{kind}", f"{EX}label", 1, text)
        for n, text in enumerate(TEXTS)
        for kind in ("Thing", "Even" if n % 2 == 0 else "Odd")
    ]
    assert write_text_index(path, [*rows, *rows, Text(f"{EX}99", "", f"{EX}printed", 4, "1,234")]) == len(TEXTS)
    return TextIndex(path)


def found(index: TextIndex, *words: str) -> set[str]:
    return {hit.text for hit in index.find(words, count=1000).hits}


TOLERANT = {
    "教育": 0,
    "でんし": None,
    "平成29年度": (1, 2),
    "2017年度": (1, 2),
    "２０１７": (1, 2, 3),
    "H29": (1, 2, 3),
    "平成二十九年度": (1, 2),
    "h29.4": 3,
    "2017.4": 3,
    "さーばー": (3, 4),
    "ｻｰﾊﾞ": (3, 4),
    "サ－バー": (3, 4),
    "ID:#1": 4,
    "データベース": 5,
    "でーたべーす": 5,
    "令和1年": 6,
    "2019年": 6,
    "r1": 6,
    '"': 7,
    '" OR "': 7,
    "*": 7,
    "near": 7,
    "台帳ネットワーク": 8,
    "台帳 ネットワーク": 8,
    "ネットワーク　台帳": 8,
    "E-JAPAN": 9,
    "e−japan2001": 9,
    "m2当たり": 10,
    "平成": (1, 10),
    "𠮷": 11,
    "野川": 11,
    "あ": 12,
    "台帳 教育": None,
    "學校": None,
    "敎育": None,
}


@pytest.mark.parametrize("words", TOLERANT)
def test_width_case_kana_and_calendar_do_not_count(index: TextIndex, words: str) -> None:
    wanted = TOLERANT[words]
    numbers = () if wanted is None else wanted if isinstance(wanted, tuple) else (wanted,)
    assert found(index, *words.split()) == {TEXTS[number] for number in numbers}


WRONG = {
    "住民基木台帳": True,
    "往民基本台帳": True,
    "住民基本台張": True,
    "住民基台帳": True,
    "住民基本本台帳": True,
    "住民基木台張": False,
    "帳簿": False,
}


@pytest.mark.parametrize("word", WRONG)
def test_one_character_may_be_wrong_where_that_is_asked_for(index: TextIndex, word: str) -> None:
    hits = index.find([], loosely=word).hits
    assert ({"住民基本台帳" in hit.text for hit in hits} == {True}) == WRONG[word]
    assert found(index, word) == set()


def test_old_forms_of_characters_are_the_present_ones(tmp_path: Path) -> None:
    path = tmp_path / TEXT_INDEX
    write_text_index(path, [Text("a", "", f"{EX}p", 1, "國學院大學"), Text("b", "", f"{EX}p", 1, "国学院高等学校")])
    index = TextIndex(path)
    for word, things in {"国学院": "ab", "國學院": "ab", "大學": "a", "大学": "a", "高等學校": "b", "英国": ""}.items():
        assert {hit.thing for hit in index.find([word]).hits} == set(things), word


def test_a_word_may_be_written_in_several_ways(index: TextIndex) -> None:
    assert {hit.text for hit in index.find([("無い語", "教育")]).hits} == {TEXTS[0]}
    assert index.find([("教育",), ("無い語", "台帳")]).total == 0


@pytest.mark.parametrize("words", [(), ("",), ("　",), ("\x00",), ("\u200b",)])
def test_nothing_is_found_by_nothing(index: TextIndex, words: tuple[str, ...]) -> None:
    assert found(index, *words) == set()


def test_a_thing_has_its_classes_and_can_be_asked_by_one(index: TextIndex) -> None:
    hits = index.find(["2017"], [f"{EX}Odd"])
    assert [(hit.thing, hit.kinds, hit.more) for hit in hits.hits] == [
        (f"{EX}01", (f"{EX}Odd", f"{EX}Thing"), 0),
        (f"{EX}03", (f"{EX}Odd", f"{EX}Thing"), 0),
    ]
    assert index.find(["2017"], [f"{EX}None"]).total == 0
    assert index.kinds() == [f"{EX}Even", f"{EX}Odd", f"{EX}Thing"]


def test_pages_follow_each_other_without_gap_or_overlap(index: TextIndex) -> None:
    whole = index.find(["の"], count=100)
    assert whole.total == len(whole.hits) == 6
    pages = [index.find(["の"], start=start, count=2) for start in range(0, 6, 2)]
    assert [hit for page in pages for hit in page.hits] == whole.hits
    assert {page.total for page in pages} == {6}


def test_names_stand_before_printed_texts_and_short_before_long(tmp_path: Path) -> None:
    path = tmp_path / TEXT_INDEX
    stated = [("c", 4, "予算"), ("a", 1, "予算の執行"), ("b", 1, "予算"), ("a", 4, "予算書"), ("a", 4, "予算書の控え")]
    write_text_index(path, [Text(thing, "", f"{EX}p{weight}", weight, text) for thing, weight, text in stated])
    hits = TextIndex(path).find(["予算"]).hits
    assert [(hit.thing, hit.text, hit.more) for hit in hits] == [
        ("b", "予算", 0),
        ("a", "予算の執行", 2),
        ("c", "予算", 0),
    ]


def _texts(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as index:
        return index.execute("SELECT thing.iri, text FROM hit JOIN thing ON thing.id = hit.thing").fetchall()


def test_recall_over_the_sample_equals_a_scan_for_the_characters(sample_store: Path) -> None:
    path = sample_store.parent / TEXT_INDEX
    texts = [(thing, search_form(text), present_form(search_form(text))) for thing, text in _texts(path)]
    assert len(texts) > 900
    words = [
        "年", "の", "電子", "情報", "番号", "システム", "住民基本台帳", "総務省", "個人番号カード", "平成30年度",
        "2016年度",
        "ネットワーク", "セキュリティ対策", "整備", "ＩＣＴ", "予算", "件", "交付", "公的個人認証", "自治体クラウド",
    ]  # fmt: skip
    assert {len(word) for word in words} >= {1, 2, 3, 4, 6, 7, 8}
    index = TextIndex(path)
    for word in words:
        forms = {search_form(word), present_form(search_form(word))}
        scanned = {thing for thing, plain, dated in texts if any(form in plain or form in dated for form in forms)}
        hits = index.find([word], count=100_000)
        assert {hit.thing for hit in hits.hits} == scanned, word
        assert hits.total == len(scanned) > 0, word


def test_a_damaged_index_is_named(tmp_path: Path) -> None:
    path = tmp_path / TEXT_INDEX
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match="text index"):
        TextIndex(path).find(["a"])
    with pytest.raises(StoreError, match="Cannot write the text index"):
        write_text_index(tmp_path / "none" / TEXT_INDEX, [])


def test_names_stand_beside_each_other_in_alphabetical_order(index: TextIndex) -> None:
    names = [f"{EX}{n:02}" for n in range(len(TEXTS))]
    assert index.near(f"{EX}04", 2) == names[2:6]
    assert index.near(f"{EX}03x", 2) == names[2:6]
    assert index.near(f"{EX}", 3) == names[:3]
    assert index.near("zzz", 1) == [names[-1]]


def test_what_begins_alike_is_counted_whole_and_given_in_parts(index: TextIndex) -> None:
    things = [f"{EX}Thing"]
    assert index.under(f"{EX}0", things, start=8, count=5) == ([f"{EX}08", f"{EX}09"], 10)
    assert index.under(f"{EX}1", [f"{EX}Even"]) == ([f"{EX}10", f"{EX}12"], 2)
    assert index.under(f"{EX}1", []) == ([], 0)
    assert index.under(f"{EX}2", things) == ([], 0)


def test_names_alone_come_in_the_order_of_what_is_found(index: TextIndex) -> None:
    whole = [hit.thing for hit in index.find(["の"], count=100).hits]
    assert index.names(["の"], count=100) == whole
    assert index.names(["の"], [f"{EX}Odd"], count=1) == [name for name in whole if int(name[-2:]) % 2][:1]
    assert index.names(["\u200b"], count=100) == []


def test_an_index_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"Cannot read the text index .*texts\.sqlite.*Build again: hyoka build"):
        TextIndex(tmp_path / TEXT_INDEX)


def test_a_sign_among_the_words_of_a_class_does_not_reach_the_statement(index: TextIndex) -> None:
    assert index.find(["の"], ["' OR 1 --"]).total == 0
    assert index.find(["の"], accepts=lambda thing: thing.endswith("06")).total == 1
