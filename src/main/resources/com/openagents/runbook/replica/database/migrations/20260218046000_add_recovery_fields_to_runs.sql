ALTER TABLE runtime.runs
    ADD COLUMN recovery_attempt_count integer NOT NULL DEFAULT 0,
    ADD COLUMN last_recovery_at timestamp;
CREATE INDEX runs_recovery_attempt_count_last_recovery_at_index
    ON runtime.runs (recovery_attempt_count, last_recovery_at);
