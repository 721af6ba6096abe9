DROP TABLE runtime.sync_topic_sequences;
DROP TABLE runtime.sync_codex_worker_summaries;
DROP TABLE runtime.sync_run_summaries;
DROP TABLE runtime.sync_stream_events;
