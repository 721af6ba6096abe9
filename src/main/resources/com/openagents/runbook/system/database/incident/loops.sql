-- Contract 9.4.
with seen as (
  select run_id from runtime.runs where updated_at > :now - :window
), bad as (
  select 'run ' || e.run_id || ', ' || coalesce(e.payload->>'detector', 'unknown detector') || ' over frames '
    || coalesce(e.payload->>'frame_type', 'of an unknown type') || ', '
    || coalesce((select sum(v.amount_sats) from runtime.spend_reservations v where v.run_id = e.run_id), 0)
    || ' sats set aside or spent' as cause,
    e.inserted_at as at, e.run_id as example
  from runtime.run_events e
  where e.event_type = 'run.loop_detected' and e.inserted_at > :now - :window
)
