-- Settings of a source are edited in SQL too. A command that records its own edit says so (lockstep.audited).
CREATE FUNCTION lockstep_record_settings() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.audit_entries (actor, address, action, subject, subject_id, source, before, after, detail)
    VALUES ('sql:' || session_user, host(inet_client_addr()), 'source_settings_changed', 'setting', NEW.id, NEW.id, OLD.settings, NEW.settings,
            jsonb_build_object('application', current_setting('application_name')));
  RETURN NULL;
END $$;
CREATE TRIGGER sources_settings_edited AFTER UPDATE OF settings ON sources FOR EACH ROW
  WHEN (OLD.settings IS DISTINCT FROM NEW.settings AND current_setting('lockstep.audited', true) IS DISTINCT FROM 'yes')
  EXECUTE FUNCTION lockstep_record_settings();
