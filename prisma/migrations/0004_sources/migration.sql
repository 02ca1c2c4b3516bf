-- What a worker read in `sources.yml`, beside `settings`, which holds what was edited here: {settings, origins}.
ALTER TABLE sources ADD COLUMN base jsonb NOT NULL DEFAULT '{"settings": {}, "origins": {}}';
-- Set where the source is no longer in `sources.yml`: nothing of it is deleted, and nothing synced.
ALTER TABLE sources ADD COLUMN removed_at timestamptz(3);

-- What changes with every run, also one that finds nothing to do: small rows, apart from those that are wide.
CREATE TABLE source_health (
  source          text PRIMARY KEY,
  last_success_at timestamptz(3),
  -- Since when it has been told to be stale; NULL while it is not.
  stale_since     timestamptz(3),
  -- The last run that did not happen by itself: {at, trigger, reason}.
  last_skip       jsonb
);
INSERT INTO source_health (source, last_success_at)
  SELECT s.id, (SELECT max(r.finished_at) FROM runs r WHERE r.source = s.id AND r.outcome IN ('succeeded', 'conflicted'))
    FROM sources s;

-- Each `sources.yml` as a worker last read it.
CREATE TABLE source_files (
  path     text PRIMARY KEY,
  problems jsonb NOT NULL DEFAULT '[]',
  read_at  timestamptz(3) NOT NULL DEFAULT now()
);

-- Sources that run together, parents before their dependents. Planned once; any process moves it on.
CREATE TABLE rounds (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  trigger      text NOT NULL,
  requested_by text NOT NULL,
  requested_from text,
  started_at   timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  finished_at  timestamptz(3)
);
CREATE INDEX rounds_open ON rounds (started_at) WHERE finished_at IS NULL;
CREATE INDEX rounds_by_age ON rounds (finished_at);

CREATE TABLE round_sources (
  round_id   uuid NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
  source     text NOT NULL,
  position   integer NOT NULL,
  -- Those of this round that it waits for.
  parents    text[] NOT NULL,
  -- Not due itself: runs only when one of these changed something.
  cascades_from text[],
  state      text NOT NULL DEFAULT 'waiting'
             CHECK (state IN ('waiting', 'running', 'succeeded', 'conflicted', 'halted', 'failed', 'skipped', 'unneeded')),
  changed    boolean NOT NULL DEFAULT false,
  reason     text,
  -- What is wanted of its run beyond a plain one.
  options    jsonb,
  request_id bigint,
  PRIMARY KEY (round_id, source)
);

-- A request of a round is never merged with a nudge: the round waits for this very one.
ALTER TABLE sync_requests ADD COLUMN round_id uuid;
DROP INDEX sync_requests_nudge;
CREATE UNIQUE INDEX sync_requests_nudge ON sync_requests (source, trigger)
  WHERE answered_at IS NULL AND NOT claimed AND options IS NULL AND round_id IS NULL AND trigger IN ('watch', 'database', 'schedule');
