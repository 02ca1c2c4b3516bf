-- One registered YAML file, what was last known of it, and what stands in its way.
CREATE TABLE sources (
  id               text PRIMARY KEY,
  path             text NOT NULL,
  settings         jsonb NOT NULL DEFAULT '{}',
  -- The file's revision when a run last committed: every task that is not pending then equalled its ancestor.
  file_revision    text,
  file_size        bigint,
  file_modified_at timestamptz(3),
  problems         jsonb NOT NULL DEFAULT '[]',
  halt             jsonb,
  phase            text NOT NULL DEFAULT 'idle',
  progress         jsonb,
  failures         integer NOT NULL DEFAULT 0,
  compared_at      timestamptz(3),
  -- When the periodic sync is due; whichever worker moves it on first has the turn.
  next_sync_at     timestamptz(3),
  created_at       timestamptz(3) NOT NULL DEFAULT now()
);

-- The database side. People edit it with SQL, so it guards what a CHECK can guard.
CREATE TABLE tasks (
  source        text NOT NULL DEFAULT 'default',
  id            text NOT NULL CHECK (id ~ '^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$'),
  skill_name    text NOT NULL CHECK (btrim(skill_name) <> ''),
  schedule_cron text NOT NULL,
  next_run_at   timestamptz(3),
  timezone      text NOT NULL DEFAULT 'UTC',
  status        text NOT NULL DEFAULT 'pending'
                CHECK (status IN ('pending', 'active', 'running', 'paused', 'completed', 'failed', 'disabled')),
  description   text,
  params        jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(params) = 'object'),
  extra         jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(extra) = 'object'),
  updated_at    timestamptz(3) NOT NULL DEFAULT now(),
  updated_by    text,
  -- When the row last changed here; `updated_at` is what the task says of itself, and a file may carry an old one.
  changed_at    timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  -- 'text' where the file quotes an id that looks like a number; otherwise the look decides.
  id_type       text CHECK (id_type IN ('integer', 'text')),
  version       bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (source, id)
);
CREATE INDEX tasks_by_id ON tasks (id);

-- The last state both sides agreed on, in the columns of `tasks`, so that SQL can compare the two.
CREATE TABLE ancestors (
  source           text NOT NULL,
  id               text NOT NULL,
  skill_name       text NOT NULL,
  schedule_cron    text NOT NULL,
  next_run_at      timestamptz(3),
  timezone         text NOT NULL,
  status           text NOT NULL,
  description      text,
  params           jsonb NOT NULL,
  extra            jsonb NOT NULL,
  file_lag         jsonb NOT NULL DEFAULT '{}',
  -- What the file said of this task, to find what changed in it after a restart without keeping its text.
  file_fingerprint text,
  PRIMARY KEY (source, id)
);

-- Tasks of which a side differs from the ancestor and stays so. While there are any, nothing may be skipped.
CREATE TABLE pending_tasks (
  source  text NOT NULL,
  task_id text NOT NULL,
  reason  text NOT NULL,
  since   timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (source, task_id)
);

