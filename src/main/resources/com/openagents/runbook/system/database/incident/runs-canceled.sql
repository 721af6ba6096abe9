-- Contract 3.10, 7.4: a request comes from the API with requested_by, or as a frame.
with seen as (
  select run_id from runtime.runs where updated_at > :now - :window
), bad as (
  select 'by ' || coalesce(e.payload->>'requested_by', 'frame ' || (e.payload->>'frame_type'), 'nobody known')
    || ', reason: ' || left(coalesce(e.payload->>'reason', 'none'), 80) as cause,
    min(e.inserted_at) as at, e.run_id as example
  from runtime.run_events e
  where e.event_type = 'run.cancel_requested' and e.inserted_at > :now - :window
  group by 1, e.run_id
)
