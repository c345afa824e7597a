"""One project (事業): its money, indicators, numbers, payees and lineage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hyoka_kg.api.answers import Answer
from hyoka_kg.query import load_catalogue, run_canned
from hyoka_kg.store import GraphStore
from hyoka_kg.vocabulary import compact

if TYPE_CHECKING:
    from hyoka_kg.pipeline.lineage import River
    from hyoka_kg.pipeline.tracing import TraceNode

_COMPETENCY, _PAGES = "competency", "pages"


@dataclass(frozen=True, slots=True, repr=False)
class Project:
    """A project of the graph; what it returns is asked when it is called.

    Attributes:
        store: The graph.
        iri: IRI of the project.

    >>> project = kg.project("juki-net-security")
    >>> project
    <Project hyk:project/mic/juki-net-security>
    """

    store: GraphStore
    iri: str

    def __repr__(self) -> str:
        return f"<Project {compact(self.iri)}>"

    def name(self) -> str:
        """Return its name (事業名), or its prefixed IRI where no paper names it.

        >>> kg.project("juki-net-security").name()
        '住民基本台帳ネットワークシステムセキュリティ対策経費'
        """
        rows = self._ask(_PAGES, "thing", "thing").terms.as_text()
        names = (row[key] for key in ("label_ja", "title", "printed", "label_en") for row in rows if row[key])
        return next(names, compact(self.iri))

    def money(self) -> Answer:
        """Return its budget, execution and requests by fiscal year and phase, in million yen, with receipts (cq12).

        >>> money = kg.project("juki-net-security").money()
        >>> {row["phase"] for row in money if row["fy"] == 2016} >= {"initial", "executed"}
        True
        """
        return self._ask(_COMPETENCY, "cq12", "project")

    def indicators(self) -> Answer:
        """Return its indicators (指標) with the document that tells each; ask tr03 for one's targets and actuals.

        >>> indicator = kg.project("juki-net-security").indicators()[0]["indicator_iri"]
        >>> kg.query("tr03", indicator=indicator).columns[:4]
        ('fy', 'role', 'comparator', 'value')
        """
        return self._ask(_PAGES, "project_indicators", "thing")

    def numbers(self) -> Answer:
        """Return its review numbers (事業番号) by publication year, with the papers that say so (cq11).

        >>> number = kg.project("juki-net-security").numbers()[0]
        >>> number["fy"], number["review_number"], number["stated_in"]
        (2010, '0032-2', 'mic-review-sheet-fy2018-0036')
        """
        return self._ask(_COMPETENCY, "cq11", "project")

    def payments(self) -> Answer:
        """Return whom it paid (支出先), in million yen.

        >>> payments = kg.project("juki-net-security").payments()
        >>> len(payments), payments[0]["fy"], payments[0]["amount_mjpy"]
        (10, 2017, Decimal('0.1'))
        """
        return self._ask(_PAGES, "project_payments", "thing")

    def findings(self) -> Answer:
        """Return what is odd about what its papers say: contradictions, gaps, moved goals.

        >>> finding = kg.project("juki-net-security").findings()[0]
        >>> finding["rule"], finding["severity"], finding["document"]
        ('BEH-02', 'info', 'mic-review-sheet-fy2018-0036')
        """
        kept = self.store.judgements
        return self._ask(_PAGES, "findings_of", "thing") if kept is None else Answer(kept.about(self.iri))

    def lineage(self) -> River:
        """Return its sheets year by year, with the claims between them and their evidence (系譜).

        >>> river = kg.project("juki-net-security").lineage()
        >>> [sheet.fiscal_year for sheet in river.sheets][:3], len(river.sheets)
        ([2010, 2011, 2012], 12)
        """
        from hyoka_kg.pipeline.lineage import lineage_of

        return lineage_of(self.store, self.iri)

    def trace(self) -> TraceNode:
        """Return the way from it to policies, strategies and their clauses, as a tree with receipts.

        >>> policy = kg.project("juki-net-security").trace().children[0]
        >>> policy.label, policy.receipts[0].document, policy.receipts[0].line
        ('電子政府・電子自治体の推進', 'mic-ex-ante-fy2017-08', '116')
        """
        from hyoka_kg.pipeline.tracing import trace

        return trace(self.store, self.iri)

    def _ask(self, folder: str, query: str, parameter: str) -> Answer:
        return Answer(run_canned(self.store, load_catalogue(folder)[query], {parameter: self.iri}))
