CREATE TABLE runtime.skill_releases (
    release_id varchar(255) NOT NULL PRIMARY KEY,
    skill_id varchar(255) NOT NULL,
    version integer NOT NULL,
    bundle jsonb NOT NULL DEFAULT '{}',
    bundle_hash varchar(255) NOT NULL,
    compatibility_report jsonb NOT NULL DEFAULT '{}',
    published_at timestamp NOT NULL,
    metadata jsonb NOT NULL DEFAULT '{}',
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL
);
CREATE UNIQUE INDEX skill_releases_skill_id_version_index ON runtime.skill_releases (skill_id, version);
