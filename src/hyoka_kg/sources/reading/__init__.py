"""What readers of forms share: tokens of a text, the ledger of claims, geometry of cells, constraints."""
