CREATE TABLE runtime.ds_artifact_pointers (
    signature_id varchar(255) NOT NULL PRIMARY KEY,
    primary_artifact jsonb NOT NULL DEFAULT '{}',
    canary_artifact jsonb,
    canary_percent integer NOT NULL DEFAULT 0,
    rollout_seed varchar(255) NOT NULL DEFAULT 'default',
    metadata jsonb NOT NULL DEFAULT '{}',
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL,
    CONSTRAINT ds_artifact_pointers_canary_percent_range CHECK (canary_percent BETWEEN 0 AND 100)
);
