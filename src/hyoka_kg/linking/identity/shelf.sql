-- name: create
CREATE TABLE IF NOT EXISTS sheets (
  year INTEGER, ministry TEXT, number TEXT, record BLOB, PRIMARY KEY (year, ministry, number)
) WITHOUT ROWID;
-- name: put
INSERT OR REPLACE INTO sheets VALUES (?, ?, ?, ?);
-- name: get
SELECT record FROM sheets WHERE year = ? AND ministry = ? AND number = ?;
-- name: years
SELECT DISTINCT year FROM sheets ORDER BY year;
-- name: keys
SELECT ministry, year, number FROM sheets ORDER BY year, ministry, number;
-- name: of_year
SELECT ministry, number, record FROM sheets WHERE year = ? ORDER BY ministry, number;
