ALTER TABLE runtime.run_events
    ADD COLUMN prev_hash varchar(255),
    ADD COLUMN event_hash varchar(255);
CREATE INDEX run_events_run_id_event_hash_index ON runtime.run_events (run_id, event_hash);
