-- Actions on many tasks at once. Each is a job of a web process, which says in alive_at that it goes on.
CREATE TABLE bulk_actions (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  action         text NOT NULL CHECK (action IN ('pause', 'resume', 'delete')),
  requested_by   text NOT NULL,
  requested_from text,
  started_at     timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  alive_at       timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  finished_at    timestamptz(3),
  stop_requested boolean NOT NULL DEFAULT false,
  total          integer NOT NULL,
  done           integer NOT NULL DEFAULT 0,
  undone_at      timestamptz(3),
  undone_by      text
);
CREATE INDEX bulk_actions_by_age ON bulk_actions (started_at DESC);

-- What an action did in each source. It is written in the transaction of the tasks themselves.
CREATE TABLE bulk_parts (
  bulk_id    uuid NOT NULL REFERENCES bulk_actions ON DELETE CASCADE,
  source     text NOT NULL,
  position   integer NOT NULL,
  changed    integer NOT NULL DEFAULT 0,
  unchanged  integer NOT NULL DEFAULT 0,
  left_out   jsonb NOT NULL DEFAULT '[]',
  -- Why nothing could be written in this source.
  failure    text,
  request_id bigint,
  PRIMARY KEY (bulk_id, source)
);

-- The tasks that an action changed, as they were before it.
CREATE TABLE bulk_tasks (
  bulk_id uuid NOT NULL REFERENCES bulk_actions ON DELETE CASCADE,
  source  text NOT NULL,
  task_id text NOT NULL,
  before  jsonb NOT NULL,
  PRIMARY KEY (bulk_id, source, task_id)
);
REVOKE ALL ON bulk_actions, bulk_parts, bulk_tasks FROM PUBLIC;
