CREATE TABLE runtime.memory_chunks (
    id bigserial PRIMARY KEY,
    run_id varchar(255) NOT NULL REFERENCES runtime.runs (run_id) ON DELETE CASCADE,
    chunk_id varchar(255) NOT NULL,
    level integer NOT NULL,
    retention_class varchar(255) NOT NULL DEFAULT 'durable',
    event_class varchar(255) NOT NULL DEFAULT 'default',
    window_started_at timestamp NOT NULL,
    window_ended_at timestamp NOT NULL,
    source_event_start_seq bigint,
    source_event_end_seq bigint,
    source_chunk_ids varchar(255)[] NOT NULL DEFAULT '{}',
    summary jsonb NOT NULL DEFAULT '{}',
    token_count integer NOT NULL DEFAULT 0,
    storage_uri varchar(255),
    expires_at timestamp,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL,
    CONSTRAINT memory_chunks_level_valid CHECK (level BETWEEN 1 AND 3),
    CONSTRAINT memory_chunks_retention_class_valid CHECK (
        retention_class IN ('hot', 'durable', 'compact_only', 'archive'))
);
CREATE UNIQUE INDEX memory_chunks_run_id_chunk_id_index ON runtime.memory_chunks (run_id, chunk_id);
