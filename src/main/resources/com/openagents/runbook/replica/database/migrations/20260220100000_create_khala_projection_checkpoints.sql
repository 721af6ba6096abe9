CREATE TABLE runtime.khala_projection_checkpoints (
    projection_name varchar(255) NOT NULL,
    entity_id varchar(255) NOT NULL,
    document_id varchar(255) NOT NULL,
    last_runtime_seq bigint NOT NULL DEFAULT 0,
    projection_version varchar(255) NOT NULL,
    summary_hash varchar(255) NOT NULL,
    last_projected_at timestamp NOT NULL,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL
);
CREATE UNIQUE INDEX khala_projection_checkpoints_projection_name_entity_id_index
    ON runtime.khala_projection_checkpoints (projection_name, entity_id);
CREATE INDEX khala_projection_checkpoints_document_id_index ON runtime.khala_projection_checkpoints (document_id);
