-- The message of the first finding of each group stands for it: SQLite takes the other columns of the row of min().
SELECT rule, lower(severity), fy, count(*), min(rowid), message_ja, message_en
FROM found
GROUP BY rule, severity, fy
ORDER BY rule, fy;
