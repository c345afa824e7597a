"""Read the literals of the national corpora by the value grammar: shares read, and the first that are not, by kind."""

from __future__ import annotations

import argparse
import csv
import io
import json
import lzma
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hyoka_kg.normalization import parse_value

SHOWN = 50
# 事業番号3 "0" means none: a defect of the data set, not of a number.
NO_NUMBER = (None, "0")
_GROWTH = (2_500, 10_000)
_HARD = ("1", "1,", "(", "第1条の", "1人～", "平成30年度", " ")


@dataclass
class Share:
    """How many literals of one source were read, and which ones were not, in their order.

    Attributes:
        kind: Kind of value that the grammar was asked for.
        count: Literals.
        unread: Literals that were not read, each with the reason.
    """

    kind: str
    count: int = 0
    unread: list[tuple[str, str]] = field(default_factory=list)

    @property
    def read_ratio(self) -> float:
        """Return the share that was read, 0 to 1."""
        return 1 - len(self.unread) / self.count if self.count else 0.0


def measure(corpus: Path) -> dict[str, Share]:
    """Return the share read of each source of literals in a folder with `judgit/` and `rs_2024/`."""
    shares: dict[str, Share] = {}
    for source, kind, literal, unit in literals(corpus):
        share = shares.setdefault(source, Share(kind))
        share.count += 1
        found = parse_value(kind, literal, {"unit": unit})
        if "unparsed" in found or "qualitative" in found:
            share.unread.append((literal, str(found.get("reason", "told in words"))))
    return shares


def literals(corpus: Path) -> Iterator[tuple[str, str, str, str | None]]:
    """Yield source, kind, literal and unit of the heading."""
    for sheet in sheets(corpus):
        for record in (sheet, *(sheet.get("関連する過去のレビューシート") or [])):
            number = joined_number(record)
            if number:
                yield "judgit 事業番号", "project_number", number, None
        for outcome in sheet.get("アウトカム") or []:
            if outcome.get("目標値") is not None:
                yield "judgit 目標値", "indicator_value", str(outcome["目標値"]), outcome.get("単位")
        if sheet.get("根拠法令"):
            yield "judgit 根拠法令", "law", sheet["根拠法令"], None
    for number in former_numbers(corpus):
        yield "rs_2024 旧事業番号", "project_number", number, None


def sheets(corpus: Path) -> Iterator[dict[str, Any]]:
    """Yield every sheet of the JUDGIT! files."""
    for file in sorted((corpus / "judgit").glob("judgit_*.ndjson.xz")):
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def joined_number(record: dict[str, Any]) -> str:
    """Return the project number of a record, from its parts where it is not whole."""
    parts = (record.get(f"事業番号{place}") for place in range(1, 6))
    return record.get("事業番号") or "-".join(part for part in parts if part not in NO_NUMBER)


def former_numbers(corpus: Path) -> Iterator[str]:
    """Yield the free texts of 旧事業番号 in table 1-2 of the RS system."""
    for file in sorted((corpus / "rs_2024").glob("1-2_*.zip")):
        with zipfile.ZipFile(file) as package:
            text = io.TextIOWrapper(package.open(package.namelist()[0]), "utf-8-sig", newline="")
            yield from (row["旧事業番号"] for row in csv.DictReader(text) if row["旧事業番号"])


def print_shares(shares: dict[str, Share]) -> None:
    """Print each share, then what was not read, the first fifty a source."""
    for source, share in shares.items():
        read = share.count - len(share.unread)
        print(f"{source} ({share.kind}): {read:,} of {share.count:,} read, {share.read_ratio:.2%}")
        by_reason: dict[str, list[str]] = defaultdict(list)
        for literal, reason in share.unread[:SHOWN]:
            by_reason[reason if len(reason) < SHOWN else reason[:SHOWN] + "…"].append(literal)
        for reason, unread in by_reason.items():
            print(f"  {reason}")
            print("".join(f"    {one[:90]!r}\n" for one in unread), end="")


def print_growth(kinds: Iterable[str]) -> None:
    """Print how much longer a text of four times the length takes: about 4 where time is linear."""
    short, long = _GROWTH
    for kind in sorted(kinds):
        ratios = {piece: _seconds(kind, piece, long) / _seconds(kind, piece, short) for piece in _HARD}
        piece, ratio = max(ratios.items(), key=lambda one: one[1])
        print(f"{kind}: {long:,} characters / {short:,} characters: {ratio:.1f} times at most (of {piece!r})")


def _seconds(kind: str, piece: str, length: int) -> float:
    literal = ("1" + piece * length)[: length - 1] + "x"
    times = []
    for _ in range(5):
        begun = time.process_time()
        for _ in range(20):
            parse_value(kind, literal)
        times.append(time.process_time() - begun)
    return max(min(times), 1e-6)


def main() -> None:
    """Print the shares of a corpus, and the growth of time with the length of a text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder with judgit/ and rs_2024/")
    shares = measure(parser.parse_args().corpus)
    print_shares(shares)
    print_growth({share.kind for share in shares.values()})


if __name__ == "__main__":
    main()
