"""Records to statements: IRIs, triples in named graphs, and where each comes from."""
