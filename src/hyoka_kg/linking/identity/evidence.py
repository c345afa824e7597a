"""What speaks for and against two sheets of different years being one project: named facts, no decision."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from hyoka_kg.linking.identity.digests import SheetDigest

_MILLION = 1_000_000
# An amount says as much as it has digits that are not closing zeros: 5 million is in a hundred sheets, 5,317 in one.
_TELLING_DIGITS = 6
_SOME_DIGITS = 3
_CLOSE, _NEAR, _AKIN = 0.7, 0.6, 0.4
# A name of that length inside a longer one is no chance: 「…（うち交付金事務等交付金）」.
_LEAST_PART = 8
_LEAST_UNIT = 3
_SAME_TEXT = 0.5
_SHORT = 2
_TWO = 2
# 昭和28年 is 1953 and 平成28年 is 2016.
_SHOWA_TO_HEISEI = 63


class Evidence(NamedTuple):
    """The facts about a pair; a fact that cannot be told is as empty as one that does not hold.

    Attributes:
        stated: Whether the later sheet names the earlier one as a former sheet: `yes`; `no`, where it names other
            sheets of that year only; or `none`, where it names none.
        is_only: `yes`, where no other sheet is named by the later one or names the earlier one, else `no`.
        in_text: Whether it does so in a free text (旧事業番号, 備考), not in the list of former sheets.
        rs_id: `equal` or `differs`, where both have a 予算事業ID.
        ministry: `equal`, `differs`, or `founded`, where no sheet of the earlier year is of the later one's ministry.
        name: `equal`, `close` (also where one is a part of the other), `near`, `akin` or `far`.
        longer: `later`, where its name is the earlier one's with more behind it; `earlier`, the other way round;
            or `neither`.
        likeness: Share of pairs of characters that the names have in common, 0 to 1.
        shared_name: `yes`, where other sheets of the ministry and either year bear one of the names, else `no`.
        start: `equal`, `era` (the same number of another era, a common misprint), `near` (a year apart), `differs` or
            `unknown`.
        figures: `equal`; `weak` (equal, but of few digits); `some`; `thin` (one or two, and they differ); `differ`; or
            `none` in common.
        equal_figures: How many amounts of overlapping years are equal.
        differing_figures: How many are not.
        text: `equal`, `some`, `differs` or `none` of the sentences of purpose and overview.
        indicators: `valued` (a wording and a value of one year are equal), `worded`, `differ` or `none`.
        over: `yes`, where the earlier sheet ends before the later one begins; else `no`.
        bureau: `equal`, `differs` or `unknown`.
        division: Likewise; a division and a section of it are equal, since some sheets print the division alone.
        payees: `shared`, `differ` or `none`.
        request: `granted`, where what the earlier sheet asks for a year is its initial budget in the later one; `other`
            or `none`.
        order: `between`, where the 予算事業ID of the later sheet lies between those of the nearest neighbours by number
            of the earlier one; else `unknown`.
    """

    stated: str
    is_only: str
    in_text: bool
    rs_id: str
    ministry: str
    name: str
    longer: str
    likeness: float
    shared_name: str
    start: str
    over: str
    figures: str
    equal_figures: int
    differing_figures: int
    text: str
    indicators: str
    bureau: str
    division: str
    payees: str
    request: str
    order: str = "unknown"


def compare(
    earlier: SheetDigest, later: SheetDigest, *, is_name_shared: bool, is_only: bool, is_founded: bool = False
) -> Evidence:
    """Return the evidence about two sheets; three facts are known of all sheets of the years only, and are given."""
    likeness = name_likeness(earlier.form, later.form)
    equal, differing, digits = _figures(earlier, later)
    return Evidence(
        stated=_stated(earlier, later),
        is_only=_word(is_only),
        in_text=earlier.key in later.histories and earlier.key not in later.stated,
        rs_id=_same(earlier.rs_id, later.rs_id),
        ministry="founded" if is_founded else _same(earlier.key.ministry, later.key.ministry),
        name=_name(earlier.form, later.form, likeness),
        longer=_longer(earlier.form, later.form),
        likeness=round(likeness, 3),
        shared_name=_word(is_name_shared),
        start=_start(earlier.start, later.start),
        over=_word(0 < earlier.end < later.start),
        figures=_figure_class(equal, differing, digits),
        equal_figures=equal,
        differing_figures=differing,
        text=_text(earlier, later),
        indicators=_indicators(earlier, later),
        bureau=_same(earlier.bureau, later.bureau),
        division=compare_divisions(earlier.division, later.division),
        payees=_payees(earlier, later),
        request=_request(earlier, later),
    )


def _word(fact: bool) -> str:
    return "yes" if fact else "no"


def _stated(earlier: SheetDigest, later: SheetDigest) -> str:
    told = later.stated + later.histories
    if earlier.key in told:
        return "yes"
    return "no" if any(key.fiscal_year == earlier.key.fiscal_year for key in told) else "none"


def _same(mine: str | int, theirs: str | int) -> str:
    if not mine or not theirs:
        return "unknown"
    return "equal" if mine == theirs else "differs"


def compare_divisions(mine: str, theirs: str) -> str:
    """Return whether two divisions are one: `equal`, also where one is a section of the other; `differs`; `unknown`."""
    short, long = sorted((mine, theirs), key=len)
    is_section = len(short) >= _LEAST_UNIT and long.startswith(short) and long[len(short) :][:1].isalnum()
    return "equal" if is_section else _same(mine, theirs)


def _name(one: str, other: str, likeness: float) -> str:
    if one == other:
        return "equal"
    short, long = sorted((one, other), key=len)
    if likeness >= _CLOSE or (len(short) >= _LEAST_PART and short in long):
        return "close"
    if likeness >= _NEAR:
        return "near"
    return "akin" if likeness >= _AKIN else "far"


def _longer(earlier: str, later: str) -> str:
    if min(len(earlier), len(later)) < _LEAST_PART or earlier == later:
        return "neither"
    if later.startswith(earlier):
        return "later"
    return "earlier" if earlier.startswith(later) else "neither"


def _start(earlier: int, later: int) -> str:
    if earlier and later and abs(earlier - later) == 1:
        return "near"
    if earlier and later and abs(earlier - later) == _SHOWA_TO_HEISEI:
        return "era"
    return _same(earlier, later)


def name_likeness(one: str, other: str) -> float:
    """Return the share of pairs of neighbouring characters that two names have in common (Dice), 0 to 1.

    >>> name_likeness("電子政府関連事業", "電子政府関連事業"), name_likeness("道路", "河川")
    (1.0, 0.0)
    """
    first, second = (Counter(name[at : at + _SHORT] for at in range(len(name) - 1)) for name in (one, other))
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else float(one == other)


def same_amount(one: int, other: int) -> bool:
    """Return whether two amounts in yen tell one value: equal, or one rounded or cut to whole millions.

    Of amounts below a million one may be rounded or cut to whole hundred thousands.

    >>> same_amount(266_000, 300_000), same_amount(266_000, 400_000), same_amount(5_317_000, 5_000_000)
    (True, False, True)
    """
    if one == other:
        return True
    unit = _MILLION if min(abs(one), abs(other)) >= _MILLION else _MILLION // 10
    whole = one % unit == 0 or other % unit == 0
    return whole and abs(one - other) < unit <= min(abs(one), abs(other))


def _figures(earlier: SheetDigest, later: SheetDigest) -> tuple[int, int, int]:
    """Return equal amounts, differing ones, and the digits of the distinct equal ones."""
    known = earlier.amounts
    equal: set[str] = set()
    count = 0
    differing = 0
    for phase, year, yen in later.figures:
        former = known.get((phase, year))
        if former is None:
            continue
        if same_amount(former, yen):
            count += 1
            equal.add(min((str(abs(amount)).rstrip("0") for amount in (former, yen)), key=len))
        else:
            differing += 1
    return count, differing, sum(len(digits) for digits in equal)


def _figure_class(equal: int, differing: int, digits: int) -> str:
    if not equal + differing:
        return "none"
    if equal > differing and equal >= _TWO:
        return "equal" if digits >= _TELLING_DIGITS else "weak"
    if equal + differing <= _TWO:
        return "some" if equal else "thin"
    return "some" if digits >= _SOME_DIGITS else "differ"


def _text(earlier: SheetDigest, later: SheetDigest) -> str:
    if not earlier.sentences or not later.sentences:
        return "none"
    common = len(set(earlier.sentences) & set(later.sentences))
    if common >= _SAME_TEXT * min(len(earlier.sentences), len(later.sentences)):
        return "equal"
    return "some" if common else "differs"


def _indicators(earlier: SheetDigest, later: SheetDigest) -> str:
    if not earlier.indicators or not later.indicators:
        return "none"
    first = {(i.form, i.unit): set(i.values) for i in earlier.indicators if i.form}
    shared = [(first[i.form, i.unit], set(i.values)) for i in later.indicators if (i.form, i.unit) in first]
    if any(mine & theirs for mine, theirs in shared):
        return "valued"
    return "worded" if shared else "differ"


def _payees(earlier: SheetDigest, later: SheetDigest) -> str:
    if not earlier.payees or not later.payees:
        return "none"
    return "differ" if set(earlier.payees).isdisjoint(later.payees) else "shared"


def _request(earlier: SheetDigest, later: SheetDigest) -> str:
    """Return whether the budget that the later sheet begins with is the one that was asked for (概算要求)."""
    asked = {year: yen for phase, year, yen in earlier.figures if phase == "requested"}
    granted = {year: yen for phase, year, yen in later.figures if phase == "initial" and year in asked}
    if not granted:
        return "none"
    return "granted" if all(same_amount(asked[year], yen) for year, yen in granted.items()) else "other"


_CODES = {
    ("name", "equal"): "equal-name",
    ("name", "close"): "similar-name",
    ("name", "near"): "similar-name",
    ("start", "equal"): "equal-start-year",
    ("start", "era"): "start-year-of-another-era",
    ("start", "near"): "start-year-apart",
    ("start", "differs"): "different-start-year",
    ("rs_id", "equal"): "equal-rs-id",
    ("text", "equal"): "equal-wording",
    ("text", "some"): "shared-wording",
    ("indicators", "valued"): "equal-indicator-values",
    ("indicators", "worded"): "equal-indicators",
    ("bureau", "equal"): "equal-bureau",
    ("division", "equal"): "equal-division",
    ("request", "granted"): "budget-as-requested",
    ("ministry", "differs"): "different-ministry",
    ("ministry", "founded"): "different-ministry",
    ("payees", "shared"): "shared-payees",
    ("order", "between"): "id-in-number-order",
}


def evidence_codes(evidence: Evidence) -> tuple[str, ...]:
    """Return the facts about a pair as the codes that links state, what was said by the ministry first."""
    codes = []
    if evidence.stated == "yes":
        codes.append("stated-history-text" if evidence.in_text else "stated-predecessor-number")
    if evidence.equal_figures or evidence.differing_figures:
        compared = evidence.equal_figures + evidence.differing_figures
        codes.append(f"equal-figures:{evidence.equal_figures}/{compared}")
    return (*codes, *(code for (fact, value), code in _CODES.items() if getattr(evidence, fact) == value))
