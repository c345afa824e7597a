SELECT count(DISTINCT hit.thing)
FROM pairs JOIN hit ON hit.id = pairs.rowid
WHERE pairs MATCH :phrase
  AND (:any_class OR hit.thing IN (SELECT thing FROM kind WHERE class IN (SELECT value FROM json_each(:classes))))
  AND (:any_thing OR accepts((SELECT iri FROM thing AS one WHERE one.id = hit.thing)));
