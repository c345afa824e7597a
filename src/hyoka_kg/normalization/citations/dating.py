"""Dates as citations print them (R3.6.18, 2020（令和２）年３月31日), and what was decided on each by whom."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.citations.records import Act, Decision
from hyoka_kg.normalization.eras import ERA_NAMES, Era, label_issues, resolve_year
from hyoka_kg.normalization.numerals import KANJI, kanji_number

FISCAL_YEAR_IN_DATE = "fiscal_year_in_date"
NO_SUCH_DAY = "no_such_day"
FISCAL_YEAR = "fiscal_year"
MISPRINT = "decision_misprint"
_ERAS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
_ERAS |= {"明": "明治", "大": "大正", "昭": "昭和", "平": "平成", "令": "令和"}
_ERA = rf"(?:{ERA_NAMES}|(?<![A-Za-z])[MTSHR](?=[0-9元])|[明大昭平令](?=[0-9元]))"
_NUMBER = rf"(?:[0-9]{{1,2}}|[{KANJI}]{{1,4}})"
_KANJI_MONTH, _KANJI_DAY = rf"[{KANJI}]{{1,3}}(?=月)", rf"[{KANJI}]{{1,4}}(?=日)"
_WESTERN = "(?<![0-9])(?:19|20)[0-9]{2}"
DATE = re.compile(
    rf"(?:(?:(?P<era>{_ERA})(?P<year>元|{_NUMBER})(?:年?\({_WESTERN}年?\))?"
    rf"|(?P<western>{_WESTERN})(?:年?\((?:{_ERA})(?:元|[0-9]{{1,2}})年?\))?)(?P<word>年度?|[./])"
    rf"(?:\((?:{_WESTERN}|{_ERA}(?:元|[0-9]{{1,2}}))年?度?\))?|(?P<same>同年?|(?<![0-9])(?=[0-9]{{1,2}}月[0-9]{{1,2}}日)))"
    rf"(?:(?P<month>[0-9]{{1,2}}|{_KANJI_MONTH})(?:月|[./](?=[0-9])|(?![0-9年月度./]))"
    rf"(?:(?P<day>[0-9]{{1,2}}|{_KANJI_DAY})(?:日|(?![0-9月年])))?)?"
)
_REVISED = "改定|改訂|変更|改正|修正|見直し|追補|更新"
_DECIDED = (
    "決定|了解|策定|公表|告示|通知|取りまとめ|とりまとめ|取り纏め|作成|制定|指示|認可|答申|報告|決裁|発表|申し?合わ?せ|公示|通達|"
    "建議|提言|採択|承認|決議|合意|署名|発効|公布|発出|事務連絡|指令|認定|施行|発言|付け?"
)
_ACT = re.compile(rf"(?:最終)?(?:一部)?(?:{_REVISED}|{_DECIDED})版?|改(?=$|[)、])")
_IS_REVISED = re.compile(rf"{_REVISED}|改(?=$|[)、])")
_BODY_END = re.compile(
    r"(?:会議|本部|[省庁府院局課室党]|委員会|大臣|長官|内閣|局長|部長|課長|次官|知事|[県市]|審議会|分科会|連絡会|協議会|閣議|総会|チーム|WG|CSTI)$"
)
_CABINET_MISPRINT = re.compile(r"閣議(?=[議決定][^定]|決$|議|定)|閣義|閣(?=決定)|閣儀")
_IN_A_NAME = re.compile("[のをにはがかまで以]")
_AROUND = "、。・:;/()及びおよ並にから~-\n「」"
_LABEL = re.compile(r"第[0-9]{1,2}[期次]:|以下.*$|抜粋|抄$")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a folded text: where it stands, its ISO form, and what is odd."""

    start: int
    end: int
    date: str
    issues: tuple[str, ...] = ()


def find_dates(text: str) -> Iterator[FoundDate]:
    """Yield the dates of a folded text; one that gives no year of its own takes that of the date before.

    >>> [found.date for found in find_dates("R3.6.18、同年7月1日改正")]
    ['2021-06-18', '2021-07-01']
    """
    year: int | None = None
    for match in DATE.finditer(text):
        if match["month"] is None and (match["same"] is not None or not _tells_year(text, *match.span())):
            continue
        if match["same"] is not None and year is None:
            continue
        found = _found(match, year)
        if found is not None:
            year = int(found.date[:4])
            yield found


