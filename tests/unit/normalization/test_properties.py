"""What holds for every literal: values survive any printing, nothing raises, nothing foreign becomes a value."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hyoka_kg.normalization import KINDS, parse_value
from hyoka_kg.normalization.amounts import MONEY_UNITS
from hyoka_kg.normalization.eras import ERAS

WIDE = str.maketrans("0123456789%.,()/:", "０１２３４５６７８９％．，（）／：")


@st.composite
def printings(draw: st.DrawFn, text: str) -> str:
    """Print a text as the forms do: some characters in full width, broken over lines anywhere."""
    printed = "".join(one.translate(WIDE) if draw(st.booleans()) else one for one in text)
    place = draw(st.integers(0, len(printed)))
    return printed[:place] + draw(st.sampled_from(["", "⏎", "\n"])) + printed[place:]


numbers = st.integers(0, 10**12)
grouped = numbers.map(lambda number: (number, f"{number:,}"))


# Yen as a person writes them out.
YEN = {
    "円": "3",
    "千円": "3,000",
    "万円": "30,000",
    "百万円": "3,000,000",
    "千万円": "30,000,000",
    "億円": "300,000,000",
    "十億円": "3,000,000,000",
    "兆円": "3,000,000,000,000",
}


def test_every_unit_of_money_is_as_much_as_it_says() -> None:
    assert set(YEN) == set(MONEY_UNITS)
    told = {unit: f"{int(str(parse_value('amount', f'3{unit}')['yen'])):,}" for unit in YEN}
    assert told == YEN


@given(grouped, st.sampled_from([("円", 1), ("千円", 10**3), ("百万円", 10**6), ("億円", 10**8)]), st.data())
def test_an_amount_survives_width_commas_and_breaks(
    number: tuple[int, str], unit: tuple[str, int], data: st.DataObject
) -> None:
    literal = data.draw(printings(number[1] + unit[0]))
    parsed = parse_value("amount", literal)
    assert parsed == {"value": str(number[0]), "unit": unit[0], "yen": str(number[0] * unit[1]), "paren": False}


@given(grouped, st.sampled_from("(（"), st.sampled_from(")）"))
def test_brackets_of_two_widths_are_flagged(number: tuple[int, str], opening: str, closing: str) -> None:
    parsed = parse_value("amount", f"{opening}{number[1]}百万円{closing}")
    assert parsed["paren"] is True
    assert ("issues" in parsed) == ((opening, closing) in {("(", "）"), ("（", ")")})


@given(
    grouped,
    st.sampled_from([("", 1), ("千", 10**3), ("万", 10**4), ("百万", 10**6)]),
    st.sampled_from(["人", "件", "団体", "%"]),
    st.sampled_from([("", "eq"), ("以上", "ge"), ("以内", "le"), ("以下", "le"), ("未満", "lt"), ("超", "gt")]),
    st.sampled_from(["", "受講者の数：", "・稼働率:"]),
    st.data(),
)
def test_a_target_survives_printing(
    number: tuple[int, str],
    scale: tuple[str, int],
    unit: str,
    comparator: tuple[str, str],
    label: str,
    data: st.DataObject,
) -> None:
    literal = data.draw(printings(f"{label}{number[1]}{scale[0]}{unit}{comparator[0]}（平成30年度）"))
    parsed = parse_value("indicator_value", literal)
    assert (parsed["comparator"], parsed["canonical"]) == (comparator[1], str(number[0] * scale[1]))
    assert (parsed["unit"], parsed["fiscal_year"]) == (unit, 2018)
    assert parsed.get("label", "") == label.strip("・：:")


@given(st.dates(date(1912, 7, 30), date(2099, 12, 31)), st.data())
def test_a_date_survives_its_era(day: date, data: st.DataObject) -> None:
    era = next(era for era in ERAS if era.begin <= day <= era.end)
    year = day.year - era.begin.year + 1
    name = data.draw(st.sampled_from(["元", "1"])) if year == 1 else str(year)
    literal = data.draw(printings(f"{era.name}{name}年{day.month}月{day.day}日"))
    assert parse_value("date", literal) == {"date": day.isoformat(), "precision": "day"}


@given(st.integers(1989, 2018), st.integers(1989, 2018), st.data())
def test_a_fiscal_year_survives_its_era(year: int, document: int, data: st.DataObject) -> None:
    literal = data.draw(printings(f"平成{year - 1988}年度"))
    assert parse_value("fiscal_year", literal, {"fiscal_year": document}) == {"fiscal_year": year}


@given(
    st.sampled_from(["", "新"]),
    st.sampled_from(["", "29-", "02-", "21-"]),
    st.integers(0, 9999).map("{:04}".format),
    st.sampled_from(["", "-1", "-14"]),
    st.sampled_from("-－‐―"),
    st.data(),
)
def test_a_project_number_survives_its_dashes(
    new: str, label: str, number: str, branch: str, dash: str, data: st.DataObject
) -> None:
    literal = data.draw(printings(f"{new}{label}{number}{branch}".replace("-", dash)))
    parsed = parse_value("project_number", literal)
    assert parsed["number"] == number
    assert (parsed.get("new", False), parsed.get("branch", "")) == (bool(new), branch[1:])
    assert parsed.get("year_label") == (int(label[:2]) if label else None)


near_grammar = st.text(
    "0123456789０１９,.，．%％()（）/／:：-―ー▲±~～約千万百億円人件以上下増減"
    "年度月日平成令和新第条の及び①③Ⅲⅱ一二[]・ ⏎\n元値"
)


@given(st.sampled_from(sorted(KINDS)), st.text() | near_grammar, st.sampled_from([None, "千円", "位", "％"]))
def test_no_text_raises_and_what_is_unread_says_so(kind: str, text: str, unit: str | None) -> None:
    parsed = parse_value(kind, text, {"unit": unit, "fiscal_year": 2018})
    assert parsed
    if "unparsed" in parsed:
        assert parsed["unparsed"] == text
        assert parsed["reason"]
        assert kind != "indicator_value"
