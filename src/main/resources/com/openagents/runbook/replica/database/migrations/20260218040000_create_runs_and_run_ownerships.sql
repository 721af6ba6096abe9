CREATE TABLE runtime.runs (
    run_id varchar(255) NOT NULL PRIMARY KEY,
    thread_id varchar(255) NOT NULL,
    status varchar(255) NOT NULL DEFAULT 'created',
    owner_user_id bigint,
    owner_guest_scope varchar(255),
    latest_seq bigint NOT NULL DEFAULT 0,
    last_processed_frame_id bigint NOT NULL DEFAULT 0,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL,
    CONSTRAINT runs_owner_present CHECK (owner_user_id IS NOT NULL OR owner_guest_scope IS NOT NULL)
);
CREATE INDEX runs_thread_id_index ON runtime.runs (thread_id);
CREATE INDEX runs_status_updated_at_index ON runtime.runs (status, updated_at);

CREATE TABLE runtime.run_ownerships (
    run_id varchar(255) NOT NULL,
    thread_id varchar(255) NOT NULL,
    user_id bigint,
    guest_scope varchar(255),
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL,
    PRIMARY KEY (run_id, thread_id),
    CONSTRAINT run_ownerships_owner_present CHECK (user_id IS NOT NULL OR guest_scope IS NOT NULL)
);
CREATE UNIQUE INDEX run_ownerships_run_id_thread_id_index ON runtime.run_ownerships (run_id, thread_id);
