CREATE TABLE runtime.run_leases (
    run_id varchar(255) NOT NULL PRIMARY KEY REFERENCES runtime.runs (run_id) ON DELETE CASCADE,
    lease_owner varchar(255) NOT NULL,
    lease_expires_at timestamp NOT NULL,
    last_progress_seq bigint NOT NULL DEFAULT 0,
    heartbeat_at timestamp NOT NULL,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL
);
CREATE INDEX run_leases_lease_owner_index ON runtime.run_leases (lease_owner);
CREATE INDEX run_leases_lease_expires_at_index ON runtime.run_leases (lease_expires_at);
