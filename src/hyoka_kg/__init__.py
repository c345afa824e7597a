"""hyoka-kg (評価KG): Japanese policy-evaluation papers as one knowledge graph with receipts."""

__version__ = "0.1.0"
