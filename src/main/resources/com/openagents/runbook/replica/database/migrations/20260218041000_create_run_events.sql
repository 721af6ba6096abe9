CREATE TABLE runtime.run_events (
    id bigserial PRIMARY KEY,
    run_id varchar(255) NOT NULL REFERENCES runtime.runs (run_id) ON DELETE CASCADE,
    seq bigint NOT NULL,
    event_type varchar(255) NOT NULL,
    payload jsonb NOT NULL DEFAULT '{}',
    inserted_at timestamp NOT NULL,
    CONSTRAINT run_events_seq_positive CHECK (seq > 0)
);
CREATE UNIQUE INDEX run_events_run_id_seq_index ON runtime.run_events (run_id, seq);
CREATE INDEX run_events_run_id_inserted_at_index ON runtime.run_events (run_id, inserted_at);