-- Edits of `tasks` that no run has looked at yet. Deleted by the ids read: a cursor would miss late commits.
CREATE TABLE task_edits (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source  text NOT NULL,
  -- NULL after TRUNCATE: compare everything.
  task_id text,
  actor   text NOT NULL,
  at      timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX task_edits_by_source ON task_edits (source, id);

-- What was asked for. A job in the queue only wakes a worker; these rows say what it should do.
CREATE TABLE sync_requests (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source       text NOT NULL,
  trigger      text NOT NULL,
  -- NULL: a plain run, which may answer many requests at once.
  options      jsonb,
  requested_by text NOT NULL,
  created_at   timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  -- A run has begun that will answer it; a nudge that comes from then on is one of its own.
  claimed      boolean NOT NULL DEFAULT false,
  run_id       uuid,
  answer       jsonb,
  answered_at  timestamptz(3)
);
CREATE INDEX sync_requests_waiting ON sync_requests (source, id) WHERE answered_at IS NULL;
-- However often a trigger that nobody waits for fires, one row says "look again".
CREATE UNIQUE INDEX sync_requests_nudge ON sync_requests (source, trigger)
  WHERE answered_at IS NULL AND NOT claimed AND options IS NULL AND trigger IN ('watch', 'database', 'schedule');

CREATE TABLE runs (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  seq          bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  source       text NOT NULL,
  trigger      text NOT NULL,
  direction    text NOT NULL DEFAULT 'bidirectional',
  requested_by text NOT NULL,
  outcome      text NOT NULL,
  started_at   timestamptz(3) NOT NULL,
  finished_at  timestamptz(3) NOT NULL,
  counts       jsonb NOT NULL,
  problems     jsonb NOT NULL DEFAULT '[]',
  halt         jsonb,
  reverts      uuid
);
CREATE INDEX runs_by_source ON runs (source, seq DESC);
CREATE INDEX runs_by_age ON runs (started_at);

CREATE TABLE run_changes (
  run_id           uuid NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  task_id          text NOT NULL,
  action           text NOT NULL,
  merged           boolean NOT NULL,
  file_changed     boolean NOT NULL,
  database_changed boolean NOT NULL,
  before           jsonb,
  after            jsonb,
  -- The task's lines in the file; NULL where it is not there, or the run changed too much to keep them.
  yaml_before      text,
  yaml_after       text,
  PRIMARY KEY (run_id, task_id)
);

CREATE TABLE conflicts (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  seq             bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  source          text NOT NULL,
  task_id         text NOT NULL,
  state           text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'resolved', 'closed')),
  kind            text NOT NULL,
  fields          text[] NOT NULL,
  reason          text NOT NULL,
  revision        text NOT NULL,
  ancestor        jsonb,
  yaml_data       jsonb,
  db_data         jsonb,
  yaml_updated_at timestamptz(3),
  db_updated_at   timestamptz(3),
  db_updated_by   text,
  detected_at     timestamptz(3) NOT NULL DEFAULT now(),
  refreshed_at    timestamptz(3),
  closed_at       timestamptz(3),
  closed_by       text,
  choice          text,
  run_id          uuid
);
CREATE UNIQUE INDEX conflicts_one_open ON conflicts (source, task_id) WHERE state = 'pending';

