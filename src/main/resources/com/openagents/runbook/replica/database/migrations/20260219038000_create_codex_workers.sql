CREATE TABLE runtime.codex_workers (
    worker_id varchar(255) NOT NULL PRIMARY KEY,
    owner_user_id integer,
    owner_guest_scope varchar(255),
    workspace_ref varchar(255),
    codex_home_ref varchar(255),
    adapter varchar(255) NOT NULL DEFAULT 'in_memory',
    status varchar(255) NOT NULL DEFAULT 'running',
    latest_seq bigint NOT NULL DEFAULT 0,
    metadata jsonb NOT NULL DEFAULT '{}',
    started_at timestamp NOT NULL,
    stopped_at timestamp,
    last_heartbeat_at timestamp,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL
);

CREATE TABLE runtime.codex_worker_events (
    worker_id varchar(255) NOT NULL REFERENCES runtime.codex_workers (worker_id) ON DELETE CASCADE,
    seq bigint NOT NULL,
    event_type varchar(255) NOT NULL,
    payload jsonb NOT NULL DEFAULT '{}',
    inserted_at timestamp NOT NULL
);
CREATE UNIQUE INDEX codex_worker_events_worker_id_seq_index ON runtime.codex_worker_events (worker_id, seq);
