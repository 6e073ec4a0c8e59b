CREATE TABLE IF NOT EXISTS {table} (
  id text PRIMARY KEY,
  record text NOT NULL,
  level text NOT NULL,
  item integer NOT NULL,
  n integer NOT NULL,
  source text NOT NULL,
  kind text NOT NULL,
  municipality text,
  body text,
  date date,
  year integer,
  paragraph text,
  title text NOT NULL,
  text text NOT NULL,
  act text,
  parties text[] NOT NULL,
  outcomes text[] NOT NULL,
  people text[] NOT NULL,
  dnr text[] NOT NULL,
  digest text NOT NULL,
  "of" integer NOT NULL,
  lemmas text NOT NULL,
  parts text NOT NULL,
  folded text NOT NULL,
  by_lemma tsvector GENERATED ALWAYS AS (to_tsvector('simple', lemmas || ' ' || parts)) STORED,
  by_form tsvector GENERATED ALWAYS AS (to_tsvector('simple', folded)) STORED,
  swedish tsvector GENERATED ALWAYS AS (to_tsvector('swedish', title || ' ' || text)) STORED
);
CREATE INDEX IF NOT EXISTS {table}_record ON {table} (record);
CREATE INDEX IF NOT EXISTS {table}_by_lemma ON {table} USING gin (by_lemma);
CREATE INDEX IF NOT EXISTS {table}_by_form ON {table} USING gin (by_form);
CREATE INDEX IF NOT EXISTS {table}_swedish ON {table} USING gin (swedish);
CREATE INDEX IF NOT EXISTS {table}_facets ON {table} (municipality, kind, year)
