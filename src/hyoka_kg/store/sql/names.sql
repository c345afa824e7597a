SELECT thing.iri
FROM (
  SELECT DISTINCT hit.thing
  FROM pairs JOIN hit ON hit.id = pairs.rowid
  WHERE pairs MATCH :phrase
    AND (:any_class OR hit.thing IN (SELECT thing FROM kind WHERE class IN (SELECT value FROM json_each(:classes))))
  LIMIT :count
) AS found
JOIN thing ON thing.id = found.thing;
