CREATE TABLE runtime.sync_stream_events (
    id bigserial PRIMARY KEY,
    topic varchar(255) NOT NULL,
    watermark bigint NOT NULL,
    doc_key varchar(255) NOT NULL,
    doc_version bigint NOT NULL,
    payload jsonb,
    payload_hash bytea,
    inserted_at timestamp NOT NULL
);
CREATE UNIQUE INDEX sync_stream_events_topic_watermark_index ON runtime.sync_stream_events (topic, watermark);
CREATE INDEX sync_stream_events_topic_doc_key_watermark_index
    ON runtime.sync_stream_events (topic, doc_key, watermark);
CREATE INDEX sync_stream_events_inserted_at_index ON runtime.sync_stream_events (inserted_at);

CREATE TABLE runtime.sync_run_summaries (
    doc_key varchar(255) NOT NULL PRIMARY KEY,
    doc_version bigint NOT NULL DEFAULT 0,
    payload jsonb NOT NULL DEFAULT '{}',
    payload_hash bytea,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL
);

CREATE TABLE runtime.sync_codex_worker_summaries (
    doc_key varchar(255) NOT NULL PRIMARY KEY,
    doc_version bigint NOT NULL DEFAULT 0,
    payload jsonb NOT NULL DEFAULT '{}',
    payload_hash bytea,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL
);

CREATE TABLE runtime.sync_topic_sequences (
    topic varchar(255) NOT NULL PRIMARY KEY,
    next_watermark bigint NOT NULL DEFAULT 0,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL
);
INSERT INTO runtime.sync_topic_sequences (topic, next_watermark, inserted_at, updated_at)
SELECT topic, 0, timezone('utc', now()), timezone('utc', now())
FROM unnest(ARRAY['runtime.run_summaries', 'runtime.codex_worker_summaries', 'runtime.notifications']) AS topic;
