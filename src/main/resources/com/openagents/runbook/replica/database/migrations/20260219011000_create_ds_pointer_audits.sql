CREATE TABLE runtime.ds_pointer_audits (
    id bigserial PRIMARY KEY,
    signature_id varchar(255) NOT NULL,
    action varchar(255) NOT NULL,
    actor varchar(255),
    reason text,
    metadata jsonb NOT NULL DEFAULT '{}',
    before_pointer jsonb,
    after_pointer jsonb,
    target_audit_id bigint,
    inserted_at timestamp NOT NULL,
    CONSTRAINT ds_pointer_audits_action_valid CHECK (action IN ('promote', 'rollback', 'set_canary', 'clear_canary'))
);
