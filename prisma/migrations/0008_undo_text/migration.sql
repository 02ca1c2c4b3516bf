-- The file's text around the tasks that a run changed, so that an undo puts their lines back at their place, byte for
-- byte. The lines themselves are yaml_before and yaml_after of run_changes. NULL: the run left the file's text alone,
-- or its earlier text was not known.
ALTER TABLE runs ADD COLUMN yaml_around jsonb;