-- Committed before the file is touched, so that a crash between the file and the commit is no conflict with ourselves.
CREATE TABLE file_intents (
  source        text PRIMARY KEY,
  revision_before text NOT NULL,
  revision_after  text NOT NULL,
  items         jsonb NOT NULL,
  created_at    timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE audit_entries (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  actor   text NOT NULL,
  action  text NOT NULL,
  source  text,
  task_id text,
  before  jsonb,
  after   jsonb,
  detail  jsonb
);
CREATE INDEX audit_entries_by_task ON audit_entries (source, task_id, id);

-- Who is writing: a run marks its own writes (lockstep.writer), a command names the person
-- (lockstep.actor), anyone else is known by the database role.
CREATE FUNCTION lockstep_touch_task() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    NEW.version := OLD.version + 1;
    -- A stamp that the edit itself set is kept.
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
      NEW.updated_at := clock_timestamp();
    END IF;
  END IF;
  NEW.updated_by := coalesce(nullif(current_setting('lockstep.actor', true), ''), 'sql:' || session_user);
  NEW.changed_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE FUNCTION lockstep_count_version() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.version := OLD.version + 1;
  -- A next run that the run itself worked out, for somebody's edit of the schedule, is still that person's edit.
  IF (NEW.skill_name, NEW.schedule_cron, NEW.timezone, NEW.status, NEW.description, NEW.params, NEW.extra)
     IS DISTINCT FROM (OLD.skill_name, OLD.schedule_cron, OLD.timezone, OLD.status, OLD.description, OLD.params, OLD.extra) THEN
    NEW.updated_by := 'file';
    NEW.changed_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER tasks_touch BEFORE INSERT OR UPDATE ON tasks
  FOR EACH ROW WHEN (current_setting('lockstep.writer', true) IS DISTINCT FROM 'run')
  EXECUTE FUNCTION lockstep_touch_task();
CREATE TRIGGER tasks_count_version BEFORE UPDATE ON tasks
  FOR EACH ROW WHEN (current_setting('lockstep.writer', true) IS NOT DISTINCT FROM 'run')
  EXECUTE FUNCTION lockstep_count_version();

-- SECURITY DEFINER: whoever may edit tasks need not be allowed to write the outbox and the audit.
CREATE FUNCTION lockstep_record_edits() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  who text := coalesce(nullif(current_setting('lockstep.actor', true), ''), 'sql:' || session_user);
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    INSERT INTO public.task_edits (source, task_id, actor) SELECT id, NULL, who FROM public.sources;
    INSERT INTO public.audit_entries (actor, action) VALUES (who, 'tasks_truncated');
  ELSIF TG_OP = 'INSERT' THEN
    INSERT INTO public.task_edits (source, task_id, actor) SELECT source, id, who FROM new_rows;
    INSERT INTO public.audit_entries (actor, action, source, task_id, after)
      SELECT who, 'task_created', n.source, n.id, to_jsonb(n) FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO public.task_edits (source, task_id, actor) SELECT source, id, who FROM old_rows;
    INSERT INTO public.audit_entries (actor, action, source, task_id, before)
      SELECT who, 'task_deleted', o.source, o.id, to_jsonb(o) FROM old_rows o;
  ELSE
    INSERT INTO public.task_edits (source, task_id, actor)
      SELECT source, id, who FROM new_rows UNION SELECT source, id, who FROM old_rows;
    INSERT INTO public.audit_entries (actor, action, source, task_id, before, after)
      SELECT who, 'task_updated', coalesce(n.source, o.source), coalesce(n.id, o.id), to_jsonb(o), to_jsonb(n)
      FROM old_rows o FULL JOIN new_rows n ON n.source = o.source AND n.id = o.id;
  END IF;
  -- A command asks for its run itself.
  IF current_setting('lockstep.carried', true) IS DISTINCT FROM 'yes' THEN
    PERFORM pg_notify('lockstep_edits', '');
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER tasks_inserted AFTER INSERT ON tasks REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT WHEN (current_setting('lockstep.writer', true) IS DISTINCT FROM 'run')
  EXECUTE FUNCTION lockstep_record_edits();
CREATE TRIGGER tasks_updated AFTER UPDATE ON tasks REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT WHEN (current_setting('lockstep.writer', true) IS DISTINCT FROM 'run')
  EXECUTE FUNCTION lockstep_record_edits();
CREATE TRIGGER tasks_deleted AFTER DELETE ON tasks REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT WHEN (current_setting('lockstep.writer', true) IS DISTINCT FROM 'run')
  EXECUTE FUNCTION lockstep_record_edits();
CREATE TRIGGER tasks_truncated AFTER TRUNCATE ON tasks
  FOR EACH STATEMENT EXECUTE FUNCTION lockstep_record_edits();

-- What people and scripts changed directly, and what runs carried from the file into the database.
CREATE VIEW audit_log AS
  SELECT 'e' || id AS id, at, actor, action, source, task_id, before, after, detail, NULL::uuid AS run_id
    FROM audit_entries
  UNION ALL
  SELECT 'r' || r.seq || '.' || c.task_id, r.finished_at,
         CASE WHEN r.trigger IN ('resolution', 'rollback') THEN r.requested_by ELSE 'file' END,
         'task_' || CASE c.action WHEN 'create' THEN 'created' WHEN 'delete' THEN 'deleted' ELSE 'updated' END,
         r.source, c.task_id, c.before, c.after, NULL, r.id
    FROM run_changes c JOIN runs r ON r.id = c.run_id
   WHERE c.database_changed;
