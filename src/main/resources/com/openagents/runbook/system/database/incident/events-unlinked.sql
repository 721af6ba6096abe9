-- Contract 7.5: seq runs from 1 without a gap to latest_seq, and prev_hash is the event_hash before.
with seen as (
  select r.run_id, r.latest_seq, r.updated_at from runtime.runs r where r.updated_at > :now - :window and r.latest_seq > 0
), linked as (
  select e.run_id, e.seq, e.event_type, e.inserted_at as at, e.prev_hash,
    lag(e.seq) over w as before, lag(e.event_hash) over w as hash_before
  from runtime.run_events e join seen using (run_id) window w as (partition by e.run_id order by e.seq)
), bad as (
  select case
    when coalesce(before, 0) <> seq - 1 then 'an event is missing before a ' || event_type
    else 'the event before a ' || event_type || ' was altered' end as cause,
    at, run_id || ' at seq ' || seq as example
  from linked
  where coalesce(before, 0) <> seq - 1 or prev_hash is distinct from hash_before
  union all
  select 'the newest event is missing', s.updated_at, s.run_id || ' at seq ' || s.latest_seq
  from seen s
  where not exists (select 1 from runtime.run_events e where e.run_id = s.run_id and e.seq = s.latest_seq)
)
