"""How much of the national corpora the grammar reads: floors that may only rise, and what is known to be unread."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.corpus, pytest.mark.slow]

# literals, and the least that are read
FLOORS = {
    "judgit 事業番号": (51_736, 51_736),
    "judgit 目標値": (39_500, 39_497),
    "judgit 根拠法令": (3_733, 2_670),
    "rs_2024 旧事業番号": (116, 103),
}
TOLD_IN_WORDS = ["前年度実績を上回る水準", "欧州：3便\n北米：維持", "国際3.8\n地域3.8"]


@pytest.fixture(scope="module")
def shares(corpus_dir: Path, root: Path) -> dict[str, Any]:
    measured: dict[str, Any] = runpy.run_path(str(root / "benchmarks" / "value_grammar.py"))["measure"](corpus_dir)
    assert set(measured) == set(FLOORS)
    return measured


@pytest.mark.parametrize("source", FLOORS)
def test_no_less_is_read_than_was(shares: dict[str, Any], source: str) -> None:
    count, least = FLOORS[source]
    share = shares[source]
    assert share.count == count
    assert count - len(share.unread) >= least
    assert all(reason for _, reason in share.unread)


def test_the_targets_that_are_no_numbers_are_known(shares: dict[str, Any]) -> None:
    assert [literal for literal, _ in shares["judgit 目標値"].unread] == TOLD_IN_WORDS
