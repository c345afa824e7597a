SELECT thing.iri
FROM (
  SELECT DISTINCT thing
  FROM kind
  WHERE class IN (SELECT value FROM json_each(:classes)) AND thing >= :first AND thing < :after
  ORDER BY thing
  LIMIT :count OFFSET :start
) AS found
JOIN thing ON thing.id = found.thing
ORDER BY thing.id;
