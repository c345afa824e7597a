-- The message of the first finding of each group stands for it. The groups are counted in an index, without their texts.
SELECT counted.rule, lower(counted.severity), counted.fy, n, first, message_ja, message_en
FROM (
  SELECT rule, severity, fy, count(*) AS n, min(rowid) AS first
  FROM found
  GROUP BY rule, severity, fy
) AS counted JOIN found ON found.rowid = first
ORDER BY counted.rule, counted.fy, counted.severity;
