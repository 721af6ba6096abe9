CREATE TABLE runtime.memory_retention_policies (
    event_class varchar(255) NOT NULL PRIMARY KEY,
    raw_retention_class varchar(255) NOT NULL,
    chunk_retention_class varchar(255) NOT NULL,
    raw_ttl_seconds integer,
    chunk_ttl_seconds integer,
    retain_forever boolean NOT NULL DEFAULT false,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL,
    CONSTRAINT memory_retention_policies_raw_retention_class_valid CHECK (
        raw_retention_class IN ('hot', 'durable', 'compact_only', 'archive')),
    CONSTRAINT memory_retention_policies_chunk_retention_class_valid CHECK (
        chunk_retention_class IN ('hot', 'durable', 'compact_only', 'archive'))
);
