PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT NOT NULL);
CREATE TABLE kind (class TEXT NOT NULL, thing INTEGER NOT NULL, PRIMARY KEY (class, thing)) WITHOUT ROWID;
CREATE TABLE hit (id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, property TEXT NOT NULL, text TEXT NOT NULL);
CREATE VIRTUAL TABLE pairs USING fts5(plain, present, content = '', columnsize = 0, tokenize = 'ascii');
CREATE TEMP TABLE stated (thing TEXT, class TEXT, property TEXT, weight INTEGER, text TEXT);
