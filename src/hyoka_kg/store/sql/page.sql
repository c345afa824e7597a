SELECT thing.iri, hit.property, hit.text, found.texts,
  (SELECT group_concat(class, ' ') FROM kind WHERE kind.thing = thing.id)
FROM (
  SELECT min(hit.id) AS id, count(*) AS texts
  FROM pairs JOIN hit ON hit.id = pairs.rowid
  WHERE pairs MATCH :phrase
    AND (:any_class OR hit.thing IN (SELECT thing FROM kind WHERE class IN (SELECT value FROM json_each(:classes))))
    AND (:any_thing OR accepts((SELECT iri FROM thing AS one WHERE one.id = hit.thing)))
  GROUP BY hit.thing
  ORDER BY 1
  LIMIT :count OFFSET :start
) AS found
JOIN hit ON hit.id = found.id
JOIN thing ON thing.id = hit.thing
ORDER BY hit.id;
