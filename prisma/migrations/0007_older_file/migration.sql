-- Revisions of a source's file that runs have seen, so that one that comes back is known.
CREATE TABLE file_revisions (
  source   text NOT NULL,
  revision text NOT NULL,
  -- Counts the source's revisions in the order in which they came; the first time counts.
  position bigint NOT NULL,
  -- False: a person, or git, has put it there.
  written  boolean NOT NULL,
  seen_at  timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (source, revision)
);
INSERT INTO file_revisions (source, revision, position, written)
  SELECT id, file_revision, 0, false FROM sources WHERE file_revision IS NOT NULL;

-- Tasks that the database deleted, and a run then took out of the file: the last state that both sides agreed on.
CREATE TABLE carried_deletions (
  source   text NOT NULL,
  task_id  text NOT NULL,
  position bigint NOT NULL,
  content  jsonb NOT NULL,
  PRIMARY KEY (source, task_id)
);

-- The position of the file's newest revision, and the notice about an older one that came back.
ALTER TABLE sources ADD COLUMN file_position bigint NOT NULL DEFAULT 0, ADD COLUMN older_file jsonb;
-- By field: the position of the revision into which the database's edit was carried.
ALTER TABLE ancestors ADD COLUMN carried jsonb NOT NULL DEFAULT '{}';
-- Where the file's text of the task is of an earlier revision: its position.
ALTER TABLE pending_tasks ADD COLUMN file_position bigint;
