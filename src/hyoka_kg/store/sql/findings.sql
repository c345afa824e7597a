CREATE TABLE IF NOT EXISTS asked (
  rule TEXT PRIMARY KEY, findings INTEGER NOT NULL, seconds REAL NOT NULL, mebibytes INTEGER NOT NULL, cut TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS found (
  rule TEXT NOT NULL, severity TEXT NOT NULL, focus TEXT NOT NULL, told TEXT NOT NULL,
  message_ja TEXT NOT NULL, message_en TEXT NOT NULL,
  document TEXT NOT NULL, ministry TEXT NOT NULL, fy TEXT NOT NULL, project TEXT NOT NULL,
  page TEXT NOT NULL, line TEXT NOT NULL, character TEXT NOT NULL,
  UNIQUE (rule, focus, told)
);
CREATE INDEX IF NOT EXISTS found_rule ON found (rule, severity, fy);
CREATE INDEX IF NOT EXISTS found_ministry ON found (ministry, rule);
CREATE INDEX IF NOT EXISTS found_project ON found (project);
CREATE INDEX IF NOT EXISTS found_document ON found (document);
CREATE INDEX IF NOT EXISTS found_focus ON found (focus);
