-- Rows that a transaction locks while something may not happen twice at a time: `source:<id>` during a run of that
-- source, `ids:<id>` while an id is chosen. Advisory locks have guessable numbers that any role may take, and a role
-- without rights on this table can lock no row of it.
CREATE TABLE locks (name text PRIMARY KEY);
REVOKE ALL ON locks FROM PUBLIC;
INSERT INTO locks (name) VALUES ('settings'), ('tick'), ('queue');
INSERT INTO locks (name) SELECT 'source:' || id FROM sources;
