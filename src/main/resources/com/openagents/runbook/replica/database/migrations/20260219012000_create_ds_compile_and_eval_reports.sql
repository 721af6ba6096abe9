CREATE TABLE runtime.ds_compile_reports (
    id bigserial PRIMARY KEY,
    report_id varchar(255) NOT NULL,
    signature_id varchar(255) NOT NULL,
    job_hash varchar(255) NOT NULL,
    dataset_hash varchar(255) NOT NULL,
    compiler_version varchar(255) NOT NULL DEFAULT 'ds-elixir/0.1.0',
    status varchar(255) NOT NULL DEFAULT 'succeeded',
    job_spec jsonb NOT NULL DEFAULT '{}',
    selected_artifact jsonb,
    candidate_artifacts jsonb NOT NULL DEFAULT '{}',
    metrics jsonb NOT NULL DEFAULT '{}',
    metadata jsonb NOT NULL DEFAULT '{}',
    started_at timestamp NOT NULL,
    completed_at timestamp,
    error_message text,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL,
    CONSTRAINT ds_compile_reports_status_valid CHECK (status IN ('succeeded', 'failed'))
);
CREATE UNIQUE INDEX ds_compile_reports_report_id_index ON runtime.ds_compile_reports (report_id);
CREATE UNIQUE INDEX ds_compile_reports_signature_id_job_hash_dataset_hash_index
    ON runtime.ds_compile_reports (signature_id, job_hash, dataset_hash);

CREATE TABLE runtime.ds_eval_reports (
    id bigserial PRIMARY KEY,
    compile_report_id bigint NOT NULL REFERENCES runtime.ds_compile_reports (id) ON DELETE CASCADE,
    eval_id varchar(255) NOT NULL,
    split varchar(255) NOT NULL,
    artifact_id varchar(255) NOT NULL,
    score double precision NOT NULL,
    metrics jsonb NOT NULL DEFAULT '{}',
    metadata jsonb NOT NULL DEFAULT '{}',
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL,
    CONSTRAINT ds_eval_reports_split_valid CHECK (split IN ('train', 'holdout', 'test'))
);
CREATE UNIQUE INDEX ds_eval_reports_eval_id_index ON runtime.ds_eval_reports (eval_id);
