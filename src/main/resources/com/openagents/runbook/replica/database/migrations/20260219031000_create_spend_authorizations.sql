CREATE TABLE runtime.spend_authorizations (
    authorization_id varchar(255) NOT NULL PRIMARY KEY,
    owner_user_id bigint,
    owner_guest_scope varchar(255),
    autopilot_id varchar(255),
    thread_id varchar(255),
    run_id varchar(255) REFERENCES runtime.runs (run_id) ON DELETE SET NULL,
    mode varchar(255) NOT NULL DEFAULT 'delegated_budget',
    max_total_sats bigint,
    max_per_call_sats bigint,
    max_per_day_sats bigint,
    threshold_sats bigint,
    spent_sats bigint NOT NULL DEFAULT 0,
    reserved_sats bigint NOT NULL DEFAULT 0,
    constraints jsonb NOT NULL DEFAULT '{}',
    metadata jsonb NOT NULL DEFAULT '{}',
    issued_at timestamp NOT NULL,
    expires_at timestamp,
    revoked_at timestamp,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL,
    CONSTRAINT spend_authorizations_mode_valid CHECK (
        mode IN ('delegated_budget', 'delegated_budget_with_threshold', 'interactive', 'deny')),
    CONSTRAINT spend_authorizations_exactly_one_owner CHECK (
        (owner_user_id IS NULL) <> (owner_guest_scope IS NULL)),
    CONSTRAINT spend_authorizations_amounts_non_negative CHECK (
        coalesce(max_total_sats, 0) >= 0
        AND coalesce(max_per_call_sats, 0) >= 0
        AND coalesce(max_per_day_sats, 0) >= 0
        AND coalesce(threshold_sats, 0) >= 0
        AND spent_sats >= 0
        AND reserved_sats >= 0)
);
