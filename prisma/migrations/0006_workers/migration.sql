-- Workers that answer. A connection alone proves nothing: that of a stopped process stays open.
CREATE TABLE workers (
  id          uuid PRIMARY KEY,
  labels      text[] NOT NULL,
  -- The sources whose file would be noticed to change, as of that answer.
  watches     text[] NOT NULL DEFAULT '{}',
  answered_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
