/** Another application's trigger, which refuses, drops or alters what runs write to the rows named in a table. */
export const MEDDLING = `
CREATE TABLE proof_meddling (source text, task_id text, how text, PRIMARY KEY (source, task_id));
CREATE FUNCTION proof_meddle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  found text;
BEGIN
  SELECT how INTO found FROM proof_meddling m
   WHERE m.source = coalesce(NEW.source, OLD.source) AND m.task_id = coalesce(NEW.id, OLD.id);
  IF found = 'refuses' THEN RAISE EXCEPTION 'not this one' USING ERRCODE = 'check_violation'; END IF;
  IF found = 'drops' THEN RETURN NULL; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  IF found = 'alters' THEN NEW.description := 'meddled with'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_meddle BEFORE INSERT OR UPDATE OR DELETE ON tasks FOR EACH ROW
  WHEN (current_setting('lockstep.writer', true) IS NOT DISTINCT FROM 'run') EXECUTE FUNCTION proof_meddle();
`;
