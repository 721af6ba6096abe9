INSERT INTO runtime.sync_topic_sequences (topic, next_watermark, inserted_at, updated_at)
VALUES ('runtime.codex_worker_events', 0, timezone('utc', now()), timezone('utc', now()))
ON CONFLICT (topic) DO NOTHING;
