-- Contract 10.4: rows older than the horizon are gone within one interval of 60 s.
with seen as (
  select id, topic, watermark, inserted_at from runtime.sync_stream_events
), bad as (
  select 'topic ' || topic as cause, inserted_at as at, 'watermark ' || watermark as example
  from seen
  where inserted_at < :now - :horizon - interval '2 minutes'
)
