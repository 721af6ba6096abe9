-- Only where the table is missing: where it exists, it keeps its types.
CREATE TABLE IF NOT EXISTS runtime.khala_projection_checkpoints (
    projection_name text NOT NULL,
    entity_id text NOT NULL,
    document_id text NOT NULL,
    last_runtime_seq bigint NOT NULL DEFAULT 0,
    projection_version text NOT NULL,
    summary_hash text NOT NULL,
    last_projected_at timestamp NOT NULL,
    inserted_at timestamp NOT NULL DEFAULT timezone('utc', now()),
    updated_at timestamp NOT NULL DEFAULT timezone('utc', now())
);
CREATE UNIQUE INDEX IF NOT EXISTS khala_projection_checkpoints_projection_name_entity_id_index
    ON runtime.khala_projection_checkpoints (projection_name, entity_id);
CREATE INDEX IF NOT EXISTS khala_projection_checkpoints_document_id_index
    ON runtime.khala_projection_checkpoints (document_id);
