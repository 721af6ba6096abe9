CREATE TABLE runtime.frames (
    id bigserial PRIMARY KEY,
    run_id varchar(255) NOT NULL REFERENCES runtime.runs (run_id) ON DELETE CASCADE,
    frame_id varchar(255) NOT NULL,
    frame_type varchar(255) NOT NULL,
    payload jsonb NOT NULL DEFAULT '{}',
    payload_hash varchar(255) NOT NULL,
    occurred_at timestamp,
    inserted_at timestamp NOT NULL,
    CONSTRAINT frames_frame_id_nonempty CHECK (length(frame_id) > 0)
);
CREATE UNIQUE INDEX frames_run_id_frame_id_index ON runtime.frames (run_id, frame_id);
