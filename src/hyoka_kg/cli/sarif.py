"""Findings as a SARIF 2.1.0 log (OASIS), for editors and for the pages of code hosts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from hyoka_kg import __version__
from hyoka_kg.model import Placed, Severity
from hyoka_kg.pipeline.findings import family_of, integrity_rules

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# SARIF 2.1.0, 3.27.10: the levels of a result.
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_FINGERPRINT = "hyokaFinding/v1"


def sarif_log(findings: Sequence[Placed], artifact: str = "") -> dict[str, Any]:
    """Return the log of one run.

    Args:
        findings: The findings.
        artifact: Path of the file that was read, where it is one; else each document is named by its identifier.
    """
    rules = sorted({one.finding.rule for one in findings})
    index = {rule: number for number, rule in enumerate(rules)}
    driver = {"name": "hyoka", "semanticVersion": __version__, "rules": list(_rules(rules))}
    results = [_result(one, index[one.finding.rule], artifact) for one in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rules(used: Iterable[str]) -> Iterable[dict[str, Any]]:
    known = {rule.rule: rule for rule, _ in integrity_rules()}
    for name in used:
        rule, family = known.get(name), family_of(name)
        text = rule.message_en if rule else name
        record: dict[str, Any] = {"id": name, "shortDescription": {"text": text}}
        if family:
            record["help"] = {"text": f"{family['basis_en']} {family['settle_en']}"}
        yield record


def _result(one: Placed, index: int, artifact: str) -> dict[str, Any]:
    finding = one.finding
    location: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": finding.focus}]}
    name = artifact or one.document
    if name:
        location["physicalLocation"] = {"artifactLocation": {"uri": quote(name)}, **_region(one)}
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message_ja} {finding.message_en}"},
        "locations": [location],
        "partialFingerprints": {_FINGERPRINT: _digest(f"{finding.rule} {finding.focus} {finding.message_en}")},
    }


def _region(one: Placed) -> dict[str, Any]:
    if not one.line:
        return {}
    column = {"startColumn": int(one.column)} if one.column else {}
    return {"region": {"startLine": int(one.line), **column}}


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:20]
