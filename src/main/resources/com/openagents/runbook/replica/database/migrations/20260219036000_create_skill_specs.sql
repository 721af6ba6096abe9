CREATE TABLE runtime.skill_specs (
    skill_id varchar(255) NOT NULL,
    version integer NOT NULL,
    name varchar(255) NOT NULL,
    description text NOT NULL,
    license varchar(255),
    compatibility jsonb NOT NULL DEFAULT '{}',
    instructions_markdown text NOT NULL,
    allowed_tools jsonb[] NOT NULL DEFAULT '{}',
    scripts jsonb[] NOT NULL DEFAULT '{}',
    "references" jsonb[] NOT NULL DEFAULT '{}',
    assets jsonb[] NOT NULL DEFAULT '{}',
    commercial jsonb NOT NULL DEFAULT '{}',
    metadata jsonb NOT NULL DEFAULT '{}',
    submitted_by varchar(255),
    state varchar(255) NOT NULL DEFAULT 'draft',
    content_hash varchar(255) NOT NULL,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL
);
CREATE UNIQUE INDEX skill_specs_skill_id_version_index ON runtime.skill_specs (skill_id, version);