def _tells_year(text: str, start: int, end: int) -> bool:
    """Return whether a year stands alone: not in a span (2021年度~2025年度), not in a name (2040年を展望した)."""
    return "~" not in {text[start - 1 : start], text[end : end + 1]} and not _IN_A_NAME.match(text, end)


def date_at(text: str, place: int) -> FoundDate | None:
    """Return the date that begins at a place and is told to the month at least."""
    match = DATE.match(text, place)
    if match is None or match["same"] is not None or match["month"] is None:
        return None
    return _found(match, None)


def _found(match: re.Match[str], former: int | None) -> FoundDate | None:
    try:
        year, era = _year(match, former)
        month, day = _small(match["month"]), _small(match["day"])
    except ValueTextError:
        return None
    odd = (FISCAL_YEAR_IN_DATE,) if match["word"] == "年度" and month else ()
    try:
        first, last = _span(year, month, day)
    except ValueError:
        return FoundDate(*match.span(), str(year), (*odd, NO_SUCH_DAY))
    text = first.isoformat()[: 10 if day else 7 if month else 4]
    if match["word"] == "年度" and not month:
        return FoundDate(*match.span(), text, (FISCAL_YEAR,))
    return FoundDate(*match.span(), text, odd + label_issues(era, first, last))


def _year(match: re.Match[str], former: int | None) -> tuple[int, Era | None]:
    if match["same"] is not None:
        return former or 0, None
    if match["western"]:
        return int(match["western"]), None
    printed = match["year"]
    number = printed if printed == "元" or printed.isdecimal() else str(kanji_number(printed) or 0)
    labelled = resolve_year(_ERAS.get(match["era"], match["era"]), number)
    return labelled.year, labelled.era


def _small(printed: str | None) -> int:
    if not printed:
        return 0
    number = int(printed) if printed.isdecimal() else kanji_number(printed)
    if not number:
        raise ValueTextError("no number of a month or day")
    return number


def _span(year: int, month: int, day: int) -> tuple[date, date]:
    first = date(year, month or 1, day or 1)
    if day:
        return first, first
    return first, date(year, month or 12, calendar.monthrange(year, month or 12)[1])


def read_decisions(text: str) -> tuple[Decision, ...]:
    """Return the decisions that a folded text tells, such as the inside of a bracket; none where it tells none.

    >>> [(one.date, str(one.act), one.body) for one in read_decisions("令和2年3月31日閣議決定(令和3年6月15日改定)")]
    [('2020-03-31', 'decided', '閣議'), ('2021-06-15', 'revised', '')]
    """
    dates = list(find_dates(text))
    if not dates:
        return _bodies_alone(text)
    edges = [*(found.start for found in dates[1:]), len(text)]
    behind = [_clean(text[found.end : edge]) for found, edge in zip(dates, edges, strict=True)]
    before = _clean(text[: dates[0].start])
    if not any(behind) and before:
        behind = [before] * len(dates)
    for place in range(len(behind) - 2, -1, -1):
        # A revision does not tell what was done on the dates before it.
        if not behind[place] and not _IS_REVISED.search(behind[place + 1]):
            behind[place] = behind[place + 1]
    return tuple(_decision(found, told) for found, told in zip(dates, behind, strict=True))


def _bodies_alone(text: str) -> tuple[Decision, ...]:
    told = _clean(text)
    act = _ACT.search(told)
    body = _body(told)
    if (act and (not body or _BODY_END.search(body))) or _BODY_END.search(told):
        return (Decision("", _act(told), body or told, _misprints(told)),)
    return ()


def _decision(found: FoundDate, told: str) -> Decision:
    return Decision(found.date, _act(told), _body(told), found.issues + _misprints(told))


def _act(told: str) -> Act:
    if _IS_REVISED.search(told):
        return Act.REVISED
    return Act.DECIDED if _ACT.search(told) else Act.UNSTATED


def _body(told: str) -> str:
    parts = (part.strip(_AROUND) for part in _ACT.split(told))
    return "・".join(dict.fromkeys(part for part in parts if part and part not in {"第", "号", "の"}))


def _misprints(told: str) -> tuple[str, ...]:
    return (MISPRINT,) if _CABINET_MISPRINT.search(told) else ()


def _clean(text: str) -> str:
    return _LABEL.sub("", text).strip(_AROUND)
