-- Objects of other systems, which are pulled into this database, one way.
ALTER TABLE sources ADD COLUMN kind text NOT NULL DEFAULT 'yaml-file';
-- Of a source that is pulled: the type of its objects, and the source that has their parents.
ALTER TABLE sources ADD COLUMN object_type text;
ALTER TABLE sources ADD COLUMN parent_source text;

-- What is read by SQL is the view `objects` below.
CREATE TABLE stored_objects (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source        text NOT NULL,
  type          text NOT NULL,
  external_id   text NOT NULL,
  parent_source text,
  parent_id     text,
  data          jsonb NOT NULL,
  -- Of the data: equal exactly for equal data.
  fingerprint   text NOT NULL,
  -- As the other system tells it.
  updated_at    timestamptz(3),
  first_seen_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  last_seen_at  timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  changed_at    timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  -- The other system does not have it any more. The row stays, for the history.
  deleted_at    timestamptz(3),
  UNIQUE (source, external_id)
);
CREATE INDEX stored_objects_by_parent ON stored_objects (parent_source, parent_id, id);
CREATE INDEX stored_objects_by_source ON stored_objects (source, id);

-- What a source's pulls have learned, one row for each source. A pull that finds an object unchanged does not write its
-- row, so that it was seen stands here.
CREATE TABLE object_sources (
  source     text PRIMARY KEY,
  -- When the last complete full pull began: each object that is not deleted was seen by it.
  full_at    timestamptz(3),
  -- When the last complete pull of any kind began: what is stored was the state of things then.
  checked_at timestamptz(3),
  -- The types that each field was seen with: {"budget": ["number"]}.
  fields     jsonb NOT NULL DEFAULT '{}'
);

CREATE VIEW objects AS
  SELECT o.source, o.type, o.external_id, o.parent_id, o.data, o.fingerprint, o.first_seen_at,
         CASE WHEN o.deleted_at IS NULL THEN greatest(o.last_seen_at, s.full_at) ELSE o.last_seen_at END AS last_seen_at,
         o.changed_at, o.deleted_at, o.parent_source, o.updated_at, o.id
    FROM stored_objects o LEFT JOIN object_sources s ON s.source = o.source;

-- The record of each pull: what proves that it was complete.
CREATE TABLE pulls (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  seq           bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  source        text NOT NULL,
  -- The run that this pull is, or will be: its changes are stored while it goes on.
  run_id        uuid NOT NULL,
  kind          text NOT NULL CHECK (kind IN ('full', 'incremental', 'part')),
  -- Of the configuration: a pull that was begun with another one is not gone on with.
  config        text NOT NULL,
  -- What was asked for: a pull goes on only for the same.
  wish          text NOT NULL,
  state         text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'complete', 'incomplete', 'halted', 'abandoned')),
  -- Who writes: a process that lost the source writes nothing more.
  holder        uuid NOT NULL,
  pass          integer NOT NULL DEFAULT 1,
  started_at    timestamptz(3) NOT NULL,
  finished_at   timestamptz(3),
  resumed       integer NOT NULL DEFAULT 0,
  pages         integer NOT NULL DEFAULT 0,
  items         integer NOT NULL DEFAULT 0,
  unique_ids    integer NOT NULL DEFAULT 0,
  declared_total integer,
  lists         integer,
  lists_read    integer NOT NULL DEFAULT 0,
  last_request  text,
  first_page    text CHECK (first_page IN ('unchanged', 'changed')),
  created       integer NOT NULL DEFAULT 0,
  updated       integer NOT NULL DEFAULT 0,
  deleted       integer NOT NULL DEFAULT 0,
  -- Why it proves nothing; NULL where it is complete.
  reason        text,
  problems      jsonb NOT NULL DEFAULT '[]'
);
CREATE UNIQUE INDEX pulls_running ON pulls (source) WHERE state = 'running';
CREATE INDEX pulls_by_source ON pulls (source, seq DESC);

-- The lists of a source: one, with the key '', or one for each parent. Each has a cursor of its own.
CREATE TABLE pull_lists (
  source     text NOT NULL,
  parent     text NOT NULL,
  config     text NOT NULL,
  cursor     jsonb,
  validators jsonb,
  -- How far the pull that goes on is with this list.
  pull       uuid,
  progress   jsonb,
  PRIMARY KEY (source, parent)
);

-- What a pull has seen that may find deletions. It is not kept when PostgreSQL crashes: then the numbers differ, and the
-- pull proves nothing.
CREATE UNLOGGED TABLE object_sightings (
  pull        uuid NOT NULL,
  external_id text NOT NULL,
  pass        integer NOT NULL,
  PRIMARY KEY (pull, external_id)
);

-- The history of objects, append-only as that of tasks.
CREATE TABLE object_changes (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id      uuid NOT NULL,
  source      text NOT NULL,
  external_id text NOT NULL,
  action      text NOT NULL CHECK (action IN ('create', 'update', 'delete')),
  before      jsonb,
  after       jsonb,
  at          timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX object_changes_by_object ON object_changes (source, external_id, id);
CREATE INDEX object_changes_by_run ON object_changes (run_id, external_id);
CREATE TRIGGER object_changes_kept BEFORE UPDATE OR DELETE ON object_changes FOR EACH ROW EXECUTE FUNCTION lockstep_keep_history();
CREATE TRIGGER object_changes_not_emptied BEFORE TRUNCATE ON object_changes FOR EACH STATEMENT EXECUTE FUNCTION lockstep_keep_history();
