-- Views of the task list that people keep: search, filters, order and columns, as the page's address says them.
CREATE TABLE saved_views (
  id       uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  owner    text NOT NULL REFERENCES access_users ON DELETE CASCADE,
  name     text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  query    text NOT NULL CHECK (length(query) <= 4000),
  -- Whether everyone has it in their menu.
  shared   boolean NOT NULL DEFAULT false,
  saved_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (owner, name)
);
REVOKE ALL ON saved_views FROM PUBLIC;
