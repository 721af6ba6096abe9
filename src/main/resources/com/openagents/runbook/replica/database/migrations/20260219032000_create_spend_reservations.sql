CREATE TABLE runtime.spend_reservations (
    id bigserial PRIMARY KEY,
    authorization_id varchar(255) NOT NULL
        REFERENCES runtime.spend_authorizations (authorization_id) ON DELETE CASCADE,
    run_id varchar(255) NOT NULL REFERENCES runtime.runs (run_id) ON DELETE CASCADE,
    tool_call_id varchar(255) NOT NULL,
    amount_sats bigint NOT NULL,
    state varchar(255) NOT NULL DEFAULT 'reserved',
    retry_class varchar(255) NOT NULL DEFAULT 'safe_retry',
    provider_correlation_id varchar(255),
    provider_idempotency_key varchar(255),
    failure_reason varchar(255),
    metadata jsonb NOT NULL DEFAULT '{}',
    reserved_at timestamp NOT NULL,
    committed_at timestamp,
    released_at timestamp,
    reconciled_at timestamp,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL,
    CONSTRAINT spend_reservations_amount_positive CHECK (amount_sats > 0),
    CONSTRAINT spend_reservations_state_valid CHECK (
        state IN ('reserved', 'committed', 'released', 'reconcile_required')),
    CONSTRAINT spend_reservations_retry_class_valid CHECK (
        retry_class IN ('safe_retry', 'dedupe_reconcile_required'))
);
CREATE UNIQUE INDEX spend_reservations_authorization_id_run_id_tool_call_id_index
    ON runtime.spend_reservations (authorization_id, run_id, tool_call_id);
