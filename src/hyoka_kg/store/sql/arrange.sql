-- Number things by name, and texts in the order in which they are shown.
INSERT INTO thing (iri) SELECT DISTINCT thing FROM stated ORDER BY thing;
CREATE UNIQUE INDEX thing_iri ON thing (iri);
INSERT INTO kind SELECT DISTINCT class, thing.id FROM stated JOIN thing ON iri = stated.thing WHERE class <> '';
CREATE INDEX kind_thing ON kind (thing);
INSERT INTO hit (thing, property, text)
SELECT thing.id, property, text
FROM (SELECT DISTINCT thing, property, weight, text FROM stated) AS one JOIN thing ON iri = one.thing
ORDER BY weight, length(text), thing.id, property, text;
DROP TABLE stated;
DROP INDEX thing_iri;
