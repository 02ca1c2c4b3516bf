-- Every change that may take a right away is announced by the tables themselves, so that none is forgotten and an edit in
-- psql counts too. Web processes then look up again who is signed in, and check their open sockets.
CREATE FUNCTION lockstep_announce_access() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_notify('lockstep_access', '');
  RETURN NULL;
END $$;

CREATE TRIGGER announce_access
  AFTER DELETE OR TRUNCATE OR UPDATE OF email, role, banned ON access_users
  FOR EACH STATEMENT EXECUTE FUNCTION lockstep_announce_access();
CREATE TRIGGER announce_access
  AFTER DELETE OR TRUNCATE OR UPDATE OF user_id, token, expires_at ON access_sessions
  FOR EACH STATEMENT EXECUTE FUNCTION lockstep_announce_access();
CREATE TRIGGER announce_access
  AFTER DELETE OR TRUNCATE OR UPDATE OF name, key, enabled, permissions, expires_at, revoked_at ON access_tokens
  FOR EACH STATEMENT EXECUTE FUNCTION lockstep_announce_access();
