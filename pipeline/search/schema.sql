-- One file, opened by any SQLite with FTS5: stock tokenizers only, so Datasette and the sqlite3 shell read it too.

CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  kind TEXT NOT NULL,
  municipality TEXT,
  date TEXT,
  quality TEXT NOT NULL,
  digest TEXT NOT NULL,      -- of the record as it came: unchanged records are skipped
  fate TEXT NOT NULL,        -- what became of it by its case, as JSON; empty where unknown
  record BLOB NOT NULL       -- the record packed, but for the texts of its entries: see packing.py
);
CREATE INDEX documents_source ON documents (source);

CREATE TABLE entries (
  rowid INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  record TEXT NOT NULL REFERENCES documents (id),
  level TEXT NOT NULL,       -- matter or proposal
  item INTEGER NOT NULL,
  n INTEGER NOT NULL,
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  municipality TEXT,
  body TEXT,
  date TEXT,
  year INTEGER,
  paragraph TEXT,
  title TEXT NOT NULL,
  act TEXT,
  parties TEXT NOT NULL,     -- JSON lists, for Datasette's array facets
  outcomes TEXT NOT NULL,
  people TEXT NOT NULL,
  dnr TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX entries_record ON entries (record);

-- What filters and facets read. Entries with the same values share a row of ``alike``, so that counting 20,000 hits
-- reads two numbers for each and no text.
CREATE TABLE alike (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  municipality TEXT,
  body TEXT,
  year INTEGER,
  parties TEXT NOT NULL,
  outcomes TEXT NOT NULL
);
CREATE INDEX alike_values ON alike (kind, municipality, body, year, parties, outcomes);
CREATE TABLE facets (
  rowid INTEGER PRIMARY KEY,
  level TEXT NOT NULL,
  alike INTEGER NOT NULL REFERENCES alike (id),
  date TEXT
);

CREATE VIRTUAL TABLE exact USING fts5 (
  title, text, people, dnr, content="entries", tokenize='unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE lemma USING fts5 (
  title, text, people, dnr, parts, content='', tokenize='unicode61 remove_diacritics 2'
);

-- Every word form met: leads from what is typed without dots, or misspelt, to what is printed.
CREATE TABLE vocabulary (
  word TEXT PRIMARY KEY,
  folded TEXT NOT NULL,
  lemma TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX vocabulary_folded ON vocabulary (folded);

CREATE TABLE cases (id TEXT PRIMARY KEY, title TEXT, motion TEXT, outcome TEXT, decided TEXT, json TEXT NOT NULL);
CREATE TABLE case_documents (record TEXT NOT NULL, case_id TEXT NOT NULL, PRIMARY KEY (record, case_id)) WITHOUT ROWID;
