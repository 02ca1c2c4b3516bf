-- Who did it, from where, and what it is about. What says nothing else is for admins only.
ALTER TABLE audit_entries
  ADD COLUMN address    text,
  ADD COLUMN subject    text NOT NULL DEFAULT 'user'
             CHECK (subject IN ('task', 'conflict', 'run', 'setting', 'user', 'token')),
  ADD COLUMN subject_id text,
  ADD COLUMN run_id     uuid;
-- Before this migration only edits of tasks were recorded.
UPDATE audit_entries SET subject = 'task', subject_id = task_id WHERE action LIKE 'task%';
CREATE INDEX audit_entries_by_time ON audit_entries (at DESC, id DESC);

ALTER TABLE sync_requests ADD COLUMN requested_from text;
ALTER TABLE runs ADD COLUMN requested_from text;
CREATE INDEX runs_by_finish ON runs (finished_at DESC);
-- NULL: an edit of the file. Else whoever asked for this very change: a resolution, a rollback, a restore.
ALTER TABLE run_changes ADD COLUMN actor text;
UPDATE run_changes c SET actor = r.requested_by FROM runs r
 WHERE r.id = c.run_id AND r.trigger IN ('resolution', 'rollback');
CREATE INDEX run_changes_by_task ON run_changes (task_id);

-- What git, or the file system, says of whoever edited the file that a run carried. Found after the
-- run, as no run waits for git.
CREATE TABLE file_authors (
  run_id uuid PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  author jsonb NOT NULL
);

-- Settings such as lockstep.actor are believed only of roles that may write Lockstep's own tables.
-- Otherwise whoever may edit `tasks` could go by another name, or pass for a run and leave no trace.
CREATE OR REPLACE FUNCTION lockstep_touch_task() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    NEW.version := OLD.version + 1;
    -- A stamp that the edit itself set is kept.
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
      NEW.updated_at := clock_timestamp();
    END IF;
  END IF;
  NEW.updated_by := 'sql:' || session_user;
  IF has_table_privilege(session_user, 'public.ancestors', 'INSERT') THEN
    NEW.updated_by := coalesce(nullif(current_setting('lockstep.actor', true), ''), NEW.updated_by);
  END IF;
  NEW.changed_at := clock_timestamp();
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION lockstep_count_version() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.version := OLD.version + 1;
  IF (NEW.skill_name, NEW.schedule_cron, NEW.timezone, NEW.status, NEW.description, NEW.params, NEW.extra)
     IS DISTINCT FROM (OLD.skill_name, OLD.schedule_cron, OLD.timezone, OLD.status, OLD.description, OLD.params, OLD.extra) THEN
    NEW.changed_at := clock_timestamp();
  ELSE
    -- A next run that the run itself worked out, for somebody's edit of the schedule, is still that person's edit.
    NEW.updated_by := OLD.updated_by;
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION lockstep_record_edits() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  trusted boolean := has_table_privilege(session_user, 'public.ancestors', 'INSERT');
  named   text := CASE WHEN trusted THEN nullif(current_setting('lockstep.actor', true), '') END;
  who     text := coalesce(named, 'sql:' || session_user);
  -- No address: through a Unix socket.
  place   text := CASE WHEN named IS NULL THEN host(inet_client_addr()) ELSE nullif(current_setting('lockstep.address', true), '') END;
  more    jsonb := CASE WHEN named IS NULL THEN jsonb_build_object('application', current_setting('application_name')) END;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    INSERT INTO public.task_edits (source, task_id, actor) SELECT id, NULL, who FROM public.sources;
    INSERT INTO public.audit_entries (actor, address, action, subject, detail) VALUES (who, place, 'tasks_truncated', 'task', more);
  ELSIF TG_OP = 'INSERT' THEN
    INSERT INTO public.task_edits (source, task_id, actor) SELECT source, id, who FROM new_rows;
    INSERT INTO public.audit_entries (actor, address, action, subject, subject_id, source, task_id, after, detail)
      SELECT who, place, 'task_created', 'task', n.id, n.source, n.id, to_jsonb(n), more FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO public.task_edits (source, task_id, actor) SELECT source, id, who FROM old_rows;
    INSERT INTO public.audit_entries (actor, address, action, subject, subject_id, source, task_id, before, detail)
      SELECT who, place, 'task_deleted', 'task', o.id, o.source, o.id, to_jsonb(o), more FROM old_rows o;
  ELSE
    INSERT INTO public.task_edits (source, task_id, actor)
      SELECT source, id, who FROM new_rows UNION SELECT source, id, who FROM old_rows;
    -- A row whose id was changed is one that went and one that came.
    INSERT INTO public.audit_entries (actor, address, action, subject, subject_id, source, task_id, before, after, detail)
      SELECT who, place,
             CASE WHEN o.id IS NULL THEN 'task_created' WHEN n.id IS NULL THEN 'task_deleted' ELSE 'task_updated' END,
             'task', coalesce(n.id, o.id), coalesce(n.source, o.source), coalesce(n.id, o.id), to_jsonb(o), to_jsonb(n), more
        FROM old_rows o FULL JOIN new_rows n ON n.source = o.source AND n.id = o.id;
  END IF;
  -- A command asks for its run itself.
  IF NOT trusted OR current_setting('lockstep.carried', true) IS DISTINCT FROM 'yes' THEN
    PERFORM pg_notify('lockstep_edits', '');
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER tasks_touch ON tasks;
DROP TRIGGER tasks_count_version ON tasks;
DROP TRIGGER tasks_inserted ON tasks;
DROP TRIGGER tasks_updated ON tasks;
DROP TRIGGER tasks_deleted ON tasks;
CREATE TRIGGER tasks_touch BEFORE INSERT OR UPDATE ON tasks FOR EACH ROW
  WHEN (current_setting('lockstep.writer', true) IS DISTINCT FROM 'run' OR NOT has_table_privilege(session_user, 'public.ancestors', 'INSERT'))
  EXECUTE FUNCTION lockstep_touch_task();
