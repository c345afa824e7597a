"""State the registry: projects, review numbers, organisations, policies, strategies, clauses, measurands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from hyoka_kg.graph.clauses import state_clause
from hyoka_kg.graph.iris import mint, mint_concept, mint_fiscal_year, mint_review_number, part_of
from hyoka_kg.graph.terms import Triple, day, integer, iri, string, term, text
from hyoka_kg.linking.citations import VersionClause
from hyoka_kg.model import Registry, Row

# Of a renamed or merged work the series goes on; a replaced one ends.
_CONTINUATIONS = frozenset({"renamed", "merged"})


def state_registry(registry: Registry) -> Iterator[Triple]:
    """Yield the statements of every registry table."""
    for table, state in _STATE_ROW.items():
        for row in registry[table]:
            yield from state(row)


def state_fiscal_year(year: int) -> Iterator[Triple]:
    """Yield a Japanese fiscal year: 1 April to 31 March (財政法 第11条, Public Finance Act art. 11)."""
    node = mint_fiscal_year(year)
    yield node, term("rdf:type"), term("hyoka:FiscalYear")
    yield node, term("skos:notation"), integer(year)
    yield node, term("skos:prefLabel"), text(f"Japanese fiscal year {year}", "en")
    for end, name, when in (
        ("begin", "time:hasBeginning", date(year, 4, 1)),
        ("end", "time:hasEnd", date(year + 1, 3, 31)),
    ):
        instant = part_of(node, end)
        yield node, term(name), instant
        yield instant, term("rdf:type"), term("time:Instant")
        yield instant, term("time:inXSDDate"), day(when)


def _named(node: str, row: Row, identifier: str, ja: str = "name_ja", en: str = "name_en") -> Iterator[Triple]:
    yield node, term("dcterms:identifier"), string(row[identifier])
    if row[ja]:
        yield node, term("skos:prefLabel"), text(row[ja])
    if row[en]:
        yield node, term("skos:prefLabel"), text(row[en], "en")


def _project(row: Row) -> Iterator[Triple]:
    node = mint("project", row["project_id"])
    yield node, term("rdf:type"), term("hyoka:Project")
    yield node, term("skos:notation"), string(row["project_id"].rpartition("/")[2])
    yield from _named(node, row, "project_id")
    for column, issuer in (("judgit_id", "judgit"), ("rs_id", "rs")):
        if row[column]:
            identifier = mint("external", f"{issuer}/{row[column]}")
            yield node, term("adms:identifier"), identifier
            yield identifier, term("rdf:type"), term("adms:Identifier")
            yield identifier, term("skos:notation"), string(row[column])
            yield identifier, term("adms:schemaAgency"), string(issuer)


def _review_number(row: Row) -> Iterator[Triple]:
    node = mint_review_number(row["ministry"], row["fiscal_year"], row["number"])
    yield node, term("rdf:type"), term("hyoka:ReviewNumber")
    yield node, term("hyoka:numberAsPrinted"), string(row["number_printed"])
    yield node, term("hyoka:numberKind"), mint_concept("number-kind", _number_kind(row["number"]))
    yield node, term("hyoka:fiscalYear"), mint_fiscal_year(int(row["fiscal_year"]))
    yield node, term("hyoka:ministry"), mint("org", row["ministry"])
    yield node, term("hyoka:identifies"), mint("project", row["project_id"])
    yield (
        node,
        term("dcterms:identifier"),
        string(f"{row['ministry']}/fy{row['fiscal_year']}/{row['number']}"),
    )


def _number_kind(number: str) -> str:
    if number.startswith("new"):
        return "new"
    return "branch" if "-" in number else "ordinary"


def _organisation(row: Row) -> Iterator[Triple]:
    node = mint("org", row["org_id"])
    is_ministry = row["kind"] == "ministry"
    yield node, term("rdf:type"), term("org:FormalOrganization" if is_ministry else "org:OrganizationalUnit")
    if is_ministry:
        yield node, term("rdf:type"), term("cpov:PublicOrganisation")
    yield from _named(node, row, "org_id")
    if row["part_of"]:
        yield node, term("org:unitOf"), mint("org", row["part_of"])
    if row["corporate_number_nta"]:
        yield node, term("org:identifier"), string(row["corporate_number_nta"])


def _post(row: Row) -> Iterator[Triple]:
    node = mint("post", row["post_id"])
    yield node, term("rdf:type"), term("org:Post")
    yield from _named(node, row, "post_id", "title_ja", "title_en")
    yield node, term("org:postIn"), mint("org", row["org_id"])


def _policy(row: Row) -> Iterator[Triple]:
    node = mint("policy", row["policy_id"])
    yield node, term("rdf:type"), term("hyoka:Policy")
    yield from _named(node, row, "policy_id")
    if row["field"]:
        yield node, term("hyoka:inField"), mint_concept("policy-field", row["field"])


def _strategy(row: Row) -> Iterator[Triple]:
    node = mint("strategy", row["strategy_id"])
    yield node, term("rdf:type"), term("hyoka:Strategy")
    yield from _named(node, row, "strategy_id")
    if row["issuing_body"]:
        yield node, term("hyoka:issuingBody"), string(row["issuing_body"])
    if row["adopted"]:
        yield node, term("eli:date_document"), day(date.fromisoformat(row["adopted"]))


def _strategy_name(row: Row) -> Iterator[Triple]:
    label = term("skos:hiddenLabel" if row["kind"] == "misprint" else "skos:altLabel")
    yield mint("strategy", row["strategy_id"]), label, text(row["name"])


def _succession(row: Row) -> Iterator[Triple]:
    earlier, later = mint("strategy", row["predecessor"]), mint("strategy", row["successor"])
    yield later, term("dcterms:replaces"), earlier
    if row["relation"] in _CONTINUATIONS:
        yield later, term("hyoka:continues"), earlier


def _strategy_version(row: Row) -> Iterator[Triple]:
    node, strategy = mint("strategy", row["version_id"]), mint("strategy", row["strategy_id"])
    yield node, term("rdf:type"), term("hyoka:StrategyVersion")
    yield node, term("dcterms:identifier"), string(row["version_id"])
    yield node, term("dcterms:title"), text(row["title_ja"])
    yield node, term("skos:prefLabel"), text(f"{row['title_ja']} {row['version_date']}")
    yield node, term("eli:is_member_of"), strategy
    yield strategy, term("eli:has_member"), node
    if row["adopted"]:
        yield node, term("eli:date_document"), day(date.fromisoformat(row["adopted"]))
    yield node, term("eli:version_date"), day(date.fromisoformat(row["version_date"]))
    for edition in row["edition"].split():
        yield node, term("hyoka:edition"), string(edition)
    if row["evidence"]:
        yield node, term("dcterms:source"), text(row["evidence"], "en")


def _clause(row: Row) -> Iterator[Triple]:
    clause = VersionClause(
        row["clause_id"],
        row["version_id"],
        row["parent"],
        row["path"],
        row["marker"],
        row["heading"],
        int(row["depth"]),
    )
    yield from state_clause(clause, "excerpt")
    yield mint("strategy", row["clause_id"]), term("hyoka:sequenceNumber"), integer(int(row["order"]))


def _law(row: Row) -> Iterator[Triple]:
    node = mint("law", row["law_id"])
    yield node, term("rdf:type"), term("eli:LegalResource")
    yield from _named(node, row, "law_id")
    yield node, term("eli:id_local"), string(row["egov_id"])
    yield node, term("rdfs:seeAlso"), iri(f"https://laws.e-gov.go.jp/law/{row['egov_id']}")


def _measurand(row: Row) -> Iterator[Triple]:
    node = mint("measurand", row["measurand_id"])
    yield node, term("rdf:type"), term("hyoka:Measurand")
    yield from _named(node, row, "measurand_id")
    if row["unit"]:
        yield node, term("hyoka:unit"), mint_concept("unit", row["unit"])
    if row["direction"]:
        yield node, term("hyoka:desiredDirection"), mint_concept("direction", row["direction"])


def _theme(row: Row) -> Iterator[Triple]:
    yield mint("doc", row["objective"]), term("hyoka:themePhrase"), string(row["phrase"])


def _reading(row: Row) -> Iterator[Triple]:
    node = mint("reading", row["id"])
    yield node, term("rdf:type"), term("hyoka:Reading")
    yield node, term("dcterms:identifier"), string(row["id"])
    yield node, term("hyoka:readingConfidence"), mint_concept("confidence", row["confidence"])
    yield node, term("dcterms:description"), text(row["reason_ja"])
    yield node, term("dcterms:description"), text(row["reason_en"], "en")
    for number, alternative in enumerate(filter(None, row["alternatives"].split(" | ")), 1):
        spans, _, printed = alternative.partition("=")
        other = part_of(node, "alternative", str(number))
        yield node, term("hyoka:alternativeReading"), other
        yield other, term("rdf:type"), term("hyoka:Reading")
        yield other, term("hyoka:asPrinted"), text(printed)
        yield other, term("dcterms:source"), string(spans)


_STATE_ROW: dict[str, Callable[[Row], Iterator[Triple]]] = {
    "projects": _project,
    "review_numbers": _review_number,
    "organisations": _organisation,
    "posts": _post,
    "policies": _policy,
    "strategies": _strategy,
    "strategy_versions": _strategy_version,
    "strategy_names": _strategy_name,
    "strategy_succession": _succession,
    "clauses": _clause,
    "laws": _law,
    "measurands": _measurand,
    "themes": _theme,
    "readings": _reading,
}
