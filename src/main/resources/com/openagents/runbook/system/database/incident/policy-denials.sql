-- Contract 9.3: denials are events of the run.
with seen as (
  select e.run_id, e.payload, e.inserted_at from runtime.run_events e
  where e.event_type = 'policy.decision' and e.inserted_at > :now - :window
), bad as (
  select coalesce(payload->>'reason_code', 'no reason code') || ', authorization '
    || coalesce(payload->>'authorization_id', 'none') as cause,
    inserted_at as at, run_id as example
  from seen
  where payload->>'decision' = 'denied'
)
