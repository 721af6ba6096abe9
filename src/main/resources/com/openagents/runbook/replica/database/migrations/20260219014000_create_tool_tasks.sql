CREATE TABLE runtime.tool_tasks (
    id bigserial PRIMARY KEY,
    run_id varchar(255) NOT NULL REFERENCES runtime.runs (run_id) ON DELETE CASCADE,
    tool_call_id varchar(255) NOT NULL,
    tool_name varchar(255) NOT NULL,
    state varchar(255) NOT NULL DEFAULT 'queued',
    input jsonb NOT NULL DEFAULT '{}',
    output jsonb,
    error_class varchar(255),
    error_message text,
    metadata jsonb NOT NULL DEFAULT '{}',
    queued_at timestamp NOT NULL,
    running_at timestamp,
    streaming_at timestamp,
    succeeded_at timestamp,
    failed_at timestamp,
    canceled_at timestamp,
    timed_out_at timestamp,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL,
    CONSTRAINT tool_tasks_state_valid CHECK (
        state IN ('queued', 'running', 'streaming', 'succeeded', 'failed', 'canceled', 'timed_out'))
);
CREATE UNIQUE INDEX tool_tasks_run_id_tool_call_id_index ON runtime.tool_tasks (run_id, tool_call_id);
CREATE INDEX tool_tasks_run_id_state_updated_at_index ON runtime.tool_tasks (run_id, state, updated_at);
