"""How much of the national corpus the grammar reads: all project numbers, and all targets but a few in words."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hyoka_kg.normalization import parse_value

pytestmark = [pytest.mark.corpus, pytest.mark.slow]

_SHOWN = 50
# 事業番号3 "0" means none: a defect of the data set, not of a number.
_NO_NUMBER = (None, "0")


def sheets(corpus: Path) -> Iterator[dict[str, Any]]:
    files = sorted((corpus / "judgit").glob("judgit_*.ndjson.xz"))
    assert len(files) == 8
    for file in files:
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def joined_number(record: dict[str, Any]) -> str:
    parts = (record.get(f"事業番号{place}") for place in range(1, 6))
    return record.get("事業番号") or "-".join(part for part in parts if part not in _NO_NUMBER)


def test_every_project_number_is_read(corpus_dir: Path) -> None:
    numbers = []
    for sheet in sheets(corpus_dir):
        numbers.append(joined_number(sheet))
        numbers += filter(None, map(joined_number, sheet.get("関連する過去のレビューシート") or []))
    unread = [number for number in numbers if "unparsed" in parse_value("project_number", number)]
    assert len(numbers) == 51_736
    assert unread[:_SHOWN] == []


def test_every_target_is_read_but_the_few_told_in_words(corpus_dir: Path) -> None:
    unread, count = [], 0
    for sheet in sheets(corpus_dir):
        for outcome in sheet.get("アウトカム") or []:
            if outcome.get("目標値") is None:
                continue
            count += 1
            parsed = parse_value("indicator_value", str(outcome["目標値"]), {"unit": outcome.get("単位")})
            if "qualitative" in parsed or "unparsed" in parsed:
                unread.append(outcome["目標値"])
    assert count == 39_500
    assert unread[:_SHOWN] == ["前年度実績を上回る水準", "欧州：3便\n北米：維持", "国際3.8\n地域3.8"]