CREATE TRIGGER tasks_count_version BEFORE UPDATE ON tasks FOR EACH ROW
  WHEN (current_setting('lockstep.writer', true) IS NOT DISTINCT FROM 'run' AND has_table_privilege(session_user, 'public.ancestors', 'INSERT'))
  EXECUTE FUNCTION lockstep_count_version();
CREATE TRIGGER tasks_inserted AFTER INSERT ON tasks REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT
  WHEN (current_setting('lockstep.writer', true) IS DISTINCT FROM 'run' OR NOT has_table_privilege(session_user, 'public.ancestors', 'INSERT'))
  EXECUTE FUNCTION lockstep_record_edits();
CREATE TRIGGER tasks_updated AFTER UPDATE ON tasks REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
  WHEN (current_setting('lockstep.writer', true) IS DISTINCT FROM 'run' OR NOT has_table_privilege(session_user, 'public.ancestors', 'INSERT'))
  EXECUTE FUNCTION lockstep_record_edits();
CREATE TRIGGER tasks_deleted AFTER DELETE ON tasks REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT
  WHEN (current_setting('lockstep.writer', true) IS DISTINCT FROM 'run' OR NOT has_table_privilege(session_user, 'public.ancestors', 'INSERT'))
  EXECUTE FUNCTION lockstep_record_edits();

-- Conflicts come and go in the rows themselves; the audit keeps what stood there.
CREATE FUNCTION lockstep_record_conflicts() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  by_run boolean := current_setting('lockstep.writer', true) IS NOT DISTINCT FROM 'run';
  place  text := CASE WHEN by_run THEN nullif(current_setting('lockstep.address', true), '') ELSE host(inet_client_addr()) END;
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO public.audit_entries (actor, address, action, subject, subject_id, source, task_id, after, detail)
      SELECT CASE WHEN by_run THEN 'lockstep' ELSE 'sql:' || session_user END, CASE WHEN NOT by_run THEN place END,
             'conflict_detected', 'conflict', n.id::text, n.source, n.task_id,
             jsonb_build_object('last_synced', n.ancestor, 'file', n.yaml_data, 'database', n.db_data),
             jsonb_build_object('kind', n.kind, 'fields', n.fields, 'reason', n.reason)
        FROM new_rows n WHERE n.state = 'pending' ORDER BY n.seq;
  ELSE
    INSERT INTO public.audit_entries (actor, address, action, subject, subject_id, source, task_id, run_id, before, after, detail)
      SELECT CASE WHEN by_run THEN n.closed_by ELSE 'sql:' || session_user END,
             CASE WHEN n.state = 'resolved' OR NOT by_run THEN place END,
             'conflict_' || n.state, 'conflict', n.id::text, n.source, n.task_id, n.run_id,
             jsonb_build_object('last_synced', n.ancestor, 'file', n.yaml_data, 'database', n.db_data),
             -- The run has written the row by now: both sides say this.
             jsonb_build_object('agreed', (SELECT to_jsonb(t) FROM public.tasks t WHERE t.source = n.source AND t.id = n.task_id)),
             jsonb_build_object('kind', n.kind, 'fields', n.fields, 'choice', n.choice)
        FROM old_rows o JOIN new_rows n ON n.id = o.id
       WHERE o.state = 'pending' AND n.state <> 'pending' ORDER BY n.seq;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER conflicts_found AFTER INSERT ON conflicts REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION lockstep_record_conflicts();
