CREATE TABLE runtime.timeline_events (
    id bigserial PRIMARY KEY,
    run_id varchar(255) NOT NULL REFERENCES runtime.runs (run_id) ON DELETE CASCADE,
    seq bigint NOT NULL,
    event_type varchar(255) NOT NULL,
    event_class varchar(255) NOT NULL DEFAULT 'default',
    retention_class varchar(255) NOT NULL DEFAULT 'hot',
    payload jsonb NOT NULL DEFAULT '{}',
    occurred_at timestamp,
    expires_at timestamp,
    inserted_at timestamp NOT NULL,
    CONSTRAINT timeline_events_retention_class_valid CHECK (
        retention_class IN ('hot', 'durable', 'compact_only', 'archive'))
);
CREATE UNIQUE INDEX timeline_events_run_id_seq_index ON runtime.timeline_events (run_id, seq);
