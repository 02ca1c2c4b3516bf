-- Which id a task had before a person said that the file had only given it another one. Its history and audit under the
-- old id, up to that moment, are those of the task.
CREATE TABLE renamed_tasks (
  source     text NOT NULL,
  old_id     text NOT NULL,
  new_id     text NOT NULL,
  run_id     uuid NOT NULL,
  renamed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (source, new_id, run_id)
);
