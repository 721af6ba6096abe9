-- Contract 7.1, 7.4: run.finished is the last event of a run, there is one, and it tells the status.
with seen as (
  select r.run_id, r.status, coalesce(r.terminal_at, r.updated_at) as at,
    coalesce((select e.event_type from runtime.run_events e where e.run_id = r.run_id order by e.seq desc limit 1), 'none') as last,
    (select count(*) from runtime.run_events e where e.run_id = r.run_id and e.event_type = 'run.finished') as finished,
    (select e.payload->>'status' from runtime.run_events e
      where e.run_id = r.run_id and e.event_type = 'run.finished' order by e.seq desc limit 1) as told
  from runtime.runs r
  where r.updated_at > :now - :window
    and (r.status in ('succeeded', 'failed', 'canceled')
      or exists (select 1 from runtime.run_events e where e.run_id = r.run_id and e.event_type = 'run.finished'))
), bad as (
  select case
    when finished = 0 then 'ended ' || status || ' without run.finished, the last event is ' || last
    when finished > 1 then 'ended ' || status || ' with ' || finished || ' times run.finished'
    when last <> 'run.finished' then 'went on after run.finished, the last event is ' || last
    else 'status ' || status || ', but run.finished says ' || coalesce(told, 'nothing') end as cause,
    at, run_id as example
  from seen
  where finished <> 1 or last <> 'run.finished' or told is distinct from status
)
