-- Contract 10.1, 10.2, 10.4: what was projected within the horizon is in the journal still.
with seen as (
  select case projection_name when 'run_summary' then 'runtime.run_summaries' else 'runtime.codex_worker_summaries' end as topic,
    document_id as doc_key, last_runtime_seq as doc_version, last_projected_at as at
  from runtime.khala_projection_checkpoints where last_projected_at > :now - :horizon
  union all
  select 'runtime.codex_worker_events', 'runtime/codex_worker_event:' || worker_id || ':' || seq, seq, inserted_at
  from runtime.codex_worker_events where inserted_at > :now - :horizon
), bad as (
  select 'topic ' || s.topic as cause, s.at, s.doc_key as example
  from seen s
  where not exists (select 1 from runtime.sync_stream_events e
    where e.topic = s.topic and e.doc_key = s.doc_key and e.doc_version = s.doc_version)
)
