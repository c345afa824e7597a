"""What is rendered in any printing of the forms is read back: budget cells, revisions, titles, laws, marks and more."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hyoka_kg.normalization import parse_value
from hyoka_kg.normalization.eras import ERAS

WIDE = str.maketrans("0123456789%.,()/:", "０１２３４５６７８９％．，（）／：")
BREAKS = st.sampled_from(["", "⏎", "\n", "\r\n"])


@st.composite
def printed(draw: st.DrawFn, text: str) -> str:
    """Print a text with some characters in full width, and one line break anywhere."""
    mixed = "".join(one.translate(WIDE) if draw(st.booleans()) else one for one in text)
    place = draw(st.integers(0, len(mixed)))
    return mixed[:place] + draw(BREAKS) + mixed[place:]


amounts = st.integers(0, 10**9)
names = st.text("情報通信基盤整備事業電子政府推進", min_size=1, max_size=12)
laws = st.sampled_from(["総務省設置法", "住民基本台帳法", "特別会計に関する法律", "警察法施行令"])
small = st.integers(1, 99)
days = st.dates(date(1989, 1, 8), date(2019, 4, 30))


def in_heisei(day: date) -> str:
    year = day.year - 1988
    return f"平成{'元' if year == 1 else year}年{day.month}月{day.day}日"


@given(amounts, amounts, st.booleans(), st.data())
def test_a_budget_cell_keeps_budget_and_execution_apart(
    budget: int, executed: int, has_execution: bool, data: st.DataObject
) -> None:
    text = f"{budget:,}百万円" + (f"({executed:,}百万円)" if has_execution else "")
    parsed = parse_value("budget_cell", data.draw(printed(text)))
    assert parsed["budget"]["value"] == str(budget)
    assert ("executed" in parsed) == has_execution
    if has_execution:
        found = parsed["executed"]
        assert (found["value"], found["yen"], found["paren"]) == (str(executed), str(executed * 10**6), True)


@given(st.integers(-(10**9), -1), st.sampled_from("▲△−-"), st.data())
def test_every_sign_of_less_is_negative(number: int, sign: str, data: st.DataObject) -> None:
    parsed = parse_value("amount", data.draw(printed(f"{sign}{-number:,}千円")))
    assert (parsed["value"], parsed["yen"]) == (str(number), str(number * 1000))


@given(days, st.lists(days, max_size=3), st.data())
def test_dates_of_revision_survive_their_printing(first: date, revisions: list[date], data: st.DataObject) -> None:
    text = in_heisei(first) + "".join(f"({in_heisei(one)}改定)" for one in revisions)
    parsed = parse_value("date_revisions", data.draw(printed(text)))
    assert parsed == {"date": first.isoformat(), "revisions": [one.isoformat() for one in revisions]}


@given(st.sampled_from(ERAS[1:]), st.integers(1, 14), st.integers(1, 14), st.data())
def test_two_fiscal_years_share_their_era(era: object, first: int, second: int, data: st.DataObject) -> None:
    name, begin = era.name, era.begin.year
    parsed = parse_value("fiscal_year", data.draw(printed(f"{name}{first}・{second}年度")))
    assert parsed["fiscal_years"] == [begin + first - 1, begin + second - 1]


@given(st.integers(2001, 2030), st.integers(2010, 2025))
def test_a_bare_year_is_read_in_the_era_of_its_paper(year: int, paper: int) -> None:
    heisei = parse_value("fiscal_year", f"{year - 1988}年度", {"fiscal_year": paper})
    assert abs(heisei["fiscal_year"] - paper) <= abs(year - paper)
    assert heisei["issues"][0].startswith("era_inferred:")


@given(st.integers(0, 10**7), st.integers(1, 10**5), st.data())
def test_a_unit_cost_survives_its_printing(numerator: int, denominator: int, data: st.DataObject) -> None:
    parsed = parse_value("ratio", data.draw(printed(f"{numerator:,}/{denominator:,}")))
    assert (parsed["numerator"], parsed["denominator"]) == (str(numerator), str(denominator))
    assert abs(float(parsed["quotient_1dp"]) - numerator / denominator) <= 0.05 + 1e-6


@given(st.lists(small, min_size=1, max_size=10), st.data())
def test_references_survive_their_printing(numbers: list[int], data: st.DataObject) -> None:
    assert parse_value("indicator_refs", data.draw(printed(",".join(map(str, numbers))))) == {"refs": numbers}


@given(small, names, st.integers(1, 31), st.booleans(), st.data())
def test_a_title_keeps_the_brackets_of_its_name(
    number: int, name: str, year: int, has_bracket: bool, data: st.DataObject
) -> None:
    inner = f"{name}(ICT)" if has_bracket else name
    parsed = parse_value("means_title", data.draw(printed(f"({number}){inner}(平成{year}年度)")))
    assert (parsed["n"], parsed["start_fy"]) == (number, 1988 + year)
    assert parsed["name"].translate(str.maketrans("（）", "()")) == inner


@given(st.sampled_from(["総務省", "こども家庭庁", "デジタル庁"]), small, st.integers(1, 20), st.booleans(), st.data())
def test_a_form_id_survives_its_printing(
    ministry: str, label: int, number: int, is_circled: bool, data: st.DataObject
) -> None:
    mark = chr(ord("①") + number - 1) if is_circled else str(number)
    parsed = parse_value("form_id", data.draw(printed(f"({ministry}{label:02}－{mark})")))
    assert parsed == {"ministry": ministry, "year_label": label, "n": number}


@given(laws, st.integers(1, 999), st.integers(1, 99), st.integers(1, 99), st.sampled_from(["", "第"]), st.data())
def test_a_place_in_a_law_survives_its_printing(
    law: str, article: int, paragraph: int, item: int, prefix: str, data: st.DataObject
) -> None:
    text = f"{law}第{article}条{prefix}{paragraph}項{prefix}{item}号"
    parsed = parse_value("law", data.draw(printed(text)))
    place = {"article": str(article), "paragraph": str(paragraph), "item": str(item)}
    assert parsed in (
        {"law": law, "articles": [place]},
        {"unparsed": parsed.get("unparsed"), "reason": parsed.get("reason")},
    )
    assert "unparsed" not in parsed or "\n" in parsed["unparsed"] or "⏎" in parsed["unparsed"]


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from("~〜～"), st.booleans(), st.data())
def test_a_range_keeps_both_ends(low: int, high: int, wave: str, unit_twice: bool, data: st.DataObject) -> None:
    text = f"{low:,}{'人' if unit_twice else ''}{wave}{high:,}人"
    parsed = parse_value("indicator_value", data.draw(printed(text)))
    assert (parsed["low"], parsed["high"], parsed["unit"]) == (str(low), str(high), "人")


LITERALS = [
    ("amount", "1,234百万円"), ("executed", "(81百万円)"), ("fiscal_year", "平成30年度"), ("date", "平成28年6月2日"),
    ("ratio", "1,770/47"), ("indicator_refs", "6,7"), ("mark", "(9)"), ("form_id", "（総務省29－⑧）"),
    ("project_number", "新29-0004"), ("missing", "--"), ("date_revisions", "平成25年6月14日（平成26年6月24日改定）"),
]  # fmt: skip


@given(st.sampled_from(LITERALS), st.sampled_from("猫xZ?!★＃→"), st.data())
def test_a_foreign_character_anywhere_ends_the_reading(
    literal: tuple[str, str], foreign: str, data: st.DataObject
) -> None:
    kind, text = literal
    place = data.draw(st.integers(0, len(text)))
    parsed = parse_value(kind, text[:place] + foreign + text[place:])
    is_of_the_ministry = kind == "form_id" and str(parsed.get("ministry", "")).strip("総務省") == foreign
    assert "unparsed" in parsed or is_of_the_ministry


@given(st.sampled_from(LITERALS), st.data())
def test_a_lost_character_never_makes_a_value_of_other_size(literal: tuple[str, str], data: st.DataObject) -> None:
    """What a torn cell leaves is unread, or its digits are those that are printed."""
    kind, text = literal
    place = data.draw(st.integers(0, len(text) - 1))
    torn = text[:place] + text[place + 1 :]
    parsed = parse_value(kind, torn)
    if kind in ("amount", "executed") and "unparsed" not in parsed:
        assert parsed["value"] == "".join(filter(str.isdigit, torn))
