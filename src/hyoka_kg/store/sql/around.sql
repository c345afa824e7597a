SELECT iri FROM thing WHERE id BETWEEN :first AND :last ORDER BY id;
