"""Turn the rows of an integrity query into findings: each row is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hyoka_kg.errors import QueryError
from hyoka_kg.model import Finding, Severity
from hyoka_kg.validation.messages import fill

_FOCUS = "focus"


@dataclass(frozen=True, slots=True)
class IntegrityRule:
    """What the header of an integrity query says about its rule.

    Attributes:
        rule: Rule id.
        severity: How much a finding weighs.
        message_ja: The sentence in Japanese, with holes for columns.
        message_en: The sentence in English.
        context: The query of `queries/maintenance` that tells what stands around two statements that differ, or empty.
        adds_up: The part of a paper (entry) whose amounts it adds up, or empty: it is silent where one was not read.
    """

    rule: str
    severity: Severity
    message_ja: str
    message_en: str
    context: str = ""
    adds_up: str = ""

    @classmethod
    def from_header(cls, name: str, header: Mapping[str, Any]) -> IntegrityRule:
        """Return the rule of a query's header.

        Raises:
            QueryError: The header lacks the rule id, severity or a message.
        """
        try:
            severity, more = Severity(header["severity"]), (header.get(name, "") for name in ("context", "adds_up"))
            return cls(header["rule"], severity, header["message_ja"], header["message_en"], *more)
        except (KeyError, ValueError) as error:
            raise QueryError(f"queries/integrity/{name}.rq: the header lacks or misspells {error}.") from error


def findings_of(rule: IntegrityRule, rows: Iterable[Mapping[str, str]]) -> Iterator[Finding]:
    """Yield a finding a row; the column `focus` is the thing concerned."""
    for row in rows:
        values = {name: value for name, value in row.items() if name != _FOCUS}
        yield Finding(
            rule=rule.rule,
            severity=rule.severity,
            focus=row[_FOCUS],
            values=tuple(values.items()),
            message_ja=fill(rule.message_ja, values),
            message_en=fill(rule.message_en, values),
        )
