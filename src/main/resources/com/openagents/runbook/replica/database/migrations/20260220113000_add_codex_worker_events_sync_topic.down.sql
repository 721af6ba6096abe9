DELETE FROM runtime.sync_topic_sequences WHERE topic = 'runtime.codex_worker_events';
