ALTER TABLE runtime.runs
    ADD COLUMN terminal_reason_class varchar(255),
    ADD COLUMN terminal_reason varchar(255),
    ADD COLUMN terminal_at timestamp;
CREATE INDEX runs_status_terminal_at_index ON runtime.runs (status, terminal_at);
