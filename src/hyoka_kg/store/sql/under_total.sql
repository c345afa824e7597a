SELECT count(DISTINCT thing)
FROM kind
WHERE class IN (SELECT value FROM json_each(:classes)) AND thing >= :first AND thing < :after;
