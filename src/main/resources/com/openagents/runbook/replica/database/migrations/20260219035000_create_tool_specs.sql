CREATE TABLE runtime.tool_specs (
    tool_id varchar(255) NOT NULL,
    version integer NOT NULL,
    tool_pack varchar(255) NOT NULL,
    name varchar(255) NOT NULL,
    description text NOT NULL,
    execution_kind varchar(255) NOT NULL DEFAULT 'http',
    input_schema jsonb NOT NULL DEFAULT '{}',
    output_schema jsonb NOT NULL DEFAULT '{}',
    integration_manifest jsonb NOT NULL DEFAULT '{}',
    auth_requirements jsonb NOT NULL DEFAULT '{}',
    safety_policy jsonb NOT NULL DEFAULT '{}',
    commercial jsonb NOT NULL DEFAULT '{}',
    metadata jsonb NOT NULL DEFAULT '{}',
    submitted_by varchar(255),
    state varchar(255) NOT NULL DEFAULT 'draft',
    content_hash varchar(255) NOT NULL,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL
);
CREATE UNIQUE INDEX tool_specs_tool_id_version_index ON runtime.tool_specs (tool_id, version);
