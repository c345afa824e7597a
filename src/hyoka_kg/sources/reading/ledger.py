"""The ledger of one reading: what is claimed, which characters are used up, what is left and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from hyoka_kg.model import Block, CellKey, Claim, ClaimState, Line, ReadingIssue, Residue, Stretch, ValueStatus
from hyoka_kg.normalization import parse_value

OPEN = ClaimState.OPEN
INFERRED = ClaimState.INFERRED
EXPLICIT = ClaimState.EXPLICIT


@dataclass
class Ledger:
    """Claims and issues as they are found; `used` are the intervals of each line that are spoken for."""

    claims: list[Claim] = field(default_factory=list)
    issues: list[ReadingIssue] = field(default_factory=list)
    used: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def claim(self, subject: str, name: str, stretch: Stretch, rule: str = "", **more: Any) -> None:
        """Claim that a stretch of the source is a field; `rule` names the inference, if it is one."""
        printed = more.pop("printed", None) or stretch.printed
        self.use(stretch)
        state = INFERRED if rule else EXPLICIT
        status = more.pop("status", None) or status_of(printed)
        claim = Claim(subject, name, printed, stretch.page, pieces=stretch.pieces, state=state, rule=rule)
        self.claims.append(replace(claim, status=status, **more))

    def absent(self, subject: str, name: str, page: int, year: int | None = None) -> None:
        """Claim that the form has the field and prints nothing in it."""
        self.claims.append(
            Claim(subject, name, "", page, year, status=ValueStatus.NOT_PRINTED, state=ClaimState.NOT_IN_SOURCE)
        )

    def open(self, subject: str, name: str, page: int | None, rule: str = "", year: int | None = None) -> None:
        """Say that a field of the form was found without a value that could be told."""
        status = ValueStatus.UNREADABLE
        self.claims.append(Claim(subject, name, "", page, year, status=status, state=OPEN, rule=rule))

    def structure(self, subject: str, name: str, value: str, rule: str) -> None:
        """Claim a link between things of the form that is printed nowhere."""
        self.claims.append(Claim(subject, name, "", None, value=value, state=INFERRED, rule=rule))

    def use(self, stretch: Stretch) -> None:
        """Say that the characters of a stretch are read: as a value or as a label."""
        for part in stretch.parts:
            self.used[part.line.number].append((part.start, part.end))

    def is_used(self, stretch: Stretch) -> bool:
        """Return whether the first character of a stretch is read already."""
        part = stretch.parts[0]
        return any(start <= part.start < end for start, end in self.used[part.line.number])

    def issue(self, code: str, place: str, detail: str) -> None:
        """Report a rule that does not hold, or a refusal."""
        self.issues.append(ReadingIssue(code, place, detail))

    def settle(self) -> tuple[Claim, ...]:
        """Return the claims, each key once; where two literals claim one key, neither wins and an issue says so."""
        by_key: dict[CellKey, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            by_key[claim.key].append(claim)
        return tuple(self._settle_one(group) for group in by_key.values())

    def _settle_one(self, group: list[Claim]) -> Claim:
        told = [claim for claim in group if claim.state is not OPEN]
        first = (told or group)[0]
        if len({claim.printed for claim in told}) <= 1:
            return first
        places = "; ".join(f"{claim.printed} ({claim.place})" for claim in told)
        self.issue("two_values", f"{first.subject} {first.field}", places)
        return Claim(
            first.subject, first.field, "", first.page, first.fiscal_year,
            status=ValueStatus.UNREADABLE, state=OPEN, rule="two_values",
        )  # fmt: skip


def status_of(printed: str) -> ValueStatus:
    """Return whether a literal is a value, a zero, a dash, or a word for 'not yet'."""
    amount = parse_value("amount", printed)
    missing = amount.get("missing")
    if missing == "dash":
        return ValueStatus.DASH
    if missing == "pending":
        return ValueStatus.NOT_YET
    if missing == "empty":
        return ValueStatus.NOT_PRINTED
    value = amount.get("value")
    return ValueStatus.ZERO if value is not None and float(str(value)) == 0 else ValueStatus.REPORTED


def residue_of(blocks: Iterable[Block], used: dict[int, list[tuple[int, int]]], reason: str) -> tuple[Residue, ...]:
    """Return every run of characters that nobody read, line by line."""
    found: list[Residue] = []
    for block in blocks:
        for line in block.lines:
            for start, end in _gaps(line, used.get(line.number, [])):
                text = line.text[start:end].strip()
                if text:
                    whole = text == line.text.strip()
                    place = str(line.number) if whole else f"{line.number}:{start}-{end}"
                    found.append(Residue(line.page, place, text, reason))
    return tuple(found)


def _gaps(line: Line, used: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in sorted(used):
        if start > at:
            yield at, start
        at = max(at, end)
    if at < len(line.text):
        yield at, len(line.text)
