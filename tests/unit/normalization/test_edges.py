"""The edges of values: the first year and the last, one unit against another, a mark that is not closed."""

from __future__ import annotations

import dataclasses

import pytest

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization import parse_value
from hyoka_kg.normalization.articles import parse_articles
from hyoka_kg.normalization.clauses import parse_clause
from hyoka_kg.normalization.eras import resolve_year
from hyoka_kg.normalization.number_mentions import find_project_numbers
from hyoka_kg.normalization.project_numbers import ProjectNumber
from hyoka_kg.normalization.searching import present_form


@pytest.mark.parametrize(
    ("printed", "heading", "is_odd"),
    [
        ("9,999万円", None, False),
        ("10,000万円", None, True),
        ("5百万円", "百万円", False),
        ("5百万円", "千円", True),
        ("5千円", "百万円", True),
    ],
)
def test_a_unit_is_odd_beside_another_or_with_a_number_that_has_a_larger_unit(
    printed: str, heading: str | None, is_odd: bool
) -> None:
    assert ("unit_inconsistent" in parse_value("amount", printed, {"unit": heading}).get("issues", ())) == is_odd


def test_a_subitem_alone_goes_on_in_the_item_before_it() -> None:
    told = parse_articles("第4条第1項第13号イ、ロ")
    assert [(one.number, one.paragraph, one.item, one.subitem) for one in told] == [
        ("4", "1", "13", "イ"),
        ("4", "1", "13", "ロ"),
    ]
    other = parse_articles("第4条第1項第13号、第5条イ")
    assert [(one.number, one.item) for one in other] == [("4", "13"), ("5", None)]


def test_a_bare_year_without_a_paper_is_one_of_the_thirty_from_2001() -> None:
    years = {number: parse_value("fiscal_year", f"{number}年度") for number in (12, 13, 31)}
    assert {number: told["fiscal_year"] for number, told in years.items()} == {12: 2030, 13: 2001, 31: 2019}
    assert years[13]["issues"] == ["era_inferred:平成"]


def test_written_years_have_a_first_and_a_last() -> None:
    assert [resolve_year(None, year).year for year in ("1868", "2199")] == [1868, 2199]
    for year in ("1867", "2200"):
        with pytest.raises(ValueTextError, match=f"there is no year {year}"):
            resolve_year(None, year)


@pytest.mark.parametrize(("scale", "number"), [("千万", 10_000_000), ("億", 100_000_000), ("兆", 1_000_000_000_000)])
def test_large_scales_multiply(scale: str, number: int) -> None:
    assert parse_value("indicator_value", f"3{scale}人")["canonical"] == str(3 * number)


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("（延べ）1,000人", {"label": "（延べ）", "canonical": "1000"}),
        ("（1,000人）", {"canonical": "1000"}),
        ("50人（2020年度）", {"canonical": "50", "fiscal_year": 2020}),
        ("Ａ：50件", {"label": "Ａ", "canonical": "50"}),
        ("1：2", {"qualitative": True}),
    ],
)
def test_labels_brackets_and_years_are_taken_apart(printed: str, told: dict[str, object]) -> None:
    read = parse_value("indicator_value", printed)
    assert {name: read.get(name) for name in told} == told


def test_a_bracket_that_is_not_closed_tells_no_year() -> None:
    assert parse_value("indicator_value", "50人（2020年度末") == {"qualitative": True}


def test_a_scale_without_a_unit_is_compared_with_that_of_the_heading() -> None:
    odd, even = (parse_value("indicator_value", "5千", {"unit": unit}) for unit in ("百万人", "千人"))
    assert (odd["canonical"], odd["issues"]) == ("5000000", ["unit_inconsistent"])
    assert (even["canonical"], "issues" in even) == ("5000", False)


@pytest.mark.parametrize(
    ("printed", "heading", "unit", "from_heading"),
    [("10～20人", "人", "人", False), ("10～20", "人", "人", True), ("10～20", None, None, False)],
)
def test_a_range_takes_the_unit_of_the_heading_only_where_it_has_none(
    printed: str, heading: str | None, unit: str | None, from_heading: bool
) -> None:
    told = parse_value("indicator_value", printed, {"unit": heading})
    assert (told["low"], told["high"], told["unit"]) == ("10", "20", unit)
    assert told.get("unit_from_header", False) == from_heading


@pytest.mark.parametrize(("text", "label"), [("経産20-0435", 20), ("経産21-0435", 21)])
def test_a_short_number_names_the_year_after_its_label(text: str, label: int) -> None:
    [mention] = find_project_numbers(f"{text}を統合")
    assert mention.text == text
    assert (mention.number.slug, mention.number.sheet_fiscal_year) == (f"{label}-0435", 2001 + label)


def test_a_number_is_not_new_unless_it_says_so() -> None:
    assert ProjectNumber("0036").slug == "0036"


def test_letters_of_eras_are_years_of_those_eras() -> None:
    assert [present_form(text) for text in ("s60年", "h10", "r2", "s60")] == ["1985年", "1998", "2020", "s60"]


def test_no_value_is_longer_than_any_cell() -> None:
    [longest] = parse_value("citation", "計" * 10_000)["citations"]
    assert len(longest["title"]) == 10_000
    reason = parse_value("citation", "計" * 10_001)["reason"]
    assert str(reason).startswith("10,001 characters are no value of a form")


def test_what_was_read_is_a_key_and_stays_as_it_was_read() -> None:
    clause = parse_clause("Ⅱ－１ 普及")
    assert {clause: 1}[parse_clause("Ⅱ－１ 普及")] == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        clause.rank = 1
