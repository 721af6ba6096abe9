CREATE TABLE runtime.projection_watermarks (
    projection_name varchar(255) NOT NULL,
    run_id varchar(255) NOT NULL,
    last_seq bigint NOT NULL DEFAULT 0,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL
);
CREATE UNIQUE INDEX projection_watermarks_projection_name_run_id_index
    ON runtime.projection_watermarks (projection_name, run_id);

CREATE TABLE runtime.projection_applied_events (
    projection_name varchar(255) NOT NULL,
    run_id varchar(255) NOT NULL,
    seq bigint NOT NULL,
    applied_at timestamp NOT NULL
);
CREATE UNIQUE INDEX projection_applied_events_projection_name_run_id_seq_index
    ON runtime.projection_applied_events (projection_name, run_id, seq);
