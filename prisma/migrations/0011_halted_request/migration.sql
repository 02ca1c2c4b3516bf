-- What the run was asked for that a guard has halted, so that whoever confirms its plan asks for the same once more. NULL:
-- a plain sync, which the confirmation names itself.
ALTER TABLE sources ADD COLUMN halted_request jsonb;