CREATE TRIGGER conflicts_closed AFTER UPDATE ON conflicts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION lockstep_record_conflicts();

-- Append-only. What is older than the retention may go, and that it went is an entry itself.
CREATE FUNCTION lockstep_keep_history() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  given  text := current_setting('lockstep.retention_days', true);
  before timestamptz;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF given ~ '^[1-9][0-9]{0,5}$' THEN before := now() - make_interval(days => given::integer); END IF;
    IF TG_TABLE_NAME = 'audit_entries' THEN
      IF OLD.at < before THEN RETURN OLD; END IF;
    ELSIF TG_TABLE_NAME = 'runs' THEN
      IF OLD.started_at < before THEN RETURN OLD; END IF;
    ELSIF NOT EXISTS (SELECT 1 FROM public.runs r WHERE r.id = OLD.run_id) THEN
      RETURN OLD; -- goes with its run, which was let go
    END IF;
  END IF;
  RAISE EXCEPTION 'the audit is append-only: % of % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege', HINT = 'Entries go by themselves after RETENTION_DAYS.';
END $$;
CREATE FUNCTION lockstep_note_cleared() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.audit_entries (actor, address, action, subject, subject_id, detail)
    SELECT CASE WHEN current_setting('lockstep.actor', true) = 'retention' THEN 'retention' ELSE 'sql:' || session_user END,
           CASE WHEN current_setting('lockstep.actor', true) = 'retention' THEN NULL ELSE host(inet_client_addr()) END,
           'history_cleared', 'setting', TG_TABLE_NAME,
           jsonb_build_object('entries', count(*), 'older_than_days', current_setting('lockstep.retention_days', true)::integer)
      FROM old_rows HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_entries_kept BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION lockstep_keep_history();
CREATE TRIGGER runs_kept BEFORE UPDATE OR DELETE ON runs FOR EACH ROW EXECUTE FUNCTION lockstep_keep_history();
CREATE TRIGGER run_changes_kept BEFORE UPDATE OR DELETE ON run_changes FOR EACH ROW EXECUTE FUNCTION lockstep_keep_history();
CREATE TRIGGER file_authors_kept BEFORE UPDATE OR DELETE ON file_authors FOR EACH ROW EXECUTE FUNCTION lockstep_keep_history();
CREATE TRIGGER audit_entries_not_emptied BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION lockstep_keep_history();
CREATE TRIGGER runs_not_emptied BEFORE TRUNCATE ON runs FOR EACH STATEMENT EXECUTE FUNCTION lockstep_keep_history();
CREATE TRIGGER run_changes_not_emptied BEFORE TRUNCATE ON run_changes FOR EACH STATEMENT EXECUTE FUNCTION lockstep_keep_history();
CREATE TRIGGER file_authors_not_emptied BEFORE TRUNCATE ON file_authors FOR EACH STATEMENT EXECUTE FUNCTION lockstep_keep_history();
CREATE TRIGGER audit_entries_cleared AFTER DELETE ON audit_entries REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION lockstep_note_cleared();
CREATE TRIGGER runs_cleared AFTER DELETE ON runs REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION lockstep_note_cleared();

-- What no run tells of is told at once to open pages; the rest they hear of with the run.
CREATE FUNCTION lockstep_tell_audit() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM new_rows WHERE subject IN ('setting', 'user', 'token')) THEN
    PERFORM pg_notify('lockstep_events', '{"event":"audit_changed"}');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_entries_told AFTER INSERT ON audit_entries REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION lockstep_tell_audit();

-- What people and scripts did directly, and what runs carried from the file into the database. Two
-- views and one of both: a page of either is read by its index, the newest of both are the page.
DROP VIEW audit_log;
CREATE VIEW audit_direct AS
  SELECT 'e' || id AS id, at, actor, address, action, subject, subject_id, source, task_id, before, after, detail, run_id
    FROM audit_entries;
CREATE VIEW audit_carried AS
  SELECT 'r' || r.seq || '.' || c.task_id AS id, r.finished_at AS at, coalesce(c.actor, 'file') AS actor,
         CASE WHEN c.actor IS NOT NULL THEN r.requested_from END AS address,
         'task_' || CASE c.action WHEN 'create' THEN 'created' WHEN 'delete' THEN 'deleted' ELSE 'updated' END AS action,
         'task' AS subject, c.task_id AS subject_id, r.source, c.task_id, c.before, c.after,
         CASE WHEN c.actor IS NULL THEN a.author END AS detail, r.id AS run_id
    FROM runs r JOIN run_changes c ON c.run_id = r.id LEFT JOIN file_authors a ON a.run_id = r.id
   WHERE c.database_changed;
CREATE VIEW audit_log AS SELECT * FROM audit_direct UNION ALL SELECT * FROM audit_carried;
