"""Write targets and actuals as results of the IATI Activity Standard 2.03, and tell by name what it cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from hyoka_kg.pipeline.exchange.values import LeftOut, StatedValue
from hyoka_kg.store import Output
from hyoka_kg.vocabulary import BASE

_VERSION, _LANGUAGE = "2.03", "{http://www.w3.org/XML/1998/namespace}lang"
# Code lists of IATI: OrganisationType, OrganisationRole, ActivityStatus, ActivityDateType, Country, DescriptionType.
_GOVERNMENT, _IMPLEMENTING, _UNDER_WAY, _ACTUAL_START, _JAPAN, _GENERAL = "10", "4", "2", "2", "JP", "1"
# ResultType and IndicatorMeasure; IndicatorVocabulary 99 is the reporter's own.
_RESULT_TYPES, _OTHER_RESULT = {"output": "1", "outcome": "2"}, "9"
_UNIT, _OWN_VOCABULARY = "1", "99"
# No ministry has registered an identifier with IATI; this project's own says so.
_OWN = "hyoka-kg"
_ASCENDING = {"increase": "1", "decrease": "0"}
_PLACES = frozenset({"target", "actual", "baseline"})
_NO_PLACE, _NO_VALUE, _NO_YEAR = "role-{}-has-no-place", "no-number-{}", "no-fiscal-year"


def write_iati(values: Iterable[StatedValue], output: Output) -> list[LeftOut]:
    """Write the activities, and return what was left out with the reason of each.

    A value keeps its statement's IRI and its comparator in its comment, since IATI has no attribute for either.
    """
    stated = list(values)
    left_out = [LeftOut(value.cell, reason) for value in stated if (reason := _reason(value))]
    said = [value for value in stated if not _reason(value)]
    root = ET.Element("iati-activities", {"version": _VERSION})
    for _, group in groupby(said, key=lambda value: value.activity):
        root.append(_activity(list(group)))
    ET.indent(root)
    output.write(ET.tostring(root, encoding="utf-8", xml_declaration=True))
    return left_out


def _reason(value: StatedValue) -> str:
    if value.role not in _PLACES:
        return _NO_PLACE.format(value.role)
    if not value.value:
        return _NO_VALUE.format(value.status or "told")
    return "" if value.fy else _NO_YEAR


def _activity(values: Sequence[StatedValue]) -> ET.Element:
    """Return an activity; the standard's order of elements is fixed."""
    first = values[0]
    activity = ET.Element("iati-activity", {"default-currency": "JPY", _LANGUAGE: "ja"})
    reporter = {"ref": f"{_OWN}-{first.ministry}", "type": _GOVERNMENT}
    # An identifier begins with its reporter's and holds no slash.
    own_part = first.activity.removeprefix(f"{BASE}id/").replace("/", "-")
    ET.SubElement(activity, "iati-identifier").text = f"{reporter['ref']}-{own_part}"
    _narrative(ET.SubElement(activity, "reporting-org", {**reporter, "secondary-reporter": "1"}), first.ministry_name)
    _narrative(ET.SubElement(activity, "title"), first.activity_title)
    _narrative(ET.SubElement(activity, "description", {"type": _GENERAL}), first.activity)
    doer = ET.SubElement(activity, "participating-org", {**reporter, "role": _IMPLEMENTING})
    _narrative(doer, first.ministry_name)
    ET.SubElement(activity, "activity-status", {"code": _UNDER_WAY})
    start = f"{min(value.fy for value in values)}-04-01"
    ET.SubElement(activity, "activity-date", {"type": _ACTUAL_START, "iso-date": start})
    ET.SubElement(activity, "recipient-country", {"code": _JAPAN, "percentage": "100"})
    for _, group in groupby(values, key=lambda value: value.indicator):
        activity.append(_result(list(group)))
    return activity


def _result(values: Sequence[StatedValue]) -> ET.Element:
    first = values[0]
    result = ET.Element("result", {"type": _RESULT_TYPES.get(first.kind, _OTHER_RESULT)})
    _narrative(ET.SubElement(result, "title"), first.title)
    ascending = {"ascending": _ASCENDING[first.direction]} if first.direction in _ASCENDING else {}
    indicator = ET.SubElement(result, "indicator", {"measure": _UNIT, **ascending})
    _narrative(ET.SubElement(indicator, "title"), first.title)
    _narrative(ET.SubElement(indicator, "description"), f"{first.document} {first.unit}".strip())
    reference = {"vocabulary": _OWN_VOCABULARY, "vocabulary-uri": BASE, "code": first.indicator}
    ET.SubElement(indicator, "reference", reference)
    for value in values:
        if value.role == "baseline":
            _stated(indicator, value, {"year": value.fy})
    indicator.extend(_periods(value for value in values if value.role != "baseline"))
    return result


def _periods(values: Iterable[StatedValue]) -> Iterator[ET.Element]:
    for year, group in groupby(values, key=lambda value: value.fy):
        period = ET.Element("period")
        # Finance Act, article 11: a fiscal year begins on 1 April.
        ET.SubElement(period, "period-start", {"iso-date": f"{year}-04-01"})
        ET.SubElement(period, "period-end", {"iso-date": f"{int(year) + 1}-03-31"})
        # Targets stand before actuals.
        for value in sorted(group, key=lambda value: value.role != "target"):
            _stated(period, value, {})
        yield period


def _stated(parent: ET.Element, value: StatedValue, attributes: dict[str, str]) -> None:
    element = ET.SubElement(parent, value.role, {**attributes, "value": value.value})
    told = f"{value.comparator or '-'} {value.cell}"
    _narrative(ET.SubElement(element, "comment"), told)


def _narrative(parent: ET.Element, text: str) -> None:
    ET.SubElement(parent, "narrative").text = text
