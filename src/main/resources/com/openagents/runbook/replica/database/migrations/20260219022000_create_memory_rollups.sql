CREATE TABLE runtime.memory_rollups (
    id bigserial PRIMARY KEY,
    run_id varchar(255) NOT NULL REFERENCES runtime.runs (run_id) ON DELETE CASCADE,
    source_level integer NOT NULL,
    target_level integer NOT NULL,
    source_chunk_ids varchar(255)[] NOT NULL DEFAULT '{}',
    output_chunk_id varchar(255) NOT NULL,
    summary_hash varchar(255),
    status varchar(255) NOT NULL DEFAULT 'succeeded',
    metadata jsonb NOT NULL DEFAULT '{}',
    started_at timestamp NOT NULL,
    completed_at timestamp,
    error_message text,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL,
    CONSTRAINT memory_rollups_source_level_valid CHECK (source_level BETWEEN 1 AND 2),
    CONSTRAINT memory_rollups_target_level_valid CHECK (target_level BETWEEN 2 AND 3),
    CONSTRAINT memory_rollups_status_valid CHECK (status IN ('succeeded', 'failed', 'noop'))
);
CREATE UNIQUE INDEX memory_rollups_run_id_output_chunk_id_index ON runtime.memory_rollups (run_id, output_chunk_id);
