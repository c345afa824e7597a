"""The reader against 300 strings of the corpora that were judged by hand before it existed.

`gold/strings.csv` holds the strings by stratum, `gold/judgements.csv` what each cites: the work, the dates of the
versions as far as the string tells them (a day, a month, a year, or #edition), the clauses. `optional` says `yes`
where the version may also stay open, `none` where it must: the string contradicts itself.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from hyoka_kg.linking.citations import Resolved, StrategyIndex, resolve_text
from hyoka_kg.model import Registry
from hyoka_kg.normalization.citations import title_key

GOLD = Path(__file__).parent / "gold"
Judgement = dict[str, str]


def _rows(name: str) -> list[dict[str, str]]:
    with (GOLD / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


STRINGS = _rows("strings.csv")
JUDGED: dict[str, list[Judgement]] = defaultdict(list)
for _judgement in _rows("judgements.csv"):
    JUDGED[_judgement["string"]].append(_judgement)


def _works(judgement: Judgement, strategies: StrategyIndex) -> set[str]:
    titles = judgement["work"].split("//")
    return {use.strategy_id for title in titles for use in strategies.names.get(title_key(title), ())}


def _fits(one: Resolved, judgement: Judgement, versions: dict[str, dict[str, str]]) -> bool:
    """Return whether the versions found are those judged; none is never wrong, one too many always is."""
    told = judgement["version"].split(";")
    if judgement["optional"] == "none":
        return not one.versions
    found = [versions[version] for version in one.versions]
    if told[0].startswith("#"):
        number = told[0][1:]
        return all(number in {e.partition(":")[2][: len(number)] for e in v["edition"].split()} for v in found)
    return all(told[0] and any(version["version_date"].startswith(day) for day in told) for version in found)


@pytest.fixture(scope="module")
def matched(strategies: StrategyIndex, registry: Registry) -> list[tuple[Judgement | None, Resolved | None, bool]]:
    """Return judgements with what was resolved for them; what stands alone was missed, or made up."""
    versions = {row["version_id"]: dict(row.values) for row in registry["strategy_versions"]}
    pairs: list[tuple[Judgement | None, Resolved | None, bool]] = []
    for string in STRINGS:
        waiting = list(JUDGED[string["id"]])
        for one in resolve_text(string["string"], strategies):
            if not one.strategy_id:
                continue
            own = [j for j in waiting if one.strategy_id in _works(j, strategies) and _fits(one, j, versions)]
            pairs.append((own[0] if own else None, one, bool(own)))
            if own:
                waiting.remove(own[0])
        pairs += [(judgement, None, bool(_works(judgement, strategies))) for judgement in waiting]
    return pairs


def test_the_sample_is_as_it_was_drawn() -> None:
    strata = Counter(string["stratum"] for string in STRINGS)
    assert strata == {
        "frequent": 115, "digital": 30, "lines": 30, "located": 30,
        "basic-policy": 25, "joined": 25, "undated": 25, "odd": 20,
    }  # fmt: skip
    assert sum(map(len, JUDGED.values())) == 555


def test_what_is_resolved_is_right(matched: list[tuple[Judgement | None, Resolved | None, bool]]) -> None:
    resolved = [(judgement, one) for judgement, one, _ in matched if one is not None]
    wrong = [one.citation.title for judgement, one in resolved if judgement is None]
    assert len(resolved) >= 470
    assert (len(resolved) - len(wrong)) / len(resolved) >= 0.99, wrong


def test_what_is_registered_is_found(matched: list[tuple[Judgement | None, Resolved | None, bool]]) -> None:
    found = missed = 0
    for judgement, one, is_registered in matched:
        if judgement is None or not is_registered:
            continue
        must_tell = judgement["version"] and not judgement["optional"]
        is_found = one is not None and bool(one.versions or not must_tell)
        found, missed = found + is_found, missed + (not is_found)
    assert found + missed >= 475
    assert found / (found + missed) >= 0.90


def test_contradictions_never_get_a_version(matched: list[tuple[Judgement | None, Resolved | None, bool]]) -> None:
    impossible = [(j, one) for j, one, _ in matched if j is not None and j["optional"] == "none"]
    assert len(impossible) == 8
    assert [one.versions for _, one in impossible if one is not None] == [()] * 8
    assert all(one is not None and one.flags for _, one in impossible)


def test_clauses_are_found_where_they_were_judged(
    matched: list[tuple[Judgement | None, Resolved | None, bool]],
) -> None:
    located = [(j["places"].split(";"), one) for j, one, _ in matched if j and j["places"] and one]
    assert len(located) >= 29
    assert [[place.printed for place in one.citation.places] for _, one in located] == [told for told, _ in located]
