-- Contract 6.1, 6.2: the owner of a lease begins with the name of its node.
with seen as (
  select run_id from runtime.runs where updated_at > :now - :window
), bad as (
  select 'by ' || regexp_replace(coalesce(e.payload->>'lease_owner', 'nobody known'), ':(agent:|<).*$', '') as cause,
    e.inserted_at as at, e.run_id as example
  from runtime.run_events e
  where e.event_type = 'run.executor_lost' and e.inserted_at > :now - :window
)
